"""As much of a document as is read at a time: its passages, the quotes that touch them, and what lies around."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q

from evidence.documents.models import Document, Passage, Redaction
from evidence.quotes.models import Quote
from evidence.reader.marks import Span, covered, pieces

IN_VIEW = 100


@dataclass(frozen=True)
class Window:
    """Consecutive passages of a document, each with its words cut into ``pieces``."""

    document: Document
    passages: list[Any]
    last_position: int

    @property
    def first(self) -> int:
        return self.passages[0].position if self.passages else 1

    @property
    def last(self) -> int:
        return self.passages[-1].position if self.passages else 0

    @property
    def before(self) -> int | None:
        """Where the window before this one begins."""
        return max(1, self.first - IN_VIEW) if self.first > 1 else None

    @property
    def after(self) -> int | None:
        """Where the next window begins."""
        return self.last + 1 if self.passages and self.last < self.last_position else None


def window_of(document: Document, user: Any, *, begin: int = 1) -> Window:
    """The passages that the person may see from a place in the document on, with quotes and redactions marked."""
    seen = Passage.objects.visible_to(user).filter(document=document)
    passages = list(seen.filter(position__gte=begin).order_by("position")[:IN_VIEW])
    last = seen.aggregate(last=Max("position"))["last"] or 0
    mark(passages, user)
    return Window(document, passages, last)


def begin_at(document: Document, user: Any, passage: int) -> int | None:
    """Where the window begins in which a passage stands."""
    place = Passage.objects.visible_to(user).filter(document=document, pk=passage).values_list("position", flat=True)
    position = place.first()
    return None if position is None else (position - 1) // IN_VIEW * IN_VIEW + 1


def mark(passages: list[Any], user: Any) -> None:
    """Cuts each passage into pieces, at the quotes and the redactions that the person may see."""
    if not passages:
        return
    quotes = list(quotes_within(passages, user).only("id", "first_passage", "start", "last_passage", "end"))
    redactions: dict[int, list[Span]] = {}
    for each in Redaction.objects.visible_to(user).filter(passage__in=[p.pk for p in passages]):
        redactions.setdefault(each.passage_id, []).append(Span(each.start, each.end, each))
    places = {passage.pk: passage.position for passage in passages}
    first, last = passages[0].position, passages[-1].position
    begun: dict[int, list[Any]] = {}
    for quote in quotes:
        for position in range(places.get(quote.first_passage_id, first), places.get(quote.last_passage_id, last) + 1):
            begun.setdefault(position, []).append(quote)
    for passage in passages:
        over = covered(passage, begun.get(passage.position, []))
        passage.pieces = pieces(passage.words, over, redactions.get(passage.pk, []))


def quotes_within(passages: list[Any], user: Any) -> Any:
    """The standing quotes that touch any of these consecutive passages, in the order in which they stand."""
    first, last = passages[0], passages[-1]
    here = Q(first_passage__position__lte=last.position, last_passage__position__gte=first.position)
    return (
        Quote.objects.visible_to(user)
        .standing()
        .filter(here, first_passage__document=first.document_id)
        .order_by("first_passage__position", "start", "id")
    )
