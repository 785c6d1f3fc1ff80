"""The child process that opens a file: bytes on standard input, one JSON object a line on standard output.

Whatever a hostile file does to a reader, it does in here, under limits, and not in the worker. Only the reader that is
needed is imported: to import them all takes longer than to read a letter.
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

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
            from evidence.documents.reading import mail

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
    match kind:
        case Kind.DOCX:
            from evidence.documents.reading import word

            return word.drafts(data), []
        case Kind.ODT:
            from evidence.documents.reading import odt

            return odt.drafts(data)
        case Kind.RTF:
            from evidence.documents.reading import rtf

            return rtf.drafts(data)
        case Kind.HTML:
            from evidence.documents.reading import web

            return web.page_drafts(web.page_text(data)), []
        case Kind.MARKDOWN:
            from evidence.documents.reading import plain, web

            return web.markdown_drafts(plain.decode(data) or ""), []
    from evidence.documents.reading import plain

    return plain.drafts(plain.decode(data) or ""), []


def _pdf(data: bytes, folder: Path) -> Found:
    from evidence.documents.reading import ocr, pdf

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


if __name__ == "__main__":
    main(Kind(sys.argv[1]), Path(sys.argv[2]))
