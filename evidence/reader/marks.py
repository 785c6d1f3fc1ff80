"""A passage cut where quotes and redactions begin and end, so that each stands out where it stands."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

BLACK = re.compile("█+")
# A page that is all quotes upon quotes stays readable, and light: more than this many are not told apart.
TOLD_APART = 12


@dataclass(frozen=True)
class Span:
    """What a quote or a redaction covers of one passage, in code points."""

    start: int
    end: int
    of: Any


@dataclass(frozen=True)
class Piece:
    """Words under the same quotes and the same redaction."""

    text: str
    quotes: tuple[int, ...] = ()
    begins: tuple[int, ...] = field(default=())
    redaction: Any = None
    sought: bool = False

    @property
    def is_black(self) -> bool:
        """Whether it was blacked out for the person who reads."""
        return self.text.startswith("█")


def covered(passage: Any, quotes: Iterable[Any]) -> Iterator[Span]:
    """What each quote covers of the passage: from its first place to its last, or what lies between."""
    for quote in quotes:
        begins, ends = quote.first_passage_id == passage.pk, quote.last_passage_id == passage.pk
        start = quote.start if begins else 0
        end = quote.end if ends else len(passage.words)
        if start < end:
            yield Span(start, end, (quote.pk, begins))


def pieces(
    words: str, quotes: Iterable[Span], redactions: Iterable[Span] = (), sought: Iterable[tuple[int, int]] = ()
) -> list[Piece]:
    """The words of a passage, cut at every place where something begins or ends."""
    quotes, redactions, sought = list(quotes), list(redactions), list(sought)
    blacks = [match.span() for match in BLACK.finditer(words)]
    cuts = {0, len(words)} | {place for span in [*blacks, *sought] for place in span}
    cuts |= {place for span in [*quotes, *redactions] for place in (span.start, min(span.end, len(words)))}
    places = sorted(place for place in cuts if place <= len(words))
    waiting = sorted(quotes, key=lambda span: span.start, reverse=True)
    open_now: list[Span] = []
    made = []
    for start, end in itertools.pairwise(places):
        open_now = [span for span in open_now if span.end > start]
        while waiting and waiting[-1].start <= start:
            open_now.append(waiting.pop())
        begins = tuple(span.of[0] for span in open_now if span.start == start and span.of[1])
        struck = next((span.of for span in redactions if span.start <= start < span.end), None)
        over = tuple(span.of[0] for span in open_now[:TOLD_APART])
        found = any(begin <= start < close for begin, close in sought)
        made.append(Piece(words[start:end], over, begins, struck, found))
    return made


def markup(made: Iterable[Piece]) -> SafeString:
    """The pieces as they stand in a page. A template would take most of the time that a long document has to open.

    Nothing but the passage's own characters stands outside ``data-aside``: places are counted in them.
    """
    return format_html_join("", "{}", ((_quoted(piece),) for piece in made))


def _quoted(piece: Piece) -> SafeString:
    words = _redacted(piece)
    if not piece.quotes:
        return words
    if len(piece.quotes) > 1:
        words = format_html("<mark>{}</mark>", words)
    # Several quotes may begin here, and an element has one id.
    first, *others = piece.begins or (None,)
    places = format_html_join("", '<span id="q-{}"></span>', ((pk,) for pk in others))
    name = format_html(' id="q-{}"', first) if first else ""
    over = " ".join(map(str, piece.quotes))
    return format_html('<mark{} data-quotes="{}">{}{}</mark>', name, over, places, words)


def _redacted(piece: Piece) -> SafeString:
    if piece.redaction:
        return format_html(
            '<del class="redacted" title="Redacted: {}">'
            '<span class="visually-hidden" data-aside>redacted: </span>{}</del>',
            piece.redaction.reason,
            piece.text,
        )
    if piece.is_black:
        return format_html(
            '<span class="redacted"><span aria-hidden="true">{}</span>'
            '<span class="visually-hidden" data-aside>redacted</span></span>',
            piece.text,
        )
    return format_html("<u>{}</u>", piece.text) if piece.sought else escape(piece.text)
