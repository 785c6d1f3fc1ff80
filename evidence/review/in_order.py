"""The quotes on a theme in the order in which somebody reads them, a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, QuerySet

from accounts.context import HowMany
from accounts.statements import Given, Statement, compiled, kept_for, number_given
from evidence.notes.reading import is_marked
from evidence.review.evidence import RESIDENTS_FIRST, known_to
from evidence.tags.models import ListedTag
from inquiry.lists import COUNTED_TO
from inquiry.models import Inquiry

STARRED = "starred"
Row = tuple[int, str]


@dataclass(frozen=True)
class QuotesInOrder:
    """The keys of the quotes on a theme, each with whose voice it is; no more of them than a list counts.

    In two parts: what the person has not read and what they have, or what they have starred and the rest. Each part
    stands in an index in its order, so that a slice reads no more than stands in it and before it.
    """

    user: Any
    inquiry: Inquiry
    theme: int
    order: str

    def __len__(self) -> int:
        return self._counts[0]

    def __getitem__(self, which: slice) -> list[Row]:
        begin, end, _ = which.indices(len(self))
        turn = min(self._counts[1], len(self))
        return [*self._read(0, begin, min(end, turn)), *self._read(1, max(begin, turn) - turn, end - turn)]

    @cached_property
    def _counts(self) -> tuple[int, int]:
        """How many there are, and how many in the first part."""
        there, marked = self._count("all", self._there), self._count("marked", self._marked)
        if self.order == STARRED:
            return there, marked
        # Of more than are counted it is not known how many are left. What is marked is asked later.
        return there, max(there - marked, 0) if there < COUNTED_TO else self._count("unmarked", self._unmarked)

    def _count(self, what: str, rows: Callable[[], QuerySet[Any]]) -> int:
        def counting() -> Statement:
            many = HowMany(rows().order_by().values("pk")[:COUNTED_TO])
            return compiled(Inquiry.objects.filter(pk=self.inquiry.pk).order_by().values(many=many))

        called = ("how many in order", self.inquiry.pk, self.order, what)
        statement = kept_for(self.user, called, counting)
        # Whoever reads changes what is marked, and nothing of the evidence.
        ask = statement.numbers if what == "all" else statement.rows
        ((many,),) = ask(theme=self.theme)
        # Nothing is counted for somebody who has no role anywhere.
        return many or 0

    def _read(self, part: int, begin: int, end: int) -> list[Any]:
        if begin >= end:
            return []

        def reading() -> Statement:
            rows = self._marked() if (self.order == STARRED) == (part == 0) else self._unmarked()
            read = compiled(rows.order_by(*RESIDENTS_FIRST).values_list("quote", "sector"), none="NULL, NULL")
            return Statement(f"{read.sql} LIMIT %s OFFSET %s", (*read.values, Given("many"), Given("after")))

        stretch = {"theme": self.theme, "many": end - begin, "after": begin}
        return kept_for(self.user, ("in order", self.inquiry.pk, self.order, part), reading).rows(**stretch)

    def _marked(self) -> QuerySet[Any]:
        return self._there().filter(self._is_marked())

    def _unmarked(self) -> QuerySet[Any]:
        return self._there().filter(~self._is_marked())

    def _is_marked(self) -> Exists:
        return is_marked(self.user, "quote", "starred" if self.order == STARRED else "read", of="quote")

    def _there(self) -> QuerySet[Any]:
        seen = ListedTag.objects.visible_to(self.user).filter(inquiry=self.inquiry, standing=True)
        return seen.filter(theme=number_given("theme")).annotate(**known_to(self.user, self.inquiry))
