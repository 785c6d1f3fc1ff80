"""The child process that opens a file: bytes on standard input, one JSON object a line on standard output.

Whatever a hostile file does to a reader, it does in here, under limits, and not in the worker.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict

from evidence.documents.reading import pdf, plain, word
from evidence.documents.reading.child import limit_self, progress, say
from evidence.documents.reading.kinds import Kind, Unreadable
from evidence.documents.reading.passages import Draft, finish


def main(kind: Kind) -> None:
    """Read one document, saying how far it is, then its passages and notes."""
    limit_self()
    try:
        drafts, notes = _drafts(kind, sys.stdin.buffer.read(), progress)
        reading = finish(drafts, notes)
    except Unreadable as refusal:
        say(unreadable=refusal.sentence)
        return
    progress(95, "Numbering paragraphs")
    for passage in reading.passages:
        say(passage=asdict(passage))
    say(notes=reading.notes)


def _drafts(kind: Kind, data: bytes, progress: Callable[[int, str], None]) -> tuple[Iterable[Draft], list[str]]:
    if kind is Kind.PDF:
        return pdf.drafts(data, progress)
    progress(10, "Reading the text")
    if kind is Kind.DOCX:
        return word.drafts(data), []
    return plain.drafts(plain.decode(data) or ""), []


if __name__ == "__main__":
    main(Kind(sys.argv[1]))
