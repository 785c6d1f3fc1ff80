"""What a check finds, and what all checks of one inquiry share: who asks, and what is read once for several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Count, Max, QuerySet
from django.urls import reverse

from evidence.review.standing import Standing, standings
from evidence.tags.models import Tag
from inquiry.changes import sign
from inquiry.models import Inquiry, Recommendation

SHOWN = 20
Value = TypeVar("Value")


@dataclass(frozen=True)
class Finding:
    """One thing that a check found, and where it is mended.

    ``key`` is which thing it is, ``sign`` how it is; ``kept`` is what is written down of it when it is accepted, and
    names nobody.
    """

    key: str
    sign: str
    says: str
    url: str
    kept: str
    before: Any = None


@dataclass(frozen=True)
class Rows:
    """What a check finds in the database: rows with ``sign``, and how one of them is said."""

    rows: QuerySet[Any]
    said: Callable[[Any], tuple[str, str, str]]


Found = Rows | Sequence[Finding]


class Asked:
    """Who asks about which inquiry. What several checks need is read once."""

    def __init__(self, user: Any, inquiry: Inquiry) -> None:
        self.user = user
        self.inquiry = inquiry
        self._read: dict[str, Any] = {}

    def once(self, name: str, read: Callable[[], Value]) -> Value:
        """What several checks of a kind read, read for the first of them."""
        if name not in self._read:
            self._read[name] = read()
        value: Value = self._read[name]
        return value

    def seen(self, model: Any) -> Any:
        """The records of a model that the person may see."""
        return model.objects.visible_to(self.user).filter(inquiry=self.inquiry)

    def url(self, page: str, *args: Any, **query: Any) -> str:
        """The address of a page of the inquiry."""
        return reverse(page, args=[self.inquiry.code, *args], query=query or None)

    @cached_property
    def recommendations(self) -> list[Recommendation]:
        return list(self.seen(Recommendation).in_order())

    @cached_property
    def standings(self) -> dict[int, Standing]:
        return standings(self.user, self.inquiry)

    @cached_property
    def signs(self) -> dict[int, str]:
        """The sign of each recommendation: its words, and all that is linked to it, whoever may see it."""
        links = Tag.objects.filter(inquiry=self.inquiry, recommendation__isnull=False).order_by()
        linked = {
            pk: says
            for pk, *says in links.values_list("recommendation").annotate(
                Count("pk"), Max("pk"), Count("answered_at"), Count("stance", distinct=True)
            )
        }
        return {one.pk: sign(one.title, one.text, linked.get(one.pk)) for one in self.recommendations}

    def of_recommendation(self, one: Recommendation, kept: str = "") -> Finding:
        """A finding about a recommendation as a whole."""
        url = self.url("review:recommendation", one.pk)
        return Finding(str(one.pk), self.signs[one.pk], str(one), url, kept or f"Recommendation {one.label}")
