"""Themes and recommendations on the evidence: by whom, when, and with which stance."""

from __future__ import annotations

from functools import partial
from typing import Any, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from accounts.statements import keys_kept_for
from evidence.quotes.models import Listed, Quote, readable_by
from evidence.submissions.models import Submission
from evidence.tags.listing import FOLLOW_THE_TAG
from evidence.witnesses.models import Appearance, Witness
from inquiry.models import Inquiry, Insight, Panel, Recommendation, Session, Theme
from inquiry.models.records import Record, RecordQuerySet, SameInquiry, exactly_one

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
        quotes = models.Q(quote__in=keys_kept_for(user, "quotes", lambda: Listed.objects.visible_to(user)))
        return super().visible_to(user).standing().filter(quotes | _on_other_evidence(user))

    def standing(self) -> Self:
        """All but those on a recommendation that was withdrawn; they come back with it."""
        return self.exclude(_on_a_withdrawn_one())


def _on_a_withdrawn_one() -> models.Q:
    """Tags to a recommendation that was withdrawn. Asked apart: joined, it misleads the database in its guesses."""
    withdrawn = keys_kept_for(None, "withdrawn", lambda: Recommendation.objects.filter(withdrawn_at__isnull=False))
    return models.Q(recommendation__in=withdrawn)


def _on_other_evidence(user: Any) -> models.Q:
    """Tags on what is no quote, as far as the person may see it."""
    seen = models.Q()
    for name in EVIDENCE:
        if name != "quote":
            rows = partial(model_of(name)._default_manager.visible_to, user)
            there = models.Q(**{f"{name}__isnull": False})
            # Asked in this order, for the second costs more.
            seen |= there & models.Q(**{f"{name}__in": keys_kept_for(user, name, rows)})
    return seen


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
        # Those on quotes are listed apart.
        indexes = (models.Index(fields=["theme"], condition=models.Q(quote=None), name="tags_on_other_evidence"),)
        constraints = (
            models.CheckConstraint(condition=exactly_one("theme", "recommendation"), name="tag_to_one_thing"),
            models.CheckConstraint(condition=exactly_one(*EVIDENCE), name="tag_on_one_piece_of_evidence"),
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
                name="counted_where_quotes_are_listed",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("quote_id") | pgtrigger.Delete,
                func="""
                    IF TG_OP <> 'INSERT' THEN
                        UPDATE quotes_listed SET tags = tags - 1 WHERE quote_id = OLD.quote_id AND NOT EXISTS (
                            SELECT FROM inquiry_recommendation
                            WHERE id = OLD.recommendation_id AND withdrawn_at IS NOT NULL
                        );
                    END IF;
                    IF TG_OP <> 'DELETE' THEN
                        UPDATE quotes_listed SET tags = tags + 1 WHERE quote_id = NEW.quote_id AND NOT EXISTS (
                            SELECT FROM inquiry_recommendation
                            WHERE id = NEW.recommendation_id AND withdrawn_at IS NOT NULL
                        );
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="listed_by_its_quote",
                when=pgtrigger.After,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("quote_id", "theme_id", "recommendation_id", "stance")
                | pgtrigger.Delete,
                func=FOLLOW_THE_TAG,
            ),
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


class ListedTagQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The tags on quotes that the person may read."""
        return self.filter(readable_by(user))


class ListedTag(models.Model):
    """What lists ask of a tag on a quote: that of the quote, with the tag. The database keeps it true by itself.

    What ends in ``known`` is for those who may know who wrote each submission, what ends in ``open`` for the others.
    """

    tag = models.OneToOneField(Tag, models.DO_NOTHING, primary_key=True, related_name="+")
    inquiry = models.ForeignKey(Inquiry, models.DO_NOTHING, related_name="+", db_constraint=False)
    theme = models.ForeignKey(
        Theme, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    recommendation = models.ForeignKey(
        Recommendation, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    stance = models.CharField(max_length=10)
    quote = models.ForeignKey(Quote, models.DO_NOTHING, related_name="+", db_constraint=False)
    panel = models.ForeignKey(
        Panel, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    appearance = models.ForeignKey(
        Appearance, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    submission = models.ForeignKey(
        Submission, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    redacted = models.BooleanField()
    standing = models.BooleanField()
    heard_at = models.CharField(max_length=20)
    sector_known = models.CharField(max_length=20)
    sector_open = models.CharField(max_length=20)
    later_known = models.BooleanField()
    later_open = models.BooleanField()
    place = models.BinaryField()
    objects = ListedTagQuerySet.as_manager()

    class Meta:
        db_table = "tags_listed"
        verbose_name = "tag in lists"
        verbose_name_plural = "tags in lists"
        # All that a page of them is found by stands in either, so that nothing else is read.
        indexes = tuple(
            models.Index(
                fields=["theme", f"later_{told}", "place"],
                include=["inquiry", "quote", "panel", "submission", "redacted", f"sector_{told}"],
                condition=models.Q(standing=True),
                name=f"tags_{told}",
            )
            for told in ("known", "open")
        )

    def __str__(self) -> str:
        return str(self.pk)


class HeardQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Tags on evidence that the person may see, but for those on a recommendation that was withdrawn."""
        # Told apart by what stands in the two halves of the view, either of which is then asked no more than it needs.
        quotes = models.Q(quote__isnull=False) & readable_by(user, of="quoted_")
        others = models.Q(quote__isnull=True) & _on_other_evidence(user)
        return super().visible_to(user).exclude(_on_a_withdrawn_one()).filter(quotes | others)


class Heard(models.Model):
    """A tag on evidence that stands, and whose voice the evidence carries: a row for each voice. It is a view.

    A voice is a number that stands for a person, a body, a submission whose submitters are not known or may not be
    known, or a panel; none for a meeting and for an insight, which are nobody's. ``source`` names them too. What ends
    in ``known`` is for those who may know who wrote each submission, what ends in ``open`` for the others.
    """

    id = models.BigIntegerField(primary_key=True, help_text="the tag’s; several rows may have it")
    inquiry = models.ForeignKey(Inquiry, models.DO_NOTHING, related_name="+")
    theme = models.ForeignKey(Theme, models.DO_NOTHING, null=True, related_name="+")
    recommendation = models.ForeignKey(Recommendation, models.DO_NOTHING, null=True, related_name="+")
    stance = models.CharField(max_length=10)
    quote = models.ForeignKey(Quote, models.DO_NOTHING, null=True, related_name="+")
    submission = models.ForeignKey(Submission, models.DO_NOTHING, null=True, related_name="+")
    session = models.ForeignKey(Session, models.DO_NOTHING, null=True, related_name="+")
    witness = models.ForeignKey(Witness, models.DO_NOTHING, null=True, related_name="+")
    insight = models.ForeignKey(Insight, models.DO_NOTHING, null=True, related_name="+")
    quoted_panel = models.ForeignKey(Panel, models.DO_NOTHING, null=True, related_name="+")
    quoted_submission = models.ForeignKey(Submission, models.DO_NOTHING, null=True, related_name="+")
    quoted_redacted = models.BooleanField(null=True)
    voice_known = models.BigIntegerField(null=True)
    voice_open = models.BigIntegerField(null=True)
    source_known = models.BigIntegerField(null=True)
    source_open = models.BigIntegerField(null=True)
    sector_known = models.CharField(max_length=20)
    sector_open = models.CharField(max_length=20)
    heard_at = models.CharField(max_length=20)
    lived = models.BooleanField()
    objects = HeardQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "tags_heard"
        verbose_name = "tag with a voice"
        verbose_name_plural = "tags with voices"

    def __str__(self) -> str:
        return str(self.pk)
