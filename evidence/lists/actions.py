"""What is done with a list: it is kept under a name, let go, and taken away."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import QueryDict

from accounts.refusals import Refused
from accounts.roles import Verb, require
from evidence.lists.models import LONGEST_QUERY, SavedList, TakenList
from inquiry.changes import change, enter
from inquiry.models import Inquiry

MOST_KEPT = 50
# What is not part of what is shown: where in it one stands, and how it is taken away.
NOT_KEPT = ("page", "as", "go")


def kept_query(query: str) -> str:
    """The words, filters and order of a list's address.

    :raises Refused: where they are longer than can be kept.
    """
    asked = QueryDict(query.replace("\x00", ""), mutable=True)
    for name in NOT_KEPT:
        asked.pop(name, None)
    kept = asked.urlencode()
    if len(kept) > LONGEST_QUERY:
        raise Refused("There are too many filters to keep. Take some away.")
    return kept


@transaction.atomic
def keep_list(*, inquiry: Inquiry, page: str, name: str, query: str, by: Any) -> SavedList:
    """Keeps a list as it is shown under a name, for the person alone; the same name again holds the newer list."""
    require(by, Verb.READ, inquiry)
    mine = SavedList.objects.select_for_update().filter(inquiry=inquiry, owner=by)
    kept = kept_query(query)
    if known := mine.filter(page=page, name=name).first():
        return change(known, query=kept)
    if mine.count() >= MOST_KEPT:
        raise Refused(f"You have kept {MOST_KEPT} lists. Let one go first.")
    return enter(SavedList, inquiry=inquiry, owner=by, page=page, name=name, query=kept)


@transaction.atomic
def let_go(*, saved: SavedList, by: Any) -> None:
    """Lets go of a kept list; what it showed stays where it is."""
    require(by, Verb.READ, saved.inquiry)
    saved.delete()


@transaction.atomic
def note_taken(*, inquiry: Inquiry, page: str, query: str, format: str, rows: int, by: Any) -> TakenList:
    """Writes down that a person took a list away."""
    require(by, Verb.READ, inquiry)
    asked = query.replace("\x00", "")[:LONGEST_QUERY]
    return TakenList.objects.create(inquiry=inquiry, page=page, query=asked, format=format, rows=rows, taken_by=by)
