"""Pieces of evidence as pages show them: words, whose they are, where they stand, and what they bear on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, F, IntegerField, Prefetch, QuerySet, Value, When
from django.urls import reverse

from evidence.quotes.citations import citations, letters_of, place, speaker
from evidence.quotes.models import Quote
from evidence.review.voices import SECTORS, UNNAMED, with_sector
from evidence.tags.models import Tag
from evidence.witnesses.models import Sector
from inquiry.models import Inquiry

_SECTOR_LABELS = dict(SECTORS)

AS_HEARD = (
    F("panel__session__number").asc(nulls_last=True),
    F("panel__session__date").asc(nulls_last=True),
    F("panel__session_id").asc(nulls_last=True),
    F("submission__number").asc(nulls_last=True),
    F("first_passage__position").asc(nulls_last=True),
    F("start").asc(nulls_last=True),
    F("pk").asc(),
)
RESIDENTS_FIRST = (
    Case(When(sector=Sector.RESIDENTS, then=Value(0)), default=Value(1), output_field=IntegerField()),
    *AS_HEARD,
)


def quotes_of(user: Any, inquiry: Inquiry) -> QuerySet[Any]:
    """The quotes that the person may see and that stand, each with ``sector`` and ``heard_at``."""
    return with_sector(Quote.objects.visible_to(user).filter(inquiry=inquiry).standing(), user)


def to_show(quotes: Any) -> QuerySet[Any]:
    """With all that is shown of a quote in a list. The tags on a quote that may be seen may be seen."""
    tags = Tag.objects.standing().select_related("theme", "recommendation__addressee").order_by("theme__position", "pk")
    return quotes.with_source().prefetch_related(Prefetch("tags", tags, to_attr="shown_tags"))


def shown(
    quotes: Iterable[Any], code: str, *, user: Any, theme: int | None = None, recommendation: int | None = None
) -> list[dict[str, Any]]:
    """Quotes as lists show them; the theme or the recommendation of the page itself needs no saying."""
    quotes = list(quotes)
    letter = letters_of([quote.submission for quote in quotes], user)
    return [
        {
            "pk": quote.pk,
            "text": quote.text,
            "speaker": speaker(quote),
            "sector": "" if quote.sector in (UNNAMED, Sector.NOT_KNOWN) else _SECTOR_LABELS[quote.sector],
            "place": _spoken_or_written(quote),
            "citations": citations(quote, letter.get(quote.submission_id, "")),
            "link": reverse("review:quote_words", args=[code, quote.pk]),
            "verdict": quote.said_verdict,
            "url": reverse("review:quote", args=[code, quote.pk]),
            "themes": [_theme(tag, code) for tag in quote.shown_tags if tag.theme_id and tag.theme_id != theme],
            "stances": [
                _stance(tag, code)
                for tag in quote.shown_tags
                if tag.recommendation_id and tag.recommendation_id != recommendation
            ],
        }
        for quote in quotes
    ]


def _spoken_or_written(quote: Quote) -> str:
    if quote.submission_id:
        return f"written evidence {place(quote)}"
    return f"oral evidence, {place(quote)[0].lower()}{place(quote)[1:]}"


def _theme(tag: Tag, code: str) -> dict[str, Any]:
    url = reverse("review:theme", args=[code, tag.theme_id])
    return {"label": f"{tag.theme.number} {tag.theme.title}" if tag.theme else "", "url": url, "tone": ""}


def _stance(tag: Tag, code: str) -> dict[str, Any]:
    recommendation = tag.recommendation
    return {
        "stance": tag.stance,
        "label": recommendation.label if recommendation else "",
        "title": recommendation.title if recommendation else "",
        "url": reverse("review:recommendation", args=[code, tag.recommendation_id]),
    }
