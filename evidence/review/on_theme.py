"""The evidence on one theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, Func, Q, QuerySet

from evidence.notes.reading import read_by_theme
from evidence.review.evidence import listed_of
from evidence.review.narrowing import Narrowing
from evidence.review.voices import heard, voices_by_sector
from evidence.tags.models import EVIDENCE, Tag, model_of
from inquiry.models import Inquiry, Recommendation, Theme


class OneOf(Func):
    """Whether a key is one of those that a query gives, which is asked first: the few of a theme are found by an index.

    Asked of each row, or joined, the database goes through all the evidence of the inquiry instead.
    """

    template, arg_joiner, output_field = "%(expressions)s)", " = ANY (", BooleanField()

    def __init__(self, key: str, keys: QuerySet[Any]) -> None:
        super().__init__(key, ArraySubquery(keys))


@dataclass
class OnTheme:
    """What the person may read on a theme; narrowed, what the gap map counts in one of its cells, and no more."""

    user: Any
    inquiry: Inquiry
    theme: Theme
    narrowed: Narrowing

    def quotes(self) -> QuerySet[Any]:
        return self._seen("quote").filter(self._counted("quote"))

    def others(self, kind: str) -> QuerySet[Any]:
        """What is no quote, in its order."""
        rows = self._seen(kind).filter(self._counted(kind))
        if kind == "submission":
            return rows.select_related(None).with_submitters().order_by("number")
        if kind == "insight":
            return rows.select_related("session")
        return rows.in_order() if kind == "session" else rows

    def _seen(self, kind: str) -> Any:
        if kind == "quote":
            return listed_of(self.user, self.inquiry)
        return model_of(kind).objects.visible_to(self.user).filter(inquiry=self.inquiry)

    def _tagged(self, kind: str) -> OneOf:
        return OneOf("pk", Tag.objects.filter(**{f"{kind}__isnull": False}, theme=self.theme).order_by().values(kind))

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
    counted = (
        heard(user, inquiry)
        .filter(theme__isnull=False)
        .order_by()
        .values("theme")
        .annotate(
            quotes=Count("quote", distinct=True),
            submissions=Count("submission", distinct=True),
            insights=Count("insight", distinct=True),
            voices=Count("voice", distinct=True),
        )
    )
    return {row["theme"]: row for row in counted}


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
