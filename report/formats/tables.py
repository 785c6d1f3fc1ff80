"""The parts of an appendix as tables: a row for every witness, meeting, submission, quote and reference."""

from collections.abc import Callable, Iterator
from typing import Any

from inquiry.spreadsheets import cell
from report.structure import (
    AlphabeticalPart,
    Event,
    EventsPart,
    Evidence,
    Part,
    PublishedPart,
    Recommendation,
    RecommendationsPart,
    ReferencesPart,
    SessionsPart,
    ThemesPart,
    WitnessesPart,
    WrittenPart,
)

Row = dict[str, str]
# What each column is called in a table of one part alone; columns that are not named here, the part has not.
QUOTED = {"text": "Words", "citation": "Source", "mark": "Mark", "note": "Note"}
TITLES: dict[str, dict[str, str]] = {
    "sessions": {
        "number": "No.",
        "heading": "Session",
        "group": "Kind",
        "date": "Date",
        "place": "Place",
        "text": "Witness",
        "note": "About",
    },
    "events": {"heading": "Meeting", "group": "Kind", "date": "Date", "place": "Place"},
    "written": {"number": "Reference", "heading": "Submitted by", "date": "Date"},
    "witnesses": {"date": "Date", "heading": "Session", "group": "Panel", "text": "Witness", "number": "Questions"},
    "published": {"number": "No.", "heading": "Submitted by", "citation": "Reference"},
    "alphabetical": {"heading": "Name", "text": "Spoken for by", "note": "Heard as", "citation": "Evidence"},
    "themes": {"group": "Group", "number": "No.", "heading": "Theme"} | QUOTED,
    "recommendations": {
        "group": "Addressee",
        "number": "No.",
        "heading": "Recommendation",
        "status": "Status",
        "stance": "Stance",
    }
    | QUOTED,
    "references": {
        "heading": "Author",
        "date": "Year",
        "text": "Title",
        "place": "Publication",
        "citation": "Address",
    },
}


def rows_of(part: Part) -> Iterator[Row]:
    """The rows of a part in the order of print; no cell begins as a formula."""
    for row in _ROWS[part.kind](part):
        yield {name: cell(value) for name, value in row.items()}


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


def _witnesses(part: WitnessesPart) -> Iterator[Row]:
    for sitting in part.items:
        row = {"date": sitting.date, "heading": sitting.title}
        for panel in sitting.panels:
            for witness in panel.witnesses:
                yield {**row, "group": panel.numeral, "text": witness.printed, "number": panel.questions}
        if not sitting.panels:
            yield {**row, "text": sitting.nobody}


def _published(part: PublishedPart) -> Iterator[Row]:
    for place, one in enumerate(part.items, start=1):
        yield {"number": str(place), "heading": one.submitters, "citation": one.reference}


def _alphabetical(part: AlphabeticalPart) -> Iterator[Row]:
    for one in part.items:
        yield {"heading": one.name, "text": one.spoken_for, "note": one.heard_as, "citation": one.evidence}


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
            if one.answer:
                yield {**row, "stance": "answer", "text": one.answer}


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


_ROWS: dict[str, Callable[[Any], Iterator[Row]]] = {
    "sessions": _sessions,
    "events": _events,
    "written": _written,
    "witnesses": _witnesses,
    "published": _published,
    "alphabetical": _alphabetical,
    "themes": _themes,
    "recommendations": _recommendations,
    "references": _references,
}
