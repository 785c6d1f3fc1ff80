"""Names as an alphabetical list sorts them: people by surname, without honorifics and letters; bodies without “The”."""

from __future__ import annotations

import re
import unicodedata

HONORIFICS = frozenset(
    """
    mr mrs ms miss mx dr prof professor emeritus emerita associate assistant assoc asst sir dame lord lady baron
    baroness viscount viscountess earl countess duke duchess marquess marquis marchioness prince princess hrh he hm
    the and rt right hon honour honourable his her excellency most very rev revd reverend father fr sister mother pastor
    rabbi imam sheikh canon archdeacon bishop archbishop cllr councillor alderman mayor judge justice general
    colonel major captain admiral lieutenant lt maj gen col capt cdr brig brigadier commodore commander rear vice air
    chief marshal wing squadron group leader flight sergeant sgt constable inspector superintendent detective
    ambassador senator
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
PARTICLES = frozenset(
    """
    de da do dos das del della der den van von vom zu zum zur ten ter te la le les du di el al bin ibn ben bint ap ab
    ferch af av ó ní nic ua uí mac mc st
    """.split()  # noqa: SIM905
)
# Dutch writes it so; without its apostrophe it would be an initial.
SHORT_PARTICLES = frozenset(("'t", "’t", "'s", "’s"))
LETTERS_AFTER = frozenset(
    """
    MP MSP MS AM MLA MEP TD AC QC KC SC SJ JP DL PC KG KT KP OM GCB KCB DCB CB GCMG KCMG DCMG CMG GCVO KCVO DCVO CVO LVO
    MVO GBE KBE DBE CBE OBE MBE BEM CH VC GC DSO QPM KPM VR RN RAF BA MA BSc MSc BEng MEng MBA MPhil MRes MLitt LLB LLM
    MD PhD DPhil DSc DLitt EdD EngD PsyD DClinPsy MBChB MBBS MEd PGCE BVSc FRS FRSE FBA FREng FMedSci FAcSS FLSW FRSA
    FRSB FRSC FInstP FRAS FRAeS FRGS FRHistS FRSL FRCP FRCS FRCGP FRCPath FRCPsych FRCPCH MRCP MRCS MRCGP MRCPsych
    FIMechE FIChemE FICE FIET FRICS MRICS MRTPI FRTPI RIBA FCA ACA CEng CPhys CChem CSci CPsychol CMath CGeol RGN
    Jr Jr. Sr Sr.
    """.split()  # noqa: SIM905
)
ASIDE = re.compile(r"\s*\([^()]*\)")
FEW_CAPITALS = re.compile(r"[A-Z]{2,5}$")


def surname_first(name: str) -> tuple[str, str]:
    """The surname, and what stands before it: "Prof Sir Alan van der Berg CBE" is ("van der Berg", "Alan").

    Particles belong to the surname, as they do in Britain; so does "of Basildon", but a title that is nothing else
    sorts by its place: "The Earl of Devon" is ("Devon", ""). What stands in brackets does not sort. Names in scripts
    that put the family first are left as they are.
    """
    plain = ASIDE.sub(" ", name) if ASIDE.sub(" ", name).strip() else name
    words = _without_letters_after(_without_honorifics(plain.split(",")[0].split()))
    own, territory = _before_of(words)
    if not own or _family_stands_first(name):
        return name, ""
    start = len(own) - 1
    while start > 1 and _is_particle(own[start - 1]):
        start -= 1
    if start == 1 and own[0].islower():
        start = 0
    return " ".join([*own[start:], *territory]), " ".join(own[:start])


def without_article(name: str) -> tuple[str, str]:
    """A body's name without its article, and the article: "The Law Society" is ("Law Society", "The").

    So do the Lords: their lists have The Linnean Society under L.
    """
    article, _, rest = name.partition(" ")
    return (rest.lstrip(), article) if article.casefold() == "the" and rest.strip() else (name, "")


def _without_honorifics(words: list[str]) -> list[str]:
    """What is left when the titles before a name are taken away; the last word is always a name."""
    start = 0
    while start < len(words) - 1 and _is_honorific(words[start]):
        start += 1
    if start and words[start] == "of":
        start += 1
    return words[start:]


def _is_honorific(word: str) -> bool:
    parts = word.casefold().strip(".").split("-")
    return all(part in HONORIFICS for part in parts)


def _is_particle(word: str) -> bool:
    plain = unicodedata.normalize("NFC", word.casefold())
    return plain in SHORT_PARTICLES or plain.removesuffix(".") in PARTICLES


def _without_letters_after(words: list[str]) -> list[str]:
    """Letters that nobody knows count as such after two names alone: "Jean DUPONT" has his surname in capitals."""
    if any(word.isupper() and len(word) > 1 for word in words[:1]):
        # Somebody typed the whole name in capitals.
        return words
    end = len(words)
    while end > 1 and (words[end - 1] in LETTERS_AFTER or (end > 2 and FEW_CAPITALS.match(words[end - 1]))):
        end -= 1
    return words[:end]


def _before_of(words: list[str]) -> tuple[list[str], list[str]]:
    """A peer's name, and the place in the title."""
    at = words.index("of") if "of" in words[1:] else len(words)
    return words[:at], words[at:]


def _family_stands_first(name: str) -> bool:
    letters = [unicodedata.name(letter, "") for letter in name if letter.isalpha()]
    return bool(letters) and letters[0].startswith(("CJK", "HANGUL", "HIRAGANA", "KATAKANA"))
