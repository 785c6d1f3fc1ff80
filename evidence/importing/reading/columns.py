"""Which column of a list says what, and a row of cells as a row of submissions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evidence.documents.reading.passages import clean
from evidence.importing.reading.dates import read_received
from evidence.importing.reading.rows import (
    LONGEST_ORGANISATION,
    LONGEST_PERSON,
    LONGEST_TEXT,
    Name,
    Row,
    is_formula,
    paired,
    pieces,
)

COLUMNS = ("reference", "submitter", "organisation", "sector", "received", "decision", "file", "text")
NOT_USED = ""
_ALSO_CALLED = {
    "reference": ("ref", "ref no", "ref number", "reference number", "reference no", "internal reference", "number"),
    "submitter": ("submitters", "submitted by", "name", "names", "from", "witness", "witnesses", "author"),
    "organisation": ("organisations", "organization", "organizations", "body", "on behalf of", "org"),
    "sector": ("sectors", "type of organisation", "kind of organisation"),
    "received": ("received on", "date received", "date", "date of receipt"),
    "decision": ("publication", "decision on publication", "publish", "treatment"),
    "file": ("files", "file name", "filename", "document", "attachment"),
    "text": ("evidence", "full text", "content", "body text", "submission"),
}
_KNOWN = {name: column for column, names in _ALSO_CALLED.items() for name in (column, *names)}


def heading_key(heading: str) -> str:
    """A heading as it is compared: “Ref. No.” and “ref no” are the same."""
    return " ".join(clean(heading).casefold().replace(".", " ").replace("_", " ").replace(":", " ").split())


def is_known(heading: str, remembered: Mapping[str, str]) -> bool:
    return heading_key(heading) in remembered or heading_key(heading) in _KNOWN


def columns_of(headings: Sequence[str], remembered: Mapping[str, str]) -> dict[str, int]:
    """The place of each column that the headings tell. What a clerk once said of a heading goes before what we guess,
    and a column's own name before its other names."""
    keys = [heading_key(heading) for heading in headings]
    settled = {place for place, key in enumerate(keys) if key in remembered}
    found: dict[str, int] = {}
    for meanings in (remembered, {column: column for column in COLUMNS}, _KNOWN):
        for place, key in enumerate(keys):
            column = meanings.get(key, NOT_USED)
            if column != NOT_USED and column not in found and (meanings is remembered or place not in settled):
                found[column] = place
                settled.add(place)
    return found


@dataclass(frozen=True)
class Vocabulary:
    """The words that a list may use for sectors and for decisions, folded, and what each means."""

    sectors: Mapping[str, str]
    decisions: Mapping[str, str]
    today: dt.date
    remembered: Mapping[str, str] = field(default_factory=dict)


def row_of(number: int, cells: Sequence[str], columns: Mapping[str, int], words: Vocabulary) -> Row:
    """The row that the cells tell, with a sentence for each cell that cannot be understood."""
    said = {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}
    wrong = [
        f"The {name} begins like a formula. Put the words themselves there."
        for name, text in said.items()
        if name != "text" and is_formula(text)
    ]
    names: list[Name] = []
    received = decision = ""
    try:
        names = paired(said.get("submitter", ""), said.get("organisation", ""), _sectors(said.get("sector", ""), words))
    except ValueError as error:
        wrong.append(str(error))
    else:
        wrong += _names_that_do_not_fit(names)
        if not names:
            wrong.append("It does not say who submitted it.")
    try:
        received = read_received(said.get("received", ""), words.today)
    except ValueError as error:
        wrong.append(f"Received: {error}")
    try:
        decision = _decision(said.get("decision", ""), words)
    except ValueError as error:
        wrong.append(str(error))
    text = said.get("text", "").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if len(text) > LONGEST_TEXT:
        wrong.append(f"Its text has more than {LONGEST_TEXT:,} characters. Send it as a file.")
    return Row(
        number=number,
        reference=clean(said.get("reference", "")),
        names=tuple(names),
        received=received,
        decision=decision,
        text=text[:LONGEST_TEXT],
        files=tuple(name for name in pieces(said.get("file", "")) if name),
        wrong=tuple(wrong),
    )


def _names_that_do_not_fit(names: Sequence[Name]) -> list[str]:
    long = any(len(name.text) > LONGEST_PERSON or len(name.organisation) > LONGEST_ORGANISATION for name in names)
    return [f"A name has more than {LONGEST_PERSON} characters."] if long else []


def _sectors(written: str, words: Vocabulary) -> list[str]:
    return [_of(part, words.sectors, "sector") for part in pieces(written)]


def _decision(written: str, words: Vocabulary) -> str:
    return _of(clean(written), words.decisions, "decision")


def _of(written: str, meanings: Mapping[str, str], what: str) -> str:
    if not written:
        return ""
    meaning = meanings.get(written.casefold().replace("_", " ").replace("-", " "))
    if meaning is None:
        known = ", ".join(dict.fromkeys(meanings.values()))
        raise ValueError(f"“{written[:40]}” is no {what} that is known. These are: {known}.")
    return meaning
