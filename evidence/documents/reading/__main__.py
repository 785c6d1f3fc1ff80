"""The child process that opens a file: bytes on standard input, one JSON object a line on standard output.

Whatever a hostile file does to a reader, it does in here, under limits, and not in the worker.
"""

import json
import resource
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict

from evidence.documents.reading import pdf, plain, word
from evidence.documents.reading.kinds import Kind, Unreadable
from evidence.documents.reading.passages import Draft, finish

SECONDS = 100
BYTES = 2 << 30


def main(kind: Kind) -> None:
    """Read one document, saying how far it is, then its passages and notes."""
    _limit(resource.RLIMIT_CPU, SECONDS)
    # Memory that is written to, and not addresses: pandoc, which runs below, reserves a terabyte of those.
    _limit(resource.RLIMIT_DATA, BYTES)
    _limit(resource.RLIMIT_CORE, 0)
    try:
        drafts, notes = _drafts(kind, sys.stdin.buffer.read(), _progress)
        reading = finish(drafts, notes)
    except Unreadable as refusal:
        _say(unreadable=refusal.sentence)
        return
    _progress(95, "Numbering paragraphs")
    for passage in reading.passages:
        _say(passage=asdict(passage))
    _say(notes=reading.notes)


def _drafts(kind: Kind, data: bytes, progress: Callable[[int, str], None]) -> tuple[Iterable[Draft], list[str]]:
    if kind is Kind.PDF:
        return pdf.drafts(data, progress)
    progress(10, "Reading the text")
    if kind is Kind.DOCX:
        return word.drafts(data), []
    return plain.drafts(plain.decode(data) or ""), []


def _limit(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def _progress(percent: int, what: str) -> None:
    _say(progress=[percent, what])


def _say(**line: object) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")
    if "progress" in line:
        sys.stdout.flush()


if __name__ == "__main__":
    main(Kind(sys.argv[1]))
