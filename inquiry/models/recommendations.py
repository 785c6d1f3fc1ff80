"""What the report asks for, and of whom."""

from __future__ import annotations

from typing import Any, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from inquiry.models.records import Record, RecordQuerySet, SameInquiry


@pghistory.track()
class Addressee(Record):
    """Whom a group of recommendations is put to."""

    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)

    class Meta(Record.Meta):
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["inquiry", "number"], name="one_addressee_per_number"),)

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Principle(Record):
    """A principle that recommendations deliver."""

    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)

    class Meta(Record.Meta):
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["inquiry", "number"], name="one_principle_per_number"),)

    def __str__(self) -> str:
        return self.title


class RecommendationQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those that stand. One that was withdrawn is in no list, count or export."""
        return super().visible_to(user).filter(withdrawn_at=None)

    def withdrawn_from(self, user: Any) -> Self:
        """Those of the person's inquiries that were withdrawn, for whoever may bring one back."""
        return super().visible_to(user).filter(withdrawn_at__isnull=False)

    def in_order(self) -> Self:
        return self.select_related("addressee").order_by("addressee__number", "number")


def numbered(addressee: int, number: int | None, withdrawn_from: int | None) -> str:
    """A recommendation's number as printed: the addressee's and its own."""
    return f"{addressee}.{number or withdrawn_from}"


@pghistory.track()
class Recommendation(Record):
    """What the report asks an addressee to do. Numbered within its addressee: 1.2.

    Its number is its place: it follows when others are moved, and a withdrawn one has none. Links go by its id.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        AGREED = "agreed", "Agreed"

    addressee = models.ForeignKey(Addressee, models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    principles = models.ManyToManyField(Principle, through="Delivers", related_name="recommendations")
    answer = models.TextField("answer to contrary evidence", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_from = models.PositiveSmallIntegerField("number before it was withdrawn", null=True, blank=True)
    objects = RecommendationQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("addressee", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["addressee", "number"],
                name="one_recommendation_per_number",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "agreed"]), name="known_recommendation_status"
            ),
            models.CheckConstraint(
                condition=models.Q(number__isnull=False, withdrawn_at=None, withdrawn_from=None)
                | models.Q(number=None, withdrawn_at__isnull=False, withdrawn_from__isnull=False),
                name="numbered_or_withdrawn",
            ),
        )

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        """Its number as printed: the addressee's and its own, ``1.2``; of a withdrawn one, that which it had."""
        return numbered(self.addressee.number, self.number, self.withdrawn_from)

    @property
    def agreed(self) -> bool:
        return self.status == self.Status.AGREED


@pghistory.track()
class Delivers(Record):
    """That a recommendation delivers a principle."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE)
    principle = models.ForeignKey(Principle, models.CASCADE)

    class Meta(Record.Meta):
        verbose_name = "principle delivered"
        constraints = (models.UniqueConstraint(fields=["recommendation", "principle"], name="delivers_once"),)

    def __str__(self) -> str:
        return f"{self.recommendation_id} delivers {self.principle_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class RecommendationVersion(Record):
    """The words of a recommendation as they were saved once: by whom, when, why, and whether they were agreed.

    Each change of the words or of the status adds one. None is changed.
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    label = models.CharField("number of the recommendation then", max_length=20)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Recommendation.Status.choices)
    why = models.CharField(max_length=300, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Record.Meta):
        ordering = ("recommendation", "number")
        verbose_name = "version of a recommendation"
        constraints = (
            models.UniqueConstraint(fields=["recommendation", "number"], name="one_version_per_number"),
            models.CheckConstraint(condition=models.Q(status__in=["draft", "agreed"]), name="known_version_status"),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Protect(name="a_version_stands", operation=pgtrigger.Update),
        )

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def agreed(self) -> bool:
        return self.status == Recommendation.Status.AGREED
