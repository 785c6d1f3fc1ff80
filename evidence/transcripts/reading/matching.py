"""Whose words are whose: each speaker's short form held against the members and the witnesses of the header."""

from dataclasses import dataclass

from evidence.transcripts.reading.leads import CHAIR
from evidence.transcripts.reading.names import whose
from evidence.transcripts.reading.transcript import Transcript

MEMBER, WITNESS = "member", "witness"


@dataclass(frozen=True, slots=True)
class SpeakerMatch:
    """A speaker on a panel, and who that is: a member or a witness as the header names them, or nobody known."""

    speaker: str
    panel: int
    name: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Matches:
    """Every speaker of a transcript, on every panel on which they speak."""

    speakers: tuple[SpeakerMatch, ...]

    @property
    def unmatched_speakers(self) -> tuple[str, ...]:
        """The speakers that are nobody in the header, each once."""
        return tuple(dict.fromkeys(match.speaker for match in self.speakers if not match.name))

    def name_of(self, speaker: str, panel: int) -> str:
        """The full name of a speaker on a panel, or nothing."""
        return next((m.name for m in self.speakers if (m.speaker, m.panel) == (speaker, panel)), "")


def match_speakers(transcript: Transcript) -> Matches:
    """Who each speaker is. A witness is one only on the panel on which they sit; two who fit are nobody."""
    witnesses = {panel.number: [witness.name for witness in panel.witnesses] for panel in transcript.panels}
    return Matches(
        tuple(_match(speaker, panel, transcript, witnesses.get(panel, [])) for speaker, panel in transcript.voices())
    )


def _match(speaker: str, panel: int, transcript: Transcript, witnesses: list[str]) -> SpeakerMatch:
    if chair := CHAIR.fullmatch(speaker):
        named = whose(chair["who"], transcript.members) if chair["who"] else None
        name = named or transcript.chair
        return SpeakerMatch(speaker, panel, name, MEMBER if name else "")
    name = whose(speaker, dict.fromkeys((*transcript.members, *witnesses))) or ""
    role = "" if not name else WITNESS if name in witnesses else MEMBER
    return SpeakerMatch(speaker, panel, name, role)
