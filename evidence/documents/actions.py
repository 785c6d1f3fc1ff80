"""What is done with documents: they are kept as received, read into passages, and redacted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from accounts.refusals import Refused, refusals_of_the_database
from accounts.roles import Console, Verb, recorded, require
from evidence.documents.models import Document, Passage, Redaction
from evidence.documents.reading import Kind, Unreadable, identify, read
from inquiry.jobs import send_on_commit, working_on
from inquiry.models import Inquiry
from inquiry.models.jobs import JobState

READ = "evidence.documents.tasks.read_document"


@transaction.atomic
def keep_document(*, inquiry: Inquiry, name: str, data: bytes, by: User | Console) -> Document:
    """Keeps a file as received, byte for byte, and has it read into passages.

    :raises Refused: when it is not a file that can be read, or the inquiry has the same bytes already.
    """
    require(by, Verb.LOG_EVIDENCE, inquiry)
    digest = hashlib.sha256(data).hexdigest()
    same = Document.objects.filter(inquiry=inquiry, sha256=digest).first()
    if same:
        raise Refused(f"The inquiry has this file already, as “{same.name}”. Nothing was added.")
    try:
        kind = identify(data)
    except Unreadable as unreadable:
        raise Refused(f"“{name}”: {unreadable}") from unreadable
    document = Document(
        inquiry=inquiry, name=name[-255:], sha256=digest, size=len(data), kind=kind, asked_by=recorded(by)
    )
    document.file.save(name, ContentFile(data), save=False)
    document.save()
    send_on_commit(READ, document.pk)
    return document


def read_document(pk: int) -> None:
    """Reads a kept file into numbered passages. Once, whoever is told to, and from the start if one was interrupted."""
    if not Document.objects.claim(pk):
        return
    document = Document.objects.get(pk=pk)

    def say(progress: int, doing: str) -> None:
        Document.objects.report(pk, progress, doing)

    with working_on(Document.objects.all(), pk, Unreadable):
        _write_passages(document, say)


def _write_passages(document: Document, say: Callable[[int, str], None]) -> None:
    say(5, "Opening the file")
    with document.file.open("rb") as file:
        reading = read(file.read(), Kind(document.kind), say)
    passages = [
        Passage(
            inquiry_id=document.inquiry_id,
            document=document,
            position=position,
            kind=passage.kind,
            level=passage.level,
            number=passage.number,
            page=passage.page,
            received_text=passage.text,
        )
        for position, passage in enumerate(reading.passages, start=1)
    ]
    say(90, "Keeping the passages")
    with transaction.atomic():
        mine = Document.objects.select_for_update().get(pk=document.pk)
        if mine.state != JobState.RUNNING or mine.passages.exists():
            return
        Passage.objects.bulk_create(passages, batch_size=1000)
        mine.intake_notes = list(reading.notes)
        mine.save(update_fields=["intake_notes"])
        Document.objects.finish(document.pk)


@transaction.atomic
def read_again(*, document: Document, by: User | Console) -> None:
    """Has a file read once more, after a reading that failed."""
    require(by, Verb.LOG_EVIDENCE, document.inquiry)
    again = Document.objects.filter(pk=document.pk, state=JobState.FAILED)
    if not again.update(state=JobState.WAITING, error="", progress=0):
        raise Refused("Only a file whose reading failed can be read again.")
    send_on_commit(READ, document.pk)


@transaction.atomic
def redact(*, passage: Passage, start: int, end: int, reason: str, by: User | Console) -> Redaction:
    """Takes words of a passage away from what others than the secretariat can read, search, quote or export."""
    require(by, Verb.DECIDE, passage.inquiry)
    if not reason.strip():
        raise Refused("Say why the words are redacted.")
    with refusals_of_the_database():
        return Redaction.objects.create(
            inquiry=passage.inquiry, passage=passage, start=start, end=end, reason=reason.strip()
        )


@transaction.atomic
def lift_redaction(*, redaction: Redaction, by: User | Console) -> None:
    """Gives redacted words back to everyone who may see the submission."""
    require(by, Verb.DECIDE, redaction.inquiry)
    redaction.delete()
