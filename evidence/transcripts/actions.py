"""What is done with transcripts: one is received and read as a draft, looked over, and taken in as a version."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused, check_what_was_put_off, refusals_of_the_database
from accounts.roles import Console, Verb, recorded, require
from evidence.documents.actions import file_name, keep_passages
from evidence.documents.models import Document, PassageKind
from evidence.documents.reading import ReadPassage, Unreadable
from evidence.documents.reading.identifying import identify
from evidence.transcripts.models import Draft, Part, Speaker, Transcript
from evidence.transcripts.reading.as_json import to_json
from evidence.transcripts.reading.runner import read_in_child
from evidence.transcripts.reading.transcript import HEADING, TURN
from evidence.transcripts.reading.transcript import Transcript as Reading
from evidence.transcripts.seating import Voice, seat
from inquiry.changes import change
from inquiry.dates import Precision
from inquiry.jobs import send_on_commit, working_on
from inquiry.models import Inquiry, Rule, Session
from inquiry.models.jobs import JobState

READ = "evidence.transcripts.tasks.read_draft"
KINDS = {TURN: PassageKind.TURN, HEADING: PassageKind.HEADING}
TOO_LARGE = "“{name}” is larger than {limit} MB. A transcript is text: save it without pictures, and send that."


@dataclass(frozen=True)
class Settled:
    """Who a speaker is whom the header does not tell: a witness on the panel by name, or somebody else in full."""

    printed: str
    panel: int
    witness: str = ""
    organisation: str = ""
    role: str = ""
    name: str = ""


@transaction.atomic
def draft_transcript(*, session: Session, name: str, data: bytes, corrected: bool, by: User | Console) -> Draft:
    """Receives a session's transcript, to be read and looked over before it is taken in.

    :raises Refused: when it is too large, under the Chatham House Rule, or the same as a version that is there.
    """
    require(by, Verb.LOG_EVIDENCE, session.inquiry)
    name = file_name(name)
    digest = hashlib.sha256(data).hexdigest()
    if len(data) > settings.ATTEST_UPLOAD_LIMIT:
        raise Refused(TOO_LARGE.format(name=name, limit=settings.ATTEST_UPLOAD_LIMIT // (1024 * 1024)))
    Session.objects.select_for_update().get(pk=session.pk)
    _refuse_the_same(session, digest)
    drafted = Draft.objects.filter(session=session, sha256=digest).first()
    if drafted:
        return change(drafted, corrected=corrected)
    draft = Draft(
        inquiry=session.inquiry,
        session=session,
        name=name,
        sha256=digest,
        corrected=corrected,
        asked_by=recorded(by),
    )
    with refusals_of_the_database():
        draft.save()
        draft.file.save(name, ContentFile(data))
    send_on_commit(READ, draft.pk)
    return draft


def _refuse_the_same(session: Session, digest: str) -> None:
    same = Document.objects.filter(inquiry=session.inquiry, sha256=digest).first()
    if same is None:
        return
    of = getattr(same, "transcript", None)
    where = f"as the {of.kind} of {of.session.name.lower()}" if of else "as a file of written evidence"
    raise Refused(f"The inquiry has this file already, {where}. Nothing was added.")


def read_draft(pk: int) -> None:
    """Reads a draft into turns. Once, whoever is told to, and from the start if one was interrupted."""
    if not Draft.objects.claim(pk):
        return
    draft = Draft.objects.get(pk=pk)

    def say(progress: int, doing: str) -> None:
        Draft.objects.report(pk, progress, doing)

    with working_on(Draft.objects.all(), pk, Unreadable):
        with draft.file.open("rb") as file:
            reading = read_in_child(file.read(), say)
        kept = Draft.objects.filter(pk=pk, state=JobState.RUNNING)
        if kept.update(reading=to_json(reading)):
            Draft.objects.finish(pk)


@transaction.atomic
def discard_draft(*, draft: Draft, by: User | Console) -> None:
    """Throws a draft away, with its file; nothing had been taken in."""
    require(by, Verb.LOG_EVIDENCE, draft.inquiry)
    _clear_away(draft)


def _clear_away(draft: Draft) -> None:
    storage, kept = draft.file.storage, draft.file.name or ""
    draft.delete()
    transaction.on_commit(lambda: storage.delete(kept))


@transaction.atomic
def take_in(
    *,
    session: Session,
    name: str,
    data: bytes,
    reading: Reading,
    corrected: bool,
    by: User | Console,
    settled: Sequence[Settled] = (),
) -> Transcript:
    """Takes a transcript in as the session's next version, with its panels, witnesses and turns.

    Panels, witnesses and appearances that are not there yet are entered; the session's date and members present are
    filled in where they are empty. Every speaker is somebody by then.

    :raises Refused: when a speaker is nobody, or the database's rules refuse it: under the Chatham House Rule.
    """
    require(by, Verb.LOG_EVIDENCE, session.inquiry)
    # As for documents: two clerks with one file, and the second waits here.
    Inquiry.objects.select_for_update(no_key=True).get(pk=session.inquiry_id)
    session = Session.objects.select_for_update(of=("self",)).select_related("inquiry").get(pk=session.pk)
    _refuse_the_same(session, hashlib.sha256(data).hexdigest())
    with refusals_of_the_database():
        document = _keep(session, name, data, reading, by)
        transcript = _next_version(session, document, corrected)
        _fill_in(session, reading)
        seats = seat(session, reading, [Voice(**vars(each)) for each in settled], by)
        _write_parts(transcript, reading, seats)
        check_what_was_put_off()
    for draft in Draft.objects.filter(session=session, sha256=document.sha256):
        _clear_away(draft)
    return transcript


def _keep(session: Session, name: str, data: bytes, reading: Reading, by: User | Console) -> Document:
    """The file as received, and its turns as passages."""
    now = timezone.now()
    document = Document(
        inquiry=session.inquiry,
        name=file_name(name),
        kind=identify(data),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        asked_by=recorded(by),
        state=JobState.DONE,
        progress=100,
        started_at=now,
        finished_at=now,
        intake_notes=[note[:300] for note in reading.notes],
    )
    document.keep_bytes(data)
    document.save()
    passages = (
        ReadPassage(
            kind=KINDS.get(each.kind, PassageKind.PARAGRAPH),
            number="",
            text=each.text,
            page=each.page,
            speaker=each.speaker,
            question=each.question,
            time_code=each.start,
        )
        for each in reading.passages
    )
    keep_passages(document=document, passages=passages)
    return document


def _next_version(session: Session, document: Document, corrected: bool) -> Transcript:
    before = session.transcripts.order_by("version").last()
    if before and not before.replaced_at:
        change(before, replaced_at=timezone.now())
    return Transcript.objects.create(
        inquiry=session.inquiry,
        session=session,
        document=document,
        version=before.version + 1 if before else 1,
        corrected=corrected,
    )


def _fill_in(session: Session, reading: Reading) -> None:
    known: dict[str, Any] = {}
    # Where a part is under the Rule nothing is kept that tells who took part.
    closed = session.panels.filter(rule=Rule.CHATHAM_HOUSE).exists()
    if reading.members and not session.members_present and not closed:
        known["members_present"] = list(reading.members)
    if reading.date and session.date_precision != Precision.DAY:
        known |= {"date": reading.date, "date_precision": Precision.DAY}
    if known:
        change(session, **known)


def _write_parts(transcript: Transcript, reading: Reading, seats: dict[int, tuple[int, dict[str, Voice]]]) -> None:
    places: dict[int, list[int]] = {}
    for position, each in enumerate(reading.passages, start=1):
        if each.kind == TURN:
            places.setdefault(each.panel, []).append(position)
    for number, positions in places.items():
        panel_id, voices = seats[number]
        part = Part.objects.create(
            inquiry_id=transcript.inquiry_id,
            transcript=transcript,
            panel_id=panel_id,
            first_position=positions[0],
            last_position=positions[-1],
        )
        Speaker.objects.bulk_create(
            Speaker(
                inquiry_id=transcript.inquiry_id,
                part=part,
                printed=printed,
                appearance_id=voice.appearance,
                name=voice.name,
            )
            for printed, voice in voices.items()
        )
