"""What is done with documents: they are kept as received, read into passages, and redacted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused, refusals_of_the_database
from accounts.roles import Console, NotAllowed, Verb, recorded, require
from evidence.documents.models import Document, Download, Passage, Redaction, Scan
from evidence.documents.reading import Attached, Kind, ReadPassage, Unreadable
from evidence.documents.reading.identifying import identify
from evidence.documents.reading.runner import read
from evidence.documents.scanning import NotScanned, scan
from inquiry.copying import copy_in
from inquiry.jobs import send_on_commit, working_on
from inquiry.models import Inquiry
from inquiry.models.jobs import JobState

READ = "evidence.documents.tasks.read_document"
COMPARE = "evidence.campaigns.tasks.compare"
SAID_OF_A_NAME = 60
AS_READ = ("kind", "level", "number", "page", "speaker", "question", "time_code")
_as_read = attrgetter(*AS_READ)
# Nothing of a new passage is redacted.
WORDS = ("received_text", "open_text")


class Infected(Exception):
    """The virus scanner found something; the message is a sentence for the secretariat."""


class AlreadyKept(Refused):
    """The inquiry has the same bytes already."""

    def __init__(self, document: Document) -> None:
        super().__init__(f"The inquiry has this file already, as “{document.name}”. Nothing was added.")
        self.document = document


def check_file(*, inquiry: Inquiry, name: str, data: bytes) -> Kind:
    """What kind of file it is.

    :raises Refused: when it is not a file that can be read, or the inquiry has the same bytes already.
    """
    if len(data) > settings.ATTEST_UPLOAD_LIMIT:
        limit = settings.ATTEST_UPLOAD_LIMIT // (1024 * 1024)
        raise Refused(f"“{name}” is larger than {limit} MB. Split it, or ask for a version without large pictures.")
    same = Document.objects.filter(inquiry=inquiry, sha256=hashlib.sha256(data).hexdigest()).first()
    if same:
        raise AlreadyKept(same)
    try:
        return identify(data)
    except Unreadable as unreadable:
        raise Refused(f"“{name}”: {unreadable}") from unreadable


@transaction.atomic
def keep_document(*, inquiry: Inquiry, name: str, data: bytes, by: User | Console) -> Document:
    """Keeps a file as received, byte for byte, and has it read into passages.

    :raises Refused: when it is not a file that can be read, or the inquiry has the same bytes already.
    """
    require(by, Verb.LOG_EVIDENCE, inquiry)
    return _keep(inquiry, name, data, asked_by=recorded(by))


def _keep(inquiry: Inquiry, name: str, data: bytes, **details: Any) -> Document:
    # Two clerks with one file: the second waits here, and is then told.
    Inquiry.objects.select_for_update(no_key=True).get(pk=inquiry.pk)
    name = file_name(name)
    document = Document(
        inquiry=inquiry,
        name=name,
        kind=check_file(inquiry=inquiry, name=name, data=data),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        **details,
    )
    document.keep_bytes(data)
    document.save()
    send_on_commit(READ, document.pk)
    return document


def file_name(name: str) -> str:
    """A file's name as it is shown: what can be printed of it."""
    return "".join(c for c in name if c.isprintable())[-255:] or "Without a name"


@transaction.atomic
def log_download(*, document: Document, by: User | Console) -> Download:
    """Notes who took a file as received. Only those who may have it byte for byte can."""
    if not Document.objects.as_received_for(by).filter(pk=document.pk).exists():
        raise NotAllowed("You cannot have this file as received. What it says can be read in the reader.")
    return Download.objects.create(inquiry=document.inquiry, document=document, downloaded_by=recorded(by))


def read_document(pk: int) -> None:
    """Reads a kept file into numbered passages. Once, whoever is told to, and from the start if one was interrupted."""
    if not Document.objects.claim(pk):
        return
    document = Document.objects.get(pk=pk)

    def say(progress: int, doing: str) -> None:
        Document.objects.report(pk, progress, doing)

    with working_on(Document.objects.all(), pk, Unreadable, NotScanned, Infected):
        _have_scanned(document, say)
        _write_passages(document, say)


def _have_scanned(document: Document, say: Callable[[int, str], None]) -> None:
    """Asks the virus scanner, where there is one. What is infected is not read, and nobody can take it away."""
    if settings.CLAMD_ADDRESS:
        say(2, "Asking the virus scanner")
        with document.file.open("rb") as file:
            found = scan(file, settings.CLAMD_ADDRESS)
        document.scan, document.scan_found = (Scan.INFECTED, found) if found else (Scan.CLEAN, "")
        document.scanned_at = timezone.now()
        document.save(update_fields=["scan", "scan_found", "scanned_at"])
    if document.scan == Scan.INFECTED:
        raise Infected(
            f"The virus scanner found “{document.scan_found}” in this file. It is not read, and nobody can download "
            "it. Tell the sender, and ask for the evidence in another file."
        )


def _write_passages(document: Document, say: Callable[[int, str], None]) -> None:
    say(5, "Opening the file")
    with document.file.open("rb") as file:
        reading = read(file.read(), Kind(document.kind), say)
    say(90, "Keeping the passages")
    with transaction.atomic():
        mine = Document.objects.select_for_update().get(pk=document.pk)
        if mine.state != JobState.RUNNING or mine.passages.exists():
            return
        keep_passages(document=mine, passages=reading.passages)
        mine.intake_notes = [note[:300] for note in (*reading.notes, *_keep_attached(mine, reading.attached))]
        mine.save(update_fields=["intake_notes"])
        Document.objects.finish(document.pk)
        send_on_commit(COMPARE, document.pk)


def _keep_attached(mail: Document, attached: Sequence[Attached]) -> Iterator[str]:
    """Keeps what came with an e-mail beside it, each a document of the same submission; says of the others why not."""
    with_it = getattr(mail, "submission_file", None)
    for each in attached:
        name = each.name if len(each.name) <= SAID_OF_A_NAME else f"{each.name[:SAID_OF_A_NAME]}…"
        if mail.came_in_id or not with_it:
            yield f"“{name}” came in a message within a message, and was not taken out of it. Add it by itself."
            continue
        try:
            with transaction.atomic():
                document = _keep(mail.inquiry, each.name, each.data, asked_by=mail.asked_by, came_in=mail)
                with_it.submission.files.create(
                    inquiry=mail.inquiry, document=document, position=with_it.submission.files.count()
                )
        except AlreadyKept as kept:
            yield f"“{name}” is in the inquiry already{_where(kept.document)}."
        except Refused as refused:
            # The sentence names the file itself, at any length.
            yield f"“{name}” was not taken: {str(refused).removeprefix(f'“{each.name}”: ')}"


def _where(document: Document) -> str:
    kept = getattr(document, "submission_file", None)
    return f", with {kept.submission}" if kept else ""


@transaction.atomic
def keep_passages(*, document: Document, passages: Iterable[ReadPassage]) -> int:
    """Writes the words that were read of a document, in their order from its first passage on, by COPY."""
    mine = (document.inquiry_id, timezone.now(), document.pk)
    return copy_in(
        Passage,
        ("inquiry", "created_at", "document", "position", *AS_READ, *WORDS),
        ((*mine, position, *_as_read(each), each.text, each.text) for position, each in enumerate(passages, start=1)),
    )


@transaction.atomic
def read_again(*, document: Document, by: User | Console) -> None:
    """Has a file read once more, after a reading that failed."""
    require(by, Verb.LOG_EVIDENCE, document.inquiry)
    again = Document.objects.filter(pk=document.pk, state=JobState.FAILED)
    afresh = {"error": "", "doing": "", "progress": 0, "attempts": 0, "asked_at": timezone.now()}
    if not again.update(state=JobState.WAITING, **afresh):
        raise Refused("Only a file whose reading failed can be read again.")
    send_on_commit(READ, document.pk)


@transaction.atomic
def redact(*, passage: Passage, start: int, end: int, reason: str, by: User | Console) -> Redaction:
    """Takes words of a passage away from what others than the secretariat can read, search, quote or export.

    Exports that were made before are recalled.
    """
    require(by, Verb.DECIDE, passage.inquiry)
    if not reason.strip():
        raise Refused("Say why the words are redacted.")
    with refusals_of_the_database():
        redaction = Redaction.objects.create(
            inquiry=passage.inquiry, passage=passage, start=start, end=end, reason=reason.strip()
        )
    # Which exports hold the words can't be told where a quote was edited, so all that name their source are recalled.
    source = getattr(passage.document, "submission_file", None)
    holding = source.submission.reference if source else ""
    passage.inquiry.exports.recall("Words were redacted after this was made.", holding=holding)
    return redaction


@transaction.atomic
def lift_redaction(*, redaction: Redaction, by: User | Console) -> None:
    """Gives redacted words back to everyone who may see the submission."""
    require(by, Verb.DECIDE, redaction.inquiry)
    redaction.delete()
