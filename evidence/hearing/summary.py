"""A transcript that was read, told in one object for scripts."""

from __future__ import annotations

from typing import Any

from evidence.transcripts.reading import Transcript as Reading


def summary(reading: Reading, unmatched: list[str]) -> dict[str, Any]:
    """What was read: ``questions`` are the first and the last number, or two nulls where there is none."""
    return {
        "turns": len(reading.turns),
        "questions": [reading.first_question, reading.last_question],
        "missing_questions": list(reading.missing_questions),
        "panels": [
            {
                "number": panel.number,
                "questions": [panel.first_question, panel.last_question],
                "witnesses": [
                    {"name": each.name, "role": each.role, "organisation": each.organisation}
                    for each in panel.witnesses
                ],
            }
            for panel in reading.panels
        ],
        "members": list(reading.members),
        "unmatched_speakers": unmatched,
        "date": reading.date.isoformat() if reading.date else None,
    }
