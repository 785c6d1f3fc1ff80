"""What the report asks for, and of whom."""

from __future__ import annotations

from typing import Self

import pghistory
from django.db import models

from inquiry.models.records import Record, RecordQuerySet


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
    def in_order(self) -> Self:
        return self.select_related("addressee").order_by("addressee__number", "number")


@pghistory.track()
class Recommendation(Record):
    """What the report asks an addressee to do. Numbered within its addressee: 1.2."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        AGREED = "agreed", "Agreed"

    addressee = models.ForeignKey(Addressee, models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    principles = models.ManyToManyField(Principle, through="Delivers", related_name="recommendations")
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
        )

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        """Its number as printed: the addressee's and its own, ``1.2``."""
        return f"{self.addressee.number}.{self.number}"


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
