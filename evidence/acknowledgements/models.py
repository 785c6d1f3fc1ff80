"""Acknowledgements: what they say in an inquiry, to which submission one was sent, and whether it went out."""

from __future__ import annotations

from typing import Any, Self

import pghistory
import pgtrigger
from django.db import models

from evidence.submissions.models import Submission
from inquiry.models.jobs import Job, JobQuerySet, JobState
from inquiry.models.records import Record, SameInquiry, SecretariatQuerySet, secretariat


@pghistory.track()
class Wording(Record):
    """What an inquiry's acknowledgements say, where it is not what Attest brings along."""

    subject = models.CharField(max_length=200)
    text = models.TextField()
    objects = SecretariatQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = "wording of acknowledgements"
        verbose_name_plural = "wordings of acknowledgements"
        constraints = (models.UniqueConstraint(fields=["inquiry"], name="one_wording_per_inquiry"),)

    def __str__(self) -> str:
        return self.subject

    @property
    def said(self) -> dict[str, str]:
        return {"subject": self.subject, "text": self.text}


class AcknowledgementQuerySet(JobQuerySet):
    def visible_to(self, user: Any) -> Self:
        """For the secretariat alone."""
        return self.filter(secretariat(user))

    def claim(self, pk: int) -> bool:
        """Takes the job for this worker, unless the message may be on its way already."""
        return super(AcknowledgementQuerySet, self.filter(handed_over_at=None)).claim(pk)


@pghistory.track(exclude=["progress", "doing", "seen_at"])
class Acknowledgement(Job, Record):
    """That a submission is acknowledged by e-mail, once. To whom is written in its contact details, and only there."""

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="acknowledgement")
    handed_over_at = models.DateTimeField(
        null=True, blank=True, help_text="noted before the mail server is given it, so that it never is twice"
    )
    sent_at = models.DateTimeField(null=True, blank=True, help_text="noted when the mail server has taken it")
    objects = AcknowledgementQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = (
            models.CheckConstraint(
                condition=models.Q(sent_at=None) | models.Q(handed_over_at__isnull=False, state=JobState.DONE),
                name="sent_after_it_was_handed_over",
            ),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Protect(
                name="sent_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__sent_at__isnull=False)
                & (
                    pgtrigger.Q(old__sent_at__df=pgtrigger.F("new__sent_at"))
                    | pgtrigger.Q(old__state__df=pgtrigger.F("new__state"))
                    | pgtrigger.Q(old__submission__df=pgtrigger.F("new__submission"))
                ),
            ),
            pgtrigger.Trigger(
                name="handed_over_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__handed_over_at__isnull=False, new__handed_over_at__isnull=False)
                & pgtrigger.Q(old__handed_over_at__df=pgtrigger.F("new__handed_over_at")),
                func="""
                    RAISE EXCEPTION 'This acknowledgement was handed over already.' USING ERRCODE = 'check_violation';
                """,
            ),
        )

    def __str__(self) -> str:
        return f"Acknowledgement of {self.submission_id}"

    @property
    def is_unsure(self) -> bool:
        """Whether it may have been sent, and nobody knows."""
        return self.state == JobState.FAILED and self.handed_over_at is not None
