"""What is done with the appendix: it is asked for, made by the worker, kept a while, and taken away."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import CONSOLE, Console, NotAllowed, Verb, recorded, require
from evidence.documents.reading.pandoc import PandocFailed
from inquiry.changes import change, locked
from inquiry.jobs import send_on_commit, working_on
from inquiry.models import Inquiry
from inquiry.models.jobs import JobState
from report.assembly import assemble
from report.formats.house_style import check
from report.formats.rendering import render
from report.layouts import USUAL, PartName
from report.models import UNFINISHED, Export, ExportDownload, Format, HouseStyle, Snapshot
from report.structure import Appendix, WrittenPart

MAKE = "report.tasks.make_export"


@transaction.atomic
def ask_for_export(
    *,
    inquiry: Inquiry,
    format: str,
    by: User | Console,
    include_unchecked: bool = False,
    layout: str = "",
    parts: Sequence[str] = (),
    previewed: str = "",
) -> Export:
    """Asks the worker for the appendix. Asked for twice while the first is being made, it is made once.

    :param previewed: the digest of what the person was shown before, so that they are told when it changed since.
    """
    require(by, Verb.EXPORT, inquiry)
    wanted = {"format": format, "layout": layout or inquiry.citation_style, "include_unchecked": include_unchecked}
    return _ask(inquiry, by, previewed, **wanted, parts=_in_order(parts), snapshot=None)


@transaction.atomic
def ask_from_snapshot(*, snapshot: Snapshot, format: str, by: User | Console) -> Export:
    """Asks for a file of what was frozen before: the same again after it expired, or in another format."""
    require(by, Verb.EXPORT, snapshot.inquiry)
    snapshot = locked(snapshot, "inquiry")
    snapshot.refuse_where_nothing_may_be_made(format)
    wanted = {"format": format, "layout": snapshot.layout, "include_unchecked": snapshot.include_unchecked}
    return _ask(snapshot.inquiry, by, "", **wanted, parts=snapshot.parts, snapshot=snapshot)


def _ask(inquiry: Inquiry, by: User | Console, previewed: str, **wanted: Any) -> Export:
    Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    wanted |= {"inquiry": inquiry, "asked_by": recorded(by)}
    under_way = Export.objects.filter(**wanted, state__in=UNFINISHED, recalled_at=None).first()
    if under_way:
        return under_way
    export = Export.objects.create(**wanted, previewed=previewed)
    send_on_commit(MAKE, export.pk)
    return export


def _in_order(parts: Sequence[str]) -> list[str]:
    return [name for name in PartName.values if name in parts]


def make_export(pk: int) -> None:
    """Makes the file that was asked for, from what its asker may see and a report may print, or from its snapshot."""
    exports = Export.objects.all()
    if not exports.claim(pk):
        return
    export = Export.objects.select_related("inquiry", "asked_by", "snapshot__house_style").get(pk=pk)
    with working_on(exports, pk, NotAllowed, Refused):
        by = export.asked_by or CONSOLE
        require(by, Verb.EXPORT, export.inquiry)
        exports.report(pk, 10, "Putting the appendix together")
        appendix, style = _what_is_printed(export, by)
        exports.report(pk, 40, f"Writing it as {export.get_format_display()}")
        if exports.filter(pk=pk, state=JobState.RUNNING).exists():
            made = render(appendix, Format(export.format), style.read() if style else None)
            exports.report(pk, 90, "Keeping the file")
            _keep(export, appendix, style, made)


def _what_is_printed(export: Export, by: User | Console) -> tuple[Appendix, HouseStyle | None]:
    """What was frozen, or the records as they are now."""
    if export.snapshot:
        export.snapshot.refuse_where_nothing_may_be_made(export.format)
        return export.snapshot.appendix(), export.snapshot.house_style
    return as_it_is_now(
        export.inquiry,
        by=by,
        layout=export.layout,
        parts=export.parts,
        include_unchecked=export.include_unchecked,
        with_sources=export.format == Format.QDPX,
    )


def as_it_is_now(inquiry: Inquiry, *, by: Any, **choice: Any) -> tuple[Appendix, HouseStyle | None]:
    """The appendix and the house style as they were at one moment, whatever is changed meanwhile."""
    with _one_moment():
        appendix = assemble(inquiry, by=by, made_on=timezone.localdate(), **choice)
        return appendix, HouseStyle.objects.filter(inquiry=inquiry).in_force().first()


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read in it is as it was at its beginning: no recommendation is renumbered halfway through a print."""
    within = connection.in_atomic_block
    with transaction.atomic():
        if not within:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@transaction.atomic
def _keep(export: Export, appendix: Appendix, style: HouseStyle | None, made: bytes) -> None:
    mine = Export.objects.select_for_update(of=("self",)).select_related("inquiry", "snapshot").get(pk=export.pk)
    if mine.state != JobState.RUNNING or mine.recalled_at:
        return
    mine.snapshot = mine.snapshot or _freeze(mine, appendix, style)
    mine.size = len(made)
    # What a worker that died has left would give the new file another name.
    mine.file.storage.delete(mine.file.field.generate_filename(mine, mine.filename))
    mine.file.save(mine.filename, ContentFile(made), save=False)
    mine.save(update_fields=["snapshot", "size", "file"])
    Export.objects.finish(mine.pk)


def _freeze(export: Export, appendix: Appendix, style: HouseStyle | None) -> Snapshot:
    return Snapshot.objects.create(
        inquiry=export.inquiry,
        layout=export.layout,
        parts=export.parts or list(USUAL[export.layout]),
        include_unchecked=export.include_unchecked,
        content=appendix.to_dict(),
        digest=appendix.digest,
        house_style=style,
        taken_by=export.asked_by,
    )


@transaction.atomic
def note_export(*, inquiry: Inquiry, format: str, made: bytes, by: User | Console, **frozen: Any) -> Export:
    """Notes an export that was written to a file elsewhere. Its snapshot is kept, the file is not.

    :param frozen: ``snapshot``, or else ``appendix``, ``style``, ``parts`` and ``include_unchecked``.
    """
    require(by, Verb.EXPORT, inquiry)
    snapshot: Snapshot | None = frozen.get("snapshot")
    now = timezone.now()
    export = Export(inquiry=inquiry, format=format, asked_by=recorded(by), size=len(made), state=JobState.DONE)
    export.layout = snapshot.layout if snapshot else frozen["appendix"].layout
    export.parts = snapshot.parts if snapshot else _in_order(frozen["parts"])
    export.include_unchecked = snapshot.include_unchecked if snapshot else frozen["include_unchecked"]
    export.snapshot = snapshot or _freeze(export, frozen["appendix"], frozen["style"])
    export.progress, export.started_at, export.finished_at = 100, now, now
    export.save()
    return export


@transaction.atomic
def ask_again(*, export: Export, by: User | Console) -> Export:
    """Asks once more for an export that failed or was recalled, or for what it would be now."""
    return ask_for_export(
        inquiry=export.inquiry,
        format=export.format,
        layout=export.layout,
        parts=export.parts,
        include_unchecked=export.include_unchecked,
        by=by,
    )


@transaction.atomic
def cancel_export(*, export: Export, by: User | Console) -> Export:
    """Ends an export that is waiting or being made. What its worker still makes of it is not kept."""
    require(by, Verb.EXPORT, export.inquiry)
    export = locked(export)
    if export.is_over:
        raise Refused("It is over already, so there is nothing to cancel.")
    return change(export, state=JobState.FAILED, error=f"{by} cancelled it.", doing="", finished_at=timezone.now())


def let_files_expire() -> int:
    """Removes files that were kept for as long as the setting says. They can be made again from their snapshots."""
    before = timezone.now() - dt.timedelta(days=settings.ATTEST_EXPORT_DAYS)
    expired = 0
    for pk in Export.objects.expired(before).values_list("pk", flat=True):
        with transaction.atomic():
            export = Export.objects.select_for_update(of=("self",)).expired(before).filter(pk=pk).first()
            if export:
                export.file.delete(save=False)
                change(export, file="", expired_at=timezone.now())
                expired += 1
    return expired


@transaction.atomic
def log_download(*, export: Export, by: Any) -> ExportDownload:
    """Writes down that a person took the export away."""
    require(by, Verb.READ, export.inquiry)
    return ExportDownload.objects.create(inquiry=export.inquiry, export=export, downloaded_by=by)


@transaction.atomic
def bring_house_style(*, inquiry: Inquiry, name: str, data: bytes, by: User | Console) -> HouseStyle:
    """Makes a Word document the house style of the exports that are asked for from now on."""
    require(by, Verb.EDIT_INQUIRY, inquiry)
    check(data)
    _try(data)
    style = HouseStyle(inquiry=inquiry, name=name[:255], sha256=hashlib.sha256(data).hexdigest())
    style.brought_by = recorded(by)
    kept = HouseStyle.objects.filter(inquiry=inquiry, sha256=style.sha256).first()
    if kept and kept.file.storage.exists(kept.file.name):
        style.file = kept.file.name
    else:
        style.file.save(name, ContentFile(data), save=False)
    style.save()
    return style


def _try(data: bytes) -> None:
    """A document that passed every question may still be one that no export can be made with."""
    page = Appendix(title="A trial", made_on=timezone.localdate(), parts=(WrittenPart(),))
    try:
        render(page, Format.DOCX, data)
        render(page, Format.ODT, data)
    except (PandocFailed, KeyError, ValueError) as error:
        raise Refused("No export could be made with this document. Save it again in Word and bring that.") from error


@transaction.atomic
def lay_house_style_aside(*, inquiry: Inquiry, by: User | Console) -> None:
    """Goes back to the style that comes along. Snapshots that were taken keep theirs."""
    require(by, Verb.EDIT_INQUIRY, inquiry)
    for style in HouseStyle.objects.select_for_update().filter(inquiry=inquiry).in_force():
        change(style, laid_aside_at=timezone.now())
