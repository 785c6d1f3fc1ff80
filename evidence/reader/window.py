"""As much of a document as is read at a time: its passages, and the quotes and redactions that touch them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, Q

from evidence.documents.models import Document, Passage, Redaction
from evidence.quotes.citations import citations, letters_of
from evidence.quotes.models import Quote
from evidence.reader.marks import Span, covered, markup, pieces
from evidence.tags.models import Tag
from evidence.transcripts.recording import at_time, clock
from inquiry.words import asked_for, places_of, with_marks

IN_VIEW = 100
LISTED = 30


@dataclass(frozen=True)
class Window:
    """Consecutive passages of a document, each ``marked`` where it is quoted, and what is said of them beside."""

    passages: list[Any]
    total: int
    quotes: list[Any]
    unlisted: int
    redactions: list[Redaction]

    @property
    def first(self) -> int:
        return self.passages[0].position if self.passages else 0

    @property
    def last(self) -> int:
        return self.passages[-1].position if self.passages else 0

    @property
    def questions(self) -> str:
        """The questions in view: "Q14–Q15", or nothing in written evidence."""
        asked = [passage.question for passage in self.passages if passage.question]
        if not asked:
            return ""
        return f"Q{asked[0]}" if asked[0] == asked[-1] else f"Q{asked[0]}–Q{asked[-1]}"

    @property
    def before(self) -> int | None:
        """Where the window before this one begins."""
        return max(1, self.first - IN_VIEW) if self.first > 1 else None

    @property
    def after(self) -> int | None:
        """Where the next window begins."""
        return self.last + 1 if self.last < self.total else None


def _tell_the_turns(passages: list[Any], recording: str) -> None:
    """Where a question begins, where a speaker begins, and where that is in the recording."""
    before: Any = None
    for passage in passages:
        passage.begins_question = bool(passage.question) and (not before or before.question != passage.question)
        passage.names_speaker = passage.speaker and (not before or before.speaker != passage.speaker)
        if passage.time_code is not None:
            passage.said_at = clock(passage.time_code)
            passage.at = at_time(recording, passage.time_code)
        before = passage


def window_of(document: Document, user: Any, *, at: int, recording: str = "", sought: str = "") -> Window:
    """The stretch of the document in which a position lies, as the person may read it, with sought words marked."""
    seen = Passage.objects.visible_to(user).filter(document=document)
    if sought:
        seen = seen.annotate(with_sought=with_marks("words", asked_for(sought)))
    total = seen.order_by("-position").values_list("position", flat=True).first() or 0
    begin = (max(1, min(at, total)) - 1) // IN_VIEW * IN_VIEW + 1
    passages = list(seen.filter(position__gte=begin, position__lt=begin + IN_VIEW).order_by("position"))
    if not passages:
        return Window([], total, [], 0, [])
    places = _quotes_touching(document, user, passages)
    redactions = list(Redaction.objects.visible_to(user).filter(passage__in=[p.pk for p in passages]))
    _mark(passages, places, redactions)
    _tell_the_turns(passages, recording)
    tags = Prefetch("tags", Tag.objects.standing().select_related("theme", "recommendation__addressee").order_by("id"))
    keys = [quote.pk for quote in places[:LISTED]]
    found = Quote.objects.with_source().prefetch_related(tags).in_bulk(keys)
    listed = [found[key] for key in keys if key in found]
    letter = letters_of([quote.submission for quote in listed], user)
    for quote in listed:
        quote.citations = citations(quote, letter.get(quote.submission_id, ""))
    return Window(passages, total, listed, len(places) - len(listed), redactions)


def position_of(document: Document, user: Any, passage: int) -> int:
    """Where in the document a passage stands; its beginning, when the person can't see such a passage."""
    seen = Passage.objects.visible_to(user).filter(document=document, pk=passage)
    return seen.values_list("position", flat=True).first() or 1


def position_of_question(document: Document, user: Any, question: int) -> int:
    """Where a question begins; the document's beginning, where it has no such question."""
    seen = Passage.objects.visible_to(user).filter(document=document, question=question).order_by("position")
    return seen.values_list("position", flat=True).first() or 1


def _quotes_touching(document: Document, user: Any, passages: list[Any]) -> list[Any]:
    """Where the standing quotes are that touch these passages of the document, in the order in which they stand."""
    keys, first, last = [passage.pk for passage in passages], passages[0].position, passages[-1].position
    standing = Quote.objects.visible_to(user).standing().only("id", "first_passage", "start", "last_passage", "end")
    places = standing.annotate(begins=F("first_passage__position"))
    touching = list(places.filter(Q(first_passage__in=keys) | Q(last_passage__in=keys)))
    if first > 1:
        # Few quotes are of more than one passage, and have an index of their own.
        across = places.spanning().filter(first_passage__document=document, first_passage__position__lt=first)
        touching += across.filter(last_passage__position__gt=last)
    return sorted(touching, key=lambda quote: (quote.begins, quote.start, quote.pk))


def _mark(passages: list[Any], quotes: list[Any], redactions: list[Redaction]) -> None:
    """Cuts each passage into pieces where quotes and redactions begin and end."""
    positions = {passage.pk: passage.position for passage in passages}
    first, last = passages[0].position, passages[-1].position
    over: dict[int, list[Any]] = {}
    for quote in quotes:
        begin, end = positions.get(quote.first_passage_id, first), positions.get(quote.last_passage_id, last)
        for position in range(begin, end + 1):
            over.setdefault(position, []).append(quote)
    struck: dict[int, list[Span]] = {}
    for each in redactions:
        struck.setdefault(each.passage_id, []).append(Span(each.start, each.end, each))
    for passage in passages:
        spans = covered(passage, over.get(passage.position, []))
        sought = places_of(getattr(passage, "with_sought", ""))
        passage.marked = markup(pieces(passage.words, spans, struck.get(passage.pk, []), sought))
