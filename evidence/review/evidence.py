"""Pieces of evidence as pages show them: words, whose they are, where they stand, and what they bear on."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from typing import Any

from django.core.paginator import Page
from django.db.models import F, QuerySet

from accounts.roles import Verb, may
from accounts.statements import among, records_kept_for
from evidence.notes.reading import marks_on
from evidence.quotes.citations import citations, letters_of, place, speaker
from evidence.quotes.models import Listed, Quote
from evidence.review.voices import SECTORS, UNNAMED
from evidence.submissions.at_hand import submissions
from evidence.tags.bearing import bearing_of
from evidence.witnesses.models import Sector
from inquiry.addresses import addresses
from inquiry.lists import page_of
from inquiry.models import Inquiry
from inquiry.models.records import all_of

_SECTOR_LABELS = dict(SECTORS)

# As many as somebody reads before they stop; each is drawn with its marks, tags and citations.
ON_A_PAGE = 20
AS_HEARD = ("place",)
RESIDENTS_FIRST = ("later", *AS_HEARD)


def quotes_of(user: Any, inquiry: Inquiry) -> QuerySet[Any]:
    """The quotes that the person may see and that stand, each with whose voice it is and where it was heard.

    That is ``sector`` and ``heard_at``, and ``later`` and ``place``, by which lists are sorted.
    """
    seen = Quote.objects.visible_to(user).filter(inquiry=inquiry).standing()
    return seen.annotate(
        heard_at=F("listed__heard_at"), place=F("listed__place"), **known_to(user, inquiry, "listed__")
    )


def listed_of(user: Any, inquiry: Inquiry) -> QuerySet[Any]:
    """The same quotes as the rows that lists are sorted, narrowed and counted by; each has the key of its quote."""
    seen = Listed.objects.visible_to(user).filter(inquiry=inquiry, standing=True)
    return seen.annotate(**known_to(user, inquiry))


def known_to(user: Any, inquiry: Inquiry, path: str = "") -> dict[str, F]:
    """``sector`` and ``later`` of quotes as lists have them, as far as the person may know who wrote what."""
    told = "known" if may(user, Verb.SEE_UNPUBLISHED, inquiry) else "open"
    return {"sector": F(f"{path}sector_{told}"), "later": F(f"{path}later_{told}")}


def page_of_quotes(rows: QuerySet[Any] | Sized, request: Any, *, count: int | None = None) -> Page[Any]:
    """The page that the address asks for, of ``quotes_of`` or ``listed_of`` in some order, with all that is shown.

    Which quotes stand on it is asked first, so that only theirs is read of all that is shown; or they are given, each
    with its sector.
    """
    keys: Any = rows
    if isinstance(rows, QuerySet):
        keys = rows.values_list("pk", "sector")
    else:
        count = len(rows)
    page = page_of(keys, request, count=count, size=ON_A_PAGE)
    page.object_list = quotes_with_sector(page.object_list, request.inquiry)
    return page


def quotes_with_sector(rows: Iterable[tuple[int, str]], inquiry: Inquiry) -> list[Any]:
    """The quotes of these keys in this order, with all that is shown of them, each with the sector beside its key."""
    sectors = dict(rows)
    read = records_kept_for(None, "quotes of a list", lambda: of_a_list(Quote.objects), keys=list(sectors))
    found = {quote.pk: quote for quote in with_source_in(inquiry, read)}
    for pk, quote in found.items():
        quote.sector = sectors[pk]
    return [found[pk] for pk in sectors if pk in found]


def of_a_list(quotes: Any) -> Any:
    """Those of them whose ``keys`` are given, with what they are from but for submissions (``with_source_in``)."""
    return quotes.filter(among("keys")).with_source(but=["inquiry", "taken_by"]).order_by()


def with_source_in(inquiry: Inquiry, quotes: Iterable[Any]) -> list[Any]:
    """Quotes of this inquiry with the submissions that they are from; both have the inquiry at hand."""
    found = all_of(quotes, inquiry)
    written = submissions({quote.submission_id for quote in found} - {None}, inquiry)
    for quote in found:
        if quote.submission_id:
            quote.submission = written[quote.submission_id]
    return found


def shown(
    quotes: Iterable[Any], code: str, *, user: Any, theme: int | None = None, recommendation: int | None = None
) -> list[dict[str, Any]]:
    """Quotes as lists show them; the theme or the recommendation of the page itself needs no saying."""
    quotes = list(quotes)
    letter = letters_of([quote.submission for quote in quotes], user)
    marks = marks_on(user, "quote", [quote.pk for quote in quotes])
    words = addresses("review:quote_words", code)
    return [
        brief
        | {
            "marks": marks[quote.pk],
            "sector": "" if quote.sector in (UNNAMED, Sector.NOT_KNOWN) else _SECTOR_LABELS[quote.sector],
            "citations": citations(quote, letter.get(quote.submission_id, "")),
            "link": words(quote.pk),
        }
        for quote, brief in zip(quotes, in_brief(quotes, code, theme=theme, recommendation=recommendation), strict=True)
    ]


def in_brief(
    quotes: Iterable[Any], code: str, *, theme: int | None = None, recommendation: int | None = None
) -> list[dict[str, Any]]:
    """Quotes as they stand among other evidence: whose words they are, where from, and what they bear on."""
    quotes = list(quotes)
    bearing = bearing_of([quote.pk for quote in quotes])
    page = addresses("review:quote", code)
    of_a_theme, of_a_recommendation = addresses("review:theme", code), addresses("review:recommendation", code)
    return [
        {
            "pk": quote.pk,
            "text": quote.text,
            "speaker": speaker(quote),
            "place": _spoken_or_written(quote),
            "verdict": quote.said_verdict,
            "url": page(quote.pk),
            "bearing": bearing[quote.pk],
            "themes": [
                {"label": tag.label, "url": of_a_theme(tag.theme)}
                for tag in bearing[quote.pk]
                if tag.theme and tag.theme != theme
            ],
            "stances": [
                {"stance": tag.stance, "label": tag.label, "title": tag.title}
                | {"url": of_a_recommendation(tag.recommendation)}
                for tag in bearing[quote.pk]
                if tag.recommendation and tag.recommendation != recommendation
            ],
        }
        for quote in quotes
    ]


def _spoken_or_written(quote: Quote) -> str:
    where = place(quote)
    return f"written evidence {where}" if quote.submission_id else f"oral evidence, {where[0].lower()}{where[1:]}"
