"""Where the words of one text differ from those of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SHOWN = 40
# Longer stretches are shown as they are: comparing them word by word would take a page too long.
WORDS_COMPARED = 1_500
AROUND = 6
LONGEST = 60

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Difference:
    """Words that only one of two texts has, with a few that both have before and after them."""

    before: str
    only_first: str
    only_other: str
    after: str


def differences(first: Sequence[str], other: Sequence[str]) -> list[Difference]:
    """The differences between two texts given as paragraphs, the first ``SHOWN`` of them."""
    found: list[Difference] = []
    for mine, theirs in _unlike(first, other):
        for difference in _word_by_word(mine, theirs):
            found.append(difference)
            if len(found) == SHOWN:
                return found
    return found


def _unlike(first: Sequence[str], other: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The stretches of paragraphs that differ, as words."""
    mine, theirs = ([_plain(text) for text in each] for each in (first, other))
    for tag, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            yield " ".join(first[a:b]).split(), " ".join(other[c:d]).split()


def _word_by_word(first: list[str], other: list[str]) -> Iterator[Difference]:
    if not (first and other) or len(first) + len(other) > WORDS_COMPARED:
        yield Difference("", _short(first), _short(other), "")
        return
    mine, theirs = ([_plain(word) for word in each] for each in (first, other))
    for tag, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            before, after = other[max(0, c - AROUND) : c], other[d : d + AROUND]
            yield Difference(" ".join(before), _short(first[a:b]), _short(other[c:d]), " ".join(after))


def _plain(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))


def _short(words: list[str]) -> str:
    return " ".join(words[:LONGEST]) + (" …" if len(words) > LONGEST else "")
