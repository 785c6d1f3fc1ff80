"""What somebody has said of a suggestion. Suggestions themselves are worked out anew each time, and not kept."""

from __future__ import annotations

from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models

from evidence.documents.models import Passage
from inquiry.models import Theme
from inquiry.models.records import Record, RecordQuerySet


class DismissalQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Of passages that the person may see."""
        return super().visible_to(user).filter(passage__in=Passage.objects.visible_to(user).order_by().values("pk"))


@pghistory.track()
class Dismissal(Record):
    """That somebody has read a passage suggested for a theme and says that it is not about it."""

    theme = models.ForeignKey(Theme, models.PROTECT, related_name="dismissals")
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="dismissals")
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    objects = DismissalQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("-id",)
        verbose_name = "dismissal of a suggestion"
        verbose_name_plural = "dismissals of suggestions"
        constraints = (models.UniqueConstraint(fields=["theme", "passage"], name="dismissed_once"),)

    def __str__(self) -> str:
        return f"{self.passage_id}: not {self.theme_id}"
