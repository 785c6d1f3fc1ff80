"""Which witnesses sat on which panel: the lists in the header and between the turns, put together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from evidence.transcripts.reading.names import whose
from evidence.transcripts.reading.transcript import Paragraph, Turn, WitnessHeard
from evidence.transcripts.reading.witnesses import EXAMINATION, HEARD, LIST, numbered, opens_with_person, panels, people

# What follows a list of witnesses in a header, and is none.
OTHER = re.compile(
    r"written evidence|use of the transcript|members|(?:other )?lords|questions?\b|evidence (?:heard|session)"
    r"|watch|listen|ordered|\[|\d|–",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Lists:
    """The lists of witnesses met so far: the header's summary, and one for each examination."""

    summary: list[str] = field(default_factory=list)
    examined: list[list[str]] = field(default_factory=list)
    open: list[str] | None = None

    def is_list(self, paragraph: Paragraph, spoken: bool) -> bool:
        """Whether a paragraph belongs to a list of witnesses; if so it is taken in.

        Once people have spoken, a list stands only below its heading, or says that those in it gave evidence.
        """
        if EXAMINATION.fullmatch(paragraph.text):
            if spoken or not self.examined or self.examined[-1]:
                self.examined.append([])
            self.open = self.examined[-1]
            return True
        printed = "\n".join(paragraph.lines) or paragraph.text
        if match := LIST.match(printed):
            expected = not spoken or self.open is not None or printed[:9].lower() == "witnesses"
            if expected or HEARD.search(printed):
                self._begin(spoken)
                self._take(match["rest"], match["number"])
                return True
        if self.open is not None and self._goes_on(paragraph, printed):
            self._take(printed, None)
            return True
        self.open = None
        return False

    def _begin(self, spoken: bool) -> None:
        if self.open is not None and not self.open:
            return
        if spoken:
            self.examined.append([])
        self.open = self.examined[-1] if self.examined else self.summary

    def _goes_on(self, paragraph: Paragraph, printed: str) -> bool:
        if numbered(printed) or not self.open:
            return not OTHER.match(printed)
        if paragraph.heading or OTHER.match(printed) or HEARD.search(self.open[-1]):
            return False
        return not self.open[-1].rstrip().endswith(".") and opens_with_person(printed, ())

    def _take(self, text: str, number: str | None) -> None:
        if self.open is not None and text.strip():
            self.open.append(f"{number.strip()}: {text}" if number else text)


def heard(lists: Lists, turns: Sequence[Turn]) -> list[tuple[WitnessHeard, ...]]:
    """The witnesses of each panel; those that an examination names without a role have the header's."""
    speakers = list(dict.fromkeys(turn.speaker for turn in turns))
    summary = [people(text, speakers) for text in panels(_joined(lists.summary, speakers))]
    known = {person.name: person for panel in summary for person in panel}
    found = []
    for index, texts in enumerate(lists.examined):
        own = people(_joined(texts, speakers), speakers)
        if not own and index < len(summary):
            own = summary[index]
        found.append(tuple(_introduced(person, known) for person in own))
    return summary if len(found) < 2 <= len(summary) else found


def _introduced(person: WitnessHeard, known: dict[str, WitnessHeard]) -> WitnessHeard:
    if person.role or person.organisation:
        return person
    name = whose(person.name, known)
    return known[name] if name else person


def _joined(texts: Iterable[str], speakers: Sequence[str]) -> str:
    """Paragraphs and lines of a list as one text; those that each begin with a person are parted by semicolons."""
    pieces = [piece for text in texts for piece in _pieces(text, speakers)]
    text = ""
    for piece in pieces:
        between = " " if not text or numbered(piece) or text.endswith(";") else "; "
        text += between + piece.strip()
    return text.strip()


def _pieces(text: str, speakers: Sequence[str]) -> Iterator[str]:
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(numbered(line) or opens_with_person(line, speakers) for line in lines):
        yield from lines
    else:
        yield " ".join(lines)


def told_apart(turns: Sequence[Turn], panels: Sequence[Sequence[WitnessHeard]]) -> list[Turn]:
    """Turns with their panel where nothing between them says where a panel ends: by who answers.

    A panel begins with the question under which the first of those speaks who sit only on it.
    """
    starts = [0]
    for number in range(1, len(panels)):
        before = {person.name for panel in panels[:number] for person in panel}
        own = [person.name for person in panels[number] if person.name not in before]
        first = next((i for i in range(starts[-1], len(turns)) if whose(turns[i].speaker, own)), len(turns))
        while 0 < first < len(turns) and turns[first - 1].question == turns[first].question is not None:
            first -= 1
        starts.append(first)
    return [replace(turn, panel=sum(start <= i for start in starts)) for i, turn in enumerate(turns)]
