"""Snapshots of the appendix, and exports: what was made from them, by whom."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format

from accounts.refusals import Refused
from accounts.roles import Verb, inquiries_where
from inquiry.models import CitationStyle, Recommendation, Theme
from inquiry.models.jobs import Job, JobQuerySet, JobState
from inquiry.models.records import Record, RecordQuerySet, SameInquiry, secretariat
from report.structure import Appendix

UNFINISHED = (JobState.WAITING, JobState.RUNNING)


class Format(models.TextChoices):
    HTML = "html", "Web page"
    DOCX = "docx", "Word (DOCX)"
    ODT = "odt", "OpenDocument (ODT)"
    PDF = "pdf", "PDF/UA"
    XLSX = "xlsx", "Workbook (XLSX)"
    CSV = "csv", "Spreadsheet (CSV)"
    JSON = "json", "Data (JSON)"
    BIB = "bib", "References (BibTeX)"
    RIS = "ris", "References (RIS)"
    CSLJSON = "csljson", "References (CSL-JSON)"
    QDC = "qdc", "Codebook (REFI-QDA)"
    QDPX = "qdpx", "Coded project (REFI-QDA)"


CONTENT_TYPES = {
    Format.HTML: "text/html; charset=utf-8",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.ODT: "application/vnd.oasis.opendocument.text",
    Format.PDF: "application/pdf",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
    Format.BIB: "application/x-bibtex; charset=utf-8",
    Format.RIS: "application/x-research-info-systems; charset=utf-8",
    Format.CSLJSON: "application/vnd.citationstyles.csl+json",
    Format.QDC: "application/xml",
    Format.QDPX: "application/zip",
}
# A file's name ends as programs know it.
ENDINGS = {Format.CSLJSON: "csl.json"}


def _style_name(style: HouseStyle, _filename: str = "") -> str:
    return f"{style.inquiry.code}/styles/{style.sha256}.docx"


class HouseStyleQuerySet(RecordQuerySet):
    def in_force(self) -> Self:
        """The style that was brought last, unless it was laid aside since."""
        return self.filter(laid_aside_at=None).order_by("-pk")


@pghistory.track()
class HouseStyle(Record):
    """A Word document from which exports take their styles. It is never changed: another one follows it."""

    file = models.FileField(upload_to=_style_name, max_length=200)
    sha256 = models.CharField(max_length=64)
    name = models.CharField("file name", max_length=255)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    laid_aside_at = models.DateTimeField(null=True, blank=True)
    objects = HouseStyleQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("-id",)
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.ReadOnly(name="a_style_stands", fields=["file", "sha256", "name"]),
        )

    def __str__(self) -> str:
        return self.name

    def read(self) -> bytes:
        """The document."""
        with self.file.open("rb") as kept:
            return kept.read()


class SnapshotQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """A snapshot holds only what may be printed, so everyone in the inquiry may see it; what was recalled is empty.

        Where a consent was withdrawn since, it is for the secretariat alone.
        """
        return super().visible_to(user).filter(secretariat(user) | models.Q(marked_at=None, recalled_at=None))


@pghistory.track(exclude=["content"])
class Snapshot(Record):
    """What an export was made from, frozen: who took it, when, of which parts, and what was left out and why."""

    layout = models.CharField(max_length=10, choices=CitationStyle.choices)
    parts = ArrayField(models.CharField(max_length=20))
    include_unchecked = models.BooleanField("with unchecked quotes, marked as such", default=False)
    content = models.JSONField(default=dict, help_text="the appendix as data")
    digest = models.CharField(max_length=64, help_text="sha256 of what is printed")
    house_style = models.ForeignKey(HouseStyle, models.PROTECT, null=True, blank=True, related_name="snapshots")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_because = models.CharField(max_length=300, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    objects = SnapshotQuerySet.as_manager()
    watched = False

    class Meta(Record.Meta):
        ordering = ("-id",)
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.ReadOnly(name="a_snapshot_stands", fields=["layout", "parts", "include_unchecked", "digest"]),
            pgtrigger.Trigger(
                name="its_content_is_only_emptied",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("content"),
                func="""
                    IF NEW.content <> OLD.content AND NEW.content <> '{}'::jsonb THEN
                        RAISE EXCEPTION 'A snapshot stands as it was taken, unless it is recalled.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"Snapshot {self.pk}"

    @property
    def name(self) -> str:
        """As lists to choose from name it."""
        when = date_format(timezone.localtime(self.created_at), "j F Y, H:i")
        return f"{self.pk} · {when} · {self.get_layout_display()}"

    def appendix(self) -> Appendix:
        """What was frozen."""
        return Appendix.from_dict(self.content)

    @property
    def why_not_again(self) -> str:
        """Why no more files are made of it, in a sentence; nothing where they are."""
        if self.recalled_at:
            return "It was recalled, so nothing can be made of it any more."
        return f"{self.marked_because} No more files are made of it." if self.marked_at else ""

    def refuse_where_nothing_may_be_made(self, format: str) -> None:
        """Refuses, in a sentence, a file that can't be made of it, or may not be any more."""
        if self.why_not_again:
            raise Refused(self.why_not_again)
        if format == Format.QDPX and not self.content.get("sources"):
            raise Refused("It was frozen without the texts that its quotes are from. Ask for the coded project anew.")


def _kept_name(export: Export, _filename: str = "") -> str:
    return f"{export.inquiry.code}/exports/{export.pk}.{export.format}"


class ExportQuerySet(JobQuerySet):
    def visible_to(self, user: Any) -> Self:
        """An export holds only what may be printed, so everyone in the inquiry may have it, unless it was recalled, or
        a consent was withdrawn since."""
        open_to_all = models.Q(recalled_at=None) & (models.Q(snapshot=None) | models.Q(snapshot__marked_at=None))
        return super().visible_to(user).filter(secretariat(user) | open_to_all)

    def recall(self, why: str, holding: str = "") -> int:
        """Empties exports that hold what may no longer leave: their file, and what they were made from.

        ``holding`` is a reference: exports that were made without it stay. One that is being made just now may hold
        anything, and is over with this: whoever makes it finds that out before keeping the file.
        """
        recalled = 0
        for export in self._holding(holding):
            # Not before it is certain: a file can't be brought back.
            transaction.on_commit(partial(export.file.storage.delete, _kept_name(export)))
            export.file, export.recalled_at, export.recalled_because = "", timezone.now(), why
            export.end_with(why, "file", "recalled_at", "recalled_because")
            Snapshot.objects.filter(pk=export.snapshot_id).update(content={}, recalled_at=timezone.now())
            recalled += 1
        return recalled

    def mark(self, why: str, holding: str) -> int:
        """Marks exports that hold what its giver no longer agrees to. They stay, for the secretariat alone, because
        what went out before must be known; no more files are made of them."""
        marked = 0
        for export in self._holding(holding):
            export.end_with(why)
            Snapshot.objects.filter(pk=export.snapshot_id, marked_at=None).update(
                marked_at=timezone.now(), marked_because=why
            )
            marked += 1
        return marked

    def _holding(self, holding: str) -> Self:
        concerned = self.select_for_update(of=("self",)).select_related("inquiry").filter(recalled_at=None)
        if not holding:
            return concerned
        said = Cast("snapshot__content", models.TextField())
        in_it = models.Q(said__contains=f'"{holding}"') | models.Q(state__in=UNFINISHED)
        return concerned.alias(said=said).filter(in_it)

    def expired(self, before: dt.datetime) -> Self:
        """Those whose file has been kept long enough."""
        return self.filter(state=JobState.DONE, finished_at__lt=before).exclude(file="")


@pghistory.track(exclude=["progress", "doing", "seen_at"])
class Export(Job, Record):
    """An appendix as a file, and the job of making it. It names the snapshot that it was made from."""

    layout = models.CharField(max_length=10, choices=CitationStyle.choices, default=CitationStyle.APPG)
    parts = ArrayField(models.CharField(max_length=20), default=list, help_text="the layout's usual ones where empty")
    format = models.CharField(max_length=10, choices=Format.choices)
    include_unchecked = models.BooleanField("with unchecked quotes, marked as such", default=False)
    previewed = models.CharField(max_length=64, blank=True, help_text="digest of what its asker was shown before")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, blank=True, related_name="exports")
    file = models.FileField(upload_to=_kept_name, max_length=200, blank=True)
    size = models.PositiveBigIntegerField(null=True, help_text="bytes")
    expired_at = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    recalled_because = models.CharField(max_length=300, blank=True)
    objects = ExportQuerySet.as_manager()
    watched = False

    class Meta(Record.Meta):
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return f"Appendix, {self.get_layout_display()}, {self.get_format_display()}"

    @property
    def filename(self) -> str:
        ending = ENDINGS.get(Format(self.format), self.format)
        return f"{self.inquiry.code.lower()}-appendix-{self.asked_at:%Y-%m-%d-%H%M}.{ending}"

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[Format(self.format)]

    @property
    def differs_from_preview(self) -> bool:
        """Whether something changed between the preview that its asker looked at and the file."""
        return bool(self.previewed and self.snapshot and self.snapshot.digest != self.previewed)

    def end_with(self, why: str, *changed: str) -> None:
        """Saves what was changed; where it is still being made, it ends with this sentence."""
        if not self.is_over:
            self.state, self.error, self.finished_at = JobState.FAILED, why, timezone.now()
        self.save(update_fields=[*changed, "state", "error", "finished_at"])


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
    watched = False

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
    watched = False

    class Meta(Record.Meta):
        ordering = ("-created_at",)
        verbose_name = "download of a meeting pack"
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Protect(name="a_download_stands", operation=pgtrigger.Update),
        )

    def __str__(self) -> str:
        return f"Meeting pack · {self.downloaded_by}"
