"""The paragraphs of a transcript that is plain text: pages, running heads and hand-wrapped lines put right."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evidence.documents.reading.pdf import PAGE_NUMBER, SENTENCE_END, Spelling
from evidence.documents.reading.plain import WRAPPED_WIDTH
from evidence.transcripts.reading.leads import Speakers, lead
from evidence.transcripts.reading.transcript import Paragraph
from evidence.transcripts.reading.witnesses import EXAMINATION

HEAD_WIDTH = 140
TOP = 30
LEAST_TITLE = 20
FEWEST_TIMES = 3
# A line that stands where a page ends; no text has one.
BREAK = "\f"
# Lines that begin something new though no blank line stands before them: between turns, and in a header.
LIST_LINE = re.compile(r"examination of witness|witness(?:es)?\b[^.:]{0,12}:", re.IGNORECASE)
HEADER_LINE = re.compile(
    rf"{LIST_LINE.pattern}|(?:other )?(?:members|lords) present|questions \d|ordered by the|written evidence from"
    r"|(?:un)?(?:corrected )?oral evidence:|evidence session no|use of the transcript|watch the"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day,? \d|[–•] ",
    re.IGNORECASE,
)
NUMBERED_LINE = re.compile(r"[^\w]*\d{1,4}\b.{0,120}|.{0,120}\b\d{1,4}[^\w]*")


def paragraphs(text: str) -> tuple[list[Paragraph], list[str]]:
    """The text's paragraphs, and notes for the clerk."""
    lines = list(_without_heads(_lines(text)))
    leads = [lead(line.strip()) for line in lines]
    speakers = Speakers((found, None) for found in leads if found)
    blocks = _Blocks(speakers, lines)
    spelt = Spelling(lambda: lines, breaks=False)
    return [_paragraph(block, spelt) for block in blocks.of(lines)], []


def _lines(text: str) -> list[str]:
    lines: list[str] = []
    for page in text.split(BREAK):
        lines.extend([BREAK] if lines else [])
        lines.extend(" ".join(line.split()) for line in page.splitlines())
    return lines


def _without_heads(lines: Sequence[str]) -> Iterator[str]:
    """The lines without running heads and page numbers; where one stood, a page ends."""
    heads = _heads(lines)
    for index, line in enumerate(lines):
        if index in heads:
            yield BREAK
        else:
            yield line


def _heads(lines: Sequence[str]) -> set[int]:
    """Where running heads and page numbers stand.

    A page number counts on from the one before. A running head says the same as others, but for a number that goes
    up, and is known for one where it cuts a sentence in two, stands at a page's edge, or repeats the top of the text.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.strip(BREAK) and len(line) <= HEAD_WIDTH:
            places[re.sub(r"\d+", "#", line)].append(index)
    sure = _repeats_of_the_top(lines, places) | _within_sentences(lines)
    heads = set(sure)
    for key, where in places.items():
        if PAGE_NUMBER.fullmatch(key.replace("#", "1")):
            heads.update(_page_numbers(lines, where))
        elif len(where) >= FEWEST_TIMES and _is_head(where, lines, sure):
            heads.update(where)
    return heads


def _is_head(where: Sequence[int], lines: Sequence[str], sure: set[int]) -> bool:
    first = lines[where[0]]
    if _named(first) or first.endswith((".", "?", "!")):
        return False
    numbers = [tuple(map(int, re.findall(r"\d+", lines[index]))) for index in where]
    if any(all(a < b for a, b in pairwise(column)) for column in zip(*numbers, strict=False)):
        at_the_top = where[0] < TOP and len(first) > LEAST_TITLE
        return at_the_top or any(index in sure or _at_an_edge(lines, index) for index in where)
    return all(_at_an_edge(lines, index) for index in where[1:])


def _at_an_edge(lines: Sequence[str], index: int) -> bool:
    """Whether a line is the first or the last of its page."""
    above = next((lines[i] for i in range(index - 1, -1, -1) if lines[i]), "")
    below = next((lines[i] for i in range(index + 1, len(lines)) if lines[i]), "")
    return BREAK in (above, below)


def _page_numbers(lines: Sequence[str], where: Sequence[int]) -> Iterator[int]:
    numbers = {index: int(match[1]) for index in where if (match := PAGE_NUMBER.fullmatch(lines[index]))}
    every = list(numbers.values())
    for place, (index, number) in enumerate(numbers.items()):
        before = every[place - 1] if place else None
        after = every[place + 1] if place + 1 < len(every) else None
        if number - 1 == before or number + 1 == after:
            yield index


def _within_sentences(lines: Sequence[str]) -> set[int]:
    """Lines with a number that stand alone, where the sentence before them goes on after them."""
    found: set[int] = set()
    held: list[int] = []
    before, gap = "", False
    for index, line in enumerate(lines):
        text = line.strip(BREAK + " ")
        if not text:
            gap = True
            continue
        if before and (gap or held) and text[0].islower() and not before.endswith(SENTENCE_END):
            found.update(held)
        if (gap or held) and before and NUMBERED_LINE.fullmatch(text) and not text[0].islower() and not _named(text):
            held.append(index)
        else:
            before, held = text, []
        gap = False
    return found


def _named(text: str) -> bool:
    found = lead(text)
    return found is not None and (bool(found.label) or found.question is not None)


def _repeats_of_the_top(lines: Sequence[str], places: dict[str, list[int]]) -> set[int]:
    top = {line: index for index, line in reversed(list(enumerate(lines[:TOP]))) if len(line) > LEAST_TITLE}
    found: set[int] = set()
    for where in places.values():
        for index in where:
            bare = re.sub(r"\s*\b(?:page )?\d{1,4}$", "", lines[index], flags=re.IGNORECASE)
            if top.get(bare, index) < index and bare != lines[index]:
                found.add(index)
    return found


class _Blocks:
    """Lines put together into paragraphs: by blank lines, by names, and by lines that end early."""

    def __init__(self, speakers: Speakers, lines: Sequence[str]) -> None:
        self.speakers = speakers
        self.width = max((len(line) for line in lines), default=0)
        # In a text that was wrapped by hand, few of the lines with another below them end a sentence.
        ends = [line.endswith(SENTENCE_END) for line, below in pairwise(lines) if line and below and not _named(below)]
        self.wrapped = self.width <= WRAPPED_WIDTH and sum(ends) <= 0.7 * len(ends)

    def of(self, lines: Sequence[str]) -> Iterator[list[str]]:
        block: list[str] = []
        gap = page = begun = False
        for line in lines:
            if not line.strip(BREAK + " "):
                gap, page = True, page or line == BREAK
                continue
            turn = self._is_turn(line, block[-1] if block else "")
            begun = begun or turn
            if block and (turn or self._ends(block, line, gap, page, LIST_LINE if begun else HEADER_LINE)):
                yield block
                block = []
            block.append(line)
            gap = page = False
        if block:
            yield block

    def _is_turn(self, line: str, above: str) -> bool:
        if (found := lead(line)) is None:
            return False
        ended = not above or above.endswith(SENTENCE_END)
        return self.speakers.begins(found, None) or (ended and self.speakers.speaks(found, None))

    def _ends(self, block: list[str], line: str, gap: bool, page: bool, new: re.Pattern[str]) -> bool:
        if new.match(line):
            return True
        if page:
            return not self._goes_on(block[-1], line)
        if gap or not self.wrapped or EXAMINATION.fullmatch(block[-1]):
            return True
        return len(block[-1]) < 0.7 * self.width and block[-1].endswith((".", "?", "!", ":", "”", '"'))

    def _goes_on(self, above: str, line: str) -> bool:
        """Whether a sentence goes on across the end of a page."""
        if (found := lead(line)) and self.speakers.speaks(found, None):
            return False
        return not above.endswith(SENTENCE_END) and (line[:1].islower() or len(above) > 0.6 * self.width)


def _paragraph(block: Sequence[str], spelt: Spelling) -> Paragraph:
    text = "".join(_joined(block, spelt))
    return Paragraph(text, tuple(block), heading=EXAMINATION.fullmatch(text) is not None)


def _joined(block: Sequence[str], spelt: Spelling) -> Iterator[str]:
    """Lines as one. A hyphen between two goes only where the text has the word without one elsewhere."""
    for line, after in pairwise(block):
        if line.endswith("-") and line[-2:-1].isalpha():
            yield spelt.mended(line[:-1], after).removesuffix(after)
        else:
            yield line if line.endswith(("–", "—", "/")) and line[-2:-1] != " " else f"{line} "
    yield block[-1]
