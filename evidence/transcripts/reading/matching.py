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
    everybody = [*transcript.members, *(name for names in witnesses.values() for name in names)]
    matches = []
    for speaker, panel in transcript.voices():
        here = witnesses.get(panel, [])
        name = _in_the_chair(speaker, transcript) or whose(speaker, dict.fromkeys((*transcript.members, *here))) or ""
        # Who fits better sits on another panel: that name is not given to somebody here.
        if name and whose(speaker, dict.fromkeys(everybody)) not in (name, None):
            name = ""
        matches.append(SpeakerMatch(speaker, panel, name, "" if not name else WITNESS if name in here else MEMBER))
    return Matches(tuple(matches))


def _in_the_chair(speaker: str, transcript: Transcript) -> str:
    if not (chair := CHAIR.fullmatch(speaker)):
        return ""
    return (whose(chair["who"], transcript.members) if chair["who"] else None) or transcript.chair
