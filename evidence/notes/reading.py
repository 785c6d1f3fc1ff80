"""What a reader has marked, how far they have read, and how many notes stand beside a piece of evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.context import HowMany
from accounts.statements import Statement, compiled, kept_for, keys_given
from evidence.notes.models import MARKED, Mark, Note, seen_by
from evidence.tags.models import Tag
from inquiry.lists import COUNTED_TO
from inquiry.models import Inquiry, Theme


@dataclass
class Marks:
    """A person’s marks on one piece of evidence, who raises it, and how many notes they may read beside it."""

    kind: str
    pk: int
    starred: bool = False
    read: bool = False
    raised: bool = False
    raised_by: list[str] = field(default_factory=list)
    notes: int = 0


@dataclass(frozen=True)
class Progress:
    """How much of the evidence somebody has read: "34 of 120 read"."""

    read: int
    total: int
    # There may be more of a kind than are counted.
    more: bool = False

    @property
    def said(self) -> str:
        return f"{self.read:,} of {self.total:,}{'+' if self.more else ''} read"


def marks_on(user: Any, kind: str, pks: Collection[int]) -> dict[int, Marks]:
    """The marks on evidence that the person may see, by its key. Two queries, whatever is asked for."""
    found = {pk: Marks(kind, pk) for pk in pks}
    marks, notes = kept_for(user, ("marks", kind), lambda: _marks_and_notes(user, kind))
    for pk, person, name, starred, read, raised in marks.rows(pks=list(found)):
        on = found[pk]
        if person == user.pk:
            on.starred, on.read, on.raised = bool(starred), bool(read), bool(raised)
        elif raised:
            on.raised_by.append(name)
    for pk, count in notes.rows(pks=list(found)):
        found[pk].notes = count
    return found


def _marks_and_notes(user: Any, kind: str) -> tuple[Statement, Statement]:
    on = {f"{kind}__in": keys_given("pks")}
    marks = Mark.objects.of_interest_to(user).filter(**on).order_by("raised_at", "pk")
    notes = Note.objects.shared_with_them(user).filter(**on).order_by().values_list(kind).annotate(Count("pk"))
    said = ("person", "person__name", "starred_at", "read_at", "raised_at")
    return compiled(marks.values_list(kind, *said)), compiled(notes)


def is_marked(user: Any, kind: str, way: str, *, of: str = "pk") -> Exists:
    """Whether the person has marked the row so, or what it is ``of``; ordered by it, unread or starred comes first."""
    return Exists(Mark.objects.filter(**{kind: OuterRef(of), f"{way}_at__isnull": False}, person=user.pk).order_by())


def marked_by(user: Any, inquiry: Inquiry, kind: str, way: str) -> QuerySet[Any]:
    """The evidence of a kind that the person may see and has marked so; what is raised, is so by anybody."""
    marks = Mark.objects.of_interest_to(user).filter(**{f"{way}_at__isnull": False, "inquiry": inquiry})
    if way != "raised":
        marks = marks.filter(person=user.pk)
    return seen_by(user, kind).filter(inquiry=inquiry, pk__in=marks.order_by().values(kind).exclude(**{kind: None}))


def on_theme(theme: Theme, kind: str) -> Exists:
    return Exists(Tag.objects.filter(**{kind: OuterRef("pk")}, theme=theme).order_by())


def progress(
    user: Any, inquiry: Inquiry, theme: Theme | None = None, counted: Mapping[str, int] | None = None
) -> Progress:
    """How many of the quotes and submissions that the person may see they have read: on a theme, or in all.

    :param counted: how many there are of a kind, where that is known already.
    """
    counted = dict(counted or {})
    asked = [kind for kind in MARKED if kind not in counted]
    called = ("progress", inquiry.pk, theme and theme.pk, *asked)
    statement = kept_for(user, called, lambda: _counting(user, inquiry, theme, asked))
    (row,) = statement.rows()
    read, there = row[: len(MARKED)], [*row[len(MARKED) :], *counted.values()]
    return Progress(sum(read), sum(there), more=COUNTED_TO in there)


def _counting(user: Any, inquiry: Inquiry, theme: Theme | None, asked: Collection[str]) -> Statement:
    """How many of each kind the person has read, and how many there are, in all, of those that are asked for."""

    def many(rows: QuerySet[Any], kind: str) -> HowMany:
        there = rows.filter(on_theme(theme, kind)) if theme else rows
        return HowMany(there.order_by().values("pk")[:COUNTED_TO])

    read = {f"read_{kind}": many(marked_by(user, inquiry, kind, "read"), kind) for kind in MARKED}
    there = {f"there_{kind}": many(seen_by(user, kind).filter(inquiry=inquiry), kind) for kind in asked}
    return compiled(Inquiry.objects.filter(pk=inquiry.pk).order_by().values(**read, **there))


def read_by_theme(user: Any, inquiry: Inquiry) -> dict[int, int]:
    """How many of the quotes and submissions on each theme the person has read."""
    read = Q()
    for kind in MARKED:
        read |= Q(**{f"{kind}__in": marked_by(user, inquiry, kind, "read").order_by().values("pk")})
    tags = Tag.objects.filter(read, inquiry=inquiry, theme__isnull=False).order_by()
    return dict(tags.values_list("theme").annotate(Count("pk")))


def first(way: str, user: Any, kind: str) -> Sequence[Any]:
    """The order that puts what is not yet read first, or what is starred."""
    return [is_marked(user, kind, "starred").desc() if way == "starred" else is_marked(user, kind, "read").asc()]
