"""Sessions at which evidence is heard, their panels, and the Chatham House Rule.

"When a meeting, or part thereof, is held under the Chatham House Rule, participants are free to use the
information received, but neither the identity nor the affiliation of the speaker(s), nor that of any other
participant, may be revealed." The database therefore stores no one for such a meeting, or part of one.
"""

from __future__ import annotations

from typing import Self

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models

from accounts.statements import keys_kept_for
from inquiry.dates import Precision, known_or_absent, say_date
from inquiry.models.records import Record, RecordQuerySet, SameInquiry


class SessionKind(models.TextChoices):
    EVIDENCE = "evidence", "Evidence session"
    CONSULTATION = "consultation", "Consultation"
    WORKSHOP = "workshop", "Workshop"
    VISIT = "visit", "Visit"


class Rule(models.TextChoices):
    ON_RECORD = "on_record", "On the record"
    PRIVATE = "private", "Private"
    CHATHAM_HOUSE = "chatham_house", "Chatham House Rule"


NO_LIST = "Part of this meeting is under the Chatham House Rule: no list of who took part and no recording is kept."
NO_PANEL_OUTSIDE = "No panel of a session under the Chatham House Rule is outside it."

# The database refuses the Rule for a session (a panel) on which any row of these tables names or quotes a person.
_PEOPLE_ON_PANELS = ("witnesses_appearance", "quotes_quote", "transcripts_part")


def _no_people(panels: str, what: str, more: str = "FALSE") -> str:
    conditions = [f"EXISTS (SELECT FROM {table} WHERE panel_id IN ({panels}))" for table in _PEOPLE_ON_PANELS]
    checks = "".join(
        f"""
        IF {condition} THEN
            RAISE EXCEPTION 'People are recorded on this {what}: it cannot be put under the Chatham House Rule.'
                USING ERRCODE = 'check_violation';
        END IF;"""
        for condition in (*conditions, more)
    )
    return f"{checks} RETURN NEW;"


class SessionQuerySet(RecordQuerySet):
    def in_order(self) -> Self:
        """Evidence sessions by number, then the other events as they came."""
        return self.order_by(models.F("number").asc(nulls_last=True), models.F("date").asc(nulls_last=True), "id")


@pghistory.track()
class Session(Record):
    """A meeting at which evidence is heard."""

    kind = models.CharField(max_length=20, choices=SessionKind.choices, default=SessionKind.EVIDENCE)
    number = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)], help_text="Evidence sessions only."
    )
    title = models.CharField(max_length=300)
    date = models.DateField(null=True, blank=True)
    date_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.UNKNOWN, blank=True)
    days = models.PositiveSmallIntegerField(default=1, help_text="how many days it lasted")
    venue = models.CharField(max_length=200, blank=True)
    recording = models.URLField("link to the recording", blank=True)
    members_present = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    rule = models.CharField(max_length=20, choices=Rule.choices, default=Rule.ON_RECORD)
    objects = SessionQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = (
            models.UniqueConstraint(fields=["inquiry", "number"], name="one_session_per_number"),
            models.CheckConstraint(
                condition=models.Q(kind=SessionKind.EVIDENCE) | models.Q(number__isnull=True),
                name="only_evidence_sessions_are_numbered",
            ),
            models.CheckConstraint(condition=known_or_absent("date", "date_precision"), name="session_date_known"),
            models.CheckConstraint(condition=models.Q(kind__in=SessionKind.values), name="known_session_kind"),
            models.CheckConstraint(condition=models.Q(rule__in=Rule.values), name="known_session_rule"),
            models.CheckConstraint(
                condition=~models.Q(rule=Rule.CHATHAM_HOUSE) | models.Q(members_present__len=0),
                name="no_attendance_list_under_the_rule",
            ),
            models.CheckConstraint(
                condition=~models.Q(rule=Rule.CHATHAM_HOUSE) | models.Q(recording=""),
                name="no_recording_under_the_rule",
            ),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Trigger(
                name="the_rule_names_no_one",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__rule=Rule.CHATHAM_HOUSE),
                func=_no_people(
                    "SELECT id FROM inquiry_panel WHERE session_id = NEW.id",
                    "session",
                    more="EXISTS (SELECT FROM transcripts_draft WHERE session_id = NEW.id)",
                ),
            ),
            pgtrigger.Trigger(
                name="no_list_where_a_part_is_under_the_rule",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                    IF (NEW.members_present <> '{{}}' OR NEW.recording <> '') AND EXISTS (
                        SELECT FROM inquiry_panel WHERE session_id = NEW.id AND rule = '{Rule.CHATHAM_HOUSE}'
                    ) THEN
                        RAISE EXCEPTION '{NO_LIST}' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="the_rule_binds_all_panels",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__rule=Rule.CHATHAM_HOUSE),
                func=f"""
                    IF EXISTS (
                        SELECT FROM inquiry_panel
                        WHERE session_id = NEW.id AND rule NOT IN ('', '{Rule.CHATHAM_HOUSE}')
                    ) THEN
                        RAISE EXCEPTION '{NO_PANEL_OUTSIDE}' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="the_rule_is_not_lifted",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__rule=Rule.CHATHAM_HOUSE) & ~pgtrigger.Q(new__rule=Rule.CHATHAM_HOUSE),
                func="""
                    IF EXISTS (
                        SELECT FROM inquiry_insight i LEFT JOIN inquiry_panel p ON p.id = i.panel_id
                        WHERE i.session_id = NEW.id AND p.rule IS DISTINCT FROM 'chatham_house'
                    ) THEN
                        RAISE EXCEPTION 'Insights were taken under the Chatham House Rule: it cannot be lifted.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def said_date(self) -> str:
        return say_date(self.date, self.date_precision)

    @property
    def name(self) -> str:
        """What it is called in a list: "Session 3" or "Workshop"."""
        return f"Session {self.number}" if self.number else str(self.get_kind_display())

    @property
    def under_the_rule(self) -> bool:
        return self.rule == Rule.CHATHAM_HOUSE


class PanelQuerySet(RecordQuerySet):
    def ruled(self, rule: Rule) -> Self:
        """Panels held under this rule: their own, or their session's where they have none of their own."""
        return self.filter(models.Q(rule=rule) | models.Q(rule="", session__rule=rule))


@pghistory.track()
class Panel(Record):
    """Witnesses heard together. A part of a meeting may have a rule of its own."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="panels")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200, blank=True)
    rule = models.CharField(
        max_length=20, choices=Rule.choices, blank=True, help_text="Only where it differs from the session's."
    )
    objects = PanelQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("session", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["session", "number"], name="one_panel_per_number", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=models.Q(rule__in=["", *Rule.values]), name="known_panel_rule"),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Trigger(
                name="the_rule_names_no_one",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__rule=Rule.CHATHAM_HOUSE),
                func=_no_people("NEW.id", "panel"),
            ),
            pgtrigger.Trigger(
                name="the_rule_is_not_lifted",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__rule=Rule.CHATHAM_HOUSE) & ~pgtrigger.Q(new__rule=Rule.CHATHAM_HOUSE),
                func="""
                    IF EXISTS (
                        SELECT FROM inquiry_insight i JOIN inquiry_session s ON s.id = i.session_id
                        WHERE i.panel_id = NEW.id AND s.rule <> 'chatham_house'
                    ) THEN
                        RAISE EXCEPTION 'Insights were taken under the Chatham House Rule: it cannot be lifted.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.ReadOnly(name="a_panel_stays_in_its_session", fields=["session"]),
            pgtrigger.Trigger(
                name="the_sessions_rule_binds_its_panels",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=~pgtrigger.Q(new__rule__in=["", Rule.CHATHAM_HOUSE]),
                # Here and below the session is locked, so that it does not change at the same moment.
                func=f"""
                    PERFORM 1 FROM inquiry_session WHERE id = NEW.session_id FOR SHARE;
                    IF EXISTS (
                        SELECT FROM inquiry_session WHERE id = NEW.session_id AND rule = '{Rule.CHATHAM_HOUSE}'
                    ) THEN
                        RAISE EXCEPTION '{NO_PANEL_OUTSIDE}' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="the_rule_leaves_no_list",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__rule=Rule.CHATHAM_HOUSE),
                func=f"""
                    PERFORM 1 FROM inquiry_session WHERE id = NEW.session_id FOR SHARE;
                    IF EXISTS (
                        SELECT FROM inquiry_session
                        WHERE id = NEW.session_id AND (members_present <> '{{}}' OR recording <> '')
                    ) THEN
                        RAISE EXCEPTION '{NO_LIST}' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.title or f"Panel {self.number}"

    @property
    def effective_rule(self) -> Rule:
        """The rule it was held under: the stricter of its own and its session's."""
        if self.session.rule == Rule.CHATHAM_HOUSE:
            return Rule.CHATHAM_HOUSE
        return Rule(self.rule or self.session.rule)


def heard_openly(panel: str = "panel") -> models.Q:
    """Of what has a panel: that it was not heard in private."""
    return ~models.Q(**{f"{panel}__in": keys_kept_for(None, "private", lambda: Panel.objects.ruled(Rule.PRIVATE))})


def names_no_one_under_the_rule(what: str) -> pgtrigger.Trigger:
    """Refuses a record that names or quotes a person on a panel held under the Chatham House Rule.

    The session is locked against a change of rule until the transaction ends.
    """
    return pgtrigger.Trigger(
        name="no_one_under_the_rule",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(new__panel__isnull=False),
        func=f"""
            PERFORM 1 FROM inquiry_session s JOIN inquiry_panel p ON p.session_id = s.id
                WHERE p.id = NEW.panel_id FOR SHARE;
            IF EXISTS (
                SELECT FROM inquiry_session s JOIN inquiry_panel p ON p.session_id = s.id
                WHERE p.id = NEW.panel_id AND 'chatham_house' IN (s.rule, p.rule)
            ) THEN
                RAISE EXCEPTION 'Held under the Chatham House Rule: {what}.' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


@pghistory.track()
class Insight(Record):
    """An unattributed point from a meeting under the Rule. It informs themes and recommendations; nobody said it."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="insights")
    panel = models.ForeignKey(Panel, models.PROTECT, null=True, blank=True, related_name="insights")
    text = models.TextField()

    class Meta(Record.Meta):
        ordering = ("session", "id")
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Trigger(
                name="only_under_the_rule",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM inquiry_session s LEFT JOIN inquiry_panel p ON p.id = NEW.panel_id
                        WHERE s.id = NEW.session_id AND (p.id IS NULL OR p.session_id = s.id)
                        AND (s.rule = 'chatham_house' OR p.rule = 'chatham_house')
                    ) THEN
                        RAISE EXCEPTION 'An insight is taken only under the Chatham House Rule; elsewhere take a quote.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.text
