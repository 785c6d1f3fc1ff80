"""What becomes of the evidence when themes are merged, split, retired or carried over, counted before it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from evidence.tags.models import EVIDENCE, Tag, TagQuerySet
from inquiry.models import Theme

CALLED = {
    "quote": ("quote", "quotes"),
    "submission": ("submission", "submissions"),
    "session": ("session", "sessions"),
    "witness": ("witness", "witnesses"),
    "insight": ("insight", "insights"),
}


@dataclass(frozen=True)
class Tagged:
    """How many pieces of evidence of each kind are tagged to a theme, and of how many it waits to be said where now."""

    pieces: dict[str, int]
    waiting: int = 0

    @property
    def total(self) -> int:
        return sum(self.pieces.values())

    def __str__(self) -> str:
        """ "12 quotes, 1 submission", or "nothing"."""
        named = [f"{n:,} {CALLED[kind][n != 1]}" for kind, n in self.pieces.items() if n]
        return ", ".join(named) or "nothing"


NOTHING = Tagged(dict.fromkeys(EVIDENCE, 0))


def standing(user: Any) -> TagQuerySet:
    """The tags on evidence that the person may see and that stands: a removed quote counts nowhere."""
    return Tag.objects.visible_to(user).filter(quote__removed_at=None)


def tagged_to(user: Any, themes: Iterable[Theme]) -> dict[int, Tagged]:
    """For each theme with evidence, what the person may see of it; one query for all."""
    counts = {kind: Count(kind) for kind in EVIDENCE}
    waiting = Count("pk", filter=Q(settled_at=None))
    rows = (
        standing(user)
        .filter(theme__in=[theme.pk for theme in themes])
        .order_by()
        .values("theme")
        .annotate(**{f"on_{kind}": count for kind, count in counts.items()}, waiting=waiting)
    )
    return {row["theme"]: Tagged({kind: row[f"on_{kind}"] for kind in EVIDENCE}, row["waiting"]) for row in rows}


def already_there(user: Any, theme: Theme, newer: Theme) -> int:
    """How many of the pieces on a theme are tagged to the other as well."""
    both = Q()
    for kind in EVIDENCE:
        both |= Q(**{f"{kind}__in": Tag.objects.filter(theme=newer, **{f"{kind}__isnull": False}).values(kind)})
    return standing(user).filter(both, theme=theme).count()


def waiting_on(user: Any, theme: Theme) -> QuerySet[Tag]:
    """The tags on a theme that was split of which nobody has said yet where they belong."""
    return standing(user).filter(theme=theme, settled_at=None)
