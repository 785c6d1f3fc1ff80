"""Plain text: its encoding, and its paragraphs."""

import codecs
import re
from collections.abc import Iterator

from evidence.documents.reading.passages import LETTERED, Draft, labelled

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
BULLET = re.compile(r"[-*•◦▪‣–·]\s+(?=\S)")
UNDERLINE = re.compile(r"[=\-~_]{3,}")
# Lines are taken as wrapped by hand up to this width; longer ones are paragraphs that the editor wrapped.
WRAPPED_WIDTH = 110


def decode(data: bytes) -> str | None:
    """The text of a file, or None when it is not text or its encoding can't be told."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if b"\x00" in data:
        return None
    text = _strict(data, "utf-8")
    if text is None:
        text = _strict(data, "cp1252")
    if text is None or len(CONTROL.findall(text)) > len(text) / 200:
        return None
    return text


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def drafts(text: str, *, headings: bool = True) -> Iterator[Draft]:
    """Paragraphs by blank lines, or by lines where the text wraps only at its paragraphs' ends.

    ``headings`` says whether a short line by itself is taken for one.
    """
    lines = [line.rstrip() for line in text.expandtabs(4).splitlines()]
    wrapped = not any(len(line) > WRAPPED_WIDTH for line in lines)
    for block in _blocks(lines):
        if headings and (heading := _heading(block)):
            yield heading
            continue
        for piece in _pieces(block, wrapped):
            yield _passage(piece)


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def _heading(block: list[str]) -> Draft | None:
    first = block[0].strip()
    if len(block) == 2 and UNDERLINE.fullmatch(block[1].strip()):
        return Draft("heading", first, level=1 if block[1].strip()[0] == "=" else 2)
    if len(block) > 1:
        return None
    if marked := re.match(r"(#{1,6})\s+(.*)", first):
        return Draft("heading", marked[2].rstrip("# "), level=len(marked[1]))
    plain = len(first) <= 70 and first[-1] not in ".,;:!?…”\"'’" and not BULLET.match(first)
    if plain and (first.isupper() or (first[0].isupper() and labelled(first)[0] == "" and len(first.split()) <= 10)):
        return Draft("heading", first, level=2)
    return None


def _pieces(block: list[str], wrapped: bool) -> Iterator[list[str]]:
    """A new piece begins at a bullet or a number, and at every line of a text that was not wrapped by hand."""
    piece: list[str] = []
    width = max(len(line) for line in block)
    for line in block:
        start = line.strip()
        marked = BULLET.match(start) or LETTERED.match(start) or labelled(start)[0]
        if piece and (not wrapped or marked or _ended(piece[-1], width)):
            yield piece
            piece = []
        piece.append(line)
    if piece:
        yield piece


def _ended(line: str, width: int) -> bool:
    """Whether a line stopped at the end of a sentence, well before the others did."""
    return len(line) < 0.7 * width and line.endswith((".", "?", "!", ":", "”", '"'))


def _passage(piece: list[str]) -> Draft:
    text = piece[0].strip()
    for line in piece[1:]:
        text += " " + line.strip()
    if mark := BULLET.match(text) or LETTERED.match(text):
        indent = len(piece[0]) - len(piece[0].lstrip())
        words = text[mark.end() :] if mark.re is BULLET else text
        return Draft("item", words, level=1 + min(indent // 2, 5))
    label, printed, rest = labelled(text)
    return Draft("paragraph", rest, label=label, printed=printed)
