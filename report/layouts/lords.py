"""How a committee of the House of Lords prints: everyone who gave evidence in one alphabetical order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from evidence.submissions.rows import Party, SubmissionRow
from evidence.witnesses.models import Appearance
from report import structure as printed
from report.layouts.sittings import sitting_date, sittings
from report.material import Material, key_of
from report.names import surname_first, without_article
from report.sorting import alphabetically


def witnesses(material: Material) -> printed.WitnessesPart:
    """Oral evidence by sitting; panels have Roman numerals."""
    return printed.WitnessesPart(
        heading="Oral evidence in chronological order", lead="", items=sittings(material, questions, numbered=True)
    )


def questions(first: int, last: int) -> str:
    """``QQ 1–31``, and ``Q 5`` for one."""
    return f"Q {first}" if first == last else f"QQ {first}–{last}"


def written(material: Material) -> printed.AlphabeticalPart:
    """One entry for each person and each body, with all that they said and wrote.

    Who was heard, or wrote, for a body is cited by name, and is looked for under it; the body is looked for too. So
    both have an entry. People stand under their surnames; neither honorifics nor the “The” of a body sort.
    """
    entries: dict[str, _Entry] = {}
    for key, entry in [*_heard(material), *_wrote(material)]:
        entries.setdefault(key, _Entry(entry.name, entry.sorted_by)).take(entry)
    return printed.AlphabeticalPart(
        lead="Question numbers (Q, QQ) are those of oral evidence; references are those of written evidence.",
        items=tuple(
            printed.Giver(
                name=entry.name,
                people=tuple(entry.people),
                heard=tuple(entry.heard),
                references=tuple(entry.references),
                capacities=tuple(entry.capacities),
                key=key,
                appearances=tuple(entry.appearances),
            )
            for key, entry in alphabetically(entries.items(), lambda one: one[1].sorted_by)
        ),
    )


@dataclass
class _Entry:
    """What somebody gave; dictionaries, for what is said twice is printed once."""

    name: str
    sorted_by: tuple[str, str]
    people: dict[str, None] = field(default_factory=dict)
    capacities: dict[str, None] = field(default_factory=dict)
    heard: dict[str, None] = field(default_factory=dict)
    references: dict[str, None] = field(default_factory=dict)
    appearances: dict[str, None] = field(default_factory=dict)

    def take(self, other: _Entry) -> None:
        self.people |= other.people
        self.capacities |= other.capacities
        self.heard |= other.heard
        self.references |= other.references
        self.appearances |= other.appearances


def _heard(material: Material) -> Iterator[tuple[str, _Entry]]:
    """By sitting, so that the questions of one entry follow each other."""
    panels = {panel: place for place, panel in enumerate(_in_order_of_sitting(material))}
    for panel in sorted(material.heard, key=panels.__getitem__):
        asked = material.questions_of(panel)
        for one in material.heard[panel]:
            when = questions(*asked) if asked else _when(one)
            for key, entry in _givers(_speaker(one), one.role):
                yield key, replace(entry, heard={when: None}, appearances={key_of(one): None})


def _in_order_of_sitting(material: Material) -> list[int]:
    def place(panel: int) -> tuple[bool, str, int]:
        session = material.heard[panel][0].panel.session
        return session.date is None, str(session.date), material.heard[panel][0].panel.number

    return sorted(material.heard, key=place)


def _when(appearance: Appearance) -> str:
    """Where no question is numbered, the day tells where the words are to be found."""
    session = appearance.panel.session
    return f"oral evidence, {sitting_date(session) or session.title}"


def _wrote(material: Material) -> Iterator[tuple[str, _Entry]]:
    for submission in material.submissions.values():
        reference = {submission.reference: None}
        authors = submission.parties if submission.names_may_be_printed else []
        for one in authors:
            for key, entry in _givers(one):
                yield key, replace(entry, references=reference)
        if not authors:
            yield _nameless(submission, reference)


def _nameless(submission: SubmissionRow, reference: dict[str, None]) -> tuple[str, _Entry]:
    """Nobody is to know which of them are by one hand, so each has an entry."""
    name = submission.printed_submitters
    return submission.reference, _Entry(name, (name, submission.reference), references=reference)


def _speaker(one: Appearance) -> Party:
    body = one.organisation.name if one.organisation else None
    return Party(one.witness_id, one.witness.name, one.organisation_id, body)


def _givers(one: Party, role: str = "") -> Iterator[tuple[str, _Entry]]:
    """Whose evidence it is: a person's, a body's, or both."""
    if one.person:
        capacity = printed.listed(role, one.body or "")
        yield (
            f"witness-{one.witness_id}",
            _Entry(one.person, surname_first(one.person), capacities={capacity: None} if capacity else {}),
        )
    if one.body:
        spoke = {printed.listed(one.person, role): None} if one.person else {}
        yield f"organisation-{one.organisation_id}", _Entry(one.body, without_article(one.body), people=spoke)
