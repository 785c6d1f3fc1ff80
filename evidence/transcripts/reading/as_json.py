"""A transcript that was read, as JSON can hold it, and back."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from typing import Any

from evidence.transcripts.reading.transcript import PanelHeard, Transcript, Turn, WitnessHeard


def to_json(transcript: Transcript) -> dict[str, Any]:
    """What `from_json` makes an equal transcript of; time codes are seconds, the date is ISO's."""
    said = asdict(transcript)
    for passage in said["passages"]:
        passage["start"] = None if passage["start"] is None else passage["start"].total_seconds()
    said["date"] = transcript.date.isoformat() if transcript.date else None
    return said


def from_json(said: dict[str, Any]) -> Transcript:
    """The transcript that `to_json` was given."""
    stated = said["stated_questions"]
    plain = ("chair", "title", "corrected", "first_question", "last_question")
    return Transcript(
        passages=tuple(Turn(**passage | {"start": _time(passage["start"])}) for passage in said["passages"]),
        panels=tuple(
            PanelHeard(**panel | {"witnesses": tuple(WitnessHeard(**person) for person in panel["witnesses"])})
            for panel in said["panels"]
        ),
        members=tuple(said["members"]),
        date=datetime.date.fromisoformat(said["date"]) if said["date"] else None,
        stated_questions=(stated[0], stated[1]) if stated else None,
        missing_questions=tuple(said["missing_questions"]),
        notes=tuple(said["notes"]),
        **{name: said[name] for name in plain},
    )


def _time(seconds: float | None) -> datetime.timedelta | None:
    return None if seconds is None else datetime.timedelta(seconds=seconds)
