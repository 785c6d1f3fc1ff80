"""How to reach whoever submitted."""

from __future__ import annotations

import pghistory
from django.db import models

from evidence.submissions.models.submissions import Submission
from inquiry.models.records import Record, SecretariatQuerySet


@pghistory.track()
class ContactDetails(Record):
    """How to reach whoever submitted. Kept apart from the evidence, for the secretariat alone, and not for long."""

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="contact")
    email = models.EmailField("e-mail address", blank=True)
    phone = models.CharField("telephone", max_length=50, blank=True)
    address = models.TextField(blank=True)
    objects = SecretariatQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = "contact details"
        verbose_name_plural = "contact details"

    def __str__(self) -> str:
        return f"Contact details {self.pk}"
