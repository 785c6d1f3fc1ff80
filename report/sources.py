"""The texts that the quotes of an appendix are from, and where in them the quotes stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from evidence.documents.models import Passage
from evidence.quotes.citations import cite_session
from evidence.quotes.rows import Place, QuoteRow
from evidence.transcripts.models import Part
from report import structure as printed
from report.material import Material, source_of

BETWEEN = "\n\n"


def sources(material: Material) -> tuple[printed.Source, ...]:
    """Each document that a printed quote is from, as everybody may read it; quotes without one, by their session.

    Redacted words are blacked out, and of a transcript there are the parts whose panels were heard openly.
    """
    quoted: dict[int, list[QuoteRow]] = defaultdict(list)
    spoken: dict[int, list[QuoteRow]] = defaultdict(list)
    for quote in material.quotes.values():
        if quote.document_id:
            quoted[quote.document_id].append(quote)
        elif quote.panel:
            spoken[quote.panel.session_id].append(quote)
    return (*_documents(material, quoted), *map(_session, spoken.values()))


def _documents(material: Material, quoted: dict[int, list[QuoteRow]]) -> Iterator[printed.Source]:
    passages: dict[int, list[Passage]] = defaultdict(list)
    open_to_all = Passage.objects.filter(document__in=quoted).filter(_open_parts(material))
    for passage in open_to_all.order_by("document_id", "position").defer("received_text"):
        passages[passage.document_id].append(passage)
    for document, quotes in quoted.items():
        yield _document(document, passages[document], quotes)


def _open_parts(material: Material) -> Q:
    """Passages of written evidence, and of the panels that a report may name."""
    parts = Part.objects.visible_to(material.by).filter(
        transcript__document=OuterRef("document"),
        panel__in=list(material.heard),
        first_position__lte=OuterRef("position"),
        last_position__gte=OuterRef("position"),
    )
    return Q(document__transcript=None) | Q(Exists(parts))


def _document(key: int, passages: list[Passage], quotes: list[QuoteRow]) -> printed.Source:
    begins: dict[int, int] = {}
    pieces, length = [], 0
    for passage in passages:
        who = printed.printable(f"{passage.speaker}: ") if passage.speaker else ""
        begins[passage.pk] = length + len(who)
        pieces.append(f"{who}{printed.printable(passage.open_text)}")
        length += len(pieces[-1]) + len(BETWEEN)
    words = {passage.pk: passage.open_text for passage in passages}

    def place(passage: Place, offset: int | None) -> int:
        """Where a place in a passage is in the whole, from which what no document can hold is taken out."""
        return begins[passage.pk] + len(printed.printable(words[passage.pk][:offset]))

    return printed.Source(
        key=f"document-{key}",
        name=_named(quotes[0]),
        text=BETWEEN.join(pieces),
        marked=tuple(
            printed.Marked(
                f"quote-{quote.pk}",
                place(quote.first_passage, quote.start),
                place(quote.last_passage, quote.end),
            )
            for quote in quotes
            if quote.first_passage and quote.last_passage
            if quote.first_passage.pk in begins and quote.last_passage.pk in begins
        ),
        holds=_held_in(quotes),
        reference=quotes[0].submission.reference if quotes[0].submission else "",
    )


def _session(quotes: list[QuoteRow]) -> printed.Source:
    """A session of which no transcript is kept: its quotes, one under the other."""
    marked, length = [], 0
    texts = [printed.printable(quote.text) for quote in quotes]
    for quote, text in zip(quotes, texts, strict=True):
        marked.append(printed.Marked(f"quote-{quote.pk}", length, length + len(text)))
        length += len(text) + len(BETWEEN)
    key = f"session-{quotes[0].session.pk}"
    return printed.Source(key, _named(quotes[0]), BETWEEN.join(texts), tuple(marked), _held_in(quotes))


def _held_in(quotes: list[QuoteRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(source_of, quotes)))


def _named(quote: QuoteRow) -> str:
    if quote.submission:
        return f"{quote.submission.reference} {quote.submission.printed_submitters}"
    return cite_session(quote.session)
