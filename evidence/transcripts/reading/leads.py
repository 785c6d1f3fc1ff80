"""How a turn begins: `Q1 Chair:`, `Professor Yates:`, `[Q3]`, `(Mr Smith)`; and what only looks like it."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

QUESTION = re.compile(r"[\[(]?\s?Q(?:uestion|\.)?\s?(?P<number>\d{1,4})\s?[\])]?\s?[.:]?(?=\s|$|[A-Z“‘\"'(])\s*")
LABEL = re.compile(r"(?:>>\s*)?(?P<label>[^:\n]{1,80}?)\s?:(?:\s+|$)")
NUMBER = re.compile(r"(?P<number>\d{1,4})[.)]?\s+(?=\S)")
BRACKETED = re.compile(r"\((?P<label>[^()\n]{3,60})\)\s+(?=\S)")
WORD = re.compile(r"[^\W\d_][\w’'‘`.\-–‐‑]*|\d{1,3}|&", re.UNICODE)
CHAIR = re.compile(
    r"(?:(?:the|madam|madame|mr|acting)\s+)*(?:chair|chairman|chairwoman|chairperson)(?:\s*\((?P<who>[^()]+)\))?",
    re.IGNORECASE,
)
PARTICLES = frozenset(
    {"of", "the", "de", "da", "di", "du", "del", "der", "den", "van", "von", "la", "le", "el", "al", "bin", "ibn",
     "ap", "ab", "y", "e", "and", "hon", "hon.", "on", "in"}
)  # fmt: skip
TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "sir", "dame", "lord", "lady", "baroness",
     "baron", "viscount", "viscountess", "earl", "countess", "marquess", "duke", "rt", "reverend", "rev",
     "bishop", "archbishop", "councillor", "cllr", "witness", "witnesses", "speaker", "member", "members"}
)  # fmt: skip
# A document asks again and again of the same few names.
FEW_NAMES = 2_000
# Words with a colon that stand at the beginning of a paragraph, and are nobody.
NOBODY = re.compile(
    r"(?:other |also )?(?:members?|lords|councillors)? ?(?:present|in attendance|apologies)"
    r"|witnesses(?: [ivx\d]+)?|witness [ivx\d]+|questions?|panel(?: [ivx\d]+)?|[ivx]{1,4}"
    r"|date|time|place|venue|title|session|inquiry|subject|topic|note|notes|nb|published|location"
    r"|source|sources|answer|example|examples|figure|table|box|footnote|ayes|noes|tellers?.*|tel|telephone|e-?mail"
    r"|website|https?|(?:un)?corrected.*|.*\bevidence|recommendation(?: \d+)?|conclusion|summary",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lead:
    """The beginning of a paragraph: a question's number, a name, or both; and the words after it.

    It is `bare` in older layouts, where a number has no Q or a name stands in brackets: it may then be something else.
    """

    question: int | None
    label: str
    rest: str
    bare: bool = False


def lead(text: str) -> Lead | None:
    """What a paragraph begins with, if that can be the beginning of a turn."""
    question, rest, bare = None, text, False
    if text[:1] in "Q[(" and (numbered := QUESTION.match(text)):
        question, rest = int(numbered["number"]), text[numbered.end() :]
    elif text[:1].isdecimal() and (numbered := NUMBER.match(text)):
        question, rest, bare = int(numbered["number"]), text[numbered.end() :], True
    if ":" in rest[:90] and (named := LABEL.match(rest)) and is_name(named["label"]):
        return Lead(question, named["label"].strip(), rest[named.end() :], bare)
    if rest.startswith("(") and (named := BRACKETED.match(rest)) and is_person(named["label"]):
        return Lead(question, named["label"].strip(), rest[named.end() :], bare=True)
    return None if question is None or bare else Lead(question, "", rest)


@lru_cache(FEW_NAMES)
def is_name(label: str) -> bool:
    """Whether it has the shape of a name: few words, each with a capital letter or a particle between them."""
    if not label or label[-1] in ",;?!" or label[0] in ".,;-–":
        return False
    bare = label.replace("(", " ").replace(")", " ").replace("/", " ")
    words = bare.split()
    if not words or len(words) > 9 or not words[0][0].isalpha():
        return False
    for word in words:
        if not WORD.fullmatch(word) or (word[0].islower() and word not in PARTICLES):
            return False
        if word[-1] == "." and len(word) > 5:
            return False
    return any(not word[0].islower() for word in words)


def is_chair(label: str) -> bool:
    """Whether it is whoever is in the chair."""
    return CHAIR.fullmatch(label) is not None


@lru_cache(FEW_NAMES)
def is_person(label: str) -> bool:
    """Whether it begins as people are addressed, or is the Chair: a person, though it stands there once."""
    first, _, others = label.removeprefix("The ").partition(" ")
    return is_chair(label) or (bool(others) and first.strip(".").lower() in TITLES and is_name(label))


class Speakers:
    """Which names with a colon are speakers in this document, judged from all its beginnings.

    Where names are set in bold or italics, those are the speakers. Where they are not, a name is a speaker when it
    has a question's number, a title, a second word, or comes back.
    """

    def __init__(self, leads: Iterable[tuple[Lead, bool | None]]) -> None:
        self.marked: Counter[str] = Counter()
        self.every: Counter[str] = Counter()
        self.asking: set[str] = set()
        persons: list[bool] = []
        for found, marked in leads:
            if not found.label or NOBODY.fullmatch(found.label):
                continue
            self.every[found.label] += 1
            self.marked[found.label] += bool(marked)
            if found.question is not None and not found.bare:
                self.asking.add(found.label)
            elif is_person(found.label):
                persons.append(bool(marked))
        # Those who are surely people tell; where there are none, most names do.
        names = persons or [self.marked[label] > 0 for label in self.every if label not in self.asking]
        self.set_in_type = sum(names) >= max(1, 0.5 * len(names))

    def speaks(self, found: Lead, marked: bool | None) -> bool:
        """Whether this beginning of a paragraph is that of a turn."""
        label = found.label
        if not label:
            return False
        if (found.question is not None and not found.bare) or label in self.asking or is_person(label):
            return True
        if NOBODY.fullmatch(label):
            return False
        if self.set_in_type:
            return bool(marked) or self.marked[label] > 0
        return " " in label or self.every[label] > 1

    def begins(self, found: Lead, marked: bool | None) -> bool:
        """Whether this beginning of a line is that of a turn, wherever in a paragraph the line seems to stand."""
        if not self.speaks(found, marked):
            return False
        numbered = found.question is not None and not found.bare
        return numbered or bool(marked) or (not self.set_in_type and self.every[found.label] > 1)
