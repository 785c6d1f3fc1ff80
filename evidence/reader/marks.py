"""A passage cut where quotes and redactions begin and end, so that each stands out where it stands."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, NamedTuple

from django.utils.safestring import SafeString, mark_safe

BLACK = re.compile("█+")
# A page that is all quotes upon quotes stays readable, and light: more than this many are not told apart.
TOLD_APART = 12


class Place(NamedTuple):
    """Where the words of a quote stand: the first passage, from where in it, and the last, up to where in that."""

    pk: int
    first_passage: int
    start: int
    last_passage: int
    end: int


class Span(NamedTuple):
    """What a quote or a redaction covers of one passage, in code points."""

    start: int
    end: int
    of: Any


class Piece(NamedTuple):
    """Words under the same quotes and the same redaction."""

    text: str
    quotes: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    redaction: Any = None
    sought: bool = False

    @property
    def is_black(self) -> bool:
        """Whether it was blacked out for the person who reads."""
        return self.text.startswith("█")


def covered(passage: Any, quotes: Iterable[Place]) -> Iterator[Span]:
    """What each quote covers of the passage: from its first place to its last, or what lies between."""
    pk, length = passage.pk, len(passage.words)
    for quote in quotes:
        begins = quote.first_passage == pk
        start = quote.start if begins else 0
        end = quote.end if quote.last_passage == pk else length
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
        begins = tuple([span.of[0] for span in open_now if span.start == start and span.of[1]])
        over = tuple([span.of[0] for span in open_now[:TOLD_APART]])
        struck = next((span.of for span in redactions if span.start <= start < span.end), None) if redactions else None
        found = bool(sought) and any(begin <= start < close for begin, close in sought)
        made.append(Piece(words[start:end], over, begins, struck, found))
    return made


def markup(made: Iterable[Piece]) -> SafeString:
    """The pieces as they stand in a page. A template would take most of the time that a long document has to open.

    Nothing but the passage's own characters stands outside ``data-aside``: places are counted in them.
    """
    # Each part of it is escaped below.
    return mark_safe("".join(map(_quoted, made)))  # noqa: S308


def _quoted(piece: Piece) -> str:
    words = _redacted(piece)
    if not piece.quotes:
        return words
    if len(piece.quotes) > 1:
        words = f"<mark>{words}</mark>"
    # Several quotes may begin here, and an element has one id.
    first, *others = piece.begins or (None,)
    places = "".join([f'<span id="q-{pk}"></span>' for pk in others])
    name = f' id="q-{first}"' if first else ""
    return f'<mark{name} data-quotes="{" ".join(map(str, piece.quotes))}">{places}{words}</mark>'


def _redacted(piece: Piece) -> str:
    words = escape(piece.text)
    if piece.redaction:
        return (
            f'<del class="redacted" title="Redacted: {escape(piece.redaction.reason)}">'
            f'<span class="visually-hidden" data-aside>redacted: </span>{words}</del>'
        )
    if piece.is_black:
        return (
            f'<span class="redacted"><span aria-hidden="true">{words}</span>'
            '<span class="visually-hidden" data-aside>redacted</span></span>'
        )
    return f"<u>{words}</u>" if piece.sought else words
