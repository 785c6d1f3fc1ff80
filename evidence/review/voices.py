"""Who was heard: people and bodies behind the evidence, each counted once.

A voice is the person where one is recorded, otherwise the body. Whoever may not know the name behind a submission
counts it as a voice of its own, of no sector, so that no count tells them who wrote it.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Expression,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from accounts.roles import Verb, may
from evidence.quotes.models import Quote
from evidence.submissions.life import Treatment
from evidence.submissions.models import Submitter, treated
from evidence.tags.models import Tag
from evidence.witnesses.models import Sector
from inquiry.models import Inquiry

UNNAMED = "unnamed"
SECTORS: tuple[tuple[str, str], ...] = (*Sector.choices, (UNNAMED, "Not named"))
WRITTEN = "written"
ELSEWHERE = ""


def with_sector(quotes: QuerySet[Quote], user: Any) -> Any:
    """Quotes with ``sector``: whose voice each is, as far as the person may know, and ``heard_at``: where."""
    written = Submitter.objects.visible_to(user).filter(submission=OuterRef("submission"))
    first = written.order_by("position", "id").values(whose=Case(*sectors_on(""), output_field=CharField()))[:1]
    return quotes.annotate(
        sector=Coalesce(
            Case(*sectors_on("appearance__"), default=Subquery(first), output_field=CharField()),
            Value(UNNAMED),
            output_field=CharField(),
        ),
        heard_at=Case(
            When(submission__isnull=False, then=Value(WRITTEN)),
            default=Cast("panel__session_id", CharField()),
            output_field=CharField(),
        ),
    )


def heard(user: Any, inquiry: Inquiry) -> QuerySet[Any]:
    """The tags on evidence that the person may see and that stands, each with whose voice it carries.

    ``voice`` is empty for a meeting and for an insight, which are nobody's; ``source`` names them too. One tag makes
    several rows where a submission has several submitters: count distinctly.
    """
    names_open = may(user, Verb.SEE_UNPUBLISHED, inquiry)
    voice = Case(*_voices(names_open), default=None, output_field=CharField())
    meeting = Concat(Value("m"), Coalesce("session_id", "insight__session_id"), output_field=CharField())
    return (
        Tag.objects.visible_to(user)
        .filter(inquiry=inquiry, quote__removed_at=None)
        .annotate(
            voice=voice,
            source=Coalesce(voice, meeting),
            sector=Case(*_sectors(names_open), default=Value(UNNAMED), output_field=CharField()),
            heard_at=Case(
                When(Q(quote__submission__isnull=False) | Q(submission__isnull=False), then=Value(WRITTEN)),
                When(quote__panel__isnull=False, then=Cast("quote__panel__session_id", CharField())),
                When(session__isnull=False, then=Cast("session_id", CharField())),
                When(insight__isnull=False, then=Cast("insight__session_id", CharField())),
                default=Value(ELSEWHERE),
                output_field=CharField(),
            ),
            lived=Case(
                When(
                    Q(quote__appearance__witness__lived_experience=True)
                    | Q(quote__submission__lived_experience=True)
                    | Q(submission__lived_experience=True)
                    | Q(witness__lived_experience=True),
                    then=True,
                ),
                default=False,
                output_field=BooleanField(),
            ),
        )
    )


def _closed(path: str, names_open: bool) -> Q:
    """That there is a submission of which the person may not know the submitters, or which names none."""
    there = Q(**{f"{path}__isnull": False})
    nobody = Q(**{f"{path}__submitters__isnull": True})
    if names_open:
        return there & nobody
    return there & (nobody | treated(Treatment.ANONYMISED, Treatment.CONFIDENTIAL, path=f"{path}__"))


def _voices(names_open: bool) -> list[When]:
    cases = [_key("w", "quote__appearance__witness_id")]
    for path in ("quote__submission", "submission"):
        cases.append(When(_closed(path, names_open), then=_named("s", f"{path}_id")))
        cases.append(_key("w", f"{path}__submitters__witness_id"))
        cases.append(_key("o", f"{path}__submitters__organisation_id"))
    return [*cases, _key("w", "witness_id"), _key("p", "quote__panel_id")]


def _sectors(names_open: bool) -> list[When]:
    cases = sectors_on("quote__appearance__")
    for path in ("quote__submission", "submission"):
        cases.append(When(_closed(path, names_open), then=Value(UNNAMED)))
        cases += sectors_on(f"{path}__submitters__")
    return [*cases, When(witness__lived_experience=True, then=Value(Sector.RESIDENTS))]


def sectors_on(path: str) -> list[When]:
    """The sector of the body; of a person who speaks for none, whether they live there."""
    return [
        When(**{f"{path}organisation__isnull": False}, then=F(f"{path}organisation__sector")),
        When(**{f"{path}witness__lived_experience": True}, then=Value(Sector.RESIDENTS)),
        When(**{f"{path}witness__isnull": False}, then=Value(Sector.NOT_KNOWN)),
    ]


def _key(kind: str, column: str) -> When:
    return When(**{f"{column}__isnull": False}, then=_named(kind, column))


def _named(kind: str, column: str) -> Expression:
    return Concat(Value(kind), Cast(column, CharField()), output_field=CharField())


def voices_by_sector(tags: QuerySet[Any]) -> dict[str, Any]:
    """How many people and bodies were heard, each counted once, by sector, residents first."""
    order = [value for value, _ in SECTORS]
    rank = Case(*(When(sector=value, then=n) for n, value in enumerate(order)), default=len(order) - 1)
    voices = tags.exclude(voice=None).order_by().values("voice")
    voices = voices.annotate(rank=Min(rank), experience=Count("pk", filter=Q(lived=True)))
    counted: Counter[int] = Counter()
    lived = 0
    for _voice, sector, experience in voices.values_list("voice", "rank", "experience"):
        counted[sector] += 1
        lived += bool(experience)
    rows = [
        {"label": label, "sector": value, "value": counted[n]} for n, (value, label) in enumerate(SECTORS) if counted[n]
    ]
    return {"rows": rows, "total": counted.total(), "lived": lived}
