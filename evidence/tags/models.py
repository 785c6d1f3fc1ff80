"""Themes and recommendations on the evidence: by whom, when, and with which stance."""

from __future__ import annotations

from typing import Any, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.lookups import Exact

from evidence.quotes.models import Quote
from evidence.submissions.models import Submission
from evidence.witnesses.models import Witness
from inquiry.models import Insight, Recommendation, Session, Theme
from inquiry.models.records import Record, RecordQuerySet, SameInquiry

EVIDENCE = ("quote", "submission", "session", "witness", "insight")


def model_of(kind: str) -> Any:
    """The model of a kind of evidence that can be tagged."""
    return Tag._meta.get_field(kind).related_model


def kind_of(evidence: models.Model) -> str:
    """Which kind of evidence it is, as tags name it."""
    return next(kind for kind in EVIDENCE if isinstance(evidence, model_of(kind)))


def tags_on(evidence: models.Model) -> TagQuerySet:
    """The tags on a piece of evidence."""
    return Tag.objects.standing().filter(**{kind_of(evidence): evidence})


class Stance(models.TextChoices):
    SUPPORTS = "supports", "Supports"
    CHALLENGES = "challenges", "Challenges"
    QUALIFIES = "qualifies", "Qualifies"


class TagQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The tags on evidence that the person may see."""
        seen = models.Q()
        for name in EVIDENCE:
            visible = model_of(name)._default_manager.visible_to(user).order_by()
            seen |= models.Q(**{f"{name}__in": visible.values("pk")})
        return super().visible_to(user).standing().filter(seen)

    def standing(self) -> Self:
        """All but those on a recommendation that was withdrawn; they come back with it."""
        return self.filter(recommendation__withdrawn_at=None)


def _exactly_one(*names: str) -> Exact:
    return Exact(models.Func(*names, function="num_nonnulls", output_field=models.IntegerField()), 1)


@pghistory.track()
class Tag(Record):
    """That a piece of evidence bears on a theme, or on a recommendation and how."""

    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="tags")
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, null=True, blank=True, related_name="tags")
    stance = models.CharField(max_length=10, choices=Stance.choices, blank=True)
    quote = models.ForeignKey(Quote, models.CASCADE, null=True, blank=True, related_name="tags")
    submission = models.ForeignKey(Submission, models.CASCADE, null=True, blank=True, related_name="tags")
    session = models.ForeignKey(Session, models.CASCADE, null=True, blank=True, related_name="tags")
    witness = models.ForeignKey(Witness, models.CASCADE, null=True, blank=True, related_name="tags")
    insight = models.ForeignKey(Insight, models.CASCADE, null=True, blank=True, related_name="tags")
    note = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(
        null=True, blank=True, help_text="when the recommendation’s answer to contrary evidence took it in"
    )
    tagged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    carried_from = models.ForeignKey(
        Theme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the theme to which it was tagged before this one came in its place",
    )
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="when somebody said to which of the newer themes it belongs"
    )
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    objects = TagQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = (
            models.CheckConstraint(condition=_exactly_one("theme", "recommendation"), name="tag_to_one_thing"),
            models.CheckConstraint(condition=_exactly_one(*EVIDENCE), name="tag_on_one_piece_of_evidence"),
            models.CheckConstraint(
                condition=models.Q(recommendation__isnull=True, stance="")
                | models.Q(recommendation__isnull=False, stance__in=Stance.values),
                name="stance_on_recommendations",
            ),
            models.CheckConstraint(
                condition=models.Q(theme__isnull=False)
                | models.Q(carried_from__isnull=True, settled_at__isnull=True, settled_by__isnull=True),
                name="themes_are_carried_over",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | models.Q(stance=Stance.CHALLENGES),
                name="only_contrary_evidence_is_answered",
            ),
            models.UniqueConstraint(
                fields=["theme", "recommendation", *EVIDENCE], nulls_distinct=False, name="tagged_once"
            ),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Trigger(
                name="to_a_theme_in_use",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__theme__isnull=False),
                declare=[("since", "date")],
                func="""
                    IF TG_OP = 'UPDATE' THEN
                        IF NEW.theme_id IS NOT DISTINCT FROM OLD.theme_id THEN
                            RETURN NEW;
                        END IF;
                    END IF;
                    SELECT retired_on INTO since FROM inquiry_theme WHERE id = NEW.theme_id FOR SHARE;
                    IF since IS NOT NULL THEN
                        RAISE EXCEPTION 'This theme is retired: nothing new is tagged to it.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF EXISTS (SELECT FROM inquiry_theme WHERE parent_id = NEW.theme_id) THEN
                        RAISE EXCEPTION 'This theme groups others: evidence is tagged to one of those below it.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_stance_display()} {self.recommendation}" if self.recommendation else str(self.theme)
