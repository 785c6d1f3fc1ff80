"""The quotes that are listed beside a document, each with all that is said of it there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from unicodedata import combining

from accounts.statements import among, records_kept_for
from evidence.quotes.citations import citations
from evidence.quotes.models import Quote
from evidence.reader.source import Source
from evidence.tags.bearing import bearing_of
from inquiry.addresses import addresses
from inquiry.models.records import all_of

SHOWN = 160
# What is shown of a quote, and what a citation says of a passage.
LISTED = ("inquiry", "text", "verdict", "panel", "appearance", "submission", "first_passage", "last_passage")
CITED = ("document", "number", "question", "speaker")


def listed(keys: Sequence[int], document: Any, source: Source, user: Any, passages: Iterable[Any]) -> list[Any]:
    """The quotes of these keys, each with its ``beginning``, ``bearing``, ``citations``, ``page``, and ``link``.

    ``passages`` are those of the document in view.
    """
    heard = bool(source.transcript)
    read = records_kept_for(None, ("quotes beside", heard), lambda: _quotes(heard=heard), keys=list(keys))
    found = {quote.pk: quote for quote in all_of(read, document.inquiry)}
    _set_in_place(found.values(), document, source, passages)
    letter = source.letter(user) if found else ""
    bearing = bearing_of(found)
    page, link = (addresses(name, document.inquiry.code) for name in ("review:quote", "review:quote_words"))
    for pk, quote in found.items():
        quote.beginning, quote.bearing = _beginning(quote.text), bearing[pk]
        quote.citations, quote.page, quote.link = citations(quote, letter), page(pk), link(pk)
    return [found[key] for key in keys if key in found]


def _quotes(*, heard: bool) -> Any:
    quotes = Quote.objects.filter(among("keys")).only(*LISTED).order_by()
    if heard:
        return quotes.select_related("panel__session", "appearance__witness", "appearance__organisation")
    return quotes


def _set_in_place(quotes: Iterable[Any], document: Any, source: Source, passages: Iterable[Any]) -> None:
    """Gives quotes what they are from: a submission, and a passage, is one object for all quotes of it."""
    known = {passage.pk: passage for passage in passages}
    ends = {pk for quote in quotes for pk in (quote.first_passage_id, quote.last_passage_id)}
    known |= document.passages.only(*CITED).in_bulk(ends - known.keys())
    for quote in quotes:
        quote.submission = source.submission
        quote.first_passage, quote.last_passage = known[quote.first_passage_id], known[quote.last_passage_id]


def _beginning(text: str) -> str:
    """As much of a quote as is read beside its document; the last letter keeps its accents."""
    if len(text) <= SHOWN:
        return text
    end = SHOWN - 1
    while end and combining(text[end]):
        end -= 1
    return f"{text[:end]}…"
