"""Warnings that somebody has accepted: what was warned of, why it may stay so, and who said so."""

from __future__ import annotations

from typing import Self

import pghistory
from django.conf import settings
from django.db import models

from inquiry.models.records import Record, SecretariatQuerySet


class AcceptanceQuerySet(SecretariatQuerySet):
    def standing(self) -> Self:
        """Those that nobody has taken back."""
        return self.filter(withdrawn_at=None)

    def of(self, check: str) -> Self:
        """Whether a finding of this check is accepted, as it is now; for ``Exists`` beside ``key`` and ``sign``."""
        return self.standing().filter(
            check_code=check,
            inquiry=models.OuterRef("inquiry"),
            key=models.OuterRef("key"),
            sign=models.OuterRef("sign"),
        )


@pghistory.track()
class Acceptance(Record):
    """That a warning may stay, with the reason. It holds as long as what was warned of stays as it was.

    ``says`` names no person: an acceptance must not keep what a mend has taken away.
    """

    check_code = models.CharField("check", max_length=30)
    key = models.CharField("what was warned of", max_length=200)
    sign = models.CharField("sign of it as it was", max_length=64)
    says = models.CharField("what was said of it", max_length=300)
    reason = models.TextField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    objects = AcceptanceQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("-created_at", "-pk")
        verbose_name = "accepted warning"
        constraints = (
            models.UniqueConstraint(
                fields=["inquiry", "check_code", "key"],
                condition=models.Q(withdrawn_at=None),
                name="accepted_once",
                violation_error_message="Somebody else has accepted this already.",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="accepted_for_a_reason"),
        )

    def __str__(self) -> str:
        return self.says
