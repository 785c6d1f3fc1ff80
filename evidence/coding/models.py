"""Double coding: two people say, of the same passages and each for themselves, on which themes they bear."""

from __future__ import annotations

from typing import Any, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from evidence.documents.models import Passage
from inquiry.models import Framework, Theme
from inquiry.models.records import Record, RecordQuerySet, SameInquiry

PERSON = settings.AUTH_USER_MODEL


@pghistory.track()
class Round(Record):
    """Passages that two people code by one framework, to see how far they read it alike."""

    title = models.CharField(max_length=200)
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="coding_rounds")
    drawn_from = models.CharField(max_length=200, help_text="where its passages come from, in words")
    seed = models.BigIntegerField(null=True, blank=True, help_text="with which they were drawn, where they were")
    opened_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    given_up_at = models.DateTimeField(null=True, blank=True, help_text="when it was given up, for good")
    given_up_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    given_up_why = models.CharField(max_length=300, blank=True)

    class Meta(Record.Meta):
        ordering = ("-id",)
        verbose_name = "round of double coding"
        verbose_name_plural = "rounds of double coding"
        constraints = (
            models.UniqueConstraint(
                fields=["inquiry", "title"],
                name="one_round_of_a_title",
                violation_error_message="There is a round of this title already. Give this one another.",
            ),
            models.CheckConstraint(
                condition=Q(given_up_at__isnull=False) | Q(given_up_by=None, given_up_why=""),
                name="round_given_up_at_some_time",
            ),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Trigger(
                name="given_up_for_good",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("given_up_at"),
                func="""
                    IF OLD.given_up_at IS NOT NULL AND NEW.given_up_at IS DISTINCT FROM OLD.given_up_at THEN
                        RAISE EXCEPTION 'A round that was given up stays so: what was coded has been read.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.given_up_at IS NOT NULL AND NOT EXISTS (
                        SELECT FROM coding_coder WHERE round_id = NEW.id AND finished_at IS NULL
                    ) THEN
                        RAISE EXCEPTION 'Both coders have finished this round: there is nothing to give up.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.title

    def themes(self) -> Any:
        """The themes that it is about: those that were in use when it was opened, whatever became of them since."""
        in_use = Q(retired_on=None) | Q(retired_on__gt=self.created_at.date())
        there = self.framework.themes.filter(in_use, created_at__lte=self.created_at)
        return there.leaves().in_order()


def _refuse_what_was_given_up(round: str) -> str:
    return f"""
        IF EXISTS (SELECT FROM coding_round WHERE id = {round} AND given_up_at IS NOT NULL) THEN
            RAISE EXCEPTION 'This round was given up: nothing in it changes any more.'
                USING ERRCODE = 'check_violation';
        END IF;
    """


class CoderQuerySet(RecordQuerySet):
    def at_work(self) -> Self:
        """Those who have not finished a round that goes on."""
        return self.filter(finished_at=None, round__given_up_at=None)


@pghistory.track()
class Coder(Record):
    """One of the two people of a round, and when they said that they had finished."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="coders")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    objects = CoderQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["round", "person"], name="a_coder_once_in_a_round"),)
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.ReadOnly(name="a_coder_stays", fields=["round", "person"]),
            pgtrigger.Trigger(
                name="while_the_round_goes_on",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("finished_at"),
                func=f"{_refuse_what_was_given_up('NEW.round_id')} RETURN NEW;",
            ),
        )

    def __str__(self) -> str:
        return str(self.person)


class UnitQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those whose passages the person may see."""
        return super().visible_to(user).filter(passage__in=Passage.objects.visible_to(user).order_by().values("pk"))


@pghistory.track()
class Unit(Record):
    """A passage of a round: what is coded as one."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="units")
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="coded_in")
    position = models.PositiveSmallIntegerField()
    objects = UnitQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("round", "position")
        verbose_name = "passage of a round"
        verbose_name_plural = "passages of rounds"
        constraints = (
            models.UniqueConstraint(fields=["round", "passage"], name="a_passage_once_in_a_round"),
            models.UniqueConstraint(fields=["round", "position"], name="one_passage_per_place_in_a_round"),
        )

    def __str__(self) -> str:
        return f"{self.round_id}: {self.position}"


class CodingQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own; the other's once nobody codes any more, and no sooner, whatever one's role is."""
        seen = Unit.objects.visible_to(user).order_by().values("pk")
        own = Q(coder__person=user.pk) if user.pk else Q(pk__in=[])
        return super().visible_to(user).filter(own | nobody_is_at_work("coder__"), unit__in=seen)


def nobody_is_at_work(path: str) -> Q:
    """That both have finished the round of the coder to whom the path leads, or that it was given up."""
    return ~Q(Exists(Coder.objects.at_work().filter(round=OuterRef(f"{path}round"))))


def _still_open(coder: str) -> str:
    given_up = _refuse_what_was_given_up(f"(SELECT round_id FROM coding_coder WHERE id = {coder})")  # noqa: S608
    return f"""
        IF EXISTS (SELECT FROM coding_coder WHERE id = {coder} AND finished_at IS NOT NULL) THEN
            RAISE EXCEPTION 'Whoever has finished a round changes nothing in it.' USING ERRCODE = 'check_violation';
        END IF;
        {given_up}
        RETURN NEW;
    """


@pghistory.track()
class Coding(Record):
    """That a coder has read a passage and said on which themes it bears, be it on none."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="codings")
    coder = models.ForeignKey(Coder, models.CASCADE, related_name="codings")
    objects = CodingQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = (models.UniqueConstraint(fields=["unit", "coder"], name="a_coder_codes_a_passage_once"),)
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Trigger(
                name="of_one_round",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM coding_unit u JOIN coding_coder c ON c.round_id = u.round_id
                        WHERE u.id = NEW.unit_id AND c.id = NEW.coder_id
                    ) THEN
                        RAISE EXCEPTION 'A coder codes the passages of their own round.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="until_finished",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_still_open("NEW.coder_id"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} by {self.coder_id}"

    @classmethod
    def told_in_history(cls) -> Q:
        """Of which events history may tell."""
        return Q(coder__isnull=False) & nobody_is_at_work("coder__")


class CodeQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """As the coding that it belongs to."""
        return super().visible_to(user).filter(coding__in=Coding.objects.visible_to(user).order_by().values("pk"))


@pghistory.track()
class Code(Record):
    """A theme on which, as a coder says, a passage bears. It is no tag."""

    coding = models.ForeignKey(Coding, models.CASCADE, related_name="codes")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="codes")
    objects = CodeQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = (models.UniqueConstraint(fields=["coding", "theme"], name="a_theme_once_in_a_coding"),)
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Trigger(
                name="until_finished",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_still_open("(SELECT coder_id FROM coding_coding WHERE id = NEW.coding_id)"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.coding_id}: {self.theme_id}"

    @classmethod
    def told_in_history(cls) -> Q:
        """Of which events history may tell."""
        return Q(coding__coder__isnull=False) & nobody_is_at_work("coding__coder__")


class Outcome(models.TextChoices):
    """How the disagreement about a passage was settled."""

    FIRST = "first", "As the first coder said"
    SECOND = "second", "As the second coder said"
    BOTH = "both", "On all that either said"
    NEITHER = "neither", "Only on what both said"


class SettlementQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Of passages that the person may see."""
        return super().visible_to(user).filter(unit__in=Unit.objects.visible_to(user).order_by().values("pk"))


@pghistory.track()
class Settlement(Record):
    """What was agreed on about a passage that the two coders had read otherwise, and who wrote it down."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="settlement")
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    reason = models.CharField(max_length=300, blank=True)
    settled_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    objects = SettlementQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = (models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="known_settlement"),)
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Trigger(
                name="once_both_have_finished",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF EXISTS (
                        SELECT FROM coding_unit u JOIN coding_coder c ON c.round_id = u.round_id
                        WHERE u.id = NEW.unit_id AND c.finished_at IS NULL
                    ) THEN
                        RAISE EXCEPTION 'Nothing is settled before both coders have finished.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.get_outcome_display()
