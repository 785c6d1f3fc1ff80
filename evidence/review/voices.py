"""Who was heard: people and bodies behind the evidence, each counted once.

A voice is the person where one is recorded, otherwise the body. Whoever may not know the name behind a submission
counts it as a voice of its own, of no sector, so that no count tells them who wrote it.
"""

from __future__ import annotations

from collections.abc import Hashable
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
from accounts.statements import Statement, compiled, kept_for
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


def voices_by_sector(user: Any, inquiry: Inquiry, **tags: Hashable) -> dict[str, Any]:
    """How many people and bodies the person may know were heard, each counted once, by sector, residents first.

    :param tags: which tags count, as ``heard`` is filtered: ``theme``, ``recommendation``, ``sector``, ``heard_at``.
    """
    called = ("voices by sector", inquiry.pk, *sorted(tags.items()))
    found = kept_for(user, called, lambda: _by_sector(heard(user, inquiry).filter(**tags))).numbers()
    of_each, lived = {sector: voices for sector, voices, _ in found}, sum(row[2] for row in found)
    rows = [{"label": label, "sector": each, "value": of_each[each]} for each, label in SECTORS if each in of_each]
    return {"rows": rows, "total": sum(of_each.values()), "lived": lived}


def _by_sector(tags: QuerySet[Any]) -> Statement:
    """Each sector that was heard, with its voices and those of lived experience. Who spoke for two is in the first."""
    ranks = {sector: rank for rank, (sector, _) in enumerate(SECTORS)}
    first = Min(Case(*(When(sector=sector, then=rank) for sector, rank in ranks.items()), default=ranks[UNNAMED]))
    voices = tags.exclude(voice=None).order_by().values("voice")
    voices = voices.annotate(first=first, lives=Count("pk", filter=Q(lived=True)))
    each = compiled(voices.values_list("voice", "first", "lives"), none="NULL::bigint, NULL::int, NULL::bigint")
    counts = "SELECT (%s::text[])[first + 1], count(*), count(*) FILTER (WHERE lives > 0)"
    sql = f"{counts} FROM ({each.sql}) AS each (voice, first, lives) GROUP BY first"
    return Statement(sql, (list(ranks), *each.values))
