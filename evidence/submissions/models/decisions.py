"""The steps in the life of a submission, and what was decided on its publication."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from evidence.submissions.life import State, Treatment
from evidence.submissions.models.submissions import Submission
from inquiry.models.records import Record, SameInquiry, SecretariatQuerySet


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class PublicationDecision(Record):
    """What was decided on publication: who, when, at which meeting and why. A later one supersedes; none is changed."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="decisions")
    treatment = models.CharField(max_length=12, choices=Treatment.choices)
    decided_on = models.DateField()
    meeting = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    objects = SecretariatQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("submission", "id")
        verbose_name = "decision on publication"
        constraints = (
            models.CheckConstraint(condition=models.Q(treatment__in=Treatment.values), name="known_treatment"),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Protect(name="a_decision_stands", operation=pgtrigger.Update),
        )

    def __str__(self) -> str:
        return f"{self.get_treatment_display()}, {self.decided_on}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class StateChange(Record):
    """A step in the life of a submission: who, when and why."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.TextField(blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    objects = SecretariatQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("submission", "id")
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Protect(name="a_step_stands", operation=pgtrigger.Update),
        )

    def __str__(self) -> str:
        return self.get_state_display()
