"""The name of a person as an alphabetical list sorts it: by surname, without honorifics and letters after the name."""

from __future__ import annotations

import re
import unicodedata

HONORIFICS = frozenset(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness viscount viscountess earl countess duke
    duchess marquess rt right hon honourable rev revd reverend canon cllr councillor alderman judge justice general
    colonel major captain admiral lieutenant brigadier commodore
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
PARTICLES = frozenset(
    """
    de da do dos das del della der den van von vom zu zum zur ten ter te la le les du di el al bin ibn ben bint ap ab
    ferch af av o st
    """.split()  # noqa: SIM905
)
AFTER = re.compile(r"(?:[A-Z]{2,}[a-z]?|PhD|DPhil|MSc|BSc|MEd|Jr\.?|Sr\.?)$")


def surname_first(name: str) -> tuple[str, str]:
    """The surname, and what stands before it: "Prof Sir Alan van der Berg CBE" is ("van der Berg", "Alan").

    Particles belong to the surname, as they do in Britain; so does "of Basildon". Names in scripts that put the
    family first are left as they are.
    """
    words = _without_letters_after(_without_honorifics(name.split(",")[0].split()))
    own, territory = _before_of(words)
    if not own or _family_stands_first(name):
        return name, ""
    start = len(own) - 1
    while start > 1 and own[start - 1].casefold().rstrip(".") in PARTICLES:
        start -= 1
    if start == 1 and own[0].islower():
        start = 0
    return " ".join([*own[start:], *territory]), " ".join(own[:start])


def _without_honorifics(words: list[str]) -> list[str]:
    plain = [word.casefold().strip(".") for word in words]
    start = 1 if plain[:1] == ["the"] and plain[1:2] and plain[1] in HONORIFICS else 0
    while start < len(words) - 1 and plain[start] in HONORIFICS:
        start += 1
    return words[start:]


def _without_letters_after(words: list[str]) -> list[str]:
    if any(word.isupper() and len(word) > 1 for word in words[:1]):
        # Somebody typed the whole name in capitals.
        return words
    end = len(words)
    while end > 1 and AFTER.match(words[end - 1]):
        end -= 1
    return words[:end]


def _before_of(words: list[str]) -> tuple[list[str], list[str]]:
    """A peer's name, and the place in the title."""
    at = words.index("of") if "of" in words[1:] else len(words)
    return words[:at], words[at:]


def _family_stands_first(name: str) -> bool:
    letters = [unicodedata.name(letter, "") for letter in name if letter.isalpha()]
    return bool(letters) and letters[0].startswith(("CJK", "HANGUL", "HIRAGANA", "KATAKANA"))
