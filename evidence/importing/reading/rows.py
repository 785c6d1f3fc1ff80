"""What every reader makes: a row for each submission that the source tells of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

from evidence.documents.reading.passages import clean

LONGEST_PERSON = 200
LONGEST_ORGANISATION = 300
LONGEST_TITLE = 300
LONGEST_TEXT = 1_000_000
MOST_ROWS = 20_000
MOST_NAMES = 200

_SEPARATOR = re.compile(r"\s*;\s*")
# Signs that spreadsheets take for the beginning of a formula; a minus or an at sign can also begin a name.
_FORMULA = re.compile(r"[=＝]|[+\-@＋－＠].*[(!|]")


@dataclass(frozen=True, slots=True)
class Name:
    """A submitter as written: a person, a body, or a person for a body. ``kind`` says which, where the source does."""

    text: str = ""
    organisation: str = ""
    sector: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A submission as the source tells of it. ``wrong`` says why it cannot be taken as it stands."""

    number: int
    label: str = ""
    reference: str = ""
    names: tuple[Name, ...] = ()
    received: str = ""
    decision: str = ""
    requested: str = ""
    published: str = ""
    title: str = ""
    text: str = ""
    files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    @classmethod
    def of(cls, said: dict[str, Any]) -> Self:
        """The row that a child process has written as JSON."""
        lists: dict[str, Any] = {name: tuple(said.pop(name, ())) for name in ("files", "notes", "wrong")}
        lists["names"] = tuple(Name(**name) for name in said.pop("names", ()))
        return cls(**lists, **said)

    def but(self, **changes: Any) -> Row:
        return replace(self, **changes)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the cell instead of showing it."""
    return bool(_FORMULA.match(text.strip()))


def pieces(text: str) -> list[str]:
    """The parts of a cell that names several; empty ones keep their place among others."""
    parts = [clean(part) for part in _SEPARATOR.split(text.strip())]
    return parts if any(parts) else []


def _upto(parts: list[str], count: int) -> list[str]:
    """Without the empty ones at the end that are more than these."""
    while len(parts) > count and not parts[-1]:
        parts = parts[:-1]
    return parts


def paired(submitters: str, organisations: str, sectors: Iterable[str]) -> list[Name]:
    """Each submitter with their organisation and its sector: as many of these, or one for all.

    :raises ValueError: with a sentence, when their numbers do not fit each other.
    """
    people = _upto(pieces(submitters), 1)
    bodies = pieces(organisations)
    count = max(len(people), len(_upto(bodies, 1)))
    bodies, kinds = _upto(bodies, count), _upto(list(sectors), count)
    for what, given in (("submitters", people), ("organisations", bodies), ("sectors", kinds)):
        if len(given) not in (0, 1, count):
            raise ValueError(
                f"It names {len(given)} {what} beside {count} {'organisations' if given is people else 'submitters'}, "
                "so it cannot be told which belong together."
            )
    if count > MOST_NAMES:
        raise ValueError(f"It names more than {MOST_NAMES} submitters.")
    columns = (people, bodies, kinds)
    spread = [each * count if len(each) == 1 else each or [""] * count for each in columns]
    made = [_named(*each) for each in zip(*spread, strict=True)]
    return list(dict.fromkeys(name for name in made if name.text or name.organisation))


def _named(submitter: str, organisation: str, sector: str) -> Name:
    """Whoever is written as their own organisation is one."""
    if organisation and submitter.casefold() in ("", organisation.casefold()):
        return Name(organisation=organisation, sector=sector)
    return Name(submitter, organisation, sector, "person" if organisation else "")
