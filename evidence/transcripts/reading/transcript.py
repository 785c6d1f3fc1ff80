"""What a transcript is once it is read: who spoke, in which order, under which question; and what its header says."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

TURN, HEADING, NOTE = "turn", "heading", "note"


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph of a transcript. What nobody said (headings, the header, notes of the clerk) has no speaker.

    A speaker's next paragraph is a turn of its own, so that a quote points at a paragraph.
    """

    text: str
    speaker: str = ""
    question: int | None = None
    page: int | None = None
    start: datetime.timedelta | None = None
    panel: int = 1
    kind: str = TURN


@dataclass(frozen=True, slots=True)
class WitnessHeard:
    """A witness as the header introduces them."""

    name: str
    role: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class PanelHeard:
    """A panel of witnesses, and the questions put to it."""

    number: int
    witnesses: tuple[WitnessHeard, ...] = ()
    first_question: int | None = None
    last_question: int | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript as it stands in its file. Every paragraph is kept, in `passages`; `turns` are those spoken."""

    passages: tuple[Turn, ...]
    panels: tuple[PanelHeard, ...] = ()
    members: tuple[str, ...] = ()
    chair: str = ""
    date: datetime.date | None = None
    title: str = ""
    corrected: bool | None = None
    first_question: int | None = None
    last_question: int | None = None
    stated_questions: tuple[int, int] | None = None
    missing_questions: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What was said."""
        return tuple(passage for passage in self.passages if passage.kind == TURN)

    def voices(self) -> Iterator[tuple[str, int]]:
        """Each speaker on each panel, once, in the order in which they first speak."""
        return iter(dict.fromkeys((turn.speaker, turn.panel) for turn in self.turns))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the source, of whatever format, before it is known what it is.

    `lines` are the lines as printed, which matter in a header; `marked` tells whether it begins in bold or italics,
    as a speaker's name does (None where the format has no type); an `aside` is known to be nobody's, as a footnote is.
    """

    text: str
    lines: tuple[str, ...] = ()
    page: int | None = None
    heading: bool = False
    marked: bool | None = None
    aside: bool = False
    start: datetime.timedelta | None = None
