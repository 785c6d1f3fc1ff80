"""What a cell of the gap map counts, as the address of a theme's page asks for it, and how the page calls it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.shortcuts import get_object_or_404

from evidence.review.voices import SECTORS, WRITTEN
from evidence.tags.models import EVIDENCE
from inquiry.models import Session
from inquiry.numbers import whole_number

LIVED = "lived"
# What stands across the gap map, as the address of a theme's page calls it.
ASKED_BY = {"session": "from", "sector": "sector", "kind": "kind", "recommendation": "recommendation"}
# In the order of the gap map.
KINDS = {
    "quote": "Quotes",
    "submission": "Submissions",
    "session": "Sessions",
    "witness": "Witnesses",
    "insight": "Insights",
}


@dataclass(frozen=True)
class Narrowing:
    """Which of a theme's tags count, what that is called, and the one kind that is shown, where it is one."""

    tags: dict[str, Any] = field(default_factory=dict)
    said: str = ""
    kind: str = ""

    def __bool__(self) -> bool:
        return bool(self.tags)


def narrowing(request: Any) -> Narrowing:
    """What the address asks for. A value that is none is passed over; a session that is gone is not found."""
    tags: dict[str, Any] = {}
    said = []
    if place := _place(request):
        tags["heard_at"] = place[0]
        said.append(f"from {place[1]}")
    sector = request.GET.get("sector", "")
    if label := dict(SECTORS).get(sector):
        tags["sector"] = sector
        said.append(f"{label[0].lower()}{label[1:]}")
    if request.GET.get(LIVED) == "yes":
        tags["lived"] = True
        said.append("with lived experience")
    kind = request.GET.get("kind", "")
    if kind in EVIDENCE:
        tags[f"{kind}__isnull"] = False
        said.append(f"{KINDS[kind].lower()} alone")
    return Narrowing(tags, ", ".join(said), kind if kind in EVIDENCE else "")


def _place(request: Any) -> tuple[str, str] | None:
    """The session, or writing, that is asked for, and what it is called."""
    asked = request.GET.get("from", "")
    if asked == WRITTEN:
        return WRITTEN, "written evidence"
    number = whole_number(asked)
    if number is None:
        return None
    sessions = Session.objects.visible_to(request.user).filter(inquiry=request.inquiry)
    session = get_object_or_404(sessions, pk=number)
    return str(session.pk), f"{session.name}, {session.title}"
