"""Exports: what was made from the inquiry, by whom, from what."""

from __future__ import annotations

from functools import partial
from typing import Any, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.roles import Verb, inquiries_where
from inquiry.models import Recommendation, Theme
from inquiry.models.jobs import Job, JobQuerySet, JobState
from inquiry.models.records import Record, RecordQuerySet, SameInquiry, secretariat


class Format(models.TextChoices):
    HTML = "html", "Web page"
    DOCX = "docx", "Word (DOCX)"
    PDF = "pdf", "PDF/UA"
    CSV = "csv", "Spreadsheet (CSV)"


CONTENT_TYPES = {
    Format.HTML: "text/html; charset=utf-8",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.CSV: "text/csv; charset=utf-8",
}


class Layout(models.TextChoices):
    APPG = "appg", "All-party group"


def _kept_name(export: Export, _filename: str = "") -> str:
    return f"{export.inquiry.code}/exports/{export.pk}.{export.format}"


class ExportQuerySet(JobQuerySet):
    def visible_to(self, user: Any) -> Self:
        """An export holds only what may be printed, so everyone in the inquiry may have it, unless it was recalled."""
        return super().visible_to(user).filter(secretariat(user) | models.Q(recalled_at=None))

    def recall(self, why: str, holding: str = "") -> int:
        """Empties exports that hold what may no longer leave: their file, and what they were made from.

        ``holding`` is a reference: exports that were made without it stay. One that is being made just now may hold
        anything, and is over with this: whoever makes it finds that out before keeping the file.
        """
        recalled = 0
        concerned = self.select_for_update().filter(recalled_at=None)
        if holding:
            in_it = models.Q(said__contains=f'"{holding}"') | ~models.Q(state=JobState.DONE)
            concerned = concerned.annotate(said=Cast("snapshot", models.TextField())).filter(in_it)
        for export in concerned:
            # Not before it is certain: a file can't be brought back.
            transaction.on_commit(partial(export.file.storage.delete, _kept_name(export)))
            export.file, export.snapshot = "", {}
            export.recalled_at, export.recalled_because = timezone.now(), why
            if not export.is_over:
                export.state, export.error, export.finished_at = JobState.FAILED, why, timezone.now()
            export.save(
                update_fields=[
                    *("file", "snapshot", "recalled_at", "recalled_because"),
                    *("state", "error", "finished_at"),
                ]
            )
            recalled += 1
        return recalled


@pghistory.track(exclude=["snapshot", "progress", "doing", "seen_at"])
class Export(Job, Record):
    """An appendix as a file, and the job of making it. It keeps what it was made from."""

    layout = models.CharField(max_length=10, choices=Layout.choices, default=Layout.APPG)
    format = models.CharField(max_length=10, choices=Format.choices)
    include_unchecked = models.BooleanField("with unchecked quotes, marked as such", default=False)
    snapshot = models.JSONField(default=dict, help_text="the structure that it was made from")
    digest = models.CharField(max_length=64, blank=True, help_text="sha256 of the structure")
    file = models.FileField(upload_to=_kept_name, max_length=200, blank=True)
    size = models.PositiveBigIntegerField(null=True, help_text="bytes")
    recalled_at = models.DateTimeField(null=True, blank=True)
    recalled_because = models.CharField(max_length=300, blank=True)
    objects = ExportQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return f"Appendix, {self.get_layout_display()}, {self.get_format_display()}"

    @property
    def filename(self) -> str:
        return f"{self.inquiry.code.lower()}-appendix-{self.asked_at:%Y-%m-%d-%H%M}.{self.format}"

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[Format(self.format)]


class ExportDownloadQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Who took what away is for the secretariat to see."""
        return self.filter(inquiry__in=inquiries_where(user, Verb.SEE_HISTORY))


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class ExportDownload(Record):
    """That a person took an export away. History sees writes alone, so this reading is written down on purpose."""

    export = models.ForeignKey(Export, models.CASCADE, related_name="downloads")
    downloaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    objects = ExportDownloadQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("-created_at",)
        verbose_name = "download of an export"
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Protect(name="a_download_stands", operation=pgtrigger.Update),
        )

    def __str__(self) -> str:
        return f"{self.export} · {self.downloaded_by}"


PACK_FORMATS = (Format.HTML, Format.DOCX, Format.PDF)


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class PackDownload(Record):
    """That a person took a meeting pack away: of what, and as what. Which pieces they starred is not in it."""

    format = models.CharField(max_length=10, choices=[(each.value, each.label) for each in PACK_FORMATS])
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="+")
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, null=True, blank=True, related_name="+")
    only = models.CharField("which evidence", max_length=7)
    downloaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    objects = ExportDownloadQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("-created_at",)
        verbose_name = "download of a meeting pack"
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Protect(name="a_download_stands", operation=pgtrigger.Update),
        )

    def __str__(self) -> str:
        return f"Meeting pack · {self.downloaded_by}"
