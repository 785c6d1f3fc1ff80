"""A table with the columns question, speaker and text, as CSV."""

import csv
import re
from collections.abc import Iterator

from evidence.documents.reading.kinds import Unreadable
from evidence.documents.reading.passages import clean
from evidence.transcripts.reading.building import built
from evidence.transcripts.reading.panels import Lists
from evidence.transcripts.reading.transcript import NOTE, Transcript, Turn

COLUMNS = ("question", "speaker", "text")
NUMBER = re.compile(r"\s*Q?\.?\s*(\d{1,4})(?:\.0+)?\s*", re.IGNORECASE)
BROKEN = "This table can’t be read: a row’s quotation marks are not closed. Save it again as CSV, and send that."
FIELD = 10_000_000


def delimiter(text: str) -> str | None:
    """What parts the columns, when the first line names them."""
    first = next((line for line in text[:2000].splitlines() if line.strip()), "")
    for mark in ",;\t|":
        names = {name.strip().strip('"').strip().casefold() for name in first.split(mark)}
        if {"speaker", "text"} <= names:
            return mark
    return None


def transcript(text: str, mark: str) -> Transcript:
    """The transcript that the table holds, a turn a row.

    A row without a question goes on with the one before it; one without a speaker is the speaker's before it.
    """
    csv.field_size_limit(FIELD)
    notes: list[str] = []
    asked: list[int] = []
    turns = list(_turns(text, mark, asked, notes))
    return built(turns, asked, Lists(), (), notes)


def _turns(text: str, mark: str, asked: list[int], notes: list[str]) -> Iterator[Turn]:
    question: int | None = None
    speaker = ""
    for number, row in _rows(text, mark):
        cell = {name: row.get(name) or "" for name in COLUMNS}
        if not "".join(cell.values()).strip():
            continue
        if cell["question"].strip():
            if match := NUMBER.fullmatch(cell["question"]):
                if int(match[1]) != question:
                    asked.append(int(match[1]))
                question = int(match[1])
            else:
                notes.append(
                    f"Row {number}: “{cell['question'].strip()[:40]}” is no question’s number; it was left out."
                )
        speaker = clean(cell["speaker"]).removesuffix(":").strip() or speaker
        if not cell["text"].strip():
            notes.append(f"Row {number} has no words; it was left out.")
        elif speaker:
            yield Turn(cell["text"], speaker, question)
        else:
            notes.append(f"Row {number} names no speaker; its words are nobody’s.")
            yield Turn(cell["text"], kind=NOTE)


def _rows(text: str, mark: str) -> Iterator[tuple[int, dict[str, str]]]:
    lines = text.lstrip("\r\n \ufeff").splitlines(keepends=True)
    reader = csv.reader(lines, delimiter=mark, strict=True)
    try:
        names = [name.strip().casefold() for name in next(reader)]
        for row in reader:
            yield reader.line_num, dict(zip(names, row, strict=False))
    except csv.Error as error:
        raise Unreadable(BROKEN) from error
