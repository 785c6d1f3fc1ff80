"""The paragraphs of a transcript that is a Word document, by pandoc's view of it."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from evidence.documents.reading.word import INSIDE, Node, title_lines, tree, words
from evidence.transcripts.reading.leads import lead
from evidence.transcripts.reading.transcript import Paragraph

SPACES = ("Space", "SoftBreak")
QUESTION = re.compile(r"[\[(]?Q?\.?\d*[\])]?[.:]?")
MARKS = frozenset({"Strong", "Emph", "Underline", "SmallCaps"})
# Questions may be numbered by Word itself, as a list whose numbers are printed with a Q.
Q_NUMBERS = re.compile(rb'lvlText w:val="Q\.? ?%1')


def paragraphs(data: bytes) -> tuple[list[Paragraph], list[str]]:
    """The document's paragraphs, and notes for the clerk."""
    found = tree(data)
    walk = _Walk(_numbers_questions(data))
    titles = [Paragraph(text, (text,), heading=True) for text in title_lines(found)]
    return [*titles, *walk.blocks(found["blocks"])], []


def _numbers_questions(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "word/numbering.xml" not in archive.namelist():
            return False
        return bool(Q_NUMBERS.search(archive.read("word/numbering.xml")))


class _Walk:
    """One walk over pandoc's blocks."""

    def __init__(self, numbers_questions: bool) -> None:
        self.numbers_questions = numbers_questions

    def blocks(self, blocks: list[Node], before: str = "") -> Iterator[Paragraph]:
        for block in blocks:
            yield from self.block(block, before)
            before = ""

    def block(self, block: Node, before: str) -> Iterator[Paragraph]:
        tag: str = block["t"]
        content: Any = block.get("c")
        if tag in ("Para", "Plain"):
            yield from _paragraphs(content, before)
        elif tag == "Header":
            yield from _paragraphs(content[2], before, heading=True)
        elif tag == "LineBlock":
            for line in content:
                yield from _paragraphs(line, "")
        elif tag in INSIDE:
            yield from self.blocks(INSIDE[tag](content), before)
        elif tag == "BulletList":
            for item in content:
                yield from self.blocks(item)
        elif tag == "OrderedList":
            yield from self.ordered(content)
        elif tag == "Table":
            yield from self.table(content)

    def ordered(self, content: list[Any]) -> Iterator[Paragraph]:
        (start, _, _), items = content
        for number, item in enumerate(items, start=start):
            yield from self.blocks(item, f"Q{number} " if self.numbers_questions else f"{number}. ")

    def table(self, content: list[Any]) -> Iterator[Paragraph]:
        """Rows of a transcript that was set as a table: the cells of a row follow each other."""
        _, _, _, head, bodies, foot = content
        for row in [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]:
            cells = [cell[4] for cell in row[1]]
            first = " ".join(paragraph.text for paragraph in self.blocks(cells[0])) if cells else ""
            # A number or a name in a cell of its own belongs before the words in the next one.
            if len(cells) > 1 and (lead(f"{first} ") or lead(f"{first}: x")):
                named = first if lead(f"{first} ") else f"{first}:"
                yield from self.blocks([block for cell in cells[1:] for block in cell], f"{named} ")
            else:
                yield from self.blocks([block for cell in cells for block in cell])


def _paragraphs(inlines: list[Node], before: str, *, heading: bool = False) -> Iterator[Paragraph]:
    """A paragraph; or several where a line of it begins a turn, after a line break that Word keeps within one."""
    lines: list[list[Node]] = [[]]
    for inline in inlines:
        if inline["t"] == "LineBreak":
            lines.append([])
        else:
            lines[-1].append(inline)
    group: list[list[Node]] = []
    for line in lines:
        if group and (found := lead(words(line))) and found.label and _marked(line):
            yield _paragraph(group, before, heading)
            group, before = [], ""
        group.append(line)
    yield _paragraph(group, before, heading)


def _paragraph(lines: list[list[Node]], before: str, heading: bool) -> Paragraph:
    texts = tuple(f"{before if i == 0 else ''}{words(line)}" for i, line in enumerate(lines))
    marked = any(_marked(line) for line in lines[:1])
    bold = all(
        inline["t"] == "Strong" for line in lines for inline in line if inline["t"] not in ("Space", "SoftBreak")
    )
    text = " ".join(texts)
    # A line that is bold throughout is set as a heading is, unless somebody's name and words are all bold.
    return Paragraph(text, texts, heading=heading or (bold and bool(text) and lead(text) is None), marked=marked)


def _marked(inlines: list[Node]) -> bool:
    """Whether a name at the beginning is in bold or italics; a question's number before it need not be."""
    for inline in inlines:
        if inline["t"] in MARKS:
            return True
        if inline["t"] == "Span":
            return _marked(inline["c"][1])
        if inline["t"] not in ("Space", "SoftBreak") and not re.fullmatch(
            r"[\[(]?Q?\.?\d*[\])]?[.:]?", words([inline])
        ):
            return False
    return False
