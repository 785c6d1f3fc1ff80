"""Where in a passage typed or pasted words stand, for those who cannot select them there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from accounts.refusals import Refused

# As the database compares them; see evidence/quotes/verbatim.py.
ALIKE = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff", "")
)
BRACKET = re.compile(r"\[[^\[\]]*\]")

NOT_THERE = (
    "These words do not stand in the passage. Copy them from it; mark an omission as […] and put any change in "
    "[square brackets]."
)
TWICE = "These words stand in the passage more than once. Copy some of the words around them too."
MOST_EDITS = 200
TOO_MANY = "These words are edited in too many places to find where they stand. Select them in the document."
NONE = "Give the words to quote, as they stand in the passage."


@dataclass(frozen=True)
class Folded:
    """A text as it is compared, and where in the text each of its characters came from."""

    text: str
    places: tuple[tuple[int, int], ...]


def fold(text: str) -> Folded:
    """Typographic quotes and dashes made plain, white space made one space, letters composed."""
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    for start, end in _clusters(text):
        plain = unicodedata.normalize("NFC", text[start:end]).translate(ALIKE)
        if plain.isspace():
            if not characters or characters[-1] == " ":
                continue
            plain = " "
        characters.extend(plain)
        places.extend((start, end) for _ in plain)
    return Folded("".join(characters), tuple(places))


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Each character with the marks that combine with it."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            yield start, at
            start = at


def find(quoted: str, words: str) -> tuple[int, int]:
    """Where the quoted words begin and end in the passage's words, in code points.

    What stands in brackets is an edit, so any words may stand in its place.

    :raises Refused: when they do not stand there, or not in one place only.
    """
    wanted, source = fold(quoted).text.strip(), fold(words)
    parts = [part.strip() for part in BRACKET.split(wanted)]
    if not any(parts):
        raise Refused(NONE)
    if len(parts) - 1 > MOST_EDITS:
        raise Refused(TOO_MANY)
    found = _runs([part for part in parts if part], source.text)
    found = {_widened(run, wanted, parts, source.text) for run in found}
    found = {run for run in found if _whole_words(run, source.text)}
    if not found:
        raise Refused(NOT_THERE)
    if len(found) > 1:
        raise Refused(TWICE)
    start, end = found.pop()
    return source.places[start][0], source.places[end - 1][1]


def _runs(parts: list[str], text: str) -> set[tuple[int, int]]:
    """The shortest stretches of the text in which the parts follow each other."""
    ends: dict[int, int] = {}
    start = text.find(parts[0])
    while start >= 0:
        end = start + len(parts[0])
        for part in parts[1:]:
            place = text.find(part, end)
            if place < 0:
                return {(begin, stop) for stop, begin in ends.items()}
            end = place + len(part)
        ends[end] = start
        start = text.find(parts[0], start + 1)
    return {(begin, stop) for stop, begin in ends.items()}


def _widened(run: tuple[int, int], wanted: str, parts: list[str], text: str) -> tuple[int, int]:
    """To the whole word, where letters of its beginning or its end were changed in brackets."""
    start, end = run
    if not parts[0] and not wanted[BRACKET.match(wanted).end()].isspace():  # type: ignore[union-attr]
        start = text.rfind(" ", 0, start) + 1
    if not parts[-1] and not wanted[wanted.rfind("[") - 1].isspace():
        space = text.find(" ", end)
        end = len(text) if space < 0 else space
    return start, end


def _whole_words(run: tuple[int, int], text: str) -> bool:
    start, end = run
    cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cut_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not cut_before and not cut_after
