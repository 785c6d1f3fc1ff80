"""Work that outlasts a request. The row is the truth; the message that starts a worker may be lost."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from inquiry.models.records import RecordQuerySet

SILENT_FOR = dt.timedelta(minutes=3)


class JobState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Under way"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class JobQuerySet(RecordQuerySet):
    def dropped(self) -> Self:
        """Jobs that nobody works on: sent and never begun, or begun by a worker that has gone silent."""
        silent_since = timezone.now() - SILENT_FOR
        return self.filter(
            models.Q(state=JobState.WAITING, asked_at__lt=silent_since)
            | models.Q(state=JobState.RUNNING, seen_at__lt=silent_since)
        )

    def unfinished(self) -> Self:
        return self.filter(state__in=(JobState.WAITING, JobState.RUNNING))

    def claim(self, pk: int) -> bool:
        """Takes the job for this worker; False when another has it or it is over."""
        now = timezone.now()
        free = models.Q(state=JobState.WAITING) | models.Q(state=JobState.RUNNING, seen_at__lt=now - SILENT_FOR)
        return bool(
            self.filter(free, pk=pk).update(
                state=JobState.RUNNING, started_at=now, seen_at=now, error="", attempts=models.F("attempts") + 1
            )
        )

    def report(self, pk: int, progress: int, doing: str) -> None:
        """Notes how far a job under way has come, and that somebody is at it."""
        self.filter(pk=pk, state=JobState.RUNNING).update(progress=progress, doing=doing[:200], seen_at=timezone.now())

    def still_at_it(self, pk: int) -> None:
        """Notes that whoever took the job has not died over it."""
        self.filter(pk=pk, state=JobState.RUNNING).update(seen_at=timezone.now())

    def finish(self, pk: int) -> None:
        self.filter(pk=pk).update(state=JobState.DONE, progress=100, doing="", finished_at=timezone.now())

    def fail(self, pk: int, sentence: str) -> None:
        self.filter(pk=pk).update(state=JobState.FAILED, doing="", error=sentence, finished_at=timezone.now())


class Job(models.Model):
    """Who asked for the work, how far it has come, and what went wrong, in a sentence."""

    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    progress = models.PositiveSmallIntegerField(default=0, help_text="per cent")
    doing = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)
