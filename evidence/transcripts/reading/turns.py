"""From paragraphs to a transcript: who speaks, under which question, on which panel."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidence.transcripts.reading.building import built
from evidence.transcripts.reading.leads import Lead, Speakers, is_chair, is_name, is_person, lead
from evidence.transcripts.reading.panels import Lists
from evidence.transcripts.reading.transcript import HEADING, NOTE, Paragraph, Transcript, Turn
from evidence.transcripts.reading.witnesses import HEARD

# What the reporters put between the turns.
ASIDE = re.compile(
    r"[*_]*[\[(][^\[\]()]{0,300}[\])][.*_]*"
    r"|[*_]*(?:the )?(?:sitting|committee|session|meeting|proceedings|hearing|witness(?:es)?) (?:was |were |then )?"
    r"(?:suspended|resumed|divided|adjourned|withdrew)\b.{0,120}"
    r"|[*_]*on resuming\b.{0,60}",
    re.IGNORECASE,
)
# What is no longer anybody's words: the next turn begins with a name again.
DIVISION = re.compile(
    r"(?:the committee divided\b.{0,80}|division (?:no|list)\b.{0,40}|(?:ayes|noes|tellers)\b[^.]{0,300}"
    r"|question put\b.{0,80}|(?:annex|appendix)\b[^.?!]{0,60})",
    re.IGNORECASE,
)


class _Walk:
    """One walk over the paragraphs below the header."""

    def __init__(self, speakers: Speakers, lists: Lists) -> None:
        self.speakers = speakers
        self.lists = lists
        self.speaker = ""
        self.question: int | None = None
        self.asker = ""
        self.panel = 1
        self.spoken = False
        self.questions: list[int] = []
        self.notes: list[str] = []

    def passages(self, paragraphs: Sequence[Paragraph]) -> Iterator[Turn]:
        for paragraph in paragraphs:
            found = None if paragraph.aside else lead(paragraph.text)
            if paragraph.aside:
                yield self._aside(paragraph)
            elif found and self._is_turn(found, paragraph):
                self.lists.open = None
                yield from self._turn(found, paragraph)
            elif self.lists.is_list(paragraph, self.spoken):
                self.speaker = ""
                self.panel = max(1, len(self.lists.examined))
                yield self._aside(paragraph)
            else:
                yield from self._goes_on(paragraph)

    def _is_turn(self, found: Lead, paragraph: Paragraph) -> bool:
        if not found.label:
            # A paragraph that begins with Q4 may be about the fourth quarter; a question is the one that is due.
            if found.rest[:1].islower() or found.rest[:1].isdecimal():
                return False
            return found.question == (self.questions[-1] + 1 if self.questions else found.question)
        if found.label.lower() == "witness" and (self.lists.open is not None or HEARD.search(found.rest)):
            return False
        return self.speakers.speaks(found, paragraph.marked)

    def _turn(self, found: Lead, paragraph: Paragraph) -> Iterator[Turn]:
        if found.question is not None:
            self.question = found.question
            self.questions.append(found.question)
        if found.label:
            self.speaker = found.label
        elif found.rest:
            self.speaker = self.asker
            whom = f"It is given to {self.asker}, who asked before." if self.asker else "Its words are nobody’s yet."
            self.notes.append(f"Q{found.question} names no speaker. {whom}")
        if found.question is not None:
            self.asker = self.speaker
        if found.rest:
            yield self._said(found.rest, paragraph)

    def _goes_on(self, paragraph: Paragraph) -> Iterator[Turn]:
        ends = _is_heading(paragraph) or DIVISION.fullmatch(paragraph.text)
        if ends or not self.speaker:
            self.speaker = ""
            yield self._aside(paragraph)
        elif ASIDE.fullmatch(paragraph.text):
            yield self._aside(paragraph)
        else:
            yield self._said(paragraph.text, paragraph)

    def _said(self, text: str, paragraph: Paragraph) -> Turn:
        if not self.speaker:
            return self._aside(replace(paragraph, text=text))
        self.spoken = True
        return Turn(text, self.speaker, self.question, paragraph.page, paragraph.start, self.panel)

    def _aside(self, paragraph: Paragraph) -> Turn:
        kind = HEADING if paragraph.heading else NOTE
        return Turn(paragraph.text, page=paragraph.page, panel=self.panel, kind=kind)


def _is_heading(paragraph: Paragraph) -> bool:
    """A heading, and not a sentence with a large letter in it."""
    return paragraph.heading and not paragraph.text.endswith((".", ",", ";", "?", "!"))


def transcript(paragraphs: Sequence[Paragraph], notes: Sequence[str] = ()) -> Transcript:
    """The transcript that these paragraphs are.

    :raises Unreadable: when nobody speaks in it.
    """
    leads = [lead(paragraph.text) for paragraph in paragraphs]
    speakers = Speakers((found, p.marked) for found, p in zip(leads, paragraphs, strict=True) if found)
    lists = Lists()
    top = _header(paragraphs, leads, speakers, lists)
    if not lists.examined:
        lists.examined.append([])
    walk = _Walk(speakers, lists)
    passages = [Turn(p.text, page=p.page, kind=HEADING if p.heading else NOTE) for p in top]
    passages.extend(walk.passages(paragraphs[len(top) :]))
    return built(passages, walk.questions, lists, top, [*notes, *walk.notes])


def _header(
    paragraphs: Sequence[Paragraph], leads: Sequence[Lead | None], speakers: Speakers, lists: Lists
) -> Sequence[Paragraph]:
    """The paragraphs before the first turn; its lists of witnesses are taken in on the way."""

    def starts(found: Lead, paragraph: Paragraph) -> bool:
        if found.question is not None and not found.bare:
            return True
        if is_chair(found.label) and " " in found.rest and is_name(found.rest.strip(" .")):
            return False  # "Chair: Jane Roe" says who is in the chair.
        once = speakers.asking and not paragraph.marked and speakers.every[found.label] < 2
        return speakers.speaks(found, paragraph.marked) and (is_person(found.label) or not once)

    for index, (paragraph, found) in enumerate(zip(paragraphs, leads, strict=True)):
        numbered = found is not None and found.question is not None and not found.bare
        if not numbered and lists.is_list(paragraph, spoken=False):
            continue
        if found and not paragraph.aside and starts(found, paragraph):
            return paragraphs[:index]
    return paragraphs
