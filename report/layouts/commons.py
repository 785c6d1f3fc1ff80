"""How a committee of the House of Commons prints: witnesses by sitting, and written evidence in alphabetical order."""

from __future__ import annotations

from report import structure as printed
from report.layouts.sittings import sittings
from report.material import Material
from report.sorting import alphabetically


def witnesses(material: Material) -> printed.WitnessesPart:
    """One entry a panel under the date of its sitting, with its questions."""
    return printed.WitnessesPart(items=sittings(material, questions))


def questions(first: int, last: int) -> str:
    """``Q1-31``, and ``Q5`` for one."""
    return f"Q{first}" if first == last else f"Q{first}-{last}"


def written(material: Material) -> printed.PublishedPart:
    """Numbered from 1 in alphabetical order of the submitters as they are written, so that Dr stands under D."""
    every = [
        printed.WrittenEvidence(reference=submission.reference, submitters=submission.printed_submitters)
        for submission in material.submissions.values()
    ]
    code = material.inquiry.code
    return printed.PublishedPart(
        lead=f"{code} numbers are given to evidence as it is received, and so may not be complete.",
        items=tuple(alphabetically(every, lambda one: (one.submitters, ""))),
    )
