"""PDF: lines by where they stand, put together into paragraphs again."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from evidence.documents.reading.kinds import SCAN, Unreadable
from evidence.documents.reading.passages import LETTERED, Draft, labelled
from evidence.documents.reading.pdf_lines import Line, Page, pages

BULLET = re.compile(r"(?:[•◦▪‣●○■□\uf0b7\uf0a7\uf02d➢–]|[-*o](?=\s))\s*(?=\S)")
PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–—\[(]?\s*(\d{1,4})\s*[-–—\])]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
CONTENTS_LINE = re.compile(r"(?:[.…]\s?){5,}\s*\d{1,4}$")
HYPHENED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SENTENCE_END = tuple(".?!:;”\"’')…")
# Three lines at each end of a page are looked at: a running head seldom has more.
MARGIN_LINES = 3
FEWEST_LETTERS = 8
# Where words are broken, more of the lines than this end in a hyphen.
FEWEST_BREAKS = 0.01

Begins = Callable[[Line], bool]


@dataclass(slots=True)
class Measure:
    """How the document is set: the size of its text, its line spacing and its edges."""

    size: float
    leading: float
    left: float
    right: float


@dataclass(slots=True)
class Paragraph:
    """The lines of a paragraph, and the footnotes of the pages that it ends."""

    lines: list[Line]
    page: int
    heading: bool
    notes: list[Draft] = field(default_factory=list)


def drafts(data: bytes, progress: Callable[[int, str], None]) -> tuple[Iterator[Draft], list[str]]:
    """The document's paragraphs without running heads and page numbers, and a note on pages without text."""
    every, notes = clean_pages(data, progress)
    return _drafts(every), notes


def clean_pages(data: bytes, progress: Callable[[int, str], None]) -> tuple[list[Page], list[str]]:
    """The document's pages without running heads and page numbers, and a note on pages without text."""
    every = list(pages(data, progress))
    empty = [page.number for page in every if sum(len(line.text) for line in page.lines) < FEWEST_LETTERS]
    if len(empty) == len(every):
        raise Unreadable(SCAN)
    progress(88, "Putting paragraphs together")
    _drop_running_heads(every)
    notes = [f"These pages hold no text and may be scans: {', '.join(map(str, empty))}."] if empty else []
    return every, notes


def _drop_running_heads(every: Sequence[Page]) -> None:
    """Take out what stands at the same place of many pages and says the same, but for the number of the page.

    A number that does not count the pages is not a page number: a table's last cell must not be lost.
    """
    seen = Counter(key for page in every for key in {key for line in _edges(page) for key in _keys(line, page)})
    enough = max(2, 0.4 * len(every))
    for page in every:
        dropped = [line for line in _edges(page) if any(seen[key] >= enough for key in _keys(line, page))]
        rest = [line for line in page.lines if line not in dropped]
        lowest = min(rest, key=lambda line: line.baseline, default=None)
        number = PAGE_NUMBER.fullmatch(lowest.text) if lowest and lowest in _edges(page) else None
        counts = number is not None and int(number[1]) == page.number
        page.lines = [line for line in rest if not (counts and line is lowest)]


def _keys(line: Line, page: Page) -> Iterator[tuple[str, int]]:
    """What a line says and where; and what it says with each of its numbers told from the page's."""
    place = round(line.baseline / 3)
    yield line.text, place
    for number in re.finditer(r"\d{1,4}", line.text):
        offset = int(number[0]) - page.number
        yield f"{line.text[: number.start()]}#{offset}{line.text[number.end() :]}", place


def _edges(page: Page) -> list[Line]:
    """The outermost lines of a page that stand in its top or bottom sixth."""
    ordered = sorted(page.lines, key=lambda line: line.baseline)
    foot = [line for line in ordered[:MARGIN_LINES] if line.baseline <= page.height / 6]
    return foot + [line for line in ordered[-MARGIN_LINES:] if line.baseline >= page.height * 5 / 6]


def measured(every: Sequence[Page]) -> Measure:
    sizes: Counter[float] = Counter()
    gaps: Counter[float] = Counter()
    lefts: Counter[int] = Counter()
    rights: list[float] = []
    for page in every:
        for above, line in pairwise(page.lines):
            gap = above.baseline - line.baseline
            # Where a sentence goes on from a full line, the lines are of one paragraph, however widely they are set.
            flows = above.right > 0.55 * page.width and not above.text.endswith(SENTENCE_END)
            if flows and line.size == above.size and 0 < gap < 4 * line.size:
                gaps[round(gap, 1)] += 1
        for line in page.lines:
            sizes[line.size] += len(line.text)
            lefts[round(line.left)] += 1
            rights.append(line.right)
    size = sizes.most_common(1)[0][0]
    leading = gaps.most_common(1)[0][0] if gaps else size * 1.2
    # Nine lines of ten end there or before: the tenth may be a table's, or run over.
    right = sorted(rights)[9 * (len(rights) - 1) // 10]
    return Measure(size, leading, float(lefts.most_common(1)[0][0]), right)


def _drafts(every: Sequence[Page]) -> Iterator[Draft]:
    measure, spelt = measured(every), spelling(every)
    for paragraph in paragraphs(every, measure, spelt, _begins):
        if paragraph.lines:
            yield _finished(paragraph, measure, spelt)
        yield from paragraph.notes


def paragraphs(every: Sequence[Page], measure: Measure, spelt: "Spelling", begins: Begins) -> Iterator[Paragraph]:
    """Lines put together into paragraphs, across pages too; `begins` tells a line that always starts a new one."""
    current: Paragraph | None = None
    for page in every:
        body, notes = _footnotes(page, measure)
        previous: Line | None = None
        for line in body:
            if current and _goes_on(current, previous, line, begins, measure):
                current.lines.append(line)
            else:
                if current:
                    yield current
                current = Paragraph([line], page.number, _is_heading(line, measure))
            previous = line
        kept = list(_notes(notes, page.number, spelt))
        if current:
            current.notes.extend(kept)
        elif kept:
            yield Paragraph([], page.number, False, kept)
    if current:
        yield current


def _footnotes(page: Page, measure: Measure) -> tuple[list[Line], list[Line]]:
    """A page's text, and the smaller lines at its foot."""
    end = len(page.lines)
    while end and page.lines[end - 1].size < 0.9 * measure.size and page.lines[end - 1].baseline < page.height / 2:
        end -= 1
    return (page.lines[:end], page.lines[end:]) if end else (page.lines, [])


def _notes(lines: Sequence[Line], number: int, spelt: "Spelling") -> Iterator[Draft]:
    """Footnotes as paragraphs of their own; each begins with its mark."""
    note: list[Line] = []
    for line in lines:
        if note and re.match(r"[\d*†‡§]{1,3}\s?\S", line.text):
            yield Draft("item", f"Footnote: {flowing(note, spelt)}", page=number, level=1)
            note = []
        note.append(line)
    if note:
        yield Draft("item", f"Footnote: {flowing(note, spelt)}", page=number, level=1)


def _goes_on(current: Paragraph, previous: Line | None, line: Line, begins: Begins, measure: Measure) -> bool:
    """Whether a line belongs to the paragraph before it."""
    above = current.lines[-1]
    if current.heading != _is_heading(line, measure) or abs(above.size - line.size) > 0.1 * measure.size:
        return False
    if above.hyphen:
        return True
    if begins(line) or (above.text[-1:].isdecimal() and CONTENTS_LINE.search(above.text)):
        return False
    gap = above.baseline - line.baseline
    if previous is None or gap < 0:
        # A new page or column: the paragraph goes on if its sentence does.
        full = above.right > measure.right - 0.25 * (measure.right - measure.left)
        return not current.heading and (line.text[0].islower() or (full and not above.text.endswith(SENTENCE_END)))
    if current.heading:
        return gap < max(1.3 * measure.leading, 1.45 * line.size)
    if gap > _widest(current, line, measure):
        return False
    if line.left - above.left > 0.8 * measure.size and len(current.lines) > 1:
        return False
    return not _ended_early(above, line, measure)


def _widest(current: Paragraph, line: Line, measure: Measure) -> float:
    """The widest space between two lines of this paragraph: its own, or more where the sentence plainly goes on."""
    above = current.lines[-1]
    if line.text[0].islower() and not above.text.endswith(SENTENCE_END):
        return 2.2 * measure.leading
    own = current.lines[-2].baseline - above.baseline if len(current.lines) > 1 else 0
    return max(1.18 * measure.leading, 1.1 * own)


def _ended_early(above: Line, line: Line, measure: Measure) -> bool:
    """Whether the line before had room for the next word and yet stopped, at the end of a sentence."""
    word = line.text.split(" ", 1)[0]
    width = (line.right - line.left) / max(1, len(line.text)) * (len(word) + 1)
    return above.text.endswith(SENTENCE_END) and measure.right - above.right > 1.6 * width + measure.size


def _begins(line: Line) -> bool:
    return bool(BULLET.match(line.text) or LETTERED.match(line.text) or labelled(line.text)[0])


def _is_heading(line: Line, measure: Measure) -> bool:
    """Set larger than the text, or bold throughout; never a sentence of many lines."""
    larger = line.size > 1.12 * measure.size
    return (larger or line.bold) and not line.text.endswith((",", ";"))


def _finished(paragraph: Paragraph, measure: Measure, spelt: "Spelling") -> Draft:
    text = flowing(paragraph.lines, spelt)
    first = paragraph.lines[0]
    if paragraph.heading and len(text) <= 250:
        return Draft("heading", text, page=paragraph.page, level=_level(first, measure))
    if mark := BULLET.match(text) or LETTERED.match(text):
        # A bullet is only a sign; a letter is what the item is cited by, and stays.
        words = text[mark.end() :] if mark.re is BULLET else text
        level = 1 + min(5, max(0, int((first.left - measure.left) // (3 * measure.size))))
        return Draft("item", words, page=paragraph.page, level=level)
    label, printed, rest = labelled(text)
    return Draft("paragraph", rest, label=label, printed=printed, page=paragraph.page)


def _level(line: Line, measure: Measure) -> int:
    ratio = line.size / measure.size
    return 1 if ratio > 1.5 else 2 if ratio > 1.12 else 3


def flowing(lines: Sequence[Line], spelt: "Spelling") -> str:
    """The text of lines that belong together, hyphens at their ends mended."""
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


def spelling(every: Sequence[Page]) -> "Spelling":
    """The spelling of a document's pages."""
    lines = [line for page in every for line in page.lines]
    ends = sum(line.hyphen or line.text.endswith("-") for line in lines)
    return Spelling(lambda: (line.text for line in lines), breaks=ends > FEWEST_BREAKS * len(lines))


class Spelling:
    """How the document itself spells words, which settles whether a hyphen at a line's end belongs to the word.

    Where it does not tell, a hyphen goes from a document that breaks words at its lines' ends, and stays in others.
    """

    def __init__(self, texts: Callable[[], Iterable[str]], *, breaks: bool) -> None:
        self.texts = texts
        self.breaks = breaks

    @cached_property
    def words(self) -> set[str]:
        """Every word of the document, hyphens kept; gathered only when a hyphen asks."""
        return set(HYPHENED.findall("\n".join(self.texts()).lower()))

    def mended(self, before: str, after: str) -> str:
        first = re.search(r"[^\W\d_-]+(?:-[^\W\d_]+)*$", before)
        second = re.match(r"[^\W\d_]+", after)
        if not first or not second or not second[0][0].islower():
            return f"{before}-{after}"
        joined, hyphened = f"{first[0]}{second[0]}".lower(), f"{first[0]}-{second[0]}".lower()
        keeps = joined not in self.words and (hyphened in self.words or not self.breaks)
        return f"{before}-{after}" if keeps else f"{before}{after}"
