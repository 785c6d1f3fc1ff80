"""Quotes: words anchored to where they stand, and what the comparison with their source says of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import MD5, Length
from django.db.models.lookups import LessThanOrEqual

from accounts.statements import keys_kept_for
from evidence.documents.models import Document, Passage
from evidence.quotes.redacted import TOUCHES
from evidence.quotes.verbatim import JUDGE
from evidence.submissions.models import Consent, Submission, Submitter
from evidence.transcripts.models import Transcript
from evidence.witnesses.models import Appearance
from inquiry.models import Inquiry, Panel
from inquiry.models.records import Record, RecordQuerySet, SameInquiry, kept_from_others
from inquiry.models.sessions import heard_openly, names_no_one_under_the_rule
from inquiry.words import FoundBy


class Verdict(models.TextChoices):
    """What a quote is, as the database judges it."""

    VERBATIM = "verbatim", "Verbatim"
    EDITED = "edited", "Edited"
    MISMATCH = "mismatch", "Mismatch"
    CHECKED = "checked", "Checked"
    UNCHECKED = "unchecked", "Unchecked"


# Instead of its verdict, where the transcript has a newer version in which its words were not found.
WAITING = "to be compared again"

# As long as a passage; more would overflow PostgreSQL's limit for the words of one row in a search.
LONGEST_QUOTE = 40_000

CLEARED = (Verdict.VERBATIM, Verdict.EDITED, Verdict.CHECKED)


def submissions_seen_by(user: Any) -> RawSQL:
    """The keys of the submissions that the person may see."""
    return keys_kept_for(user, "submissions", lambda: Submission.objects.visible_to(user))


def readable_by(user: Any, *, of: str = "", submission: int | RawSQL | None = None) -> Q:
    """Quotes from evidence that the person may see; outside the secretariat, none that touches a redaction, and none
    from a private meeting.

    ``of`` begins the names of the columns by which it is told, where they stand beside others. Of quotes from one
    submission only that is looked for among those that the person may see.
    """
    if submission is not None:
        seen = Submission.objects.visible_to(user).filter(pk=submission)
        evidence = Q(**{f"{of}submission__in": seen.order_by().values("pk")})
    else:
        heard = Q(**{f"{of}panel__isnull": False}) & heard_openly(f"{of}panel")
        evidence = heard | Q(**{f"{of}submission__in": submissions_seen_by(user)})
    return kept_from_others(user, unless=evidence & Q(**{f"{of}redacted": False}))


def printable() -> Q:
    """Quotes, or their rows in lists, from evidence that a report may print, and of which nothing is redacted."""
    taken_back = Consent.objects.taken_back().filter(appearance__isnull=False)
    heard = (
        Q(panel__isnull=False)
        & heard_openly()
        & ~Q(appearance__isnull=False, appearance__in=taken_back.values("appearance"))
    )
    written = Q(submission__in=Submission.objects.may_be_printed().order_by().values("pk"))
    return (heard | written) & Q(redacted=False)


def all_but(path: str, model: Any, *kept: str) -> list[str]:
    """The columns of what stands at the path, except these."""
    return [f"{path}__{field.name}" for field in model._meta.concrete_fields if field.name not in kept]


class QuoteQuerySet(RecordQuerySet):
    def visible_to(self, user: Any, *, submission: int | RawSQL | None = None) -> Self:
        """Those that the person may read; of one submission, where it is named."""
        found = self if submission is None else self.filter(submission=submission)
        return found.filter(readable_by(user, submission=submission))

    def spanning(self) -> Self:
        """Quotes that begin in one passage and end in another."""
        return self.exclude(first_passage=F("last_passage"))

    def standing(self) -> Self:
        """Quotes that were not removed."""
        return self.filter(removed_at=None)

    def may_be_printed(self) -> Self:
        """Quotes of evidence whose words may stand in a report, whatever their own verdict."""
        return self.standing().filter(printable(), first_passage__document__transcript__replaced_at=None)

    def left_behind(self) -> Self:
        """Quotes of a transcript that was replaced, whose words were not found again in the version that counts."""
        return self.standing().filter(first_passage__document__transcript__replaced_at__isnull=False)

    def with_source(self, *, but: Collection[str] = ()) -> Self:
        """With all that a citation says, and no more: of a passage and its document most is longer than the quote.

        :param but: of ``inquiry`` and ``taken_by``, what is known, or not said; an inquiry is its submissions’ too.
        """
        submissions = Submission._base_manager.order_by()
        return (
            self.select_related(
                *(path for path in ("inquiry", "taken_by") if path not in but),
                "panel__session",
                "appearance__witness",
                "appearance__organisation",
                "first_passage__document__transcript",
                "last_passage",
            )
            .defer(
                *all_but("first_passage", Passage, "id", "document", "position", "number", "speaker", "question"),
                *all_but("last_passage", Passage, "id", "document", "position", "number", "question"),
                *all_but("first_passage__document", Document, "id", "inquiry"),
                *all_but("taken_by", get_user_model(), "id", "name", "email"),
                "panel__session__members_present",
            )
            .prefetch_related(
                models.Prefetch(
                    "submission", submissions if "inquiry" in but else submissions.select_related("inquiry")
                ),
                models.Prefetch("submission__submitters", Submitter.objects.in_order()),
            )
        )


class QuoteManager(models.Manager.from_queryset(QuoteQuerySet)):
    """Quotes without what they are found by."""

    def get_queryset(self) -> Any:
        return super().get_queryset().defer("found_by")


class Sourced:
    """Where words were said, told from the panel and the passages that they are from."""

    __slots__ = ()

    @property
    def questions(self: Any) -> tuple[int, int] | None:
        """The first and the last question under which the words were said."""
        if not (self.first_passage and self.last_passage and self.first_passage.question):
            return None
        return self.first_passage.question, self.last_passage.question or self.first_passage.question

    @property
    def session(self: Any) -> Any:
        """The session at which the words were said, or None for written evidence."""
        return self.panel.session if self.panel else None


@pghistory.track(exclude=["found_by", "redacted"])
class Quote(Sourced, Record):
    """Words that a witness said or a submitter wrote."""

    text = models.TextField("words", help_text="Mark an omission as […] and put any change in [square brackets].")
    panel = models.ForeignKey(Panel, models.PROTECT, null=True, blank=True, related_name="quotes")
    appearance = models.ForeignKey(Appearance, models.PROTECT, null=True, blank=True, related_name="quotes")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, blank=True, related_name="quotes")
    first_passage = models.ForeignKey(Passage, models.PROTECT, null=True, blank=True, related_name="quotes_begun")
    start = models.PositiveIntegerField(null=True, blank=True, help_text="code points into the first passage")
    last_passage = models.ForeignKey(Passage, models.PROTECT, null=True, blank=True, related_name="quotes_ended")
    end = models.PositiveIntegerField(null=True, blank=True, help_text="code points into the last passage")
    verdict = models.CharField(max_length=10, choices=Verdict.choices, editable=False)
    checked_against = models.CharField(max_length=300, blank=True, help_text="a published source, by name")
    time_code = models.DurationField(null=True, blank=True, help_text="where in the recording")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    redacted = models.BooleanField("touches a redaction", default=False, editable=False)
    found_by = FoundBy("text")
    objects = QuoteManager()

    class Meta(Record.Meta):
        base_manager_name = "objects"
        ordering = ("id",)
        indexes = (
            models.Index(fields=["first_passage", "start"], name="quotes_by_place"),
            models.Index("first_passage", condition=~Q(first_passage=F("last_passage")), name="quotes_that_span"),
            GinIndex(fields=["found_by"], name="quotes_by_words"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(panel__isnull=False, submission__isnull=True)
                | Q(panel__isnull=True, submission__isnull=False),
                name="quote_of_one_source",
            ),
            models.CheckConstraint(
                condition=Q(first_passage__isnull=True, start__isnull=True, last_passage__isnull=True, end__isnull=True)
                | Q(first_passage__isnull=False, start__isnull=False, last_passage__isnull=False, end__isnull=False),
                name="anchored_or_not",
            ),
            models.CheckConstraint(
                condition=Q(panel__isnull=False) | Q(appearance__isnull=True), name="only_speakers_appear"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="quote_has_words"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("text"), LONGEST_QUOTE),
                name="quote_of_bearable_length",
                violation_error_message=f"A quote has at most {LONGEST_QUOTE:,} characters. Take several instead.",
            ),
            models.UniqueConstraint(
                *("first_passage", "start", "last_passage", "end", MD5("text")),
                condition=Q(removed_at=None),
                name="quoted_once_from_where_it_stands",
                violation_error_message="The same words are quoted from the same place already.",
            ),
            models.UniqueConstraint(
                *("appearance", MD5("text")),
                condition=Q(removed_at=None, first_passage=None),
                name="quoted_once_of_a_witness",
                violation_error_message="The witness is quoted with the same words already.",
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.CHECKED)
                | ~Q(checked_against="")
                | Q(time_code__isnull=False, checked_by__isnull=False),
                name="checked_against_something",
            ),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            names_no_one_under_the_rule("no one may be quoted; take an insight instead"),
            pgtrigger.Trigger(
                name="judged_against_its_source",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("source", "text")],
                func=JUDGE,
            ),
            pgtrigger.Trigger(
                name="redacted_where_its_source_is",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("first_passage_id", "start", "last_passage_id", "end", "redacted"),
                func=TOUCHES,
            ),
            pgtrigger.Trigger(
                name="speaker_on_the_panel",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__appearance__isnull=False),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM witnesses_appearance WHERE id = NEW.appearance_id AND panel_id = NEW.panel_id
                    ) THEN
                        RAISE EXCEPTION 'A quote is of a witness on its own panel.' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def transcript(self) -> Transcript | None:
        """The version of the transcript in which the words stand, if it is one."""
        return getattr(self.first_passage.document, "transcript", None) if self.first_passage else None

    @property
    def said_verdict(self) -> str:
        """What pages say of it. A verdict on words of a version that no longer counts would mislead."""
        return WAITING if self.transcript and self.transcript.replaced_at else self.verdict


class ListedQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The quotes that the person may read."""
        return self.filter(readable_by(user))

    def may_be_printed(self) -> Self:
        """Those whose words may stand in a report: the evidence lets them, and they are what their source says."""
        return self.filter(printable(), standing=True, compared__in=CLEARED)


class Listed(models.Model):
    """What lists ask of a quote. It is the database's own, which keeps it true; nobody else writes it.

    What ends in ``known`` is for those who may know who wrote each submission, what ends in ``open`` for the others.
    """

    quote = models.OneToOneField(Quote, models.CASCADE, primary_key=True, related_name="listed")
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="+", db_index=False)
    panel = models.ForeignKey(Panel, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False)
    appearance = models.ForeignKey(
        Appearance, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    redacted = models.BooleanField()
    standing = models.BooleanField(help_text="it was not removed")
    heard_at = models.CharField(max_length=20, help_text="the id of the session, or “written”")
    compared = models.CharField(max_length=30, help_text="its verdict, or that it waits to be compared again")
    sector_known = models.CharField(max_length=20)
    sector_open = models.CharField(max_length=20)
    later_known = models.BooleanField(help_text="no resident’s voice")
    later_open = models.BooleanField(help_text="not known to be a resident’s voice")
    place = models.BinaryField(help_text="among all that was heard, in its order")
    tags = models.PositiveIntegerField(default=0, help_text="how many there are on it")
    objects = ListedQuerySet.as_manager()

    class Meta:
        verbose_name = "quote in lists"
        verbose_name_plural = "quotes in lists"
        indexes = (
            models.Index(fields=["inquiry", "later_known", "place"], condition=Q(standing=True), name="quotes_known"),
            models.Index(fields=["inquiry", "later_open", "place"], condition=Q(standing=True), name="quotes_open"),
            models.Index(fields=["inquiry", "place"], condition=Q(standing=True), name="quotes_as_heard"),
        )

    def __str__(self) -> str:
        return str(self.quote_id)
