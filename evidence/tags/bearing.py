"""What quotes bear on, as lists show it: themes, and recommendations with a stance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from accounts.statements import Statement, compiled, kept_for, keys_given
from evidence.tags.models import Tag
from inquiry.models import Recommendation
from inquiry.models.recommendations import numbered

READ = (
    *("quote", "pk", "stance", "note", "theme", "theme__number", "theme__title"),
    *("recommendation", "recommendation__addressee__number", "recommendation__number"),
    *("recommendation__withdrawn_from", "recommendation__title", "recommendation__status"),
)


class Bearing(NamedTuple):
    """A tag on a quote, with as much as is shown of the theme or the recommendation that it is to."""

    pk: int
    stance: str
    note: str
    theme: int | None
    theme_number: str | None
    theme_title: str | None
    recommendation: int | None
    addressee: int
    number: int | None
    withdrawn_from: int | None
    title: str
    status: str

    @property
    def label(self) -> str:
        """The theme as it is called, or the recommendation by its number."""
        if self.theme:
            return f"{self.theme_number} {self.theme_title}"
        return numbered(self.addressee, self.number, self.withdrawn_from)

    @property
    def agreed(self) -> bool:
        return self.status == Recommendation.Status.AGREED


def bearing_of(quotes: Collection[int]) -> dict[int, list[Bearing]]:
    """What each of the quotes bears on. The tags on a quote that may be seen may be."""
    found: dict[int, list[Bearing]] = defaultdict(list)
    if not quotes:
        return found
    for quote, *tag in kept_for(None, "bearing of quotes", _put_together).rows(quotes=list(quotes)):
        found[quote].append(Bearing(*tag))
    return found


def _put_together() -> Statement:
    tags: Any = Tag.objects.standing().filter(quote__in=keys_given("quotes"))
    return compiled(tags.order_by("theme__position", "pk").values_list(*READ))
