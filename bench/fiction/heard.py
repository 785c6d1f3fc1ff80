"""Sessions of an invented inquiry, with what was said at them. They come in as any clerk's do."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

from accounts.roles import CONSOLE
from bench.fiction.names import ROLES
from bench.fiction.setting import BEGINS, Setting
from bench.fiction.words import paragraph, title
from evidence.hearing.actions import bring_in
from evidence.sessions.actions import AppearanceEntry, PanelEntry, log_session
from evidence.tags.actions import tag_theme
from evidence.transcripts.actions import Settled
from evidence.transcripts.models import Transcript
from evidence.transcripts.reading import PanelHeard, Turn
from evidence.transcripts.reading import Transcript as Reading
from inquiry.actions import record_insight
from inquiry.dates import Precision
from inquiry.models import Rule, Session, SessionKind

# Of every eight meetings the fourth is a workshop under the Rule; of every sixteen the eighth is private.
UNDER_THE_RULE, PRIVATE = (8, 3), (16, 7)
ANSWERS = 3
CHAIR = "Chair"


def has_a_transcript(place: int) -> bool:
    """Whether the meeting at this place is one whose words are kept."""
    return place % UNDER_THE_RULE[0] != UNDER_THE_RULE[1]


class Hearings:
    """Logs one meeting after another; questions number on across all of them."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.members = [setting.names.person() for _ in range(6)]
        self.number = itertools.count(1)
        self.question = 0

    def workshop(self, place: int) -> Session:
        """A meeting under the Chatham House Rule, with what was learnt there from nobody in particular."""
        rng = self.setting.rng
        session = log_session(
            inquiry=self.setting.inquiry,
            kind=SessionKind.WORKSHOP,
            rule=Rule.CHATHAM_HOUSE,
            title=title(rng),
            **_on_day(place),
            by=CONSOLE,
        )
        for _ in range(3):
            insight = record_insight(session=session, text=paragraph(rng, 25), by=CONSOLE)
            tag_theme(evidence=insight, theme=rng.choice(self.setting.themes), by=CONSOLE)
        return session

    def session(self, place: int, passages: int) -> Transcript:
        """An evidence session with its panels, and a transcript of so many passages."""
        rng = self.setting.rng
        panels = [self._panel() for _ in range(min(rng.randint(1, 3), max(1, passages // 4)))]
        session = log_session(
            inquiry=self.setting.inquiry,
            number=next(self.number),
            title=title(rng),
            venue="Fictional Hall",
            rule=Rule.PRIVATE if place % PRIVATE[0] == PRIVATE[1] else Rule.ON_RECORD,
            members_present=self.members,
            panels=panels,
            **_on_day(place),
            by=CONSOLE,
        )
        for theme in rng.sample(self.setting.themes, 2):
            tag_theme(evidence=session, theme=theme, by=CONSOLE)
        turns = list(self._turns(panels, passages))
        reading = Reading(
            passages=tuple(turns), panels=tuple(PanelHeard(number) for number in range(1, len(panels) + 1))
        )
        return bring_in(
            session=session,
            name=f"fictional-session-{session.number}.txt",
            data="\n\n".join(f"{turn.speaker}: {turn.text}" for turn in turns).encode(),
            reading=reading,
            corrected=rng.random() < 0.5,
            settled=self._settled(panels),
            by=CONSOLE,
        ).transcript

    def _panel(self) -> PanelEntry:
        rng, names = self.setting.rng, self.setting.names
        entries = []
        for _ in range(rng.randint(1, 3)):
            body, sector = names.body()
            entries.append(
                AppearanceEntry(
                    name=names.person(),
                    role=rng.choice(ROLES),
                    organisation=body,
                    sector=sector,
                    lived_experience=sector == "residents",
                )
            )
        return PanelEntry(title=title(rng, 2), appearances=entries)

    def _settled(self, panels: list[PanelEntry]) -> list[Settled]:
        said = [
            Settled(each.name, number, witness=each.name)
            for number, panel in enumerate(panels, start=1)
            for each in panel.appearances
        ]
        chair = [Settled(CHAIR, number, name=self.members[0]) for number in range(1, len(panels) + 1)]
        members = [Settled(m, number, name=m) for number in range(1, len(panels) + 1) for m in self.members[1:]]
        return [*said, *chair, *members]

    def _turns(self, panels: list[PanelEntry], passages: int) -> Iterator[Turn]:
        """Questions, each with a few answers; every panel has a like share of them."""
        rng = self.setting.rng
        answers = 0
        for count in range(passages):
            number = 1 + count * len(panels) // passages
            if answers == 0:
                self.question += 1
                answers = rng.randint(1, ANSWERS)
                asker = rng.choice((CHAIR, CHAIR, *self.members[1:]))
                yield Turn(paragraph(rng, rng.randint(9, 30)), asker, self.question, panel=number)
                continue
            answers -= 1
            witness = rng.choice(list(panels[number - 1].appearances))
            yield Turn(paragraph(rng, rng.randint(15, 120)), witness.name, self.question, panel=number)


def _on_day(place: int) -> dict[str, Any]:
    return {"date": BEGINS + dt.timedelta(days=3 * place), "date_precision": Precision.DAY}
