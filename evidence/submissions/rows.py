"""Submissions as rows of the database, for what reads thousands of them at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from evidence.submissions.models import Submission, SubmissionQuerySet, Submitter
from evidence.submissions.telling import Told, described, together
from inquiry.models import Inquiry

READ = (
    *("pk", "number", "state", "requested", "decision", "received_on", "received_precision"),
    *("consent_withdrawn", "cleared_at", "names_open"),
)
READ_OF_A_SUBMITTER = ("submission_id", "witness_id", "witness__name", "organisation_id", "organisation__name")


class Party(NamedTuple):
    """Who gave evidence: a person, a body, or a person for a body."""

    witness_id: int | None
    person: str | None
    organisation_id: int | None
    body: str | None


@dataclass(slots=True)
class SubmissionRow(Told):
    """A submission with no more than print needs."""

    inquiry: Inquiry
    # Whoever may know them: ask for what may be printed, or for what the person may read.
    parties: list[Party]
    _names: str
    pk: int
    number: int
    state: str
    requested: str
    decision: str
    received_on: dt.date | None
    received_precision: str
    consent_withdrawn: bool
    cleared_at: dt.datetime | None
    names_open: bool


Received = Submission | SubmissionRow


def rows(submissions: SubmissionQuerySet, inquiry: Inquiry) -> Iterator[SubmissionRow]:
    """The submissions of the inquiry, in the order in which they are asked for."""
    parties = _parties(inquiry)
    for pk, *said in submissions.filter(inquiry=inquiry).values_list(*READ):
        by = parties.get(pk, [])
        names = together([described(one.person, one.body) for one in by])
        yield SubmissionRow(inquiry, by, names, pk, *said)


def _parties(inquiry: Inquiry) -> dict[int, list[Party]]:
    """Who submitted each submission, as they stand on it."""
    found: dict[int, list[Party]] = defaultdict(list)
    submitters = Submitter._base_manager.filter(inquiry=inquiry).order_by("submission", "position", "pk")
    for submission, *party in submitters.values_list(*READ_OF_A_SUBMITTER):
        found[submission].append(Party(*party))
    return found
