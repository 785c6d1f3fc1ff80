"""Rich text (RTF): its words in order, by striprtf. Pandoc loses tables, notes and single letters of it."""

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from evidence.documents.reading.kinds import BROKEN_RTF, Unreadable
from evidence.documents.reading.passages import Draft
from evidence.documents.reading.plain import drafts as plain_drafts

OBJECTS = "It holds embedded objects (a spreadsheet, say), which were not read. They are in the file as received."
# A picture's or an object's bytes, written out in figures and letters.
BYTES = re.compile(r"[0-9a-f]{2000,}|(?:[0-9a-f]{64,}[\r\n ]+){8,}", re.IGNORECASE)
# The library prints the address of a link into the text, where no reader of the document sees it.
ADDRESS = re.compile(r"(\\fldinst[\s{]{0,20}(?:\\\w+\s?){0,20}[\s{]{0,20})HYPERLINK")
NOTE = re.compile(r"{\s*(?:\\\*\s*)?\\footnote(?:\\ftnalt)?\b")
PARAGRAPH_END = re.compile(r"\\par(?![a-z])")
HIDDEN = re.compile(r"{\\v\b[^{}]*}")
OBJECT = re.compile(r"\\obj(?:data|emb|link|ocx)\b")
STYLESHEET = re.compile(r"{\\stylesheet\b")
HEADING = re.compile(r"{[^{};]*?\\s(\d+)\b[^{};]*?(?:heading\s(\d)|\b(title))\s*;", re.IGNORECASE)
# Signs that mean nothing to anybody, put where a heading begins, to be found again in the text.
FIRST_SIGN = 0xE000
MARKED = re.compile("[\ue001-\ue009]+")
BULLET = re.compile(r"\s*[\uf000-\uf0ff•o·§-]\t\s*")


def drafts(data: bytes) -> tuple[Iterator[Draft], list[str]]:
    """The document's passages in order, and a note where it holds what was not read."""
    source = data.decode("latin-1")
    notes = [OBJECTS] if OBJECT.search(source) else []
    source = BYTES.sub("", HIDDEN.sub("", source))
    source = ADDRESS.sub(r"\1LINK", _with_notes(_with_headings(source)))
    try:
        text = rtf_to_text(source, errors="replace")
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as error:
        raise Unreadable(BROKEN_RTF) from error
    # What lies beyond the first 65,536 characters of Unicode is written as two halves.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _passages(whole.split("\n")), notes


def _with_headings(source: str) -> str:
    """A sign where a paragraph has the style of a heading; the library knows no styles."""
    sheet = STYLESHEET.search(source)
    if not sheet:
        return source
    end = _end_of_group(source, sheet.start())
    levels = {style[1]: int(style[2] or 1) for style in HEADING.finditer(source, sheet.end(), end)}
    if not levels:
        return source
    styled = re.compile(rf"\\s({'|'.join(levels)})(?!\d)")
    return source[:end] + styled.sub(lambda m: rf"{m[0]}\u{FIRST_SIGN + (levels[m[1]] or 1)}?", source[end:])


def _with_notes(source: str) -> str:
    """Footnotes as words in brackets: the library takes them for something outside the text."""
    parts: list[str] = []
    last = 0
    for note in NOTE.finditer(source):
        if note.start() < last:
            continue
        end = _end_of_group(source, note.start())
        words = PARAGRAPH_END.sub(" ", source[note.end() : end])
        parts += [source[last : note.start()], "{ (Footnote: {", words, "})}"]
        last = end + 1
    return "".join([*parts, source[last:]])


BRACE = re.compile(r"\\[{}\\]|[{}]")


def _end_of_group(source: str, start: int) -> int:
    depth = 0
    for brace in BRACE.finditer(source, start):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0:
            return brace.start()
    return len(source)


def _passages(lines: list[str]) -> Iterator[Draft]:
    styled = any(MARKED.search(line) for line in lines)
    for line in lines:
        if (sign := MARKED.search(line)) and not line.rstrip().endswith("|"):
            yield Draft("heading", MARKED.sub("", line), level=ord(sign[0][0]) - FIRST_SIGN)
            continue
        line = MARKED.sub("", line)
        if line.rstrip().endswith("|"):
            cells = [cell.strip() for cell in line.rstrip().removesuffix("|").split("|")]
            if any(cells):
                yield Draft("row", " | ".join(cells))
        elif bullet := BULLET.match(line):
            yield Draft("item", line[bullet.end() :], level=1)
        else:
            yield from plain_drafts(line.strip(), headings=not styled)
