"""From the bytes of a file to a transcript: who said what, under which question; no database and no Django in here.

It is read by ``runner`` in a child process of its own, and its speakers are told by ``matching``. Neither is of use to
the child: what it does not need, it does not import.
"""

from evidence.transcripts.reading.transcript import PanelHeard, Transcript, Turn, WitnessHeard

__all__ = ["PanelHeard", "Transcript", "Turn", "WitnessHeard"]
