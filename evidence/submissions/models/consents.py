"""What submitters and witnesses agreed to."""

from __future__ import annotations

from typing import Self

import pghistory
from django.conf import settings
from django.db import models

from evidence.submissions.models.submissions import Submission
from evidence.witnesses.models import Appearance
from inquiry.models.records import Record, SecretariatQuerySet


class ConsentQuerySet(SecretariatQuerySet):
    def taken_back(self) -> Self:
        """Those that were withdrawn and not given again since."""
        again = Consent._base_manager.filter(
            to=models.OuterRef("to"), given_on__gte=models.OuterRef("withdrawn_on"), withdrawn_on=None
        )
        same = models.Q(submission=models.OuterRef("submission")) | models.Q(appearance=models.OuterRef("appearance"))
        return self.filter(~models.Exists(again.filter(same)), withdrawn_on__isnull=False)


@pghistory.track()
class Consent(Record):
    """What a submitter or a witness agreed to, in which words, and whether they have taken it back."""

    class To(models.TextChoices):
        PUBLISH = "publish", "Publish the evidence"
        BE_NAMED = "named", "Be named"
        BE_QUOTED = "quoted", "Be quoted"

    to = models.CharField(max_length=10, choices=To.choices)
    submission = models.ForeignKey(Submission, models.CASCADE, null=True, blank=True, related_name="consents")
    appearance = models.ForeignKey(Appearance, models.CASCADE, null=True, blank=True, related_name="consents")
    wording = models.TextField()
    given_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    objects = ConsentQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("given_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(submission__isnull=False) ^ models.Q(appearance__isnull=False),
                name="consent_of_one",
            ),
            models.CheckConstraint(condition=models.Q(to__in=["publish", "named", "quoted"]), name="known_consent"),
        )

    def __str__(self) -> str:
        return f"{self.get_to_display()}, {self.given_on}"
