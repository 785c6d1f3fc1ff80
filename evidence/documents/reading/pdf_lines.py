"""The lines of a PDF, each with where it stands on its page; everything above this file is ours, below is PDFium."""

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from evidence.documents.reading.kinds import BROKEN_PDF, LOCKED_PDF, Unreadable

# PDFium writes this for a hyphen at the end of a line, and leaves out the line break.
LINE_END_HYPHEN = "\ufffe"
LONGEST_FONT = 128
LINE = re.compile(f"[^\r\n{LINE_END_HYPHEN}]+")


@dataclass(slots=True)
class Line:
    """One line of a page: its text, its edges in points from the page's lower left corner, and its type.

    It is bold when it begins and ends in bold; it is marked when it begins in bold or italics, as speakers' names are.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    hyphen: bool = False
    marked: bool = False


@dataclass(slots=True)
class Page:
    """A page's lines in reading order."""

    number: int
    width: float
    height: float
    lines: list[Line]


def pages(data: bytes, progress: Callable[[int, str], None]) -> Iterator[Page]:
    """Every page of a PDF, opened one after the other; a page that is broken counts as one without text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise Unreadable(LOCKED_PDF if locked else BROKEN_PDF) from error
    count = len(document)
    every = max(1, count // 50)
    for index in range(count):
        if index % every == 0:
            progress(5 + 80 * index // count, f"Reading page {index + 1} of {count}")
        yield _page(document, index)


def _page(document: pypdfium2.PdfDocument, index: int) -> Page:
    try:
        page = document[index]
        width, height = page.get_size()
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return Page(index + 1, 0.0, 0.0, [])
    lines = list(_lines(text_page))
    text_page.close()
    page.close()
    return Page(index + 1, width, height, _joined(lines))


def _lines(text_page: pypdfium2.PdfTextPage) -> Iterator[Line]:
    text = text_page.get_text_range()
    asked = _Asked(text_page.raw)
    for found in LINE.finditer(text):
        hyphen = text[found.end() : found.end() + 1] == LINE_END_HYPHEN
        if line := _line(asked, text, found.start(), found.end(), hyphen):
            yield line


class _Asked:
    """What PDFium is asked of the characters of a page; each answer is written over the one before."""

    def __init__(self, handle: object) -> None:
        self.handle = handle
        self.box, self.end_box = pdfium.FS_RECTF(), pdfium.FS_RECTF()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.name, self.flags = ctypes.create_string_buffer(LONGEST_FONT), ctypes.c_int()

    def at(self, place: int) -> int:
        """The character's own number, by its place in the text."""
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self.handle, place))

    def font(self, character: int) -> bytes:
        """The name of the font of a character, in lower case."""
        length = pdfium.FPDFText_GetFontInfo(self.handle, character, self.name, LONGEST_FONT, self.flags)
        return self.name.value.lower() if 0 < length <= LONGEST_FONT else b""


def _line(asked: _Asked, text: str, start: int, end: int, hyphen: bool) -> Line | None:
    words = text[start:end]
    stripped = words.strip()
    if not stripped:
        return None
    first = asked.at(start + len(words) - len(words.lstrip()))
    last = asked.at(start + len(words.rstrip()) - 1)
    box, end_box = asked.box, asked.end_box
    pdfium.FPDFText_GetLooseCharBox(asked.handle, first, box)
    pdfium.FPDFText_GetLooseCharBox(asked.handle, last, end_box)
    pdfium.FPDFText_GetCharOrigin(asked.handle, first, asked.x, asked.y)
    size = max(box.top - box.bottom, end_box.top - end_box.bottom)
    font = asked.font(first)
    bold = _is_bold(font)
    marked = bold or b"italic" in font or b"oblique" in font
    bold = bold and _is_bold(asked.font(last))
    return Line(stripped, box.left, end_box.right, asked.y.value, round(size, 1), bold, hyphen, marked)


def _is_bold(font: bytes) -> bool:
    return b"bold" in font or b"black" in font or b"heavy" in font


def _joined(lines: list[Line]) -> list[Line]:
    """Pieces that stand side by side on one baseline (a number in the margin and its text) are one line."""
    kept: list[Line] = []
    for line in lines:
        above = kept[-1] if kept else None
        if above and abs(above.baseline - line.baseline) < 1.5 and line.left >= above.right - 1 and not above.hyphen:
            above.text = f"{above.text} {line.text}"
            above.right, above.hyphen = line.right, line.hyphen
            above.size, above.bold = max(above.size, line.size), above.bold and line.bold
        else:
            kept.append(line)
    return kept
