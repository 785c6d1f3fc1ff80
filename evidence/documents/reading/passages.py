"""What every reader makes: drafts in the source's order, cleaned and numbered into passages."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

# Longer ones would overflow PostgreSQL's limit for the words of one row in the search index.
LONGEST = 40_000
LONGEST_LABEL = 20
MANY_WORDS = 3_000
LARGEST_GAP = 10

NO_NUMBERS = "It has no numbered paragraphs of its own; they are numbered here in their order."
NUMBERS_RESTART = "Its own paragraph numbers start again or repeat, so paragraphs are numbered here in their order."


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """Words of a document that can be pointed at: a heading, a paragraph, an item of a list, a row of a table."""

    kind: str
    number: str
    text: str
    page: int | None = None
    level: int = 0
    speaker: str = ""
    question: int | None = None
    time_code: dt.timedelta | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with an e-mail."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as passages, with notes for the clerk who takes it in, and what came attached to it."""

    passages: tuple[ReadPassage, ...]
    notes: tuple[str, ...] = ()
    attached: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A passage before it is known whether the number it begins with (`label`) is the document's own numbering."""

    kind: str
    text: str
    label: str = ""
    printed: str = ""
    page: int | None = None
    level: int = 0


# Kept: joiners (emoji, Indic and Persian spelling), direction marks, and the tags in flags. Gone: every other
# invisible character, soft hyphens among them, because quotes are compared with what can be seen.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ufdd0-\ufdef\ud800-\udfff]"
)
LABEL = re.compile(r"(?:\(?(?P<one>\d{1,4})[.)]|(?P<many>\d{1,3}(?:\.\d{1,3})+)[.)]?)\s+(?=\S)")
# An item's letter or small Roman number, which is never a paragraph's own.
LETTERED = re.compile(r"\(?(?:[a-z]|[ivx]{2,4})[.)]\s+(?=\S)|\([A-Z]\)\s+(?=\S)")


def clean(text: str) -> str:
    """Text in Unicode's composed form, without control characters, its white space collapsed."""
    return " ".join(unicodedata.normalize("NFC", INVISIBLE.sub("", text)).split())


def labelled(text: str) -> tuple[str, str, str]:
    """The number that a paragraph begins with, as printed too, and the text after it."""
    if match := LABEL.match(text):
        return match["one"] or match["many"], match[0].strip(), text[match.end() :]
    return "", "", text


def finish(drafts: Iterable[Draft], notes: Sequence[str] = (), *, numbers_matter: bool = True) -> Reading:
    """Clean and number the drafts: by the source's own numbers when they can be cited, else in order.

    ``numbers_matter`` is false for a letter that only comes with the evidence: nobody misses its numbers.
    """
    kept = [draft for draft in (_cleaned(draft) for draft in drafts) if draft.text]
    own, said = _own_numbers(kept)
    if not numbers_matter:
        said = []
    passages: list[ReadPassage] = []
    count = 0
    for index, draft in enumerate(kept):
        number = ""
        if index in own:
            draft = replace(draft, kind="paragraph", level=0)
            number = draft.label
        elif draft.printed:
            draft = replace(draft, text=f"{draft.printed} {draft.text}")
        if draft.kind == "paragraph" and not own:
            count += 1
            number = str(count)
        passages.extend(_in_bounds(ReadPassage(draft.kind, number, draft.text, draft.page, draft.level)))
    return Reading(tuple(passages), (*notes, *said, *_length(passages)))


def _cleaned(draft: Draft) -> Draft:
    # A number that can't be kept as one stays in the text.
    label = draft.label if len(draft.label) <= LONGEST_LABEL else ""
    return replace(draft, text=clean(draft.text), label=label, printed=clean(draft.printed))


def _own_numbers(drafts: Sequence[Draft]) -> tuple[set[int], list[str]]:
    """Which drafts carry the document's own numbering, and what to tell the clerk when none do.

    A numbering runs upwards through most of the document. What breaks it for a moment is a list inside a
    paragraph and keeps its label in its text; a numbering that starts again can't be cited.
    """
    body = [draft for draft in drafts if draft.kind == "paragraph" or draft.label]
    labels = [(index, _parts(draft.label)) for index, draft in enumerate(drafts) if draft.label]
    every_word = sum(_words(draft.text) for draft in body)
    words = sum(_words(drafts[index].text) for index, _ in labels)
    most = words >= 0.5 * every_word or (words >= 0.2 * every_word and len(labels) >= 0.4 * len(body))
    if not labels or not most:
        return set(), [NO_NUMBERS] if body else []
    # The first label may be a year or a list's, so the numbering may begin at any of the first few.
    chain = max((_upwards(labels[start:]) for start in range(min(5, len(labels)))), key=len)
    if len(chain) < 0.8 * len(labels):
        return set(), [NUMBERS_RESTART]
    return chain, []


def _upwards(labels: Sequence[tuple[int, tuple[int, ...]]]) -> set[int]:
    """The drafts whose labels go upwards from the first one, without great gaps."""
    chain: set[int] = set()
    last: tuple[int, ...] = ()
    for index, parts in labels:
        if not last or (last < parts and parts[0] - last[0] <= LARGEST_GAP):
            chain.add(index)
            last = parts
    return chain


def _parts(label: str) -> tuple[int, ...]:
    return tuple(int(part) for part in label.split("."))


def _words(text: str) -> int:
    return text.count(" ") + 1


def _length(passages: Sequence[ReadPassage]) -> list[str]:
    words = sum(_words(passage.text) for passage in passages)
    return [f"It has {words:,} words, over 3,000."] if words > MANY_WORDS else []


def _in_bounds(passage: ReadPassage) -> Iterable[ReadPassage]:
    """A passage, cut where it is too long for one row; what follows has no number of its own."""
    number = passage.number
    for text in in_bounds(passage.text):
        yield replace(passage, text=text, number=number)
        number = ""


def in_bounds(text: str) -> Iterator[str]:
    """A text, cut at white space where it is too long for one row."""
    while len(text) > LONGEST:
        cut = text.rfind(" ", LONGEST // 2, LONGEST)
        head = text[:cut] if cut > 0 else text[:LONGEST]
        yield head.strip()
        text = text[len(head) :].strip()
    yield text
