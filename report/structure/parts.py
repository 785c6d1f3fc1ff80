"""The parts of an appendix: a heading, a sentence where there is something to say, and what stands under them."""

from dataclasses import dataclass
from typing import ClassVar

from report.structure.base import Data
from report.structure.items import (
    Addressee,
    Event,
    EvidenceSession,
    Giver,
    Recommendation,
    Reference,
    Sitting,
    ThemeGroup,
    WrittenEvidence,
)


@dataclass(frozen=True)
class SessionsPart(Data):
    """The evidence sessions, in order."""

    kind: ClassVar[str] = "sessions"
    heading: str = "Evidence sessions"
    lead: str = ""
    empty: str = "No evidence session has been held."
    items: tuple[EvidenceSession, ...] = ()


@dataclass(frozen=True)
class EventsPart(Data):
    """Meetings under the Rule, named without the people who took part."""

    kind: ClassVar[str] = "events"
    heading: str = "Held under the Chatham House Rule"
    lead: str = "Who took part is not recorded, and no one is quoted."
    empty: str = "No meeting was held under the Chatham House Rule."
    items: tuple[Event, ...] = ()


@dataclass(frozen=True)
class WrittenPart(Data):
    """The written evidence that may be printed."""

    kind: ClassVar[str] = "written"
    heading: str = "Written evidence"
    lead: str = ""
    empty: str = "No written evidence may be printed yet."
    items: tuple[WrittenEvidence, ...] = ()

    @property
    def dated(self) -> bool:
        """Whether any of it has a date to print."""
        return any(one.date for one in self.items)


@dataclass(frozen=True)
class WitnessesPart(Data):
    """The witnesses by sitting, a panel an entry, with their questions."""

    kind: ClassVar[str] = "witnesses"
    heading: str = "Witnesses"
    lead: str = "The following witnesses gave evidence."
    empty: str = "No evidence session has been held."
    items: tuple[Sitting, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether the questions of any panel are known."""
        return any(panel.questions for sitting in self.items for panel in sitting.panels)


@dataclass(frozen=True)
class PublishedPart(Data):
    """The written evidence, numbered in alphabetical order of its submitters as they are written."""

    kind: ClassVar[str] = "published"
    heading: str = "Published written evidence"
    lead: str = ""
    empty: str = "No written evidence may be printed yet."
    items: tuple[WrittenEvidence, ...] = ()


@dataclass(frozen=True)
class AlphabeticalPart(Data):
    """Everyone who gave evidence, spoken or written, an entry each."""

    kind: ClassVar[str] = "alphabetical"
    heading: str = "Evidence in alphabetical order"
    lead: str = ""
    empty: str = "No evidence may be printed yet."
    items: tuple[Giver, ...] = ()


@dataclass(frozen=True)
class ThemesPart(Data):
    """Quotes by theme; the heading names the framework's levels."""

    kind: ClassVar[str] = "themes"
    heading: str = "Evidence by objective and mission"
    lead: str = ""
    empty: str = "No quote can be printed yet."
    items: tuple[ThemeGroup, ...] = ()


@dataclass(frozen=True)
class RecommendationsPart(Data):
    """Recommendations by addressee, each with its evidence."""

    kind: ClassVar[str] = "recommendations"
    heading: str = "Recommendations and their evidence"
    lead: str = ""
    empty: str = "No recommendation has been made."
    items: tuple[Addressee, ...] = ()
    answer_heading: ClassVar[str] = "Answer to what challenges it"

    @property
    def recommendations(self) -> list[Recommendation]:
        """All of them, in order."""
        return [one for addressee in self.items for one in addressee.recommendations]


@dataclass(frozen=True)
class ReferencesPart(Data):
    """Research that is cited."""

    kind: ClassVar[str] = "references"
    heading: str = "References"
    lead: str = ""
    empty: str = "No research is cited."
    items: tuple[Reference, ...] = ()


Part = (
    SessionsPart
    | EventsPart
    | WrittenPart
    | WitnessesPart
    | PublishedPart
    | AlphabeticalPart
    | ThemesPart
    | RecommendationsPart
    | ReferencesPart
)
