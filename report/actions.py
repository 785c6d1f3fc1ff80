"""What is done with the appendix: it is asked for, made by the worker, and taken away."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import CONSOLE, Console, NotAllowed, Verb, recorded, require
from inquiry.jobs import send_on_commit, working_on
from inquiry.models import Inquiry
from inquiry.models.jobs import JobState
from report.assembly import assemble
from report.formats import csv, docx, html, pdf
from report.models import Export, ExportDownload, Format, Layout
from report.structure import Appendix

MAKE = "report.tasks.make_export"
_RENDERERS = {Format.HTML: html.render, Format.DOCX: docx.render, Format.PDF: pdf.render, Format.CSV: csv.render}


def render(appendix: Appendix, format: Format) -> bytes:
    """The appendix as a file of this format. The same appendix gives the same bytes."""
    return _RENDERERS[format](appendix)


@transaction.atomic
def ask_for_export(
    *, inquiry: Inquiry, format: str, by: User | Console, include_unchecked: bool = False, layout: str = Layout.APPG
) -> Export:
    """Asks the worker for the appendix. Asked for twice while the first is being made, it is made once."""
    require(by, Verb.EXPORT, inquiry)
    Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    wanted = {"inquiry": inquiry, "format": format, "layout": layout, "include_unchecked": include_unchecked}
    under_way = Export.objects.filter(
        **wanted, asked_by=recorded(by), state__in=(JobState.WAITING, JobState.RUNNING), recalled_at=None
    ).first()
    if under_way:
        return under_way
    export = Export.objects.create(**wanted, asked_by=recorded(by))
    send_on_commit(MAKE, export.pk)
    return export


def make_export(pk: int) -> None:
    """Makes the file that was asked for, from what its asker may see and a report may print."""
    exports = Export.objects.all()
    if not exports.claim(pk):
        return
    export = Export.objects.select_related("inquiry", "asked_by").get(pk=pk)
    with working_on(exports, pk, NotAllowed):
        by = export.asked_by or CONSOLE
        require(by, Verb.EXPORT, export.inquiry)
        exports.report(pk, 10, "Putting the appendix together")
        appendix = assemble(
            export.inquiry, by=by, made_on=timezone.localdate(), include_unchecked=export.include_unchecked
        )
        exports.report(pk, 40, f"Writing it as {export.get_format_display()}")
        made = render(appendix, Format(export.format))
        exports.report(pk, 90, "Keeping the file")
        _keep(export, appendix, made)


@transaction.atomic
def _keep(export: Export, appendix: Appendix, made: bytes) -> None:
    mine = Export.objects.select_for_update().select_related("inquiry").get(pk=export.pk)
    if mine.state != JobState.RUNNING or mine.recalled_at:
        return
    mine.snapshot = appendix.to_dict()
    mine.digest = hashlib.sha256(json.dumps(mine.snapshot, sort_keys=True).encode()).hexdigest()
    mine.size = len(made)
    # What a worker that died has left would give the new file another name.
    mine.file.storage.delete(mine.file.field.generate_filename(mine, mine.filename))
    mine.file.save(mine.filename, ContentFile(made), save=False)
    mine.save(update_fields=["snapshot", "digest", "size", "file"])
    Export.objects.finish(mine.pk)


@transaction.atomic
def ask_again(*, export: Export, by: User | Console) -> Export:
    """Asks once more for an export that failed or was recalled."""
    return ask_for_export(
        inquiry=export.inquiry,
        format=export.format,
        layout=export.layout,
        include_unchecked=export.include_unchecked,
        by=by,
    )


@transaction.atomic
def log_download(*, export: Export, by: Any) -> ExportDownload:
    """Writes down that a person took the export away."""
    require(by, Verb.READ, export.inquiry)
    return ExportDownload.objects.create(inquiry=export.inquiry, export=export, downloaded_by=by)
