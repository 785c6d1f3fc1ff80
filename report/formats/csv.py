"""The appendix as one table for a spreadsheet: a row for every witness, meeting, submission, quote and reference."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from inquiry.spreadsheets import cell
from report.structure import (
    Appendix,
    Event,
    EventsPart,
    Evidence,
    Recommendation,
    RecommendationsPart,
    ReferencesPart,
    SessionsPart,
    ThemesPart,
    WrittenPart,
)

COLUMNS = (
    "part",
    "group",
    "number",
    "heading",
    "text",
    "citation",
    "stance",
    "status",
    "date",
    "place",
    "mark",
    "note",
)
Row = dict[str, str]


def render(appendix: Appendix) -> bytes:
    """Every row in the order of print, in the encoding that spreadsheets expect of a file with a byte order mark."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writeheader()
    for part in appendix.parts:
        for row in ROWS[part.kind](part):
            writer.writerow({name: cell(value) for name, value in {"part": part.heading, **row}.items()})
    return out.getvalue().encode("utf-8-sig")


def _sessions(part: SessionsPart) -> Iterator[Row]:
    for session in part.items:
        row = {
            "group": session.meeting,
            "number": session.number,
            "heading": session.title,
            "date": session.date,
            "place": session.venue,
            "note": session.focus,
        }
        for witness in session.witnesses:
            yield {**row, "text": witness.printed}
        if not session.witnesses:
            yield {**row, "text": session.heard}


def _events(part: EventsPart) -> Iterator[Row]:
    for event in part.items:
        yield {"heading": event.title, "group": event.meeting, "date": _dated(event), "place": event.venue}


def _dated(event: Event) -> str:
    return ", ".join(text for text in (event.date, event.days) if text)


def _written(part: WrittenPart) -> Iterator[Row]:
    for one in part.items:
        yield {"number": one.reference, "heading": one.submitters, "date": one.date}


def _themes(part: ThemesPart) -> Iterator[Row]:
    for group in part.items:
        for theme in group.themes:
            for one in theme.evidence:
                yield {"group": group.title, "number": theme.number, "heading": theme.title, **_evidence(one)}


def _recommendations(part: RecommendationsPart) -> Iterator[Row]:
    for addressee in part.items:
        for one in addressee.recommendations:
            row = {"group": addressee.title, "number": one.number, "heading": one.title, "status": one.status}
            yield {**row, "text": one.text, "note": "; ".join(one.principles)}
            yield from ({**row, **evidence} for evidence in _stances(one))


def _stances(recommendation: Recommendation) -> Iterator[Row]:
    for stance, _, evidence in recommendation.stances:
        for one in evidence:
            yield {"stance": stance, **_evidence(one)}


def _evidence(one: Evidence) -> Row:
    return {"text": one.text, "citation": one.citation, "mark": one.mark, "note": one.note}


def _references(part: ReferencesPart) -> Iterator[Row]:
    for one in part.items:
        yield {
            "heading": one.author,
            "date": one.year,
            "text": one.title,
            "place": one.publication,
            "citation": one.url,
        }


ROWS: dict[str, Callable[[Any], Iterator[Row]]] = {
    "sessions": _sessions,
    "events": _events,
    "written": _written,
    "themes": _themes,
    "recommendations": _recommendations,
    "references": _references,
}
