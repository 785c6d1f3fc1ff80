"""What a cell of the gap map counts, as the address of a theme's page asks for it, and how the page calls it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

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
    """Which of a theme's tags count, what that is called, and the one kind that is shown, where it is one.

    ``missed`` is what was asked for and is not there.
    """

    tags: dict[str, Any] = field(default_factory=dict)
    said: str = ""
    kind: str = ""
    missed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tags)


def narrowing(request: Any) -> Narrowing:
    """What the address asks for. What is not there, or not any more, is passed over and said."""
    tags: dict[str, Any] = {}
    said, missed = [], []
    asked = {name: request.GET.get(name, "") for name in ("from", "sector", "kind")}
    if place := _place(request, asked["from"]):
        tags["heard_at"] = place[0]
        said.append(f"from {place[1]}")
    elif asked["from"]:
        missed.append("session")
    if label := dict(SECTORS).get(asked["sector"]):
        tags["sector"] = asked["sector"]
        said.append(f"{label[0].lower()}{label[1:]}")
    elif asked["sector"]:
        missed.append("sector")
    if request.GET.get(LIVED) == "yes":
        tags["lived"] = True
        said.append("with lived experience")
    kind = asked["kind"] if asked["kind"] in EVIDENCE else ""
    if kind:
        tags[f"{kind}__isnull"] = False
        said.append(f"{KINDS[kind].lower()} alone")
    elif asked["kind"]:
        missed.append("kind of evidence")
    return Narrowing(tags, ", ".join(said), kind, tuple(missed))


def _place(request: Any, asked: str) -> tuple[str, str] | None:
    """The session, or writing, that is asked for, and what it is called."""
    if asked == WRITTEN:
        return WRITTEN, "written evidence"
    number = whole_number(asked)
    if number is None:
        return None
    session = Session.objects.visible_to(request.user).filter(inquiry=request.inquiry, pk=number).first()
    return (str(session.pk), f"{session.name}, {session.title}") if session else None
