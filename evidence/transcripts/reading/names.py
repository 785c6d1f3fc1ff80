"""Names as transcripts print them, taken apart so that a short form can be held against a full one."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

MEN = frozenset({"mr", "sir", "lord", "baron", "earl", "viscount", "marquess", "duke"})
WOMEN = frozenset({"mrs", "ms", "miss", "dame", "lady", "baroness", "countess", "viscountess", "duchess"})
PEERS = frozenset(
    {"lord", "baron", "earl", "viscount", "marquess", "duke", "lady", "baroness", "countess", "viscountess", "duchess"}
)
# A man of any of these is spoken of as Lord, a woman as Lady.
SPOKEN = {
    **dict.fromkeys(("baron", "earl", "viscount", "marquess"), "lord"),
    **dict.fromkeys(("baroness", "countess", "viscountess", "marchioness"), "lady"),
    "doctor": "dr",
    "prof": "professor",
    "cllr": "councillor",
    "rev": "reverend",
    "revd": "reverend",
    "madam": "ms",
    "miss": "ms",
    "mrs": "ms",
}
TITLES = frozenset(SPOKEN) | MEN | WOMEN | frozenset(
    {"mx", "dr", "professor", "reverend", "canon", "bishop", "archbishop", "councillor", "judge", "justice", "rabbi",
     "imam", "captain", "colonel", "major", "general", "admiral", "ambassador", "commissioner", "alderman"}
)  # fmt: skip
STYLES = frozenset({"the", "rt", "right", "hon", "honourable", "most", "very", "his", "her", "excellency", "emeritus"})
AFTER = frozenset(
    {"mp", "ms", "msp", "mla", "am", "td", "cbe", "obe", "mbe", "dbe", "kbe", "gbe", "ch", "om", "kc", "qc", "frs",
     "fba", "freng", "frsc", "fmedsci", "dl", "jp", "phd", "md", "kcb", "cb", "dcb", "gcb", "kcmg", "cmg", "dcmg",
     "qpm", "pc", "jr", "jnr", "snr", "cvo", "lvo", "mvo"}
)  # fmt: skip

FULL, FIRST_AND_LAST, SURNAME, FIRST = 4, 3, 2, 1


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: its titles, the letters of its words, and the place of a peer.

    `ends` are its letters from each word on: the whole name, then without the first word, and so on to the surname.
    """

    titles: frozenset[str]
    words: tuple[str, ...]
    place: str
    ends: tuple[str, ...]

    @property
    def spoken(self) -> frozenset[str]:
        """The titles as people are addressed."""
        return frozenset(SPOKEN.get(title, title) for title in self.titles)

    @property
    def peer(self) -> bool:
        """Whether it is a peer's or a bishop's."""
        return bool(self.titles & PEERS)


@lru_cache(maxsize=2_000)
def taken_apart(printed: str) -> Name:
    """A name as printed, without what stands in brackets or after it."""
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", printed).split(",")[0]
    words = bare.split()
    titles: set[str] = set()
    while len(words) > 1 and ((word := _letters(words[0])) in TITLES or word in STYLES):
        if word in TITLES:
            titles.add(word)
        words.pop(0)
    while len(words) > 1 and _letters(words[-1]) in AFTER and (words[-1].isupper() or words[-1] in ("PhD", "FREng")):
        words.pop()
    place = ""
    if titles & (PEERS | {"bishop", "archbishop"}):
        of = next((i for i, word in enumerate(words) if word == "of"), None)
        if of == 0:
            words = words[1:]
        elif of:
            words, place = words[:of], _letters("".join(words[of + 1 :]))
    letters = tuple(filter(None, map(_letters, words)))
    return Name(frozenset(titles), letters, place, tuple("".join(letters[start:]) for start in range(len(letters))))


@lru_cache(maxsize=10_000)
def _letters(text: str) -> str:
    """Only letters and figures, in lower case, without accents: apostrophes and hyphens are printed in many ways."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if letter.isalnum()).casefold()


def closeness(short: Name, full: Name) -> tuple[int, int] | None:
    """How closely a short form fits a full name, or None when it is not that person's."""
    if _contradict(short, full):
        return None
    form = _form(short, full)
    if form is None or (form == FIRST and short.titles - {"sir", "dame"}):
        return None
    if short.spoken & full.spoken:
        return form, 3 if short.titles <= full.titles else 2
    if not full.titles or not short.titles:
        return form, 1
    return form, 0


def _contradict(short: Name, full: Name) -> bool:
    if short.place and full.place and short.place != full.place:
        return True
    if short.titles and short.peer != full.peer:
        return True
    men, women = bool(short.titles & MEN), bool(short.titles & WOMEN)
    return bool((men and not women and full.titles & WOMEN) or (women and not men and full.titles & MEN))


def _form(short: Name, full: Name) -> int | None:
    if not short.words or not full.words:
        return None
    first, last, whole = short.words[0], short.words[-1], short.ends[0]
    if whole == full.ends[0]:
        return FULL if len(short.words) > 1 or len(full.words) == 1 else SURNAME
    if whole in full.ends:
        return SURNAME
    if len(short.words) > 1 and len(full.words) > 1 and last == full.words[-1]:
        own = full.words[0]
        initial = min(len(first), len(own)) == 1 and first[0] == own[0]
        return FIRST_AND_LAST if first == own or initial else None
    if len(short.words) == 1 and len(full.words) > 1 and first == full.words[0]:
        return FIRST
    return None


def whose(short: str, names: Iterable[str]) -> str | None:
    """The one of these names whose short form it is; None when it is nobody's, or could be that of two people."""
    form = taken_apart(short)
    found: dict[str, tuple[int, int]] = {}
    for name in names:
        if fits := closeness(form, taken_apart(name)):
            found[name] = fits
    best = max(found.values(), default=None)
    closest: Sequence[str] = [name for name, fits in found.items() if fits == best]
    return closest[0] if len(closest) == 1 else None
