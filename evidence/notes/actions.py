"""What is done with marks and notes: evidence is marked, a note is written, changed, removed and brought back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import Verb, require
from evidence.notes.models import LONGEST_NOTE, MARKED, PLACES, Mark, Mention, Note
from evidence.notes.naming import colleagues, named_in, refuse_who_cannot_read
from evidence.quotes.models import Quote
from evidence.submissions.models import Submission
from inquiry.changes import change, enter, locked, refuse_if_changed, sign
from inquiry.models import Theme

WAYS = ("starred", "read", "raised")


def kind_of(evidence: Any) -> str:
    """What marks and notes call it."""
    return next(kind for kind, model in PLACES.items() if isinstance(evidence, model))


@transaction.atomic
def set_mark(*, evidence: Quote | Submission, way: str, on: bool, by: User) -> Mark:
    """Notes that a person has starred, read or raised a piece of evidence, or takes that back.

    A second time changes nothing.
    """
    require(by, Verb.KEEP_NOTES, evidence.inquiry)
    if way not in WAYS or kind_of(evidence) not in MARKED:
        raise Refused("Evidence is starred, read, or raised for the meeting.")
    now = {f"{way}_at": timezone.now() if on else None}
    mark, _ = Mark.objects.get_or_create(
        person=by, **{kind_of(evidence): evidence}, defaults={"inquiry": evidence.inquiry, **now}
    )
    if bool(getattr(mark, f"{way}_at")) != on:
        change(mark, **now)
    return mark


@transaction.atomic
def write_note(*, on: Quote | Submission | Theme, text: str, shared_with: str, by: User) -> Note:
    """Writes a note beside a quote, a submission or a theme. Whom it names is told, and must be able to read it."""
    require(by, Verb.KEEP_NOTES, on.inquiry)
    place = {kind_of(on): on}
    note = enter(Note, inquiry=on.inquiry, written_by=by, text=_said(text), shared_with=shared_with, **place)
    _name(note)
    return note


@transaction.atomic
def edit_note(*, note: Note, text: str, shared_with: str, by: User, seen: str | None = None) -> Note:
    """Says something else in one's own note, or shares it otherwise. ``seen`` is the sign of what stood there."""
    note = _ones_own(note, by)
    refuse_if_changed(note, seen, sign_of_note(note))
    before = {"text_before": note.text, "shared_before": note.shared_with, "edited_at": timezone.now()}
    change(note, text=_said(text), shared_with=shared_with, **before)
    _name(note)
    return note


@transaction.atomic
def take_back_edit(*, note: Note, by: User) -> Note:
    """Puts a note back as it was before it was last changed; once more, and the change is there again."""
    note = _ones_own(note, by)
    if not note.text_before:
        raise Refused("This note was never changed.")
    return edit_note(note=note, text=note.text_before, shared_with=note.shared_before, by=by)


@transaction.atomic
def remove_note(*, note: Note, by: User) -> Note:
    """Takes one's own note away from everybody, until it is brought back."""
    return change(_ones_own(note, by), removed_at=timezone.now())


@transaction.atomic
def restore_note(*, note: Note, by: User) -> Note:
    """Brings back one's own note."""
    return change(_ones_own(note, by), removed_at=None)


@transaction.atomic
def look_at_mention(*, mention: Mention, by: User) -> None:
    """Notes that a person has looked at a note that names them, so that they are told no more."""
    require(by, Verb.READ, mention.inquiry)
    if mention.person_id != by.pk:
        raise Refused("This note names somebody else.")
    if mention.seen_at is None:
        change(locked(mention), seen_at=timezone.now())


def sign_of_note(note: Note) -> str:
    return sign(note.text, note.shared_with)


def _said(text: str) -> str:
    text = text.strip()
    if not text:
        raise Refused("Write the note.", about="text")
    if len(text) > LONGEST_NOTE:
        raise Refused(f"A note has at most {LONGEST_NOTE:,} characters. Write several.", about="text")
    return text


def _ones_own(note: Note, by: User) -> Note:
    require(by, Verb.KEEP_NOTES, note.inquiry)
    if note.written_by_id != by.pk:
        raise Refused("Only its writer changes a note.")
    return locked(note, "inquiry")


def _name(note: Note) -> None:
    """Tells those whom the note names now, and no longer those whom it doesn’t."""
    others = [each.user for each in colleagues(note.inquiry, but=note.written_by)]
    named = named_in(note.text, others)
    place = {"kind": note.kind, "pk": note.on.pk, "inquiry": note.inquiry}
    refuse_who_cannot_read(named, shared_with=note.shared_with, **place)
    note.mentions.exclude(person__in=named).delete()
    known = set(note.mentions.values_list("person", flat=True))
    for person in named:
        if person.pk not in known:
            enter(Mention, inquiry=note.inquiry, note=note, person=person)
