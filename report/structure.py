"""The appendix as plain, ordered data: everything that is printed, and nothing that knows a database or a format.

The assembly makes it, the formats print it, and an export keeps it as its snapshot. A text that is in here has passed
the question whether it may be seen; a text that is not in here can't be printed by any format.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, ClassVar, Self, Union, get_args, get_origin, get_type_hints

SCHEMA = 1

# What neither XML nor PDF can hold, and the marks that turn the direction of all that follows them, the citation and
# the next quote included; words of right-to-left scripts need none. New lines and tabs stay as they were typed.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without the characters that no document can hold, its line ends alike."""
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def paragraphs(text: str) -> list[str]:
    """A text as the paragraphs that were typed; each line end is one."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def _listed(*texts: str) -> str:
    return ", ".join(text for text in texts if text)


def _named(number: str, title: str) -> str:
    return f"{number} · {title}" if number else title


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list | tuple):
        return tuple(_clean(one) for one in value)
    return value


@dataclass(frozen=True)
class Data:
    """Ordered, immutable data that goes to JSON and comes back equal."""

    def __post_init__(self) -> None:
        for one in fields(self):
            object.__setattr__(self, one.name, _clean(getattr(self, one.name)))

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """What `to_dict` was made from. Fields that are missing take their defaults, unknown ones are refused."""
        hints = _hints(cls.__name__)
        return cls(**{name: _typed(value, hints[name]) for name, value in data.items() if name != "kind"})


@dataclass(frozen=True)
class Witness(Data):
    """A person on the day they were heard."""

    name: str
    role: str = ""
    organisation: str = ""

    @property
    def printed(self) -> str:
        """As a list of witnesses prints it: "Name, role, organisation"."""
        return _listed(self.name, self.role, self.organisation)


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

    @property
    def circumstances(self) -> str:
        """What is said of it beside its title."""
        return _listed(self.meeting, self.venue)

    @property
    def heard(self) -> str:
        """The session's witnesses in order, or why there are none."""
        if self.private:
            return "Heard in private."
        return "; ".join(witness.printed for witness in self.witnesses) or "No witness is recorded."

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

    @property
    def circumstances(self) -> str:
        """What is said of it beside its title."""
        return _listed(self.meeting, self.venue, self.days, self.date)


@dataclass(frozen=True)
class WrittenEvidence(Data):
    """A submission that may be printed, with its submitters as printed."""

    reference: str
    submitters: str
    date: str = ""


@dataclass(frozen=True)
class Evidence(Data):
    """Words with their citation, or the citation alone where a whole submission is meant.

    `mark` and `note` are printed beside them when there is something to say.
    """

    text: str
    citation: str
    mark: str = ""
    note: str = ""


@dataclass(frozen=True)
class Theme(Data):
    """A theme with the evidence on it: quotes, whole submissions, and insights noted under the Rule."""

    number: str
    title: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class ThemeGroup(Data):
    """An objective, or whatever a framework's upper level is called."""

    number: str
    title: str
    themes: tuple[Theme, ...] = ()

    @property
    def named(self) -> str:
        return _named(self.number, self.title)


@dataclass(frozen=True)
class Recommendation(Data):
    """A recommendation, with the evidence for and against it."""

    number: str
    title: str
    text: str = ""
    status: str = ""
    principles: tuple[str, ...] = ()
    supports: tuple[Evidence, ...] = ()
    challenges: tuple[Evidence, ...] = ()
    qualifies: tuple[Evidence, ...] = ()

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
    def meta(self) -> str:
        """Its status and principles, in one line."""
        delivers = f"delivers {_listed(*self.principles)}" if self.principles else ""
        return " · ".join(text for text in (self.status, delivers) if text)


@dataclass(frozen=True)
class Addressee(Data):
    """Whom recommendations are made to."""

    title: str
    number: str = ""
    recommendations: tuple[Recommendation, ...] = ()

    @property
    def named(self) -> str:
        return _named(self.number, self.title)

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

    @property
    def link(self) -> str:
        """The address, when it is one that may be followed."""
        return self.url if re.match(r"https?://\S+$", self.url) else ""


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


@dataclass(frozen=True)
class LeftOut(Data):
    """What could have been printed and is not, and why: beside the preview, for who may see it; never printed."""

    what: str
    why: str


Part = SessionsPart | EventsPart | WrittenPart | ThemesPart | RecommendationsPart | ReferencesPart


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

    @property
    def levelled(self) -> list[tuple[Part, int]]:
        """Parts with the level of their heading: meetings under the Rule stand below the sessions that they follow."""
        before = (None, *(part.kind for part in self.parts))
        return [
            (part, 3 if part.kind == "events" and above == "sessions" else 2)
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


PARTS: dict[str, type[Data]] = {part.kind: part for part in get_args(Part)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Data):
        kind = {"kind": value.kind} if isinstance(value, Part) else {}
        return {**kind, **value.to_dict()}
    return value


@cache
def _hints(name: str) -> dict[str, Any]:
    return get_type_hints(globals()[name])


def _typed(value: Any, hint: Any) -> Any:
    if get_origin(hint) is tuple:
        return tuple(_typed(one, get_args(hint)[0]) for one in value)
    if get_origin(hint) in (Union, UnionType):
        return PARTS[value["kind"]].from_dict(value)
    if hint is date:
        return date.fromisoformat(value)
    if is_dataclass(hint) and isinstance(hint, type) and issubclass(hint, Data):
        return hint.from_dict(value)
    return value
