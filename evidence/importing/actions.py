"""What is done with submissions in bulk: they are chosen, checked, imported as one, and undone as one."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pghistory
from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import CONSOLE, Console, NotAllowed, Verb, recorded, require
from evidence.documents.reading import Unreadable
from evidence.importing.carrying import AT_ONCE, Line, keep_lines, shown, take_in
from evidence.importing.judging import Judge
from evidence.importing.models import NOT_YET_IMPORTED, STEPS, Batch, BatchRow, ColumnMeaning, Outcome, Stage
from evidence.importing.opening import listing_at, listing_of
from evidence.importing.reading.columns import heading_key
from evidence.importing.reading.lists import Listing, NeedsColumns
from evidence.importing.reading.sources import Archive, inside, unpacked
from evidence.importing.undoing import builds_on, take_out
from inquiry.jobs import beating, send_on_commit, working_on
from inquiry.models import Inquiry
from inquiry.models.jobs import JobState

WORK = "evidence.importing.tasks.work_on"
Chosen = Sequence[tuple[str, IO[bytes]]]
FORGOTTEN_AFTER = dt.timedelta(days=30)
_OVER = {"state": JobState.DONE, "progress": 100, "doing": ""}


@transaction.atomic
def choose_files(*, inquiry: Inquiry, files: Chosen, by: User | Console, accept: bool = False) -> Batch:
    """Keeps what was chosen for an import, and has it checked. Nothing is imported before somebody has seen what would
    become of each row.

    ``accept`` takes rows that tell of no decision as evidence at once.
    """
    require(by, Verb.LOG_EVIDENCE, inquiry)
    if not files:
        raise Refused("Choose a list, an archive, or the files themselves.")
    if sum(_size(file) for _, file in files) > settings.ATTEST_IMPORT_LIMIT:
        limit = settings.ATTEST_IMPORT_LIMIT // (1 << 20)
        raise Refused(f"This is more than {limit} MB. Import it in parts.")
    name = files[0][0] if len(files) == 1 else f"{len(files)} files"
    batch = Batch.objects.create(
        inquiry=inquiry,
        name="".join(c for c in name if c.isprintable())[-255:] or "Without a name",
        accept=accept,
        chosen_by=recorded(by),
        asked_by=recorded(by),
    )
    with _as_one(files) as file:
        batch.size = _size(file)
        batch.source.save(batch.name, File(file), save=False)
    batch.save(update_fields=["source", "size"])
    send_on_commit(WORK, batch.pk)
    return batch


def _size(file: IO[bytes]) -> int:
    return file.seek(0, 2)


@contextmanager
def _as_one(files: Chosen) -> Iterator[IO[bytes]]:
    """A file that was chosen alone, or an archive of several."""
    if len(files) == 1:
        files[0][1].seek(0)
        yield files[0][1]
        return
    with tempfile.TemporaryFile() as packed:
        names = set[str]()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, file in _one_by_one(files):
                if name in names:
                    raise Refused(f"“{name}” is in your choice twice.")
                names.add(name)
                with archive.open(name, "w") as entry:
                    shutil.copyfileobj(file, entry, 1 << 20)
        packed.seek(0)
        yield packed


def _one_by_one(files: Chosen) -> Iterator[tuple[str, IO[bytes]]]:
    """Each file; those in an archive, which was chosen beside a list, one by one too."""
    for name, file in files:
        if inside(file) != "archive":
            file.seek(0)
            yield name, file
            continue
        try:
            source = Archive(file, settings.ATTEST_IMPORT_LIMIT)
            for each in source.names():
                with unpacked(source, each) as part:
                    yield each, part
        except Unreadable as unreadable:
            raise Refused(f"“{name}”: {unreadable}") from unreadable


@transaction.atomic
def name_columns(*, batch: Batch, meanings: Mapping[str, str], by: User | Console) -> None:
    """Says what the columns of a list mean, for this import and for those that come, and has it checked again."""
    require(by, Verb.LOG_EVIDENCE, batch.inquiry)
    if not {"submitter", "organisation"} & set(meanings.values()):
        raise Refused("Say which column tells who submitted.")
    used = [column for column in meanings.values() if column]
    if len(used) > len(set(used)):
        raise Refused("Two columns cannot mean the same.")
    for heading, column in meanings.items():
        if key := heading_key(heading)[:300]:
            ColumnMeaning.objects.update_or_create(inquiry=batch.inquiry, heading=key, defaults={"column": column})
    _begin(batch, Stage.CHECKING, by)


@transaction.atomic
def check_again(*, batch: Batch, by: User | Console) -> None:
    """Has an import checked once more, after the inquiry has changed or a check has failed."""
    require(by, Verb.LOG_EVIDENCE, batch.inquiry)
    _begin(batch, Stage.CHECKING, by)


@transaction.atomic
def import_batch(*, batch: Batch, by: User | Console) -> None:
    """Gives the word: what the check has shown is imported, all of it or nothing."""
    require(by, Verb.LOG_EVIDENCE, batch.inquiry)
    require(by, Verb.DECIDE, batch.inquiry)
    if batch.refused:
        raise Refused("Some rows are refused, so nothing can be imported. Mend them in the list, and choose it again.")
    if not (batch.new or batch.added):
        raise Refused("Everything in it is here already. There is nothing to import.")
    _begin(batch, Stage.IMPORTING, by, imported_by=recorded(by))


@transaction.atomic
def discard_batch(*, batch: Batch, by: User | Console) -> None:
    """Lets go of an import that was not carried out, and of what was kept for it."""
    require(by, Verb.LOG_EVIDENCE, batch.inquiry)
    batch = _locked(batch, Stage.DISCARDED)
    if batch.state == JobState.RUNNING and batch.stage == Stage.IMPORTING:
        raise Refused("It is being imported just now. Wait until it is over; it can be undone then.")
    _let_go(batch, Stage.DISCARDED)


@transaction.atomic
def undo_batch(*, batch: Batch, by: User | Console) -> None:
    """Takes back an import as one, while nothing builds on it. The references that it gave stay given."""
    require(by, Verb.LOG_EVIDENCE, batch.inquiry)
    if reasons := builds_on(batch):
        raise Refused(
            f"It cannot be undone as one any more: {reasons[0]} Withdraw or change its submissions one by one."
        )
    _begin(batch, Stage.UNDOING, by, undone_by=recorded(by))


def _locked(batch: Batch, stage: Stage) -> Batch:
    """The import, if it can go there now."""
    mine = Batch.objects.select_for_update(of=("self",)).select_related("inquiry").get(pk=batch.pk)
    again = mine.stage == stage == Stage.CHECKING and mine.has_failed
    if not again and (mine.stage, stage) not in STEPS:
        raise Refused(f"This import is {mine.get_stage_display().lower()}. Load its page again.")
    return mine


def _begin(batch: Batch, stage: Stage, by: User | Console, **details: Any) -> None:
    mine = _locked(batch, stage)
    if mine.is_waiting:
        raise Refused("It is being worked on just now. Wait until that is over.")
    afresh = {"state": JobState.WAITING, "error": "", "doing": "", "progress": 0, "attempts": 0}
    Batch.objects.filter(pk=mine.pk).update(
        stage=stage, asked_by=recorded(by), asked_at=timezone.now(), **afresh, **details
    )
    send_on_commit(WORK, mine.pk)


def _let_go(batch: Batch, stage: Stage, **details: Any) -> None:
    """Empties what an import kept for its own sake."""
    name, storage = batch.source.name, batch.source.storage
    BatchRow.objects.filter(batch=batch).update(label="", said={}, why=[])
    Batch.objects.filter(pk=batch.pk).update(stage=stage, source="", sample=[], **_OVER, **details)
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def work_on(pk: int) -> None:
    """Does what an import waits for: checks, imports or undoes it. Once, whoever is told to; all of it or nothing."""
    if not Batch.objects.claim(pk):
        return
    batch = Batch.objects.select_related("inquiry", "asked_by").get(pk=pk)
    by = batch.asked_by or CONSOLE
    work = {Stage.CHECKING: _check, Stage.IMPORTING: _import, Stage.UNDOING: _undo}[Stage(batch.stage)]
    with (
        working_on(Batch.objects.all(), pk, Refused, Unreadable, NotAllowed),
        pghistory.context(user=by.pk),
        beating(Batch.objects.all(), pk) as say,
    ):
        require(by, Verb.LOG_EVIDENCE, batch.inquiry)
        work(batch, by, say)


def _check(batch: Batch, by: User | Console, say: Any) -> None:
    """The dry run: what would become of each row."""
    say(1, "Opening what was chosen")
    try:
        with listing_of(batch) as listing, transaction.atomic():
            BatchRow.objects.filter(batch=batch).delete()
            judge, counts, lines = Judge(batch.inquiry, listing), Counter[str](), list[Line]()
            for number, judged in enumerate(judge.judged(), start=1):
                counts[judged.outcome] += 1
                lines.append(shown(judged))
                if len(lines) == AT_ONCE:
                    keep_lines(batch, lines)
                    lines.clear()
                say(min(95, 1 + number // 200), f"Row {number:,}")
            keep_lines(batch, lines)
            _still_mine(batch)
            Batch.objects.filter(pk=batch.pk).update(
                stage=Stage.CHECKED,
                headings=listing.headings,
                sample=listing.sample,
                left_out=_left_out(listing, judge),
                rows=counts.total(),
                **{outcome: counts[outcome] for outcome in Outcome},
                finished_at=timezone.now(),
                **_OVER,
            )
    except NeedsColumns as needs:
        Batch.objects.filter(pk=batch.pk).update(
            stage=Stage.COLUMNS, headings=needs.headings, sample=needs.sample, finished_at=timezone.now(), **_OVER
        )


def _left_out(listing: Listing, judge: Judge) -> list[str]:
    columns = [f"the column “{heading[:200]}”" for heading in listing.left_out]
    return columns + [f"“{name[-200:]}”" for name in listing.beside if name not in judge.used]


def _import(batch: Batch, by: User | Console, say: Any) -> None:
    seen = dict(BatchRow.objects.filter(batch=batch).values_list("number", "outcome"))
    with listing_of(batch) as listing, transaction.atomic():
        taken = take_in(
            inquiry=batch.inquiry,
            listing=listing,
            name=batch.name,
            accept=batch.accept,
            say=say,
            total=batch.rows,
            seen=seen,
            by=by,
        )
        _still_mine(batch)
        BatchRow.objects.filter(batch=batch).delete()
        keep_lines(batch, taken.lines)
        _let_go(
            batch,
            Stage.IMPORTED,
            new_people=taken.new_people,
            new_organisations=taken.new_organisations,
            imported_at=timezone.now(),
            finished_at=timezone.now(),
        )


def _undo(batch: Batch, by: User | Console, say: Any) -> None:
    try:
        with transaction.atomic():
            take_out(batch, say)
            _still_mine(batch)
            Batch.objects.filter(pk=batch.pk).update(
                stage=Stage.UNDONE, undone_at=timezone.now(), finished_at=timezone.now(), **_OVER
            )
    except Refused as refused:
        back = {**_OVER, "undone_by": None, "error": f"It could not be undone: {refused}"}
        Batch.objects.filter(pk=batch.pk).update(stage=Stage.IMPORTED, **back)


def _still_mine(batch: Batch) -> None:
    """A worker that was taken for dead, and is not, finds that another has done the work."""
    mine = Batch.objects.select_for_update().get(pk=batch.pk)
    if (mine.state, mine.stage, mine.attempts) != (JobState.RUNNING, batch.stage, batch.attempts):
        raise Refused("Somebody else has taken this up meanwhile. Nothing was done twice.")


@dataclass
class Result:
    """What became, or would become, of the rows of a list."""

    rows: int = 0
    created: int = 0
    added: int = 0
    unchanged: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def import_now(
    *, inquiry: Inquiry, path: Path, by: User | Console, dry_run: bool = False, accept: bool = False
) -> Result:
    """Imports a list, an archive or a folder of this machine at once: all of it, or nothing where a row is refused."""
    require(by, Verb.LOG_EVIDENCE, inquiry)
    try:
        with listing_at(inquiry, path) as listing:
            result = _dry_run(inquiry, listing)
            if dry_run or result.refused or not (result.created or result.added):
                return result
            _import_at_once(inquiry, listing, path.name, accept, result, by)
            return result
    except (Unreadable, NeedsColumns) as error:
        raise Refused(str(error)) from error


def _dry_run(inquiry: Inquiry, listing: Listing) -> Result:
    result, judge = Result(), Judge(inquiry, listing)
    for judged in judge.judged():
        result.rows += 1
        row = judged.row.number
        if judged.outcome == Outcome.REFUSED:
            result.refused.append({"row": row, "why": " ".join(judged.why)})
            continue
        result.notes += [f"Row {row}: {note}" for note in judged.why]
        if judged.outcome == Outcome.NEW and judged.number:
            result.created += 1
            result.references.append(inquiry.reference(judged.number))
        result.added += judged.outcome == Outcome.ADDED
        result.unchanged += judged.outcome == Outcome.SAME
    result.notes += [f"Not used: {each}." for each in _left_out(listing, judge)]
    return result


@transaction.atomic
def _import_at_once(
    inquiry: Inquiry, listing: Listing, name: str, accept: bool, result: Result, by: User | Console
) -> None:
    def quiet(progress: int, doing: str) -> None:
        pass

    taken = take_in(inquiry=inquiry, listing=listing, name=name, accept=accept, say=quiet, total=result.rows, by=by)
    batch = Batch.objects.create(
        inquiry=inquiry,
        stage=Stage.IMPORTED,
        name=name[-255:],
        accept=accept,
        rows=result.rows,
        new=result.created,
        added=result.added,
        same=result.unchanged,
        new_people=taken.new_people,
        new_organisations=taken.new_organisations,
        chosen_by=recorded(by),
        imported_by=recorded(by),
        imported_at=timezone.now(),
        finished_at=timezone.now(),
        asked_by=recorded(by),
        **_OVER,
    )
    keep_lines(batch, taken.lines)


def let_go_of_forgotten() -> None:
    """Discards imports that were checked and left: what they keep may be of people who never hear of it."""
    since = timezone.now() - FORGOTTEN_AFTER
    left = Batch.objects.filter(stage__in=NOT_YET_IMPORTED, asked_at__lt=since)
    for batch in left.exclude(state__in=(JobState.WAITING, JobState.RUNNING)).select_related("inquiry"):
        discard_batch(batch=batch, by=CONSOLE)
