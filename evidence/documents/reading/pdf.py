"""PDF: lines by where they stand, put together into paragraphs again."""

import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from evidence.documents.reading.kinds import SCAN, Unreadable
from evidence.documents.reading.passages import Draft, labelled
from evidence.documents.reading.pdf_lines import Line, Page, pages

BULLET = re.compile(r"(?:[•◦▪‣●○■□\uf0b7\uf0a7\uf02d➢–]|[-*o](?=\s))\s*(?=\S)")
PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-–—\[(]?\s*(?:\d{1,4}|[ivxl]{1,7})\s*[-–—\])]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
SENTENCE_END = tuple(".?!:;”\"’')…")
# Three lines at each end of a page are looked at: a running head seldom has more.
MARGIN_LINES = 3
FEWEST_LETTERS = 8


@dataclass(slots=True)
class _Measure:
    """How the document is set: the size of its text, its line spacing and its edges."""

    size: float
    leading: float
    left: float
    right: float


@dataclass(slots=True)
class _Open:
    """A paragraph that is still being put together."""

    lines: list[Line]
    page: int
    heading: bool
    notes: list[Draft] = field(default_factory=list)


def drafts(data: bytes, progress: Callable[[int, str], None]) -> tuple[Iterator[Draft], list[str]]:
    """The document's paragraphs without running heads and page numbers, and a note on pages without text."""
    every = list(pages(data, progress))
    empty = [page.number for page in every if sum(len(line.text) for line in page.lines) < FEWEST_LETTERS]
    if len(empty) == len(every):
        raise Unreadable(SCAN)
    progress(88, "Putting paragraphs together")
    _drop_running_heads(every)
    notes = [f"These pages hold no text and may be scans: {', '.join(map(str, empty))}."] if empty else []
    return _paragraphs(every), notes


def _drop_running_heads(every: Sequence[Page]) -> None:
    """Take out what stands at the same height of many pages and says the same but for its numbers."""
    seen = Counter(key for page in every for key in {_key(line) for line in _edges(page)})
    enough = max(2, 0.3 * len(every)) if len(every) > 1 else 2
    for page in every:
        page.lines = [
            line
            for line in page.lines
            if not (_at_edge(line, page) and (seen[_key(line)] >= enough or PAGE_NUMBER.fullmatch(line.text)))
        ]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.baseline / 3)


def _edges(page: Page) -> list[Line]:
    return [line for line in page.lines if _at_edge(line, page)]


def _at_edge(line: Line, page: Page) -> bool:
    """In the top or bottom sixth of the page, and among its outermost lines."""
    if page.height / 6 < line.baseline < page.height * 5 / 6:
        return False
    beyond = sum(other.baseline > line.baseline + 1 for other in page.lines)
    return beyond < MARGIN_LINES or sum(other.baseline < line.baseline - 1 for other in page.lines) < MARGIN_LINES


def _measure(every: Sequence[Page]) -> _Measure:
    sizes: Counter[float] = Counter()
    gaps: Counter[float] = Counter()
    lefts: Counter[int] = Counter()
    rights: list[float] = []
    for page in every:
        for above, line in pairwise(page.lines):
            gap = above.baseline - line.baseline
            # Where a sentence goes on, the lines are of one paragraph, however widely they are set.
            if line.size == above.size and 0 < gap < 4 * line.size and not above.text.endswith(SENTENCE_END):
                gaps[round(gap, 1)] += 1
        for line in page.lines:
            sizes[line.size] += len(line.text)
            lefts[round(line.left)] += 1
            rights.append(line.right)
    size = sizes.most_common(1)[0][0]
    leading = gaps.most_common(1)[0][0] if gaps else size * 1.2
    right = statistics.quantiles(rights, n=10)[8] if len(rights) > 1 else rights[0]
    return _Measure(size, leading, float(lefts.most_common(1)[0][0]), right)


def _paragraphs(every: Sequence[Page]) -> Iterator[Draft]:
    measure = _measure(every)
    spelt = _Spelling(every)
    current: _Open | None = None
    for page in every:
        body, notes = _footnotes(page, measure)
        previous: Line | None = None
        for line in body:
            if current and _goes_on(current, previous, line, measure):
                current.lines.append(line)
            else:
                if current:
                    yield from _finished(current, measure, spelt)
                current = _Open([line], page.number, _is_heading(line, measure))
            previous = line
        kept = list(_notes(notes, page.number, spelt))
        if current:
            current.notes.extend(kept)
        else:
            yield from kept
    if current:
        yield from _finished(current, measure, spelt)


def _footnotes(page: Page, measure: _Measure) -> tuple[list[Line], list[Line]]:
    """A page's text, and the smaller lines at its foot."""
    end = len(page.lines)
    while end and page.lines[end - 1].size < 0.9 * measure.size and page.lines[end - 1].baseline < page.height / 2:
        end -= 1
    return (page.lines[:end], page.lines[end:]) if end else (page.lines, [])


def _notes(lines: Sequence[Line], number: int, spelt: "_Spelling") -> Iterator[Draft]:
    """Footnotes as paragraphs of their own; each begins with its mark."""
    note: list[Line] = []
    for line in lines:
        if note and re.match(r"[\d*†‡§]{1,3}\s?\S", line.text):
            yield Draft("item", f"Footnote: {_text(note, spelt)}", page=number, level=1)
            note = []
        note.append(line)
    if note:
        yield Draft("item", f"Footnote: {_text(note, spelt)}", page=number, level=1)


def _goes_on(current: _Open, previous: Line | None, line: Line, measure: _Measure) -> bool:
    """Whether a line belongs to the paragraph before it."""
    above = current.lines[-1]
    if current.heading != _is_heading(line, measure) or abs(above.size - line.size) > 0.15 * measure.size:
        return False
    if above.hyphen:
        return True
    if _begins(line):
        return False
    gap = above.baseline - line.baseline
    if previous is None or gap < 0:
        # A new page or column: the paragraph goes on if its sentence does.
        ended = above.text.endswith(SENTENCE_END)
        return not current.heading and (line.text[0].islower() or not ended)
    if current.heading:
        return gap < max(1.3 * measure.leading, 1.45 * line.size)
    if gap > 1.3 * measure.leading:
        return False
    if line.left - above.left > 0.8 * measure.size and len(current.lines) > 1:
        return False
    return not _ended_early(above, line, measure)


def _ended_early(above: Line, line: Line, measure: _Measure) -> bool:
    """Whether the line before had room for the next word and yet stopped, at the end of a sentence."""
    word = line.text.split(" ", 1)[0]
    width = (line.right - line.left) / max(1, len(line.text)) * (len(word) + 1)
    return above.text.endswith(SENTENCE_END) and measure.right - above.right > 1.6 * width + measure.size


def _begins(line: Line) -> bool:
    return bool(BULLET.match(line.text)) or bool(labelled(line.text)[0])


def _is_heading(line: Line, measure: _Measure) -> bool:
    """Set larger than the text, or bold throughout; never a sentence of many lines."""
    larger = line.size > 1.12 * measure.size
    return (larger or line.bold) and not line.text.endswith((",", ";"))


def _finished(current: _Open, measure: _Measure, spelt: "_Spelling") -> Iterator[Draft]:
    text = _text(current.lines, spelt)
    first = current.lines[0]
    if current.heading and len(text) <= 250:
        yield Draft("heading", text, page=current.page, level=_level(first, measure))
    elif bullet := BULLET.match(text):
        level = 1 + min(5, max(0, int((first.left - measure.left) // (3 * measure.size))))
        yield Draft("item", text[bullet.end() :], page=current.page, level=level)
    else:
        label, printed, rest = labelled(text)
        yield Draft("paragraph", rest, label=label, printed=printed, page=current.page)
    yield from current.notes


def _level(line: Line, measure: _Measure) -> int:
    ratio = line.size / measure.size
    return 1 if ratio > 1.5 else 2 if ratio > 1.12 else 3


def _text(lines: Sequence[Line], spelt: "_Spelling") -> str:
    text = lines[0].text
    for above, line in pairwise(lines):
        if above.hyphen or (text.endswith("-") and text[-2:-1].isalpha()):
            text = spelt.mended(text.removesuffix("-"), line.text)
        elif text.endswith(("–", "—", "/")) and text[-2:-1] != " ":
            text += line.text
        else:
            text += f" {line.text}"
    # A hyphen that was cut off from what followed it (a page's last word before its page number).
    return text + "-" if lines[-1].hyphen else text


class _Spelling:
    """How the document itself spells words, which settles whether a hyphen at a line's end belongs to the word."""

    def __init__(self, every: Sequence[Page]) -> None:
        self.words: set[str] = set()
        for page in every:
            for line in page.lines:
                self.words.update(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text.lower()))

    def mended(self, before: str, after: str) -> str:
        first = re.search(r"[^\W\d_-]+(?:-[^\W\d_]+)*$", before)
        second = re.match(r"[^\W\d_]+", after)
        if not first or not second or not second[0][0].islower():
            return f"{before}-{after}"
        joined, hyphened = f"{first[0]}{second[0]}".lower(), f"{first[0]}-{second[0]}".lower()
        keeps = hyphened in self.words and joined not in self.words
        return f"{before}-{after}" if keeps else f"{before}{after}"
