"""The evidence on one theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from evidence.notes.reading import read_by_theme
from evidence.review.evidence import listed_of
from evidence.review.voices import WRITTEN, heard, voices_by_sector
from evidence.submissions.models import Submission
from evidence.tags.models import Tag
from evidence.witnesses.models import Witness
from inquiry.models import Inquiry, Insight, Recommendation, Session, Theme

OTHERS_SHOWN = 20


@dataclass
class OnTheme:
    """What the person may read on a theme; from one session or from writing alone, if ``heard_at`` is given."""

    user: Any
    inquiry: Inquiry
    theme: Theme
    heard_at: str = ""

    def quotes(self) -> QuerySet[Any]:
        found = listed_of(self.user, self.inquiry).filter(self._tagged("quote"))
        return found.filter(heard_at=self.heard_at) if self.heard_at else found

    def submissions(self, *first: Any) -> list[Submission]:
        if self.heard_at not in ("", WRITTEN):
            return []
        found = self._seen(Submission, "submission")
        return list(found.with_submitters().order_by(*first, "number")[:OTHERS_SHOWN])

    def sessions(self) -> list[Session]:
        return [] if self.heard_at else list(self._seen(Session, "session").in_order()[:OTHERS_SHOWN])

    def insights(self) -> list[Insight]:
        found = self._seen(Insight, "insight").select_related("session")
        return [] if self.heard_at else list(found[:OTHERS_SHOWN])

    def witnesses(self) -> list[Witness]:
        return [] if self.heard_at else list(self._seen(Witness, "witness")[:OTHERS_SHOWN])

    def _seen(self, model: Any, kind: str) -> Any:
        return model.objects.visible_to(self.user).filter(self._tagged(kind), inquiry=self.inquiry)

    def _tagged(self, kind: str) -> Exists:
        return Exists(Tag.objects.filter(**{kind: OuterRef("pk")}, theme=self.theme))

    def voices(self) -> dict[str, Any]:
        """Who was heard on it, by sector."""
        tags = heard(self.user, self.inquiry).filter(theme=self.theme)
        return voices_by_sector(tags.filter(heard_at=self.heard_at) if self.heard_at else tags)

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
        """The tags to recommendations on its quotes and submissions."""
        quotes = listed_of(self.user, self.inquiry).filter(self._tagged("quote")).order_by()
        bears = Q(quote__in=quotes.values("pk")) | Q(submission__in=self._seen(Submission, "submission").values("pk"))
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
