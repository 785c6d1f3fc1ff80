"""The child process that opens a file: bytes on standard input, one JSON object a line on standard output.

Whatever a hostile file does to a reader, it does in here, under limits, and not in the worker.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from evidence.documents.reading import mail, ocr, odt, pdf, plain, rtf, web, word
from evidence.documents.reading.child import limit_self, progress, say
from evidence.documents.reading.kinds import SCAN, Kind, Unreadable
from evidence.documents.reading.passages import Attached, Draft, finish

Found = tuple[Iterable[Draft], Sequence[str]]


def main(kind: Kind, folder: Path) -> None:
    """Read one document, saying how far it is, then its passages and notes; what came with it goes to the folder."""
    limit_self()
    try:
        data = sys.stdin.buffer.read()
        drafts: Iterable[Draft]
        notes: Sequence[str]
        attached: list[Attached] = []
        if kind is Kind.EML:
            progress(10, "Opening the message")
            drafts, notes, attached = mail.opened(data)
        else:
            drafts, notes = _drafts(kind, data, folder)
        reading = finish(drafts, notes, numbers_matter=not attached)
    except Unreadable as refusal:
        say(unreadable=refusal.sentence)
        return
    progress(95, "Numbering paragraphs")
    for passage in reading.passages:
        say(passage=asdict(passage))
    for place, each in enumerate(attached):
        (folder / str(place)).write_bytes(each.data)
        say(attached=each.name, place=place)
    say(notes=reading.notes)


def _drafts(kind: Kind, data: bytes, folder: Path) -> Found:
    if kind is Kind.PDF:
        return _pdf(data, folder)
    progress(10, "Reading the text")
    return READERS[kind](data)


def _pdf(data: bytes, folder: Path) -> Found:
    try:
        return pdf.drafts(data, progress)
    except Unreadable as refusal:
        if refusal.sentence != SCAN or not ocr.program():
            raise
    say(longer=True)
    with_words = ocr.recognised(data, folder, progress)
    try:
        drafts, notes = pdf.drafts(with_words, progress)
    except Unreadable as refusal:
        raise Unreadable(ocr.NOT_RECOGNISED) from refusal
    return drafts, [ocr.RECOGNISED, *notes]


READERS: dict[Kind, Callable[[bytes], Found]] = {
    Kind.DOCX: lambda data: (word.drafts(data), []),
    Kind.ODT: odt.drafts,
    Kind.RTF: rtf.drafts,
    Kind.HTML: lambda data: (web.page_drafts(web.page_text(data)), []),
    Kind.MARKDOWN: lambda data: (web.markdown_drafts(plain.decode(data) or ""), []),
    Kind.TEXT: lambda data: (plain.drafts(plain.decode(data) or ""), []),
}


if __name__ == "__main__":
    main(Kind(sys.argv[1]), Path(sys.argv[2]))
