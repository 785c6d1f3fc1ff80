"""What was tagged at once, kept so that it can be taken back at once."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from inquiry.models.records import Record


@pghistory.track()
class Together(Record):
    """That many pieces of evidence were tagged in one go, and which tags that made."""

    tags = ArrayField(models.BigIntegerField(), help_text="the keys of the tags that were made, and of no other")
    tagged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = "tagging of many"
        verbose_name_plural = "taggings of many"

    def __str__(self) -> str:
        return f"{len(self.tags)} tags"
