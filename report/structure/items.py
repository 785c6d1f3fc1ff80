"""What stands in the parts of an appendix.

A ``key`` is what an item stays the same by, whatever is printed of it; it is printed nowhere itself.
"""

import re
from dataclasses import dataclass, field

from report.structure.base import Data, listed, named


@dataclass(frozen=True)
class Witness(Data):
    """A person on the day they were heard."""

    name: str
    role: str = ""
    organisation: str = ""
    key: str = field(default="", compare=False)

    @property
    def printed(self) -> str:
        """As a list of witnesses prints it: "Name, role, organisation"."""
        return listed(self.name, self.role, self.organisation)


def together(witnesses: tuple[Witness, ...]) -> list[str]:
    """Everyone once: who was heard for two bodies is "Name, role, organisation, and role, organisation"."""
    said: list[str] = []
    before = ""
    for one in witnesses:
        if one.name == before:
            said[-1] += f", and {listed(one.role, one.organisation)}"
        else:
            said.append(one.printed)
        before = one.name
    return said


@dataclass(frozen=True)
class EvidenceSession(Data):
    """A session on the record or in private; its date as the inquiry knows it ("April 2022").

    ``meeting`` says what it was where it was no evidence session: a visit.
    """

    number: str
    title: str
    date: str = ""
    venue: str = ""
    witnesses: tuple[Witness, ...] = ()
    meeting: str = ""
    private: bool = False
    themes: tuple[str, ...] = ()
    key: str = field(default="", compare=False)

    @property
    def circumstances(self) -> str:
        """What is said of it beside its title."""
        return listed(self.meeting, self.venue)

    @property
    def heard(self) -> str:
        """The session's witnesses in order, or why there are none."""
        if self.private:
            return "Heard in private."
        return "; ".join(together(self.witnesses)) or "No witness is recorded."

    @property
    def focus(self) -> str:
        """The themes that it was about."""
        return f"On {'; '.join(self.themes)}" if self.themes else ""


@dataclass(frozen=True)
class Event(Data):
    """A meeting under the Chatham House Rule. It has no field for people."""

    title: str
    meeting: str = ""
    venue: str = ""
    days: str = ""
    date: str = ""
    key: str = field(default="", compare=False)

    @property
    def circumstances(self) -> str:
        """What is said of it beside its title."""
        return listed(self.meeting, self.venue, self.days, self.date)


@dataclass(frozen=True)
class PanelHeard(Data):
    """Witnesses heard together, and the questions that they were asked; numbered where a sitting had several panels."""

    witnesses: tuple[Witness, ...] = ()
    questions: str = ""
    numeral: str = ""
    key: str = field(default="", compare=False)

    @property
    def printed(self) -> str:
        """One entry a panel: "Name, role, organisation, and Name, role, organisation"."""
        *others, last = together(self.witnesses)
        everyone = f"{', '.join(others)}, and {last}" if others else last
        return f"{self.numeral}: {everyone}" if self.numeral else everyone


@dataclass(frozen=True)
class Sitting(Data):
    """A day on which witnesses were heard. Where the day is not known, its title tells which sitting it was."""

    date: str = ""
    title: str = ""
    panels: tuple[PanelHeard, ...] = ()
    private: bool = False
    key: str = field(default="", compare=False)

    @property
    def named(self) -> str:
        return " · ".join(text for text in (self.date, self.title) if text)

    @property
    def nobody(self) -> str:
        """Why nobody is listed."""
        return "Heard in private." if self.private else "No witness is recorded."


@dataclass(frozen=True)
class Giver(Data):
    """A person or a body, with all the evidence that they gave: when they were heard, and what they wrote.

    ``people`` spoke or wrote for a body; ``capacities`` are what a person was heard as, and for whom.
    """

    name: str
    people: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    capacities: tuple[str, ...] = ()
    key: str = field(default="", compare=False)
    appearances: tuple[str, ...] = field(default=(), compare=False)

    @property
    def evidence(self) -> str:
        """Questions and references together: "QQ 1–14, SPA0044"."""
        return listed(*self.heard, *self.references)

    @property
    def spoken_for(self) -> str:
        """Who spoke or wrote for the body."""
        return "; ".join(self.people)

    @property
    def heard_as(self) -> str:
        """What the person was, and for whom they spoke or wrote."""
        return "; ".join(self.capacities)

    @property
    def beside(self) -> str:
        """What is printed beside the name."""
        return self.spoken_for or self.heard_as


@dataclass(frozen=True)
class WrittenEvidence(Data):
    """A submission that may be printed, with its submitters as printed."""

    reference: str
    submitters: str
    date: str = ""


@dataclass(frozen=True)
class Evidence(Data):
    """Words with their citation, or the citation alone where a whole submission is meant.

    `mark` and `note` are printed beside them when there is something to say. `source` is the reference of the
    submission that they are from, or the key of the witness who said them.
    """

    text: str
    citation: str
    mark: str = ""
    note: str = ""
    key: str = field(default="", compare=False)
    source: str = field(default="", compare=False)


@dataclass(frozen=True)
class Theme(Data):
    """A theme with the evidence on it: quotes, whole submissions, and insights noted under the Rule."""

    number: str
    title: str
    evidence: tuple[Evidence, ...] = ()
    key: str = field(default="", compare=False)


@dataclass(frozen=True)
class ThemeGroup(Data):
    """An objective, or whatever a framework's upper level is called."""

    number: str
    title: str
    themes: tuple[Theme, ...] = ()
    key: str = field(default="", compare=False)

    @property
    def named(self) -> str:
        return named(self.number, self.title)


@dataclass(frozen=True)
class Recommendation(Data):
    """A recommendation, with the evidence for and against it.

    `answer` is what is said to the evidence against it; so much of that came after it, or has none, is `not_answered`.
    """

    number: str
    title: str
    text: str = ""
    status: str = ""
    principles: tuple[str, ...] = ()
    supports: tuple[Evidence, ...] = ()
    challenges: tuple[Evidence, ...] = ()
    qualifies: tuple[Evidence, ...] = ()
    key: str = field(default="", compare=False)
    answer: str = ""
    not_answered: int = 0

    @property
    def stances(self) -> list[tuple[str, str, tuple[Evidence, ...]]]:
        """The evidence by what it says of the recommendation; stances without evidence are left out."""
        every = (
            ("supports", "▲ Supports", self.supports),
            ("challenges", "▼ Challenges", self.challenges),
            ("qualifies", "◆ Qualifies", self.qualifies),
        )
        return [stance for stance in every if stance[2]]

    @property
    def unanswered(self) -> str:
        """That what is printed against it still waits for an answer."""
        if not (self.challenges and self.not_answered):
            return ""
        if not self.answer:
            return "The evidence against it has not been answered yet."
        if self.not_answered == len(self.challenges):
            return "All that challenges it came after this answer."
        return f"{self.not_answered} of {len(self.challenges)} that challenge it came after this answer."

    @property
    def meta(self) -> str:
        """Its status and principles, in one line."""
        delivers = f"delivers {listed(*self.principles)}" if self.principles else ""
        return " · ".join(text for text in (self.status, delivers) if text)


@dataclass(frozen=True)
class Addressee(Data):
    """Whom recommendations are made to."""

    title: str
    number: str = ""
    recommendations: tuple[Recommendation, ...] = ()
    key: str = field(default="", compare=False)

    @property
    def named(self) -> str:
        return named(self.number, self.title)

    @property
    def unsupported(self) -> str:
        """The numbers of the recommendations to which no evidence is linked: "1.1, 1.3 and 1.5"."""
        *rest, last = [one.number for one in self.recommendations if not one.stances] or [""]
        return f"{', '.join(rest)} and {last}" if rest else last


@dataclass(frozen=True)
class Reference(Data):
    """Research that the report cites."""

    author: str
    year: str
    title: str = ""
    publication: str = ""
    url: str = ""
    key: str = field(default="", compare=False)

    @property
    def link(self) -> str:
        """The address, when it is one that may be followed."""
        return self.url if re.match(r"https?://\S+$", self.url) else ""
