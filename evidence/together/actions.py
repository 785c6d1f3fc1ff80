"""What is done with many pieces of evidence at once: they are tagged, and that is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused, refusals_of_the_database
from accounts.roles import Console, Verb, recorded, require
from evidence.tags.actions import Evidence
from evidence.tags.models import EVIDENCE, Tag, kind_of
from evidence.together.models import Together
from inquiry.changes import change, locked
from inquiry.lists import AT_ONCE
from inquiry.models import Inquiry, Recommendation, Theme


@dataclass(frozen=True)
class Outcome:
    """What became of it: how many tags were made, were there before, and stayed with another stance."""

    done: Together | None
    added: int
    there: int
    otherwise: int


@transaction.atomic
def tag_together(
    *,
    inquiry: Inquiry,
    evidence: Iterable[Evidence],
    themes: Iterable[Theme],
    stances: Mapping[Recommendation, str],
    by: User | Console,
) -> Outcome:
    """Tags each piece of evidence to all of these. Nothing is taken off, and a stance that somebody took stays.

    :raises Refused: where there are more than 500, or a theme is no longer in use; nothing is tagged then.
    """
    require(by, Verb.TAG, inquiry)
    pieces = list(evidence)
    if len(pieces) > AT_ONCE:
        raise Refused(f"At most {AT_ONCE} are tagged at once, and {len(pieces):,} are chosen. Narrow the list first.")
    wanted = _wanted(inquiry, pieces, list(themes), stances, by)
    before = dict(_tags_like(wanted).values_list("pk", "stance"))
    with refusals_of_the_database():
        Tag.objects.bulk_create(wanted, batch_size=AT_ONCE, ignore_conflicts=True)
    made = sorted(_tags_like(wanted).exclude(pk__in=list(before)).values_list("pk", flat=True))
    otherwise = sum(_says_otherwise(tag, wanted) for tag in _tags_like(wanted).filter(pk__in=list(before)))
    done = Together.objects.create(inquiry=inquiry, tags=made, tagged_by=recorded(by)) if made else None
    return Outcome(done, len(made), len(before), otherwise)


def _wanted(
    inquiry: Inquiry,
    pieces: list[Evidence],
    themes: list[Theme],
    stances: Mapping[Recommendation, str],
    by: User | Console,
) -> list[Tag]:
    said: list[dict[str, Any]] = [{"theme": theme} for theme in themes]
    said += [{"recommendation": each, "stance": stance} for each, stance in stances.items()]
    return [
        Tag(inquiry=inquiry, tagged_by=recorded(by), **{kind_of(piece): piece}, **what)
        for piece in pieces
        for what in said
    ]


def _tags_like(wanted: list[Tag]) -> QuerySet[Tag]:
    """The tags that there are on the same evidence, to the same things."""
    found = Q(theme__in={tag.theme_id for tag in wanted} - {None})
    found |= Q(recommendation__in={tag.recommendation_id for tag in wanted} - {None})
    on = Q(pk__in=[])
    for kind in EVIDENCE:
        on |= Q(**{f"{kind}__in": {getattr(tag, f"{kind}_id") for tag in wanted} - {None}})
    return Tag.objects.filter(on, found)


def _says_otherwise(tag: Tag, wanted: list[Tag]) -> bool:
    stances = {each.recommendation_id: each.stance for each in wanted if each.recommendation_id}
    return tag.recommendation_id is not None and tag.stance != stances[tag.recommendation_id]


@transaction.atomic
def take_back(*, together: Together, by: User | Console) -> int:
    """Takes off what was tagged at once; what somebody has said otherwise since stays. Gives how many came off.

    :raises Refused: where somebody else tagged it, or it was taken back already.
    """
    require(by, Verb.TAG, together.inquiry)
    now = locked(together)
    if now.tagged_by_id != by.pk:
        raise Refused("Somebody else tagged these. What they tagged can be taken off one by one.")
    if now.taken_back_at:
        raise Refused("These tags were taken off already.")
    taken, _ = Tag.objects.filter(inquiry=now.inquiry_id, pk__in=now.tags, tagged_by=now.tagged_by).delete()
    change(now, taken_back_at=timezone.now())
    return taken
