"""Submissions by their keys, each with its inquiry and its submitters at hand, by statements put together once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from accounts.statements import among, records_kept_for
from evidence.submissions.models import Submission, Submitter
from inquiry.models import Inquiry
from inquiry.models.records import all_of

ByKey = dict[int, Any]


def submissions(keys: Collection[int], inquiry: Inquiry) -> ByKey:
    """These submissions of the inquiry, to cite what is from them: whoever may see that may see them."""
    return _read(None, "submissions", Submission.objects.all, keys, inquiry)


def submissions_seen(user: Any, keys: Collection[int], inquiry: Inquiry, *, with_reading: bool = False) -> ByKey:
    """Those of them that the person may see; each knows whether they may read its names, and how far it is read."""

    def rows() -> QuerySet[Any]:
        seen = Submission.objects.visible_to(user).select_related(None)
        return seen.with_reading() if with_reading else seen

    return _read(user, ("submissions seen", with_reading), rows, keys, inquiry)


def _read(user: Any, called: Any, rows: Callable[[], QuerySet[Any]], keys: Collection[int], inquiry: Inquiry) -> ByKey:
    if not keys:
        return {}

    def of_these() -> QuerySet[Any]:
        return rows().filter(among("keys")).order_by()

    return with_authors(all_of(records_kept_for(user, called, of_these, keys=list(keys)), inquiry))


def with_authors(found: Iterable[Submission]) -> ByKey:
    """The submissions, each with its submitters."""
    by_key = {submission.pk: submission for submission in found}
    for submission in by_key.values():
        submission.authors = []
    for submitter in records_kept_for(None, "submitters", _submitters, submissions=list(by_key)):
        by_key[submitter.submission_id].authors.append(submitter)
    return by_key


def _submitters() -> Any:
    return Submitter.objects.filter(among("submissions", "submission")).in_order()
