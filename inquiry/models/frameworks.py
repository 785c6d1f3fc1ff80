"""Frameworks: the versioned trees of themes against which evidence is read."""

from __future__ import annotations

from typing import Self

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from inquiry.models.records import Record, RecordQuerySet, SameInquiry


@pghistory.track()
class Framework(Record):
    """A set of themes with a version, such as a White Paper's objectives and missions."""

    name = models.CharField(max_length=200)
    version = models.CharField(max_length=50, blank=True)
    citation = models.CharField(max_length=400, blank=True)
    published_on = models.DateField(null=True, blank=True)
    levels = ArrayField(
        models.CharField(max_length=60),
        help_text="What each level of the tree is called, from the top: Objective, Mission.",
    )

    class Meta(Record.Meta):
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["inquiry", "name", "version"], name="one_framework_per_version"),
            models.CheckConstraint(condition=models.Q(levels__len__gt=0), name="framework_has_a_level"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.version})" if self.version else self.name

    @property
    def leaf_name(self) -> str:
        """What its lowest themes are called: "Mission"."""
        return self.levels[-1]


class ThemeQuerySet(RecordQuerySet):
    def leaves(self) -> Self:
        """The themes to which evidence is tagged: those at the lowest level of their framework."""
        return self.filter(depth=models.F("framework__levels__len") - 1)

    def in_use(self) -> Self:
        """Themes that can still be tagged; a retired one stays readable."""
        return self.filter(retired_on=None)

    def in_order(self) -> Self:
        return self.select_related("framework", "parent").order_by("framework_id", "position")


@pghistory.track()
class Theme(Record):
    """A mission, or the objective that groups missions. Retired, merged or renamed when in use; not deleted."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="themes")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    depth = models.PositiveSmallIntegerField(default=0, help_text="0 at the top of the tree")
    position = models.PositiveIntegerField(help_text="its place in the whole tree, read from the top")
    number = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    aim = models.TextField(blank=True)
    definition = models.TextField(blank=True, help_text="What belongs here.")
    exclusion = models.TextField(blank=True, help_text="What does not belong here, and where it does.")
    retired_on = models.DateField(null=True, blank=True)
    successors = models.ManyToManyField(
        "self", through="Succession", symmetrical=False, related_name="forerunners", blank=True
    )
    objects = ThemeQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("framework", "position")
        constraints = (
            models.UniqueConstraint(fields=["framework", "number"], name="one_theme_per_number"),
            models.UniqueConstraint(
                fields=["framework", "position"], name="one_theme_per_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True, depth=0) | models.Q(parent__isnull=False, depth__gt=0),
                name="top_themes_have_no_parent",
            ),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Trigger(
                name="one_tree",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__parent__isnull=False),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM inquiry_theme up WHERE up.id = NEW.parent_id
                        AND up.framework_id = NEW.framework_id AND up.depth = NEW.depth - 1
                    ) THEN
                        RAISE EXCEPTION 'A theme stands one level below its parent, in the same framework.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} · {self.title}"

    @property
    def level_name(self) -> str:
        """What its level is called: "Objective" or "Mission"."""
        return self.framework.levels[self.depth]


@pghistory.track()
class Succession(Record):
    """That what bore on one theme is read under another since: a merging, a split, the next version of a framework."""

    older = models.ForeignKey(Theme, models.PROTECT, related_name="succeeded")
    newer = models.ForeignKey(Theme, models.PROTECT, related_name="succeeds")
    retired_it = models.BooleanField(default=False, help_text="whether the older theme was retired with it")

    class Meta(Record.Meta):
        ordering = ("older", "newer__position")
        verbose_name = "succession of a theme"
        constraints = (
            models.UniqueConstraint(fields=["older", "newer"], name="succeeds_once"),
            models.CheckConstraint(condition=~models.Q(older=models.F("newer")), name="no_theme_succeeds_itself"),
        )

    def __str__(self) -> str:
        return f"{self.older} → {self.newer}"
