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
FEWEST_TIMES = 3
# A line that stands where a page ends; no text has one.
BREAK = "\f"


def paragraphs(text: str) -> tuple[list[Paragraph], list[str]]:
    """The text's paragraphs, and notes for the clerk."""
    lines = list(_without_heads(_lines(text)))
    leads = [lead(line.strip()) for line in lines]
    speakers = Speakers((found, None) for found in leads if found)
    width = max((len(line) for line in lines), default=0)
    blocks = _Blocks(speakers, width)
    spelt = Spelling(lambda: lines)
    return [_paragraph(block, spelt) for block in blocks.of(lines)], []


def _lines(text: str) -> list[str]:
    lines: list[str] = []
    for page in text.expandtabs(4).split(BREAK):
        lines.extend([BREAK] if lines else [])
        lines.extend(line.rstrip() for line in page.splitlines())
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

    A running head says the same as others but for a number that goes up; or what stands at the top of the text,
    with a number. A page number alone counts on from the one before, or cuts a sentence in two.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.strip() and len(line) <= HEAD_WIDTH:
            places[re.sub(r"\d+", "#", line.strip())].append(index)
    heads: set[int] = set()
    for key, where in places.items():
        if PAGE_NUMBER.fullmatch(key.replace("#", "1")):
            heads.update(_page_numbers(lines, where))
        elif _is_head(key, [lines[index] for index in where], lines):
            heads.update(where)
    return heads | _repeats_of_the_top(lines, places)


def _is_head(key: str, lines: Sequence[str], every: Sequence[str]) -> bool:
    found = lead(lines[0].strip())
    if len(lines) < FEWEST_TIMES or (found and found.label) or key.endswith((".", "?", "!")):
        return False
    numbers = [tuple(map(int, re.findall(r"\d+", line))) for line in lines]
    counts = any(all(a < b for a, b in pairwise(column)) for column in zip(*numbers, strict=False))
    return counts or (BREAK in every and len(set(lines)) == 1)


def _page_numbers(lines: Sequence[str], where: Sequence[int]) -> Iterator[int]:
    numbers = {index: int(match[1]) for index in where if (match := PAGE_NUMBER.fullmatch(lines[index].strip()))}
    every = list(numbers.values())
    for place, (index, number) in enumerate(numbers.items()):
        before = every[place - 1] if place else None
        after = every[place + 1] if place + 1 < len(every) else None
        if number - 1 == before or number + 1 == after or _cuts_a_sentence(lines, index):
            yield index


def _cuts_a_sentence(lines: Sequence[str], index: int) -> bool:
    before = next((line.strip() for line in reversed(lines[max(0, index - 4) : index]) if line.strip(BREAK + " ")), "")
    after = next((line.strip() for line in lines[index + 1 : index + 5] if line.strip(BREAK + " ")), "")
    return bool(before) and not before.endswith(SENTENCE_END) and after[:1].islower()


def _repeats_of_the_top(lines: Sequence[str], places: dict[str, list[int]]) -> set[int]:
    top = {line.strip(): index for index, line in reversed(list(enumerate(lines[:30]))) if len(line.strip()) > 15}
    found: set[int] = set()
    for where in places.values():
        for index in where:
            bare = re.sub(r"\s*\b(?:page )?\d{1,4}$", "", lines[index].strip(), flags=re.IGNORECASE)
            if top.get(bare, index) < index and bare != lines[index].strip():
                found.add(index)
    return found


class _Blocks:
    """Lines put together into paragraphs: by blank lines, by names, and by lines that end early."""

    def __init__(self, speakers: Speakers, width: int) -> None:
        self.speakers = speakers
        self.width = width
        self.wrapped = width <= WRAPPED_WIDTH

    def of(self, lines: Sequence[str]) -> Iterator[list[str]]:
        block: list[str] = []
        gap = page = False
        for line in lines:
            if not line.strip(BREAK + " "):
                gap, page = True, page or line == BREAK
                continue
            if block and self._ends(block, line, gap, page):
                yield block
                block = []
            block.append(line.strip())
            gap = page = False
        if block:
            yield block

    def _ends(self, block: list[str], line: str, gap: bool, page: bool) -> bool:
        found = lead(line.strip())
        if found and self.speakers.begins(found, None):
            return True
        if page:
            return not self._goes_on(block[-1], line.strip())
        if gap or not self.wrapped or EXAMINATION.fullmatch(block[-1]):
            return True
        return len(block[-1]) < 0.7 * self.width and block[-1].endswith((".", "?", "!", ":", "”", '"'))

    def _goes_on(self, above: str, line: str) -> bool:
        """Whether a sentence goes on across the end of a page."""
        if (found := lead(line)) and self.speakers.speaks(found, None):
            return False
        return not above.endswith(SENTENCE_END) and (line[:1].islower() or len(above) > 0.6 * self.width)


def _paragraph(block: Sequence[str], spelt: Spelling) -> Paragraph:
    text = block[0]
    for line in block[1:]:
        if text.endswith("-") and text[-2:-1].isalpha():
            text = spelt.mended(text[:-1], line)
        else:
            text += f" {line}"
    heading = EXAMINATION.fullmatch(text) is not None
    return Paragraph(text, tuple(block), heading=heading)
