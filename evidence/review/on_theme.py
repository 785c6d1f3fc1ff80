"""The evidence on one theme."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Q, QuerySet

from accounts.statements import OneOf, Statement, compiled, kept_for, number_given, records_kept_for
from evidence.notes.reading import first, read_by_theme
from evidence.review.evidence import RESIDENTS_FIRST, listed_of
from evidence.review.in_order import QuotesInOrder
from evidence.review.narrowing import Narrowing
from evidence.review.voices import heard, voices_by_sector
from evidence.tags.models import EVIDENCE, Tag, model_of
from inquiry.lists import COUNTED_TO
from inquiry.models import Inquiry, Recommendation, Theme


@dataclass
class OnTheme:
    """What the person may read on a theme; narrowed, what the gap map counts in one of its cells, and no more."""

    user: Any
    inquiry: Inquiry
    theme: Theme
    narrowed: Narrowing

    def quotes(self, order: str) -> QuotesInOrder | list[tuple[int, str]]:
        """The keys of its quotes, each with whose voice it is: those first that the person has not read, or starred."""
        if not self.narrowed:
            return QuotesInOrder(self.user, self.inquiry, self.theme.pk, order)
        rows = self._seen("quote").filter(self._counted("quote"))
        rows = rows.order_by(*first(order, self.user, "quote"), *RESIDENTS_FIRST)
        return list(rows.values_list("pk", "sector")[:COUNTED_TO])

    def others(self, kind: str, order: str) -> QuerySet[Any]:
        """What is no quote, in its order; submissions come in that of the quotes."""
        rows = self._seen(kind).filter(self._counted(kind))
        if kind == "submission":
            return rows.select_related(None).order_by(*first(order, self.user, kind), "number")
        if kind == "insight":
            return rows.select_related("session")
        return rows.in_order() if kind == "session" else rows

    def first_of(self, kind: str, order: str, many: int) -> list[Any]:
        """The first of ``others``."""
        if self.narrowed:
            return list(self.others(kind, order)[:many])
        called = ("on a theme", self.inquiry.pk, kind, order, many)
        return records_kept_for(self.user, called, lambda: self._any.others(kind, order)[:many], theme=self.theme.pk)

    @property
    def _any(self) -> OnTheme:
        """The same of a theme that is given when it is asked for."""
        given: Any = number_given("theme")
        return replace(self, theme=given)

    def _seen(self, kind: str) -> Any:
        if kind == "quote":
            return listed_of(self.user, self.inquiry)
        return model_of(kind).objects.visible_to(self.user).filter(inquiry=self.inquiry)

    def _tagged(self, kind: str) -> OneOf:
        """Joined to its tags, or asked of each row, the database goes through all the evidence of the inquiry."""
        tags = Tag.objects.filter(**{f"{kind}__isnull": False}, theme=self.theme).order_by()
        return OneOf("pk", ArraySubquery(tags.values(kind)))

    def _counted(self, kind: str) -> OneOf | Q:
        """On the theme; narrowed, with a tag that counts."""
        if not self.narrowed:
            return self._tagged(kind)
        return Q(pk__in=self._heard().filter(**{f"{kind}__isnull": False}).order_by().values(kind))

    def _heard(self) -> QuerySet[Any]:
        return heard(self.user, self.inquiry).filter(theme=self.theme.pk, **self.narrowed.tags)

    def voices(self) -> dict[str, Any]:
        """Who was heard on it, by sector."""
        return voices_by_sector(self.user, self.inquiry, theme=self.theme.pk, **self.narrowed.tags)

    def bears_on_recommendations(self) -> bool:
        """Whether there are any on which its evidence bears."""
        return self._bearing().exists()

    def recommendations(self) -> list[Recommendation]:
        """The recommendations on which its evidence bears, each with the number of ``pieces``."""
        pieces = dict(self._bearing().values_list("recommendation").annotate(Count("pk")))
        asked = Recommendation.objects.visible_to(self.user).filter(inquiry=self.inquiry, pk__in=pieces).in_order()
        found = list(asked)
        for recommendation in found:
            recommendation.pieces = pieces[recommendation.pk]
        return found

    def _bearing(self) -> QuerySet[Any]:
        """The tags to recommendations on its evidence, all of it."""
        bears = Q()
        for kind in EVIDENCE:
            on_it = self._seen(kind).filter(self._tagged(kind)).order_by()
            bears |= Q(**{f"{kind}__in": on_it.values("pk")})
        return Tag.objects.standing().filter(bears, inquiry=self.inquiry, recommendation__isnull=False).order_by()


def counts_by_theme(user: Any, inquiry: Inquiry) -> dict[int, Any]:
    """For each theme with evidence: its quotes, its submissions, and the people and bodies heard on it."""
    counted = ("quotes", "submissions", "insights", "voices")
    counting = kept_for(user, ("counts by theme", inquiry.pk), lambda: _counting(user, inquiry))
    return {theme: dict(zip(counted, counts, strict=True)) for theme, *counts in counting.numbers()}


def _counting(user: Any, inquiry: Inquiry) -> Statement:
    tags = heard(user, inquiry).filter(theme__isnull=False).order_by().values_list("theme")
    distinct = (Count(column, distinct=True) for column in ("quote", "submission", "insight", "voice"))
    return compiled(tags.annotate(*distinct), none="NULL, NULL, NULL, NULL, NULL")


def frameworks(user: Any, inquiry: Inquiry) -> list[dict[str, Any]]:
    """The inquiry's frameworks, each with its themes under the headings that group them."""
    counts, read = counts_by_theme(user, inquiry), read_by_theme(user, inquiry)
    found: list[dict[str, Any]] = []
    themes = Theme.objects.visible_to(user).filter(inquiry=inquiry).in_order()
    for theme in themes.prefetch_related("successors__framework"):
        if not found or found[-1]["framework"] != theme.framework:
            found.append({"framework": theme.framework, "groups": []})
        groups = found[-1]["groups"]
        theme.counts, theme.read = counts.get(theme.pk, {}), read.get(theme.pk, 0)
        if theme.depth < len(theme.framework.levels) - 1:
            groups.append({"heading": theme, "themes": []})
            continue
        if not groups:
            groups.append({"heading": None, "themes": []})
        groups[-1]["themes"].append(theme)
    return found
