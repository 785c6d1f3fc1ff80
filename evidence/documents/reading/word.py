"""Word documents: pandoc's view of them, walked into passages. Other kinds that pandoc reads are walked here too."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from typing import Any

from evidence.documents.reading.kinds import BROKEN_WORD, Unreadable
from evidence.documents.reading.pandoc import PandocFailed, run_pandoc
from evidence.documents.reading.passages import Draft, labelled

# Pandoc's tree is JSON of the shape {"t": tag, "c": content}; what "c" holds depends on the tag.
Node = dict[str, Any]

TITLE_FIELDS = (
    ("title", "heading", 1),
    ("subtitle", "heading", 2),
    ("author", "paragraph", 0),
    ("date", "paragraph", 0),
    ("abstract", "paragraph", 0),
)
# A second level shown as "3.1" is a list in pandoc's view; only the numbering part knows how Word prints it.
LEGAL_NUMBERING = re.compile(rb'lvlText w:val="%1\.%2')


def drafts(data: bytes) -> Iterator[Draft]:
    """The document's passages in order, tracked changes accepted, footnotes at the end of their paragraph."""
    found = tree(data)
    # A paragraph in Word's Title style is taken for a field about the document, though it is the first thing read.
    for field, kind, level in TITLE_FIELDS:
        for text in _field(found["meta"].get(field)):
            yield Draft(kind, text, level=level)
    yield from _Walk(_prints_legal_numbers(data)).blocks(found["blocks"], 0)


def tree(data: bytes) -> Node:
    """Pandoc's view of the document, tracked changes accepted."""
    return parsed(["-f", "docx", "--track-changes=accept"], data, BROKEN_WORD)


def title_lines(found: Node) -> Iterator[str]:
    """What pandoc took for fields about the document: its title, date and the like, as they were printed."""
    for field, _, _ in TITLE_FIELDS:
        yield from _field(found["meta"].get(field))


def parsed(arguments: Sequence[str], data: bytes, broken: str) -> Node:
    """What pandoc sees in the bytes.

    :raises Unreadable: with the sentence ``broken``, when it sees nothing that can be read.
    """
    try:
        found: Node = json.loads(run_pandoc([*arguments, "-t", "json"], data))
    except (PandocFailed, RecursionError) as error:
        raise Unreadable(broken) from error
    return found


def walked(found: Node) -> Iterator[Draft]:
    """The body of what pandoc sees, in order."""
    yield from _Walk(legal_numbers=False).blocks(found["blocks"], 0)


def _prints_legal_numbers(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "word/numbering.xml" not in archive.namelist():
            return False
        return bool(LEGAL_NUMBERING.search(archive.read("word/numbering.xml")))


def _field(value: Node | None) -> Iterator[str]:
    if value is None:
        return
    if value["t"] == "MetaInlines":
        yield words(value["c"])
    elif value["t"] == "MetaBlocks":
        yield from _flat(value["c"])
    elif value["t"] == "MetaList":
        for one in value["c"]:
            yield from _field(one)


class _Walk:
    """One walk over pandoc's blocks."""

    def __init__(self, legal_numbers: bool) -> None:
        self.legal_numbers = legal_numbers

    def blocks(self, blocks: list[Node], depth: int) -> Iterator[Draft]:
        for block in blocks:
            yield from self.block(block, depth)

    def block(self, block: Node, depth: int) -> Iterator[Draft]:
        tag, content = block["t"], block.get("c")
        if content is None:
            return
        if tag == "Header":
            yield Draft("heading", words(content[2]), level=content[0])
        elif tag in LINES:
            yield self.paragraph(LINES[tag](content), depth)
        elif tag in INSIDE:
            yield from self.blocks(INSIDE[tag](content), depth)
        elif tag == "OrderedList":
            yield from self.ordered(content, depth, "")
        elif tag == "Table":
            yield from _rows(content)
        else:
            yield from self.unordered(block, depth)

    def unordered(self, block: Node, depth: int) -> Iterator[Draft]:
        if block["t"] == "BulletList":
            for item in block["c"]:
                yield from self.blocks(item, depth + 1)
        elif block["t"] == "DefinitionList":
            for term, definitions in block["c"]:
                yield self.paragraph(words(term), depth)
                for definition in definitions:
                    yield from self.blocks(definition, depth + 1)

    def paragraph(self, text: str, depth: int) -> Draft:
        if depth:
            return Draft("item", text, level=depth)
        label, printed, rest = labelled(text)
        return Draft("paragraph", rest, label=label, printed=printed)

    def ordered(self, content: list[Any], depth: int, above: str) -> Iterator[Draft]:
        """Items with their printed label; decimal ones may turn out to be the document's paragraph numbers."""
        (start, style, delimiter), items = content
        for offset, item in enumerate(items):
            mark = _mark(start + offset, style["t"])
            decimal = style["t"] in ("Decimal", "DefaultStyle")
            label = f"{above}{mark}" if decimal and (depth == 0 or above) else ""
            printed = (
                label
                if above and label
                else {"OneParen": f"{mark})", "TwoParens": f"({mark})"}.get(delimiter["t"], f"{mark}.")
            )
            first = True
            for block in item:
                if block["t"] == "OrderedList" and label and self.legal_numbers:
                    yield from self.ordered(block["c"], depth + 1, f"{label}.")
                elif first and block["t"] in ("Para", "Plain"):
                    yield Draft("item", words(block["c"]), label=label, printed=printed, level=depth + 1)
                else:
                    yield from self.block(block, depth + 1)
                first = False


# Beyond these a list is no list, and its letters would be as many as its number says.
MOST_LETTERED = 500


def _mark(number: int, style: str) -> str:
    """A list's number as Word prints it: 3, c, C, iii or III."""
    if not 1 <= number <= MOST_LETTERED:
        return str(number)
    if style.endswith("Alpha"):
        mark = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif style.endswith("Roman"):
        mark = "".join(_roman(number))
    else:
        return str(number)
    return mark.upper() if style.startswith("Upper") else mark


ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _roman(number: int) -> Iterator[str]:
    for value, letters in ROMAN:
        yield letters * (number // value)
        number %= value


def _rows(content: list[Any]) -> Iterator[Draft]:
    """A table's caption, then one passage for each row, its cells kept apart by bars."""
    _, caption, _, head, bodies, foot = content
    for block in caption[1]:
        if block["t"] in ("Para", "Plain"):
            yield Draft("paragraph", words(block["c"]))
    rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
    for row in rows:
        cells = [" ".join(_flat(cell[4])) for cell in row[1]]
        if any(cell.strip() for cell in cells):
            yield Draft("row", " | ".join(cell.strip() for cell in cells))


def _flat(blocks: list[Node]) -> Iterator[str]:
    for draft in _Walk(False).blocks(blocks, 0):
        yield f"{draft.printed} {draft.text}" if draft.printed else draft.text


def words(inlines: list[Node]) -> str:
    """The text of a paragraph, its footnotes in round brackets at its end."""
    text: list[str] = []
    notes: list[str] = []
    _collect(inlines, text, notes)
    line = "".join(text)
    for note in notes:
        line += f" (Footnote: {note})"
    return line


def _collect(inlines: list[Node], text: list[str], notes: list[str]) -> None:
    for inline in inlines:
        tag, content = inline["t"], inline.get("c")
        if tag in ("Space", "SoftBreak", "LineBreak"):
            text.append(" ")
        elif content is None:
            continue
        elif tag in LITERAL:
            text.append(LITERAL[tag](content))
        elif tag == "Note":
            notes.append(" ".join(_flat(content)).strip())
        elif tag == "Quoted":
            marks = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
            text.append(marks[0])
            _collect(content[1], text, notes)
            text.append(marks[1])
        elif tag in ("Span", "Link", "Cite", "Image"):
            _collect(content[1], text, notes)
        elif tag in ("Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"):
            _collect(content, text, notes)


class _Bare(HTMLParser):
    """The words of a piece of HTML that stands inside another kind of text."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.unseen += tag in ("script", "style")
        self.words.append("" if tag in ("a", "b", "i", "em", "strong", "span", "sup", "sub") else " ")

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in ("script", "style") and self.unseen > 0

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.words.append(data)


def _bare(html: str) -> str:
    bare = _Bare()
    bare.feed(html)
    bare.close()
    return "".join(bare.words)


LITERAL: dict[str, Callable[[Any], str]] = {
    "Str": str,
    "Code": lambda content: str(content[1]),
    "Math": lambda content: str(content[1]),
    "RawInline": lambda content: _bare(content[1]),
}
LINES: dict[str, Callable[[Any], str]] = {
    "Para": words,
    "Plain": words,
    "LineBlock": lambda lines: " / ".join(words(line) for line in lines),
    "CodeBlock": lambda content: str(content[1]),
    "RawBlock": lambda content: _bare(content[1]),
}
INSIDE: dict[str, Callable[[Any], list[Node]]] = {
    "BlockQuote": lambda content: content,
    "Div": lambda content: content[1],
    "Figure": lambda content: content[2],
}
