"""The whole transcript, put together from what was read: its words cleaned, its panels and questions counted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from evidence.documents.reading.kinds import Unreadable
from evidence.documents.reading.passages import clean, in_bounds
from evidence.transcripts.reading.header import Header, header
from evidence.transcripts.reading.panels import Lists, heard, told_apart
from evidence.transcripts.reading.transcript import PanelHeard, Paragraph, Transcript, Turn, WitnessHeard

NO_SPEAKERS = (
    "No speakers were found in this file. A turn must begin with a name and a colon (“Q1 Chair: …”, “Dr Roe: …”); "
    "a table must have the columns question, speaker and text. Put the names in, and send it again."
)
TOO_MANY = (
    "This file names more than 1,000 different people, as no transcript does. "
    "Look whether its columns or its lines are mixed up, put them right, and send it again."
)
MOST_PEOPLE = 1_000
GUESSED = (
    "Nothing says where one panel ends and the next begins, so they were told apart by who answers. Check the panels."
)
NO_MEMBERS = "The header names no members present."
NO_WITNESSES = "The header names no witnesses."
NO_DATE = "The header gives no date."
NO_QUESTIONS = "Its questions have no numbers."

People = Sequence[tuple[WitnessHeard, ...]]


def built(
    passages: Sequence[Turn], asked: Sequence[int], lists: Lists, top: Sequence[Paragraph], notes: Sequence[str]
) -> Transcript:
    """The transcript of these passages, with these numbers of questions in the order in which they stand there.

    :raises Unreadable: when nobody speaks in it, or more people than can be.
    """
    kept = list(_kept(passages))
    panels, guessed = _panels(kept, lists)
    if guessed:
        kept = told_apart(kept, panels)
    found = header(top)
    if len(found.members) + sum(map(len, panels)) > MOST_PEOPLE:
        raise Unreadable(TOO_MANY)
    missing = tuple(sorted(set(range(min(asked), max(asked) + 1)) - set(asked))) if asked else ()
    said = [*notes, *([GUESSED] if guessed else []), *(_lacks(found, panels) if top else [])]
    return Transcript(
        passages=tuple(kept),
        panels=tuple(_panel(number, people, kept) for number, people in enumerate(panels, start=1)),
        members=found.members,
        chair=found.chair,
        date=found.date,
        title=found.title,
        corrected=found.corrected,
        first_question=min(asked, default=None),
        last_question=max(asked, default=None),
        stated_questions=found.questions,
        missing_questions=missing,
        notes=(*said, *_about_questions(asked, missing, found.questions)),
    )


def _kept(passages: Iterable[Turn]) -> Iterator[Turn]:
    """Passages with clean words, those too long for one row cut; empty ones are none."""
    names: dict[str, str] = {}
    for passage in passages:
        speaker = names.setdefault(passage.speaker, clean(passage.speaker))
        for text in in_bounds(clean(passage.text)):
            if text:
                yield replace(passage, text=text, speaker=speaker)


def _panels(passages: Sequence[Turn], lists: Lists) -> tuple[People, bool]:
    """The witnesses of each panel, and whether it must be guessed where each panel begins."""
    turns = [passage for passage in passages if passage.speaker]
    if not turns:
        raise Unreadable(NO_SPEAKERS)
    if len({turn.speaker for turn in turns}) > MOST_PEOPLE:
        raise Unreadable(TOO_MANY)
    panels = heard(lists, turns) or [()]
    return panels, len(panels) > 1 and len(lists.examined) == 1


def _panel(number: int, people: tuple[WitnessHeard, ...], passages: Sequence[Turn]) -> PanelHeard:
    questions = [p.question for p in passages if p.panel == number and p.speaker and p.question is not None]
    return PanelHeard(number, people, min(questions, default=None), max(questions, default=None))


def _lacks(found: Header, panels: People) -> list[str]:
    lacks = ((NO_MEMBERS, not found.members), (NO_WITNESSES, not any(panels)), (NO_DATE, not found.date))
    return [note for note, lacking in lacks if lacking]


def _about_questions(questions: Sequence[int], missing: Sequence[int], stated: tuple[int, int] | None) -> Iterator[str]:
    """What a clerk should know about the numbers of the questions."""
    if not questions:
        yield NO_QUESTIONS
        return
    if missing:
        yield f"{_listed(missing)} {'is' if len(missing) == 1 else 'are'} missing."
    times = Counter(questions)
    if twice := [number for number in sorted(times) if times[number] > 1]:
        yield f"{_listed(twice)} {'stands' if len(twice) == 1 else 'stand'} there more than once."
    for before, after in pairwise(questions):
        if after < before and times[after] == 1:
            yield f"Q{after} comes after Q{before}."
            break
    found = (min(questions), max(questions))
    if stated and stated != found:
        yield f"The header says questions {stated[0]} to {stated[1]}; found were {found[0]} to {found[1]}."


def _listed(numbers: Sequence[int]) -> str:
    """`Q3, Q7 and Q9`; of many, the first ten."""
    names = [f"Q{number}" for number in numbers]
    if len(names) > 10:
        return f"{', '.join(names[:10])} and {len(names) - 10} more questions"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
