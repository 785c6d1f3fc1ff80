"""A passage cut where quotes and redactions begin and end, so that each stands out where it stands."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

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


def pieces(words: str, quotes: Iterable[Span], redactions: Iterable[Span] = ()) -> list[Piece]:
    """The words of a passage, cut at every place where something begins or ends."""
    quotes, redactions = list(quotes), list(redactions)
    blacks = [match.span() for match in BLACK.finditer(words)]
    cuts = {0, len(words)} | {place for span in blacks for place in span}
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
        made.append(Piece(words[start:end], over, begins, struck))
    return made
