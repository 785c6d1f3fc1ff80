"""Submissions that came in together: what was chosen, what would become of each row, and what became of it."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from evidence.importing.reading.columns import COLUMNS
from evidence.submissions.models import Submission
from inquiry.models.jobs import Job, JobQuerySet, JobState
from inquiry.models.records import Record, SameInquiry, SecretariatQuerySet, secretariat


class Stage(models.TextChoices):
    """How far an import has come. What is under way or failed in it is told by its job."""

    CHECKING = "checking", "Being checked"
    COLUMNS = "columns", "Columns to be named"
    CHECKED = "checked", "Waits for your word"
    IMPORTING = "importing", "Being imported"
    IMPORTED = "imported", "Imported"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"
    DISCARDED = "discarded", "Not imported"


STEPS: list[tuple[str, str]] = [
    (Stage.CHECKING, Stage.COLUMNS),
    (Stage.CHECKING, Stage.CHECKED),
    (Stage.COLUMNS, Stage.CHECKING),
    (Stage.CHECKED, Stage.CHECKING),
    (Stage.CHECKED, Stage.IMPORTING),
    (Stage.IMPORTING, Stage.CHECKING),
    (Stage.IMPORTING, Stage.IMPORTED),
    (Stage.IMPORTED, Stage.UNDOING),
    (Stage.UNDOING, Stage.UNDONE),
    (Stage.UNDOING, Stage.IMPORTED),
    *((open_, Stage.DISCARDED) for open_ in (Stage.CHECKING, Stage.COLUMNS, Stage.CHECKED, Stage.IMPORTING)),
]
NOT_YET_IMPORTED = (Stage.CHECKING, Stage.COLUMNS, Stage.CHECKED, Stage.IMPORTING)


class Outcome(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", "New"
    ADDED = "added", "File added"
    SAME = "same", "Same as before"
    REFUSED = "refused", "Refused"


class BatchQuerySet(JobQuerySet):
    def visible_to(self, user: Any) -> BatchQuerySet:
        """For the secretariat alone: it tells of submissions that are not accepted yet."""
        return self.filter(secretariat(user))


def _kept_name(batch: Batch, _filename: str) -> str:
    return f"{batch.inquiry.code}/imports/{batch.pk}"


@pghistory.track(exclude=["progress", "doing", "seen_at", "headings", "sample"])
class Batch(Job, Record):
    """Submissions that are imported, and can be undone, as one; and the job of doing so."""

    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.CHECKING)
    name = models.CharField("file name", max_length=255)
    source = models.FileField(upload_to=_kept_name, max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="bytes")
    accept = models.BooleanField("accepted at once", default=False)
    headings = ArrayField(models.TextField(), default=list, blank=True, help_text="of the list's columns")
    sample = models.JSONField(default=list, help_text="the first rows below them, until it is imported")
    left_out = ArrayField(models.CharField(max_length=300), default=list, blank=True, help_text="what was not used")
    rows = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    new_people = ArrayField(models.BigIntegerField(), default=list, blank=True)
    new_organisations = ArrayField(models.BigIntegerField(), default=list, blank=True)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    objects = BatchQuerySet.as_manager()
    watched = False

    class Meta(Record.Meta):
        ordering = ("-id",)
        verbose_name = "import"
        verbose_name_plural = "imports"
        constraints = (
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="known_stage_of_import"),
            models.CheckConstraint(
                condition=models.Q(stage__in=NOT_YET_IMPORTED) | models.Q(source=""), name="source_kept_until_imported"
            ),
            models.CheckConstraint(
                condition=~models.Q(stage__in=(Stage.IMPORTING, Stage.IMPORTED)) | models.Q(refused=0),
                name="imported_whole_or_not_at_all",
            ),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.FSM(name="stages_of_an_import", field="stage", transitions=STEPS),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        """Whether somebody works on it, or is about to."""
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def has_failed(self) -> bool:
        return self.state == JobState.FAILED


@pghistory.track(exclude=["label", "said", "why"])
class BatchRow(Record):
    """A row of an import. What it said is kept until it is imported; what became of it, for good."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(help_text="as a spreadsheet counts")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reference = models.PositiveIntegerField(null=True, blank=True)
    label = models.TextField(blank=True)
    said = models.JSONField(default=dict)
    why = ArrayField(models.TextField(), default=list, blank=True)
    digest = models.CharField(max_length=64, help_text="sha256 of what it said")
    submission = models.ForeignKey(Submission, models.SET_NULL, null=True, blank=True, related_name="imported_from")
    documents = ArrayField(models.BigIntegerField(), default=list, blank=True, help_text="that came in with it")
    left_as = models.CharField(max_length=64, blank=True, help_text="a sign of the submission as it was left")
    objects = SecretariatQuerySet.as_manager()
    watched = False

    class Meta(Record.Meta):
        ordering = ("batch", "number")
        verbose_name = "row of an import"
        verbose_name_plural = "rows of imports"
        indexes = (models.Index(fields=["inquiry", "digest"], name="rows_by_what_they_say"),)
        constraints = (
            models.UniqueConstraint(fields=["batch", "number"], name="one_row_per_number"),
            models.CheckConstraint(condition=models.Q(outcome__in=Outcome.values), name="known_outcome"),
        )

    def __str__(self) -> str:
        return f"{self.batch_id}, row {self.number}"


@pghistory.track()
class ColumnMeaning(Record):
    """What a column of that heading means in this inquiry's lists, as a clerk said; nothing where it is not used."""

    heading = models.CharField(max_length=300)
    column = models.CharField(max_length=20, blank=True, choices=[(name, name.capitalize()) for name in COLUMNS])
    objects = SecretariatQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("heading",)
        verbose_name = "meaning of a column"
        verbose_name_plural = "meanings of columns"
        constraints = (
            models.UniqueConstraint(fields=["inquiry", "heading"], name="one_meaning_per_heading"),
            models.CheckConstraint(condition=models.Q(column__in=["", *COLUMNS]), name="known_column"),
        )

    def __str__(self) -> str:
        return f"{self.heading}: {self.column or 'not used'}"
