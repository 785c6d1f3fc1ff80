"""From the bytes of a file to a transcript: who said what, under which question; no database and no Django in here."""

from evidence.transcripts.reading.matching import Matches, SpeakerMatch, match_speakers
from evidence.transcripts.reading.names import whose
from evidence.transcripts.reading.reader import read_transcript
from evidence.transcripts.reading.runner import read_in_child
from evidence.transcripts.reading.transcript import PanelHeard, Transcript, Turn, WitnessHeard

__all__ = [
    "Matches",
    "PanelHeard",
    "SpeakerMatch",
    "Transcript",
    "Turn",
    "WitnessHeard",
    "match_speakers",
    "read_in_child",
    "read_transcript",
    "whose",
]
