"""A transcript's PDF read into turns, by the child process that reads it, beside PDFium giving the PDF's text."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2

from bench.fiction.printed import questions_of, transcript_pdf
from bench.measuring import Amount, Line, Row, grown, side_by_side
from evidence.transcripts.reading.runner import read_in_child

NAME = "transcript-pdf"
TIMES = 10
BUDGET = 3.0


def measure(amount: Amount) -> Iterator[Line]:
    """A transcript, and one ten times as long."""
    few, many = (_measured(turns, amount.repeats) for turns in (amount.turns, TIMES * amount.turns))
    yield from (few, many, grown(NAME, few, many, TIMES))


def _measured(turns: int, repeats: int) -> Line:
    data = transcript_pdf(turns)
    reading = read_in_child(data)
    # Where a page ends with a sentence, nothing tells whether the next one is a paragraph of its own.
    if reading.last_question != questions_of(turns) or len(reading.turns) < turns or reading.missing_questions:
        raise AssertionError(f"{turns} turns were printed, and others read.")
    ours, theirs = side_by_side(lambda: read_in_child(data), lambda: _text(data), repeats)
    return Line(NAME, f"{turns:,} turns read from PDF", ours, "pypdfium2 reading its text", theirs, BUDGET)


def _text(data: bytes) -> None:
    """The text of every page, and nothing else."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text_page = page.get_textpage()
        text_page.get_text_range()
        text_page.close()
        page.close()
    document.close()


ROW = Row(NAME, measure)
