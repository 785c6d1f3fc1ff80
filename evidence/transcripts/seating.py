"""Who was heard, as a transcript says it, brought together with who is recorded on the session's panels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import Console
from evidence.transcripts.reading import PanelHeard, WitnessHeard
from evidence.transcripts.reading import Transcript as Reading
from evidence.transcripts.reading.matching import match_speakers
from evidence.transcripts.reading.names import whose
from evidence.witnesses.actions import name_organisation, name_witness, record_appearance
from evidence.witnesses.models import Appearance
from inquiry.changes import change
from inquiry.models import Panel, Session


@dataclass(frozen=True)
class Voice:
    """A speaker on a panel: the witness that they are, by name and then by appearance, or somebody else in full."""

    printed: str
    panel: int
    witness: str = ""
    organisation: str = ""
    role: str = ""
    name: str = ""
    appearance: int | None = None


Seats = dict[int, tuple[int, dict[str, Voice]]]


def recorded_on(session: Session) -> dict[int, list[Appearance]]:
    """Who is recorded on each panel, by the panel's number."""
    heard: dict[int, list[Appearance]] = {}
    for each in Appearance.objects.filter(panel__session=session).in_order().select_related("panel"):
        heard.setdefault(each.panel.number, []).append(each)
    return heard


def voices_of(session: Session, reading: Reading) -> list[Voice]:
    """Each speaker on each panel, with who they are by the transcript's header or by the session as it was logged.

    One who is nobody has neither ``witness`` nor ``name``.
    """
    heard = recorded_on(session)
    voices = []
    for match in match_speakers(reading).speakers:
        voice = Voice(match.speaker, match.panel)
        known = [each.witness.name for each in heard.get(match.panel, ())]
        if match.role == "witness":
            voice = replace(voice, witness=match.name)
        elif match.name:
            voice = replace(voice, name=match.name)
        elif known and (found := whose(match.speaker, known)):
            voice = replace(voice, witness=found)
        elif member := whose(match.speaker, session.members_present):
            voice = replace(voice, name=member)
        voices.append(voice)
    return voices


def seat(session: Session, reading: Reading, settled: Sequence[Voice], by: User | Console) -> Seats:
    """Enters the panels and witnesses that are not recorded yet.

    :returns: for each panel of the transcript the id of the session's panel, and its speakers by their printed name.
    :raises Refused: when a speaker is still nobody.
    """
    by_clerk = {(voice.printed, voice.panel): voice for voice in settled}
    panels = {panel.number: panel for panel in session.panels.order_by("number")}
    seats: Seats = {}
    voices = [by_clerk.get((voice.printed, voice.panel), voice) for voice in voices_of(session, reading)]
    nobody = [voice.printed for voice in voices if not (voice.witness or voice.name)]
    if nobody:
        raise Refused(f"Say who these speakers are first: {', '.join(dict.fromkeys(nobody))}.")
    header = {panel.number: panel for panel in reading.panels}
    for number in dict.fromkeys((*header, *(voice.panel for voice in voices))):
        panel = panels.get(number) or Panel.objects.create(inquiry=session.inquiry, session=session, number=number)
        here = [voice for voice in voices if voice.panel == number]
        appearances = _seat_witnesses(panel, header.get(number), here, by)
        seats[number] = panel.pk, {voice.printed: _seated(voice, appearances) for voice in here}
    return seats


def _seat_witnesses(
    panel: Panel, heard: PanelHeard | None, voices: Sequence[Voice], by: User | Console
) -> dict[str, Appearance]:
    """The panel's appearances by the name that the transcript gives the witness."""
    recorded = list(Appearance.objects.filter(panel=panel).in_order())
    listed = list(heard.witnesses) if heard else []
    names = {witness.name for witness in listed}
    listed += [
        WitnessHeard(voice.witness, voice.role, voice.organisation)
        for voice in voices
        if voice.witness and voice.witness not in names and not _of(voice.witness, recorded)
    ]
    appearances = {each.witness.name: each for each in recorded}
    for witness in dict.fromkeys(listed):
        found = _of(witness.name, recorded)
        appearances[witness.name] = _completed(found, witness, by) if found else _entered(panel, witness, by)
    return appearances


def _of(name: str, recorded: Sequence[Appearance]) -> Appearance | None:
    found = whose(name, [each.witness.name for each in recorded])
    return next((each for each in recorded if each.witness.name == found), None)


def _completed(found: Appearance, witness: WitnessHeard, by: User | Console) -> Appearance:
    """What was logged stands; what was left empty is filled in."""
    known: dict[str, object] = {}
    if witness.role and not found.role:
        known["role"] = witness.role[:200]
    if witness.organisation and not found.organisation:
        known["organisation"] = name_organisation(inquiry=found.inquiry, name=witness.organisation[:300], by=by)
    return change(found, **known) if known else found


def _entered(panel: Panel, witness: WitnessHeard, by: User | Console) -> Appearance:
    body = None
    if witness.organisation:
        body = name_organisation(inquiry=panel.inquiry, name=witness.organisation[:300], by=by)
    return record_appearance(
        panel=panel,
        witness=name_witness(inquiry=panel.inquiry, name=witness.name[:200], by=by),
        organisation=body,
        role=witness.role[:200],
        position=panel.appearances.count(),
        by=by,
    )


def _seated(voice: Voice, appearances: dict[str, Appearance]) -> Voice:
    return replace(voice, appearance=appearances[voice.witness].pk) if voice.witness else voice
