"""Where notes stand: what it is called, in words that quote nothing, and its address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from evidence.notes.models import PLACES, Mention, Note, seen_by
from evidence.quotes.citations import place as place_of
from inquiry.models import Inquiry


@dataclass(frozen=True)
class Place:
    """What a note is on, as a line tells it: "LUI0031, para 12", and where that is read."""

    label: str
    url: str


def whole(user: Any, kind: str) -> Any:
    """What notes stand on, as far as the person may see it, with all that is said of it."""
    rows: Any = seen_by(user, kind)
    if kind == "quote":
        return rows.with_source()
    return rows.with_submitters() if kind == "submission" else rows.select_related("inquiry", "framework")


def described(kind: str, evidence: Any, code: str) -> Place:
    if kind == "quote":
        return Place(place_of(evidence), reverse("review:quote", args=[code, evidence.pk]))
    if kind == "submission":
        return Place(evidence.reference, reverse("submissions:detail", args=[code, evidence.number]))
    return Place(str(evidence), reverse("review:theme", args=[code, evidence.pk]))


def places_of(user: Any, notes: Iterable[Note], code: str) -> dict[int, Place]:
    """Where each of the notes stands, by its key. One query for each kind of place."""
    notes = list(notes)
    found: dict[int, Place] = {}
    for kind in PLACES:
        there = {getattr(note, f"{kind}_id"): note for note in notes if getattr(note, f"{kind}_id")}
        rows = {row.pk: row for row in whole(user, kind).filter(pk__in=there)} if there else {}
        found |= {
            note.pk: described(kind, rows[getattr(note, f"{kind}_id")], code)
            for note in notes
            if getattr(note, f"{kind}_id") in rows
        }
    return found


def waiting(user: Any, inquiry: Inquiry, most: int) -> list[tuple[Mention, Place]]:
    """The notes that name the person and that they have not looked at, the newest first; where each stands."""
    mentions = Mention.objects.visible_to(user).filter(inquiry=inquiry).waiting()
    newest = list(mentions.select_related("note__written_by").order_by("-pk")[:most])
    places = places_of(user, [mention.note for mention in newest], inquiry.code)
    return [(mention, places[mention.note_id]) for mention in newest if mention.note_id in places]
