"""A whole appendix."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from report.structure.base import Data
from report.structure.items import Addressee, ThemeGroup
from report.structure.parts import Part, RecommendationsPart, ThemesPart

SCHEMA = 1
# What travels with an appendix and is not printed.
INSIDE = ("left_out", "sources", "codes")


@dataclass(frozen=True)
class LeftOut(Data):
    """What could have been printed and is not, and why: beside the preview, for who may see it; never printed."""

    what: str
    why: str


@dataclass(frozen=True)
class Marked(Data):
    """Where in a source the words of a quote stand, in Unicode code points; `key` is the quote's."""

    key: str
    start: int
    end: int


@dataclass(frozen=True)
class Source(Data):
    """A text from which quotes were taken, for programs that work on whole texts; it is printed nowhere.

    `holds` are the sources of its quotes, as each `Evidence` has one; `reference` is the submission's, where it is one.
    """

    key: str
    name: str
    text: str
    marked: tuple[Marked, ...] = ()
    holds: tuple[str, ...] = ()
    reference: str = ""


@dataclass(frozen=True)
class Code(Data):
    """A theme as programs of qualitative research have it, with those below it; it is printed nowhere."""

    key: str
    name: str
    about: str = ""
    below: tuple[Code, ...] = ()


@dataclass(frozen=True)
class Appendix(Data):
    """A whole appendix, its parts in the order in which they are printed."""

    title: str
    made_on: date
    report_title: str = ""
    inquiry_title: str = ""
    body: str = ""
    rubric: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    schema: int = field(default=SCHEMA)
    layout: str = "appg"
    sources: tuple[Source, ...] = ()
    codes: tuple[Code, ...] = ()

    @property
    def levelled(self) -> list[tuple[Part, int]]:
        """Parts with the level of their heading: meetings under the Rule stand below the sessions that they follow."""
        before = (None, *(part.kind for part in self.parts))
        return [
            (part, 3 if part.kind == "events" and above in ("sessions", "witnesses") else 2)
            for above, part in zip(before, self.parts, strict=False)
        ]

    @property
    def contents(self) -> list[tuple[int, str, str]]:
        """The headings that a reader looks for: their level, their place and their words."""
        found = []
        for place, (part, level) in enumerate(self.levelled, start=1):
            found.append((level, f"part-{place}", part.heading))
            if isinstance(part, ThemesPart | RecommendationsPart):
                below: tuple[ThemeGroup | Addressee, ...] = part.items
                found += [(3, f"part-{place}-{i}", item.named) for i, item in enumerate(below, start=1)]
        return found

    def printed(self) -> dict[str, Any]:
        """Everything that is printed, as JSON can hold it, and nothing else."""
        return {name: value for name, value in self.to_dict().items() if name not in INSIDE}

    @property
    def digest(self) -> str:
        """What an appendix that prints the same has too, and no other."""
        return hashlib.sha256(json.dumps(self.printed(), sort_keys=True).encode()).hexdigest()
