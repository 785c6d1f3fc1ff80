"""Rows become submissions, all of them or none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import Console
from evidence.documents.models import Document
from evidence.importing.judging import Attached, Judge, Judged
from evidence.importing.models import Batch, BatchRow, Outcome
from evidence.importing.reading.lists import Listing
from evidence.importing.reading.sources import bytes_of
from evidence.submissions.actions import (
    accept_submission,
    add_file,
    decide_publication,
    publish_submission,
    receive_submission,
)
from evidence.submissions.life import Treatment
from evidence.submissions.models import (
    AllottedReference,
    PublicationDecision,
    StateChange,
    Submission,
    SubmissionFile,
    Submitter,
)
from evidence.witnesses.models import Organisation, Witness
from inquiry.copying import copy_in, tell_how_tables_have_grown
from inquiry.dates import read_date
from inquiry.models import Inquiry

AT_ONCE = 500
GROWN = (200, 800, 3_200, 12_800)
GROWING = (
    *(AllottedReference, Submission, Submitter, StateChange, PublicationDecision, SubmissionFile),
    *(Document, Witness, Organisation),
)
Say = Callable[[int, str], None]


@dataclass
class Taken:
    """What became of the rows: the lines to keep, and who was named for the first time."""

    lines: list[Line] = field(default_factory=list)
    new_people: list[int] = field(default_factory=list)
    new_organisations: list[int] = field(default_factory=list)


@dataclass
class Line:
    """A row of the import as it is kept."""

    number: int
    outcome: str
    reference: int | None
    digest: str
    label: str = ""
    said: dict[str, Any] = field(default_factory=dict)
    why: list[str] = field(default_factory=list)
    submission: int | None = None
    documents: list[int] = field(default_factory=list)
    left_as: str = ""


def shown(judged: Judged) -> Line:
    """The line of a dry run."""
    return Line(
        number=judged.row.number,
        outcome=judged.outcome,
        reference=judged.number,
        digest=judged.digest,
        label=judged.row.label,
        said=judged.said(),
        why=judged.why,
        submission=judged.submission.pk if judged.submission else None,
    )


def keep_lines(batch: Batch, lines: Iterable[Line]) -> int:
    """Writes the lines of an import; gives their number."""
    now = timezone.now()
    columns = ("inquiry", "created_at", "batch", *Line.__dataclass_fields__)
    return copy_in(
        BatchRow,
        columns,
        (
            (batch.inquiry_id, now, batch.pk, *(_written(getattr(line, name)) for name in Line.__dataclass_fields__))
            for line in lines
        ),
    )


def _written(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict) else value


@transaction.atomic
def take_in(
    *,
    inquiry: Inquiry,
    listing: Listing,
    name: str,
    by: User | Console,
    accept: bool,
    say: Say,
    total: int,
    seen: dict[int, str] | None = None,
) -> Taken:
    """Logs every row that is new, under the reference that it has, and adds the files that are missing.

    ``seen`` is what a dry run said of each row. Where the inquiry has changed since, or a row is refused, none is
    taken.
    """
    # Nobody else is given a reference meanwhile.
    Inquiry.objects.select_for_update(no_key=True).get(pk=inquiry.pk)
    before = _named(inquiry)
    taken = Taken()
    for count, judged in enumerate(Judge(inquiry, listing).judged(), start=1):
        row = judged.row.number
        if judged.outcome == Outcome.REFUSED:
            raise Refused(f"Row {row}: {' '.join(judged.why)} Nothing was imported.")
        if seen is not None and seen.get(row) != judged.outcome:
            raise Refused(f"The inquiry has changed since this was checked (row {row}). Check it again.")
        try:
            taken.lines.append(_take(inquiry, listing, judged, name, accept, by))
        except (Refused, ValidationError) as error:
            why = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            raise Refused(f"Row {row}: {why} Nothing was imported.") from error
        say(5 + 90 * count // max(total, count), f"Row {count:,} of {total:,}")
        if count in GROWN:
            tell_how_tables_have_grown(GROWING)
    if seen is not None and len(taken.lines) != len(seen):
        raise Refused("What was chosen is not what was checked. Check it again.")
    _sign(taken.lines)
    people, organisations = _named(inquiry)
    taken.new_people = sorted(people - before[0])
    taken.new_organisations = sorted(organisations - before[1])
    return taken


def _named(inquiry: Inquiry) -> tuple[set[int], set[int]]:
    """Who the inquiry knows."""
    people, organisations = (
        set(model.objects.filter(inquiry=inquiry).values_list("pk", flat=True)) for model in (Witness, Organisation)
    )
    return people, organisations


def _take(inquiry: Inquiry, listing: Listing, judged: Judged, name: str, accept: bool, by: User | Console) -> Line:
    line = Line(judged.row.number, judged.outcome, judged.number, judged.digest)
    submission = judged.submission
    if judged.outcome == Outcome.NEW:
        submission = _receive(inquiry, judged, name, by)
    if submission and judged.outcome in (Outcome.NEW, Outcome.ADDED):
        for each in judged.to_keep:
            data = _bytes(listing, each)
            line.documents.append(add_file(submission=submission, name=each.name, data=data, by=by).pk)
        if judged.outcome == Outcome.NEW:
            _lead_on(submission, judged, name, accept, by)
    line.submission = submission.pk if submission else None
    return line


def _receive(inquiry: Inquiry, judged: Judged, name: str, by: User | Console) -> Submission:
    row = judged.row
    received_on, precision = read_date(row.received)
    return receive_submission(
        inquiry=inquiry,
        number=judged.number,
        submitters=judged.entries,
        received_on=received_on,
        received_precision=precision,
        title=row.title,
        requested=row.requested or Treatment.FULL,
        note=" ".join([f"Imported from “{name}”, row {row.number}.", *judged.why]),
        by=by,
    )


def _bytes(listing: Listing, attached: Attached) -> bytes:
    return bytes_of(listing.source, attached.key) if attached.key else attached.text.encode()


def _lead_on(submission: Submission, judged: Judged, name: str, accept: bool, by: User | Console) -> None:
    """Through the steps that the row tells of; what is to be redacted waits for that, where no member sees it."""
    row = judged.row
    if row.decision == Treatment.REDACTED:
        return
    if row.decision or accept:
        submission = accept_submission(submission=submission, by=by)
    if row.decision:
        published_on = read_date(row.published)[0]
        decide_publication(
            submission=submission,
            treatment=row.decision,
            decided_on=published_on,
            reason=f"As it stands in “{name}”.",
            by=by,
        )
        # Nobody has looked for names in anonymised evidence yet.
        if published_on and row.decision == Treatment.FULL:
            publish_submission(submission=submission, published_on=published_on, by=by)


def _sign(lines: Sequence[Line]) -> None:
    mine = [line for line in lines if line.outcome == Outcome.NEW and line.submission]
    signs = dict(signs_of([line.submission for line in mine if line.submission]))
    for line in mine:
        line.left_as = signs[line.submission or 0]


def signs_of(submissions: Sequence[int]) -> Iterator[tuple[int, str]]:
    """A short sign of what each submission's record says, which is another as soon as the record is."""
    for start in range(0, len(submissions), AT_ONCE):
        found = Submission.objects.filter(pk__in=submissions[start : start + AT_ONCE])
        for each in found.prefetch_related("submitters", "files__document", "steps", "decisions"):
            says = [
                *(each.title, each.requested, each.received_on, each.received_precision, each.channel),
                *(each.lived_experience, each.state, each.decision, each.published_on),
                sorted((s.witness_id or 0, s.organisation_id or 0) for s in each.submitters.all()),
                # What comes in an e-mail is taken out of it when it is read.
                sorted(file.document_id for file in each.files.all() if not file.document.came_in_id),
                [len(each.steps.all()), len(each.decisions.all())],
            ]
            yield each.pk, hashlib.sha256(repr(says).encode()).hexdigest()
