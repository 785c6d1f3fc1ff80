"""A meeting pack as plain, ordered data: what was said for and against, by whom, and room to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from report.structure import Data, Evidence


@dataclass(frozen=True)
class Side(Data):
    """What was said on one side of a question."""

    stance: str
    name: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Question(Data):
    """What is to be decided: a recommendation, with the sides on which evidence stands; or evidence on none."""

    title: str
    text: str = ""
    sides: tuple[Side, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class Pack(Data):
    """A whole pack. It says what it leaves out, and how much."""

    title: str
    made_on: date
    inquiry_title: str = ""
    body: str = ""
    holds: str = ""
    rubric: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    left_out: tuple[str, ...] = ()
    empty: str = ""

    @property
    def contents(self) -> list[tuple[str, str]]:
        """Where each question stands, and what it is called."""
        return [(f"question-{place}", one.title) for place, one in enumerate(self.questions, start=1)]
