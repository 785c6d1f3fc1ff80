"""The gap map: themes down; sessions, sectors, recommendations or kinds of evidence across; counted in each cell.

What is counted is either people and bodies, each once, or pieces of evidence. Every number is of what the person may
see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, CharField, Count, F, FilteredRelation, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from evidence.review.gaps import DARKEST, NAMED_IN_HEADS, Counts, cell, grouped, head
from evidence.review.narrowing import ASKED_BY, KINDS, LIVED
from evidence.review.voices import ELSEWHERE, SECTORS, UNNAMED, WRITTEN, heard
from evidence.tags.models import EVIDENCE
from evidence.witnesses.models import Sector
from inquiry.models import Framework, Inquiry, Recommendation, Session, Theme

ACROSS = {"session": "Sessions", "sector": "Sectors", "recommendation": "Recommendations", "kind": "Kinds of evidence"}
COUNTED = {"people": "People and bodies", "items": "Pieces of evidence"}
ALL = "all"
# Where nobody is of such a sector, that is no gap in the evidence.
ONLY_IF_ANY = {Sector.NOT_KNOWN.value, UNNAMED}
COLUMNS_ON_A_PAGE = 12
# Where a long word of a narrow head is parted, also by browsers that know no English.
PARTED = {
    "Academia": "Aca\u00addemia",
    "neighbourhood": "neigh\u00adbour\u00adhood",
    "government": "govern\u00adment",
    "experience": "experi\u00adence",
    "Submissions": "Submis\u00adsions",
}


@dataclass(frozen=True)
class Column:
    """What stands across: its key, its name short enough for a head, and whole; where it leads."""

    key: str
    label: str
    title: str = ""
    url: str = ""

    @property
    def head(self) -> str:
        """Its name, with the places at which a word of it may be parted."""
        return " ".join(PARTED.get(word, word) for word in self.label.split(" "))


@dataclass(frozen=True)
class Matrix:
    """How much was heard on each theme of a framework, by what stands across."""

    user: Any
    inquiry: Inquiry
    framework: Framework
    across: str = "session"
    counted: str = "people"

    @property
    def caption(self) -> str:
        return f"{COUNTED[self.counted]}, by {self.framework.leaf_name.lower()} and {self._what_is_across}"

    @property
    def _what_is_across(self) -> str:
        return {"kind": "kind of evidence"}.get(self.across, self.across)

    @cached_property
    def themes(self) -> list[Theme]:
        """Those that can be tagged, and retired ones with evidence."""
        mine = Theme.objects.visible_to(self.user).filter(framework=self.framework).leaves().in_order()
        return [theme for theme in mine if theme.retired_on is None or self.counts.get(theme.pk)]

    @cached_property
    def columns(self) -> list[Column]:
        """What stands across, without the totals."""
        columns = {
            "session": self._sessions,
            "sector": self._sectors,
            "recommendation": self._recommendations,
            "kind": self._kinds,
        }
        return list(columns[self.across]())

    @property
    def totals(self) -> list[Column]:
        lived = [Column(LIVED, "Lived experience")] if self.across == "sector" else []
        return [*lived, Column(ALL, "In all")]

    def _seen(self, model: Any) -> Any:
        return model.objects.visible_to(self.user).filter(inquiry=self.inquiry).in_order()

    def _sessions(self) -> Iterator[Column]:
        sessions = list(self._seen(Session))
        for session in sessions:
            label = head(session, short=len(sessions) > NAMED_IN_HEADS)
            url = reverse("sessions:detail", args=[self.inquiry.code, session.pk])
            yield Column(str(session.pk), label, session.title, url)
        yield Column(WRITTEN, "Written")

    def _sectors(self) -> Iterator[Column]:
        met = {key for row in self.counts.values() for key in row}
        for value, label in SECTORS:
            if value not in ONLY_IF_ANY or value in met:
                yield Column(value, label)

    def _recommendations(self) -> Iterator[Column]:
        for each in self._seen(Recommendation):
            url = reverse("review:recommendation", args=[self.inquiry.code, each.pk])
            yield Column(str(each.pk), each.label, each.title, url)

    def _kinds(self) -> Iterator[Column]:
        for kind, label in KINDS.items():
            yield Column(kind, label)

    @cached_property
    def counts(self) -> Counts:
        """By theme and by what stands across; one query for the cells and one for the totals."""
        tags = heard(self.user, self.inquiry).filter(theme__framework=self.framework).order_by()
        number = Count("voice" if self.counted == "people" else "pk", distinct=True)
        lived = Count("voice" if self.counted == "people" else "pk", distinct=True, filter=Q(lived=True))
        counts: Counts = defaultdict(dict)
        for theme, key, value in self._by(tags).values_list("theme", "across").annotate(n=number):
            if key not in (None, ELSEWHERE) and value:
                counts[theme][key] = value
        for theme, value, experienced in tags.values_list("theme").annotate(n=number, lived_n=lived):
            if value:
                counts[theme] |= {ALL: value, LIVED: experienced}
        return dict(counts)

    def _by(self, tags: QuerySet[Any]) -> QuerySet[Any]:
        if self.across == "recommendation":
            # What bears on a theme and on a recommendation alike.
            linked = {
                f"of_{name}": FilteredRelation(
                    f"{name}__tags", condition=Q(**{f"{name}__tags__recommendation__isnull": False})
                )
                for name in EVIDENCE
            }
            both = Coalesce(*(f"{each}__recommendation" for each in linked))
            return tags.annotate(**linked).annotate(across=Cast(both, CharField()))
        kind = Case(*(When(**{f"{name}__isnull": False}, then=Value(name)) for name in EVIDENCE))
        return tags.annotate(across={"session": F("heard_at"), "sector": F("sector"), "kind": kind}[self.across])

    def page(self, number: Any) -> Page[Column]:
        """So many columns as a page holds."""
        return Paginator(self.columns, COLUMNS_ON_A_PAGE).get_page(number)

    def drawn(self, columns: Sequence[Column]) -> dict[str, Any]:
        """The map as its component draws it."""
        shown = [*columns, *self.totals]
        inner = (row.get(column.key, 0) for row in self.counts.values() for column in self.columns)
        most = max(inner, default=0)
        whole = max((row.get(ALL, 0) for row in self.counts.values()), default=0)

        def cells(theme: Theme, url: str) -> list[dict[str, Any]]:
            row = self.counts.get(theme.pk, {})
            return [
                cell(
                    row.get(column.key, 0),
                    self._leads_to(column, url),
                    most=max(DARKEST, whole if column in self.totals else most),
                )
                for column in shown
            ]

        corner = self.framework.leaf_name
        return {"corner": corner, "columns": shown, "groups": grouped(self.inquiry, self.themes, cells)}

    def _leads_to(self, column: Column, url: str) -> str:
        if column.key == ALL:
            return url
        if column.key == LIVED:
            return f"{url}?{LIVED}=yes"
        return f"{url}?{ASKED_BY[self.across]}={column.key}"

    def table(self) -> Iterator[list[str | int]]:
        """A head, then a row for each theme: its number, its title, what groups it, and every count."""
        columns = [*self.columns, *self.totals]
        yield ["Number", self.framework.leaf_name, "Under", *(_named(column) for column in columns)]
        for theme in self.themes:
            row = self.counts.get(theme.pk, {})
            under = str(theme.parent or "")
            yield [theme.number, theme.title, under, *(row.get(column.key, 0) for column in columns)]

    def as_json(self) -> dict[str, Any]:
        """The same for a script: every theme with its counts, by the key of what stands across."""
        columns = [*self.columns, *self.totals]
        return {
            "inquiry": self.inquiry.code,
            "framework": str(self.framework),
            "by": self.across,
            "counted": self.counted,
            "across": [{"key": each.key, "label": _named(each)} for each in columns],
            "themes": [
                {
                    "number": theme.number,
                    "title": theme.title,
                    "counts": {each.key: self.counts.get(theme.pk, {}).get(each.key, 0) for each in columns},
                }
                for theme in self.themes
            ],
        }


def _named(column: Column) -> str:
    """Whole where there is room: "Session 2: Economic outcomes"."""
    if column.title and column.title not in column.label:
        return f"{column.label}: {column.title}"
    return column.label
