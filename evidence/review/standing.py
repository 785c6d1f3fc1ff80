"""Whether recommendations stand on evidence: what speaks for and against each, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from evidence.review.voices import heard
from evidence.tags.models import Stance
from evidence.witnesses.models import Sector
from inquiry.models import Inquiry


@dataclass
class Standing:
    """The evidence on one recommendation, counted."""

    pieces: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Stance.values, 0))
    sources: int = 0
    residents: int = 0

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
        if not self.total:
            return ["No evidence"]
        gaps = []
        if not self.supports:
            gaps.append("Nothing supports it")
        elif self.sources == 1:
            gaps.append("One source only")
        if self.supports and not self.residents:
            gaps.append("No resident’s voice")
        if self.challenges:
            gaps.append(f"Contrary evidence ({self.challenges})")
        return gaps


def standings(user: Any, inquiry: Inquiry) -> dict[int, Standing]:
    """Each recommendation's standing on the evidence that the person may see, in one query."""
    counted = (
        heard(user, inquiry)
        .filter(recommendation__isnull=False)
        .order_by()
        .values("recommendation", "stance")
        .annotate(
            pieces=Count("pk", distinct=True),
            sources=Count("source", distinct=True),
            residents=Count("source", distinct=True, filter=Q(sector=Sector.RESIDENTS)),
        )
    )
    found: dict[int, Standing] = {}
    for row in counted:
        standing = found.setdefault(row["recommendation"], Standing())
        standing.pieces[row["stance"]] = row["pieces"]
        if row["stance"] == Stance.SUPPORTS:
            standing.sources, standing.residents = row["sources"], row["residents"]
    return found
