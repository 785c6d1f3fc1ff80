"""Reading a transcript in a child process, so that no file can take the worker with it."""

import datetime
from collections.abc import Callable
from contextlib import closing

from evidence.documents.reading.kinds import Unreadable
from evidence.documents.reading.runner import MOST_PASSAGES, SECONDS, TOO_BIG, Message, in_child
from evidence.transcripts.reading.transcript import PanelHeard, Transcript, Turn, WitnessHeard

BROKEN = "This transcript could not be read. Save it again as a PDF, a Word document or plain text, and send that."


def _quiet(percent: int, what: str) -> None:
    pass


def read_in_child(
    data: bytes, progress: Callable[[int, str], None] = _quiet, *, seconds: float = SECONDS
) -> Transcript:
    """The transcript in a file, or Unreadable with a sentence that says what to do."""
    passages: list[Turn] = []
    rest: Message = {}
    with closing(in_child([__package__], data, BROKEN, progress, seconds)) as messages:
        for message in messages:
            if "passage" in message:
                passages.append(_turn(*message["passage"]))
                if len(passages) > MOST_PASSAGES:
                    raise Unreadable(TOO_BIG)
            else:
                rest = message
    return _transcript(passages, rest)


def _turn(
    text: str, speaker: str, question: int | None, page: int | None, start: float | None, panel: int, kind: str
) -> Turn:
    time = None if start is None else datetime.timedelta(seconds=start)
    return Turn(text, speaker, question, page, time, panel, kind)


def _transcript(passages: list[Turn], rest: Message) -> Transcript:
    panels = [
        PanelHeard(**{**panel, "witnesses": tuple(WitnessHeard(**person) for person in panel["witnesses"])})
        for panel in rest["panels"]
    ]
    stated = rest["stated_questions"]
    return Transcript(
        passages=tuple(passages),
        panels=tuple(panels),
        members=tuple(rest["members"]),
        chair=rest["chair"],
        date=datetime.date.fromisoformat(rest["date"]) if rest["date"] else None,
        title=rest["title"],
        corrected=rest["corrected"],
        first_question=rest["first_question"],
        last_question=rest["last_question"],
        stated_questions=(stated[0], stated[1]) if stated else None,
        missing_questions=tuple(rest["missing_questions"]),
        notes=tuple(rest["notes"]),
    )
