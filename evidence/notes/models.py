"""What readers keep beside the evidence: marks of their own, notes to each other, and whom a note names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q

from accounts.roles import Verb, inquiries_where
from evidence.quotes.models import Quote
from evidence.submissions.models import Submission
from inquiry.models import Theme
from inquiry.models.jobs import Job, JobQuerySet, JobState
from inquiry.models.records import Record, RecordQuerySet, SameInquiry, exactly_one, secretariat

LONGEST_NOTE = 4000
# A digest that could not be sent is made up for in the days after it.
TOLD_FOR = dt.timedelta(days=3)
MARKED = ("quote", "submission")
PLACES: dict[str, Any] = {"quote": Quote, "submission": Submission, "theme": Theme}


def seen_by(user: Any, kind: str) -> models.QuerySet[Any]:
    """What notes and marks of this kind may stand on, as far as the person may see it."""
    rows = PLACES[kind].objects.visible_to(user)
    return rows.standing() if kind == "quote" else rows


def _on_what_is_seen(user: Any, kinds: Iterable[str]) -> Q:
    """Rows that stand on something that the person may see now."""
    seen = Q()
    for kind in kinds:
        seen |= Q(models.Exists(seen_by(user, kind).order_by().filter(pk=OuterRef(kind)).values("pk")))
    return seen


class MarkQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own marks, and what others raise for the meeting, to members and the secretariat alone."""
        return super().visible_to(user).of_interest_to(user).filter(_on_what_is_seen(user, MARKED))

    def of_interest_to(self, user: Any) -> Self:
        """The same, on evidence of which it is known that the person may see it."""
        raised = Q(raised_at__isnull=False, inquiry__in=inquiries_where(user, Verb.READ_PANEL))
        return self.filter(Q(person=user.pk) | raised)


# What somebody has read or starred is theirs alone: the history tells only of what is raised.
@pghistory.track(
    pghistory.InsertEvent(condition=pgtrigger.Condition("NEW.raised_at IS NOT NULL")),
    pghistory.UpdateEvent(condition=pgtrigger.Condition("OLD.raised_at IS DISTINCT FROM NEW.raised_at")),
    pghistory.DeleteEvent(condition=pgtrigger.Condition("OLD.raised_at IS NOT NULL")),
    exclude=["starred_at", "read_at"],
)
class Mark(Record):
    """That a person has read a piece of evidence, starred it for themselves, or raised it for the meeting."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    quote = models.ForeignKey(Quote, models.CASCADE, null=True, blank=True, related_name="marks")
    submission = models.ForeignKey(Submission, models.CASCADE, null=True, blank=True, related_name="marks")
    starred_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    raised_at = models.DateTimeField(null=True, blank=True)
    objects = MarkQuerySet.as_manager()
    watched = False

    class Meta(Record.Meta):
        constraints = (
            models.CheckConstraint(condition=exactly_one(*MARKED), name="mark_on_one_piece_of_evidence"),
            models.UniqueConstraint(fields=["person", *MARKED], nulls_distinct=False, name="marked_once_by_a_person"),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.ReadOnly(name="stays_where_it_was_made", fields=["person", *MARKED, "created_at"]),
        )

    def __str__(self) -> str:
        return f"{self.person_id} on {self.quote_id or self.submission_id}"


class SharedWith(models.TextChoices):
    PRIVATE = "private", "Only me"
    MEMBERS = "members", "Members and the secretariat"
    EVERYONE = "everyone", "Everyone in the inquiry"


class NoteQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Notes that are shared with the person, and one's own, on what the person may see now.

        A note goes where its evidence goes: to nobody who may not read that, its writer among them.
        """
        return super().visible_to(user).shared_with_them(user).filter(_on_what_is_seen(user, PLACES))

    def shared_with_them(self, user: Any) -> Self:
        """The same, on evidence of which it is known that the person may see it."""
        among_members = Q(shared_with=SharedWith.MEMBERS, inquiry__in=inquiries_where(user, Verb.READ_PANEL))
        return self.filter(
            Q(written_by=user.pk) | Q(shared_with=SharedWith.EVERYONE) | among_members, removed_at__isnull=True
        )

    def written_by_them(self, user: Any) -> Self:
        """Those that the person may change or bring back: their own, the removed ones too."""
        return super().visible_to(user).filter(_on_what_is_seen(user, PLACES), written_by=user.pk)


_SHARED = "(OLD.shared_with <> 'private' OR NEW.shared_with <> 'private')"


# What a note says is not kept in its history, and of a private one not even that it was written.
@pghistory.track(
    pghistory.InsertEvent(condition=pgtrigger.Condition("NEW.shared_with <> 'private'")),
    pghistory.UpdateEvent(condition=pgtrigger.Condition(_SHARED)),
    pghistory.DeleteEvent(condition=pgtrigger.Condition("OLD.shared_with <> 'private'")),
    exclude=["text", "text_before", "shared_before"],
)
class Note(Record):
    """What a reader writes beside a quote, a submission or a theme: for themselves, or for others."""

    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    quote = models.ForeignKey(Quote, models.CASCADE, null=True, blank=True, related_name="notes")
    submission = models.ForeignKey(Submission, models.CASCADE, null=True, blank=True, related_name="notes")
    theme = models.ForeignKey(Theme, models.CASCADE, null=True, blank=True, related_name="notes")
    text = models.TextField("note", max_length=LONGEST_NOTE)
    shared_with = models.CharField("who reads it", max_length=8, choices=SharedWith.choices)
    edited_at = models.DateTimeField(null=True, blank=True)
    text_before = models.TextField(blank=True, editable=False, help_text="until it was last changed, to take that back")
    shared_before = models.CharField(max_length=8, choices=SharedWith.choices, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)
    objects = NoteQuerySet.as_manager()
    watched = False

    class Meta(Record.Meta):
        ordering = ("created_at", "pk")
        constraints = (
            models.CheckConstraint(condition=exactly_one(*PLACES), name="note_on_one_thing"),
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
            models.CheckConstraint(condition=Q(shared_with__in=SharedWith.values), name="note_shared_with_somebody"),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.ReadOnly(name="stays_where_it_was_written", fields=["written_by", *PLACES]),
        )

    def __str__(self) -> str:
        return f"Note {self.pk}"

    @property
    def kind(self) -> str:
        """Which kind of thing it is on."""
        return next(kind for kind in PLACES if getattr(self, f"{kind}_id"))

    @property
    def on(self) -> Any:
        """What it is on."""
        return getattr(self, self.kind)


class DigestQuerySet(JobQuerySet):
    def visible_to(self, user: Any) -> Self:
        """For the secretariat alone."""
        return self.filter(secretariat(user))

    def claim(self, pk: int) -> bool:
        """Takes the job for this worker, unless the message may be on its way already."""
        return super(DigestQuerySet, self.filter(handed_over_at=None)).claim(pk)


@pghistory.track(exclude=["progress", "doing", "seen_at"])
class Digest(Job, Record):
    """That a person is told by e-mail, once for a day, of the notes of an inquiry that name them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()
    handed_over_at = models.DateTimeField(
        null=True, blank=True, help_text="noted before the mail server is given it, so that it never is twice"
    )
    sent_at = models.DateTimeField(null=True, blank=True, help_text="noted when the mail server has taken it")
    objects = DigestQuerySet.as_manager()
    watched = False

    class Meta(Record.Meta):
        constraints = (
            models.UniqueConstraint(fields=["inquiry", "person", "day"], name="one_digest_a_day"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(handed_over_at__isnull=False, state=JobState.DONE),
                name="digest_sent_after_it_was_handed_over",
            ),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Protect(
                name="handed_over_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.handed_over_at IS NOT NULL AND NEW.handed_over_at IS DISTINCT FROM OLD.handed_over_at"
                    " AND (NEW.handed_over_at IS NOT NULL OR OLD.sent_at IS NOT NULL)"
                ),
            ),
        )

    def __str__(self) -> str:
        return f"Digest of {self.day}"


class MentionQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """That one is named is told to oneself, as long as one may read the note."""
        notes = Note.objects.visible_to(user).filter(pk=OuterRef("note")).order_by()
        return super().visible_to(user).filter(models.Exists(notes.values("pk")), person=user.pk)

    def waiting(self) -> Self:
        """Those that their person has not looked at yet."""
        return self.filter(seen_at=None)

    def untold(self, until: dt.datetime) -> Self:
        """Of the last days before ``until``, those of which no digest has told: neither looked at, nor too old."""
        lately = Q(created_at__lt=until, created_at__gte=until - TOLD_FOR)
        member = Q(person__memberships__inquiry=models.F("inquiry"), person__is_active=True)
        return self.waiting().filter(lately, member, digest=None, person__wants_digest=True)


@pghistory.track()
class Mention(Record):
    """That a note names a colleague."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, blank=True, related_name="mentions")
    objects = MentionQuerySet.as_manager()
    watched = False

    class Meta(Record.Meta):
        ordering = ("created_at", "pk")
        constraints = (models.UniqueConstraint(fields=["note", "person"], name="named_once_in_a_note"),)
        indexes = (
            models.Index(fields=["person", "inquiry"], condition=Q(seen_at=None), name="mentions_not_looked_at"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.note_id}"
