"""Who was heard: people and bodies behind the evidence, each counted once.

A voice is the person where one is recorded, otherwise the body. Whoever may not know the name behind a submission
counts it as a voice of its own, of no sector, so that no count tells them who wrote it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    Min,
    Q,
    QuerySet,
    Value,
    When,
)

from accounts.roles import Verb, may
from evidence.quotes.models import Quote
from evidence.tags.models import Heard
from evidence.witnesses.models import Sector
from inquiry.models import Inquiry
from inquiry.models.records import secretariat

UNNAMED = "unnamed"
SECTORS: tuple[tuple[str, str], ...] = (*Sector.choices, (UNNAMED, "Not named"))
WRITTEN = "written"
ELSEWHERE = ""


def with_sector(quotes: QuerySet[Quote], user: Any) -> Any:
    """Quotes with ``sector``: whose voice each is, as far as the person may know, and ``heard_at``: where."""
    return quotes.annotate(
        sector=Case(When(secretariat(user), then=F("listed__sector_known")), default=F("listed__sector_open")),
        heard_at=F("listed__heard_at"),
    )


def heard(user: Any, inquiry: Inquiry) -> QuerySet[Any]:
    """The tags on evidence that the person may see and that stands, each with whose voice it carries.

    ``voice`` is empty for a meeting and for an insight, which are nobody's; ``source`` names them too. One tag makes
    several rows where a submission has several submitters: count distinctly.
    """
    told = "known" if may(user, Verb.SEE_UNPUBLISHED, inquiry) else "open"
    seen = Heard.objects.visible_to(user).filter(inquiry=inquiry)
    return seen.annotate(voice=F(f"voice_{told}"), source=F(f"source_{told}"), sector=F(f"sector_{told}"))


def sectors_on(path: str) -> list[When]:
    """The sector of the body; of a person who speaks for none, whether they live there."""
    return [
        When(**{f"{path}organisation__isnull": False}, then=F(f"{path}organisation__sector")),
        When(**{f"{path}witness__lived_experience": True}, then=Value(Sector.RESIDENTS)),
        When(**{f"{path}witness__isnull": False}, then=Value(Sector.NOT_KNOWN)),
    ]


def voices_by_sector(tags: QuerySet[Any]) -> dict[str, Any]:
    """How many people and bodies were heard, each counted once, by sector, residents first."""
    order = [value for value, _ in SECTORS]
    rank = Case(*(When(sector=value, then=n) for n, value in enumerate(order)), default=len(order) - 1)
    voices = tags.exclude(voice=None).order_by().values("voice")
    voices = voices.annotate(rank=Min(rank), experience=Count("pk", filter=Q(lived=True)))
    of_each = {value: Count("voice", filter=Q(rank=n)) for n, value in enumerate(order)}
    counted = voices.aggregate(**of_each, lived=Count("voice", filter=Q(experience__gt=0)))
    rows = [{"label": label, "sector": value, "value": counted[value]} for value, label in SECTORS if counted[value]]
    return {"rows": rows, "total": sum(row["value"] for row in rows), "lived": counted["lived"]}
