"""Quotes as rows of the database, for what reads thousands of them at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from evidence.quotes.models import Quote, QuoteQuerySet, Sourced
from evidence.submissions.rows import SubmissionRow
from evidence.witnesses.models import Appearance
from inquiry.models import Panel

READ = (
    *("pk", "text", "verdict", "panel_id", "appearance_id", "submission_id"),
    *("first_passage_id", "first_passage__number", "first_passage__question", "first_passage__speaker", "start"),
    *("last_passage_id", "last_passage__number", "last_passage__question", "end"),
    *("first_passage__document_id", "first_passage__document__transcript__replaced_at"),
)


class Place(NamedTuple):
    """Where words begin or end: a passage, by its number, its question and whoever speaks in it."""

    pk: int
    number: str
    question: int | None
    speaker: str = ""


@dataclass(slots=True)
class QuoteRow(Sourced):
    """A quote with no more than print needs. What it is from is one object for all quotes of it."""

    pk: int
    text: str
    verdict: str
    panel: Panel | None
    appearance: Appearance | None
    submission: SubmissionRow | None
    first_passage: Place | None
    start: int | None
    last_passage: Place | None
    end: int | None
    document_id: int | None
    replaced_at: dt.datetime | None


Cited = Quote | QuoteRow


class Sources(NamedTuple):
    """What quotes may be from, by key. Whoever is not in it is not named with them either."""

    panels: Mapping[int, Panel]
    appearances: Mapping[int, Appearance]
    submissions: Mapping[int, SubmissionRow]


def rows(quotes: QuoteQuerySet, of: Sources) -> Iterator[QuoteRow]:
    """The quotes, in the order in which they are asked for."""
    panels, appearances, submissions = of
    for row in quotes.values_list(*READ):
        pk, text, verdict, panel, appearance, submission, begun, number, question, speaker, start, *rest = row
        ended, last_number, last_question, end, document, replaced_at = rest
        first = last = None
        if begun:
            first = last = Place(begun, number, question, speaker)
            if ended != begun:
                last = Place(ended, last_number, last_question)
        yield QuoteRow(
            *(pk, text, verdict, panels.get(panel), appearances.get(appearance), submissions.get(submission)),
            *(first, start, last, end, document, replaced_at),
        )
