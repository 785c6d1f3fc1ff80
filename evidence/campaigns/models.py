"""Campaigns, and which submissions are alike."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from evidence.campaigns.likeness import WAY
from evidence.submissions.models import Submission
from inquiry.models.records import Record, SameInquiry, SecretariatQuerySet


@pghistory.track()
class Campaign(Record):
    """Letters that many send in with the same words. For the secretariat alone: others are not told who wrote alike."""

    name = models.CharField(max_length=200)
    objects = SecretariatQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["inquiry", "name"], name="one_campaign_of_a_name"),)

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class InCampaign(Record):
    """That a submission is one of a campaign's letters, and who said so."""

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="in_campaign")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="letters")
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    objects = SecretariatQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = "letter of a campaign"

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.campaign_id}"


@pghistory.track()
class NotAlike(Record):
    """That somebody has looked at two submissions and says that they are not alike; they are not shown so again."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="not_like")
    other = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    objects = SecretariatQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = "word that submissions are not alike"
        constraints = (
            models.UniqueConstraint(fields=["submission", "other"], name="said_once_of_two"),
            models.CheckConstraint(condition=~models.Q(submission=models.F("other")), name="unlike_another"),
        )
        triggers = (SameInquiry(name="same_inquiry"),)

    def __str__(self) -> str:
        return f"{self.submission_id}, {self.other_id}"


class LikenessQuerySet(SecretariatQuerySet):
    def leading(self) -> LikenessQuerySet:
        """Those that others are compared with: the first of each group, and whatever is like none."""
        return self.filter(first=None)

    def groups(self) -> LikenessQuerySet:
        """The first of each group, with how many are in it, how alike they are, and how many are not handled yet."""
        handled = models.Q(members__submission__in_campaign__isnull=False)
        return (
            self.leading()
            .annotate(
                others=models.Count("members"),
                least=models.Min("members__alike"),
                most=models.Max("members__alike"),
                waiting=models.Count("members", filter=~handled),
            )
            .filter(others__gt=0)
        )


class Likeness(Record):
    """What stands for the words of a submission when they are compared, and which earlier one they are like.

    Derived from the words, and made again from them: history keeps what people said of it, and not this.
    """

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="likeness")
    first = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        db_index=False,
        related_name="members",
        help_text="the first of its group, if it leads none",
    )
    alike = models.PositiveSmallIntegerField(null=True, help_text="with the first of its group, in per cent")
    words = models.PositiveIntegerField()
    places = ArrayField(models.BigIntegerField())
    bands = ArrayField(models.BigIntegerField(), help_text="kept where others are compared with it, and only there")
    way = models.CharField(max_length=40, default=WAY)
    made_at = models.DateTimeField()
    objects = LikenessQuerySet.as_manager()

    class Meta(Record.Meta):
        indexes = (
            GinIndex(fields=["bands"], name="likeness_bands"),
            models.Index(fields=["first", "-alike"], name="likeness_group"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(first__isnull=True, alike__isnull=True)
                | models.Q(first__isnull=False, alike__isnull=False, alike__lte=100),
                name="alike_with_a_first",
            ),
        )

    def __str__(self) -> str:
        return f"Likeness {self.pk}"
