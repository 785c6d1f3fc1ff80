"""Whether recommendations stand on evidence: what speaks for and against each, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from accounts.statements import Statement, compiled, kept_for
from evidence.quotes.models import Listed
from evidence.review.voices import heard
from evidence.submissions.models import Submission
from evidence.tags.models import Stance, Tag
from evidence.witnesses.models import Sector
from inquiry.models import Inquiry


@dataclass
class Standing:
    """The evidence on one recommendation, counted."""

    pieces: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Stance.values, 0))
    sources: int = 0
    neighbourhood: int = 0
    unanswered: int = 0
    unprintable: int = 0

    @property
    def supports(self) -> int:
        return self.pieces[Stance.SUPPORTS]

    @property
    def challenges(self) -> int:
        return self.pieces[Stance.CHALLENGES]

    @property
    def qualifies(self) -> int:
        return self.pieces[Stance.QUALIFIES]

    @property
    def total(self) -> int:
        return sum(self.pieces.values())

    @property
    def stands(self) -> bool:
        """Whether a reader of the report would ask for nothing more."""
        return not self.missing

    @property
    def missing(self) -> list[str]:
        """What a reader of the report would ask for, in a few words each."""
        return [said.format(getattr(self, lack, 0)) for lack, (said, lacks) in LACKS.items() if lacks(self)]


# What a recommendation may lack, how it is said, and when it is so.
LACKS: dict[str, tuple[str, Callable[[Standing], bool]]] = {
    "evidence": ("No evidence", lambda one: not one.total),
    "support": ("Nothing supports it", lambda one: bool(one.total and not one.supports)),
    "source": ("One source only", lambda one: one.sources == 1),
    "neighbourhood": ("No voice from the neighbourhoods", lambda one: bool(one.supports and not one.neighbourhood)),
    "unanswered": ("Contrary evidence not answered ({})", lambda one: one.unanswered > 0),
    "unprintable": ("Evidence that may not be printed ({})", lambda one: one.unprintable > 0),
}


def standings(user: Any, inquiry: Inquiry) -> dict[int, Standing]:
    """Each recommendation's standing on the evidence that the person may see, in two queries."""
    pieces = kept_for(user, ("pieces", inquiry.pk), lambda: _pieces(user, inquiry))
    sources = kept_for(user, ("sources", inquiry.pk), lambda: _sources(user, inquiry))
    found: dict[int, Standing] = {}
    for pk, unanswered, unprintable, *of_each in pieces.numbers():
        by_stance = dict(zip(Stance.values, of_each, strict=True))
        found[pk] = Standing(by_stance, unanswered=unanswered, unprintable=unprintable)
    for pk, heard_in_support, neighbourhood in sources.numbers():
        if pk in found:
            found[pk].sources, found[pk].neighbourhood = heard_in_support, neighbourhood
    return found


def _pieces(user: Any, inquiry: Inquiry) -> Statement:
    """Of each recommendation: contrary evidence without an answer, evidence that cannot be printed, all by stance."""
    quotes = Listed.objects.filter(inquiry=inquiry)
    submissions = Submission.objects.filter(inquiry=inquiry).may_be_printed()
    unprintable = Q(quote__isnull=False) & ~Q(quote__in=quotes.may_be_printed().values("pk"))
    unprintable |= Q(submission__isnull=False) & ~Q(submission__in=submissions.order_by().values("pk"))
    tags = (
        Tag.objects.visible_to(user)
        .filter(inquiry=inquiry, recommendation__isnull=False)
        .exclude(quote__isnull=False, quote__in=quotes.filter(standing=False).values("pk"))
        .order_by()
        .values_list("recommendation")
        .annotate(
            unanswered=Count("pk", filter=Q(stance=Stance.CHALLENGES, answered_at=None)),
            unprintable=Count("pk", filter=unprintable),
            **{f"pieces_{stance}": Count("pk", filter=Q(stance=stance)) for stance in Stance.values},
        )
    )
    return compiled(tags, none=", ".join(["NULL"] * (3 + len(Stance.values))))


def _sources(user: Any, inquiry: Inquiry) -> Statement:
    """Of each recommendation: how many people, bodies and meetings support it, and how many live there."""
    supports = heard(user, inquiry).filter(recommendation__isnull=False, stance=Stance.SUPPORTS).order_by()
    near = Count("pk", filter=Q(sector=Sector.RESIDENTS) | Q(lived=True))
    sources = supports.values("recommendation", "source").annotate(near=near)
    each_once = compiled(sources.values_list("recommendation", "source", "near"), none="NULL, NULL, 0")
    counts = "SELECT recommendation, count(source), count(source) FILTER (WHERE near > 0)"
    each = f"FROM ({each_once.sql}) AS each (recommendation, source, near) GROUP BY recommendation"
    return Statement(f"{counts} {each}", each_once.values)
