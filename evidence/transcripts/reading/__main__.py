"""The child process that opens a transcript: bytes on standard input, one JSON object a line on standard output."""

import sys
from dataclasses import asdict

from evidence.documents.reading.child import limit_self, progress, say
from evidence.documents.reading.kinds import Unreadable
from evidence.transcripts.reading.reader import read_transcript
from evidence.transcripts.reading.transcript import Transcript


def main() -> None:
    """Read one transcript, saying how far it is, then its passages, then all else that was found."""
    limit_self()
    try:
        found = read_transcript(sys.stdin.buffer.read(), progress)
    except Unreadable as refusal:
        say(unreadable=refusal.sentence)
        return
    progress(95, "Handing over")
    _say(found)


def _say(found: Transcript) -> None:
    for turn in found.passages:
        start = None if turn.start is None else turn.start.total_seconds()
        say(passage=[turn.text, turn.speaker, turn.question, turn.page, start, turn.panel, turn.kind])
    say(
        panels=[asdict(panel) for panel in found.panels],
        members=found.members,
        chair=found.chair,
        date=None if found.date is None else found.date.isoformat(),
        title=found.title,
        corrected=found.corrected,
        first_question=found.first_question,
        last_question=found.last_question,
        stated_questions=found.stated_questions,
        missing_questions=found.missing_questions,
        notes=found.notes,
    )


if __name__ == "__main__":
    main()
