"""As much of a document as is read at a time: its passages, and the quotes and redactions that touch them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accounts.statements import Statement, among, compiled, kept_for, number_given, records_kept_for
from evidence.documents.models import Passage, Redaction
from evidence.quotes.models import Quote
from evidence.reader.beside import listed
from evidence.reader.marks import Place, Span, covered, markup, pieces
from evidence.reader.source import Source
from evidence.transcripts.recording import at_time, clock
from inquiry.words import asked_for, places_of, with_marks

IN_VIEW = 100
# As many as a list of quotes has on a page; the others are marked in the text.
LISTED = 20
# What a page shows of a passage, beside its words.
SHOWN = ("document", "position", "kind", "number", "question", "speaker", "time_code")


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
        timed = passage.time_code is not None
        passage.said_at = clock(passage.time_code) if timed else ""
        passage.at = at_time(recording, passage.time_code) if timed else ""
        before = passage


def window_of(document: Any, source: Source, user: Any, *, at: int, sought: str = "") -> Window:
    """The stretch of the document in which a position lies, as the person may read it, with sought words marked.

    They may see the document, which knows its ``length``.
    """
    begin = (max(1, min(at, document.length)) - 1) // IN_VIEW * IN_VIEW + 1
    passages = _passages(document, user, begin, sought)
    if not passages:
        return Window([], document.length, [], 0, [])
    places = _quotes_touching(document, source, user, passages)
    for passage in passages:
        passage.document = document
    redactions = records_kept_for(
        user,
        "redactions",
        lambda: Redaction.objects.visible_to(user).filter(among("passages", "passage")),
        passages=[passage.pk for passage in passages],
    )
    _mark(passages, places, redactions)
    _tell_the_turns(passages, source.recording)
    quotes = listed([place.pk for place in places[:LISTED]], document, source, user, passages)
    return Window(passages, document.length, quotes, len(places) - len(quotes), redactions)


def _passages(document: Any, user: Any, begin: int, sought: str) -> list[Any]:
    """The passages of a window that begins there."""

    def read(of: Any, first: Any, last: Any) -> Any:
        seen = Passage.objects.filter(document=of, position__gte=first, position__lte=last).as_read_by(user)
        return seen.order_by("position")

    if sought:
        seen = read(document, begin, begin + IN_VIEW - 1)
        return list(seen.annotate(with_sought=with_marks("words", asked_for(sought))).only(*SHOWN))
    given = (number_given(name) for name in ("document", "first", "last"))
    around = {"document": document.pk, "first": begin, "last": begin + IN_VIEW - 1}
    return records_kept_for(user, "passages in view", lambda: read(*given).only(*SHOWN), **around)


def position_of(document: Any, passage: int) -> int:
    """Where in the document a passage stands; its beginning, when it has no such passage."""
    return document.passages.filter(pk=passage).values_list("position", flat=True).first() or 1


def position_of_question(document: Any, question: int) -> int:
    """Where a question begins; the document's beginning, where it has no such question."""
    asked = document.passages.filter(question=question).order_by("position")
    return asked.values_list("position", flat=True).first() or 1


def _quotes_touching(document: Any, source: Source, user: Any, passages: list[Any]) -> list[Place]:
    """Where the standing quotes are that touch these passages of the document, in the order in which they stand."""
    at = {passage.pk: passage.position for passage in passages}
    touches, spans = kept_for(user, ("touching", bool(source.submission)), lambda: _touching(user, source))
    asked = {"submission": source.submission.pk if source.submission else None, "document": document.pk}
    found = touches.rows(first=min(at), last=max(at), **asked)
    touching = [place for place in map(Place._make, found) if place.first_passage in at or place.last_passage in at]
    if passages[0].position > 1:
        around = {"first": passages[0].position, "last": passages[-1].position}
        touching += map(Place._make, spans.rows(**around, **asked))
    # Those that begin earlier come first.
    return sorted(
        touching, key=lambda place: (at.get(place.first_passage, 0), place.first_passage, place.start, place.pk)
    )


def _touching(user: Any, source: Source) -> tuple[Statement, Statement]:
    """The standing quotes that touch a stretch of a document: that begin or end in it, and that span it.

    Keys of a document's passages lie together, so a stretch of them is quicker to ask for than each of a hundred. Few
    quotes are of more than one passage, and have an index of their own.
    """
    of = number_given("submission") if source.submission else None
    standing = Quote.objects.visible_to(user, submission=of).standing().order_by().values_list(*Place._fields)
    first, last = number_given("first"), number_given("last")
    touches = Q(first_passage__pk__range=(first, last)) | Q(last_passage__pk__range=(first, last))
    around = {"first_passage__position__lt": first, "last_passage__position__gt": last}
    spans = standing.spanning().filter(first_passage__document=number_given("document"), **around)
    none = ", ".join(["NULL"] * len(Place._fields))
    return compiled(standing.filter(touches), none=none), compiled(spans, none=none)


def _mark(passages: list[Any], quotes: list[Place], redactions: list[Redaction]) -> None:
    """Cuts each passage into pieces where quotes and redactions begin and end."""
    positions = {passage.pk: passage.position for passage in passages}
    first, last = passages[0].position, passages[-1].position
    over: dict[int, list[Place]] = {}
    for quote in quotes:
        begin, end = positions.get(quote.first_passage, first), positions.get(quote.last_passage, last)
        for position in range(begin, end + 1):
            over.setdefault(position, []).append(quote)
    struck: dict[int, list[Span]] = {}
    for each in redactions:
        struck.setdefault(each.passage_id, []).append(Span(each.start, each.end, each))
    for passage in passages:
        spans = covered(passage, over.get(passage.position, []))
        sought = places_of(getattr(passage, "with_sought", ""))
        passage.marked = markup(pieces(passage.words, spans, struck.get(passage.pk, []), sought))
