"""Files kept as received, and their words in numbered passages."""

from __future__ import annotations

from typing import Any, Self

import pghistory
import pgtrigger
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.files.base import ContentFile
from django.db import models
from django.db.models.functions import Coalesce

from evidence.documents.reading import Kind
from inquiry.models.jobs import Job, JobQuerySet, JobState
from inquiry.models.records import OfItsInquiry, Record, RecordQuerySet, SameInquiry, SecretariatQuerySet, secretariat
from inquiry.words import FoundBy, Words

SAID = {
    Kind.PDF: "PDF",
    Kind.DOCX: "Word",
    Kind.ODT: "OpenDocument",
    Kind.RTF: "RTF",
    Kind.HTML: "Web page",
    Kind.MARKDOWN: "Markdown",
    Kind.TEXT: "Text",
    Kind.EML: "E-mail",
}
ENDINGS: dict[Kind, tuple[str, ...]] = {
    Kind.PDF: (".pdf",),
    Kind.DOCX: (".docx", ".dotx"),
    Kind.ODT: (".odt", ".ott"),
    Kind.RTF: (".rtf",),
    Kind.HTML: (".html", ".htm", ".xhtml"),
    Kind.MARKDOWN: (".md", ".markdown", ".txt"),
    Kind.TEXT: (".txt", ".text", ".md"),
    Kind.EML: (".eml",),
}


def _kept_name(document: Document, _filename: str = "") -> str:
    """Where the bytes are kept: by inquiry and digest, so that no name of a person stands in a path."""
    return f"{document.inquiry.code}/{document.sha256[:2]}/{document.sha256}"


def _names_are_looked_for_again(document: str) -> str:
    """The submission that the document came with is no longer cleared of names."""
    return f"""
        UPDATE submissions_submission SET cleared_at = NULL, cleared_by_id = NULL, cleared_because = ''
        WHERE cleared_at IS NOT NULL
        AND id IN (SELECT submission_id FROM submissions_submissionfile WHERE document_id = {document});
        RETURN NULL;
    """  # noqa: S608 - put together from this file alone


class DocumentQuerySet(JobQuerySet):
    def visible_to(self, user: Any) -> Self:
        """A document can be read by whoever may see the submission that it came with, or the transcript that it is."""
        submissions = apps.get_model("submissions", "Submission")._default_manager.visible_to(user)
        transcripts = apps.get_model("transcripts", "Transcript")._default_manager.visible_to(user)
        # Asked of each, so that for one document the database need not gather all that the person may see.
        return self.filter(
            models.Exists(submissions.filter(files__document=models.OuterRef("pk")).order_by())
            | models.Exists(transcripts.filter(document=models.OuterRef("pk")).order_by())
        )

    def as_received_for(self, user: Any) -> Self:
        """The files that the person may have byte for byte.

        The secretariat may have all that is not infected; others only those of transcripts, and of evidence that is
        taken in full: the file of an anonymised or redacted submission would tell what its page does not. An e-mail is
        full of addresses, which are contact details, and is for the secretariat alone.
        """
        in_full = (
            models.Q(submission_file__submission__decision="full")
            | models.Q(submission_file__submission__decision="", submission_file__submission__requested="full")
            | models.Q(transcript__isnull=False)
        )
        unredacted = ~models.Exists(Redaction.objects.filter(passage__document=models.OuterRef("pk")))
        return (
            self.visible_to(user)
            .filter(secretariat(user) | (in_full & unredacted & ~models.Q(kind=Kind.EML)))
            .harmless()
        )

    def harmless(self) -> Self:
        """Those that may be opened by somebody: not infected, nor still to be scanned where there is a scanner."""
        found = self.exclude(scan=Scan.INFECTED)
        if settings.CLAMD_ADDRESS:
            found = found.exclude(scan=Scan.NONE, state__in=[JobState.WAITING, JobState.RUNNING])
        return found

    def with_words(self) -> Self:
        """Each with whether there is anything in it to read (``has_words``)."""
        return self.annotate(has_words=models.Exists(Passage.objects.filter(document=models.OuterRef("pk"))))

    def with_length(self) -> Self:
        """Each with how many passages it has (``length``)."""
        last = Passage.objects.filter(document=models.OuterRef("pk")).order_by("-position")
        return self.annotate(length=Coalesce(models.Subquery(last.values("position")[:1]), 0))


class Scan(models.TextChoices):
    """What the virus scanner made of a file."""

    NONE = "", "Not scanned"
    CLEAN = "clean", "No virus found"
    INFECTED = "infected", "Infected"


@pghistory.track(exclude=["progress", "doing", "seen_at"])
class Document(Job, Record):
    """A file as received, and the job of reading it into passages."""

    file = models.FileField(upload_to=_kept_name, max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="bytes")
    kind = models.CharField(max_length=10, help_text="What its content is: pdf, docx, text and so on.")
    name = models.CharField("file name", max_length=255)
    came_in = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="attached", help_text="the e-mail that held it"
    )
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.NONE, blank=True)
    scan_found = models.CharField(max_length=200, blank=True, help_text="what the virus scanner calls it")
    scanned_at = models.DateTimeField(null=True, blank=True)
    intake_notes = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    objects = DocumentQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = (
            models.UniqueConstraint(fields=["inquiry", "sha256"], name="one_document_per_content"),
            models.UniqueConstraint(fields=["id", "inquiry"], name="document_of_its_inquiry"),
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="sha256_of_document"),
            models.CheckConstraint(condition=models.Q(scan__in=Scan.values), name="known_scan"),
            models.CheckConstraint(
                condition=~models.Q(scan=Scan.INFECTED, state=JobState.DONE), name="infected_is_not_read"
            ),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.ReadOnly(name="kept_as_received", fields=["file", "sha256", "size", "name"]),
            pgtrigger.Trigger(
                name="read_again_names_are_looked_for_again",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state=JobState.WAITING),
                func=_names_are_looked_for_again("NEW.id"),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def keep_bytes(self, data: bytes) -> None:
        """Puts the bytes where a document with this digest is kept, before the row is saved."""
        # No row has this digest, so what lies there is of a receipt that was undone, and may be cut short.
        self.file.storage.delete(_kept_name(self))
        self.file.save(self.name, ContentFile(data), save=False)

    @property
    def said_kind(self) -> str:
        return SAID[Kind(self.kind)]

    @property
    def handed_out_as(self) -> str:
        """The name under which it is handed out: one that a computer opens as what it is, whatever it was sent as."""
        ending = self.name[self.name.rfind(".") :].lower() if "." in self.name else ""
        return self.name if ending in ENDINGS[Kind(self.kind)] else f"{self.name}{ENDINGS[Kind(self.kind)][0]}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class Download(Record):
    """That a person took a file as received, and when. History sees what is written, so what is read is noted here."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="downloads")
    downloaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    objects = SecretariatQuerySet.as_manager()
    watched = False

    class Meta(Record.Meta):
        ordering = ("-id",)
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Protect(name="a_download_stands", operation=pgtrigger.Update),
        )

    def __str__(self) -> str:
        return f"{self.document_id}, {self.created_at:%Y-%m-%d %H:%M}"


class PassageKind(models.TextChoices):
    TURN = "turn", "Turn"
    HEADING = "heading", "Heading"
    PARAGRAPH = "paragraph", "Paragraph"
    ITEM = "item", "List item"
    ROW = "row", "Table row"


class PassageQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The passages of the documents that the person may see, as they may read them."""
        return self.filter(document__in=Document.objects.visible_to(user).values("pk")).as_read_by(user)

    def as_read_by(self, user: Any) -> Self:
        """Each with ``words``: what the person may read of it, where they may see its document.

        Outside the secretariat ``words`` has redactions blacked out, character for character, so that places in it
        are the same for everybody.
        """
        words = models.Case(
            models.When(secretariat(user), then=models.F("received_text")), default=models.F("open_text")
        )
        return self.annotate(words=words).defer("received_text", "open_text")


class PassageManager(models.Manager.from_queryset(PassageQuerySet)):
    """Passages without what they are found by, which is half as long as their words."""

    def get_queryset(self) -> Any:
        return super().get_queryset().defer("found_by")


# Without its entering: passages are written by the hundred thousand, and what entered them is their document's history.
@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["found_by"])
class Passage(Record):
    """A numbered piece of a document's text, which quotes point at. Its words never change."""

    # Both are guarded by one constraint, ``passage_of_its_document``: rows come in by the hundred thousand.
    inquiry = models.ForeignKey("inquiry.Inquiry", models.PROTECT, related_name="passages", db_constraint=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="passages", db_constraint=False)
    position = models.PositiveIntegerField(help_text="its place in the document, from 1")
    kind = models.CharField(max_length=10, choices=PassageKind.choices, default=PassageKind.PARAGRAPH)
    level = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=20, blank=True, help_text="the source's own number, or in order")
    page = models.PositiveIntegerField(null=True, blank=True)
    speaker = models.CharField(max_length=200, blank=True, help_text="as printed, in a transcript")
    question = models.PositiveIntegerField(null=True, blank=True, help_text="under which it was said")
    time_code = models.DurationField(null=True, blank=True, help_text="where in the recording")
    received_text = models.TextField(help_text="the words as received")
    open_text = models.TextField(help_text="the words with redactions blacked out", editable=False)
    found_by = FoundBy("open_text")
    objects = PassageManager()

    class Meta(Record.Meta):
        base_manager_name = "objects"
        ordering = ("document", "position")
        indexes = (
            GinIndex(fields=["found_by"], name="passages_by_words"),
            # What is redacted only the secretariat finds.
            GinIndex(
                Words("received_text"),
                condition=~models.Q(received_text=models.F("open_text")),
                name="redacted_passages_by_words",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["document", "position"], name="one_passage_per_place"),
            models.CheckConstraint(condition=models.Q(kind__in=PassageKind.values), name="known_passage_kind"),
            models.CheckConstraint(condition=~models.Q(received_text=""), name="passage_has_words"),
            models.CheckConstraint(
                condition=~models.Q(kind=PassageKind.TURN) | ~models.Q(speaker=""), name="turn_has_a_speaker"
            ),
            OfItsInquiry(field="document", name="passage_of_its_document"),
        )
        triggers = (
            # A new row is guarded by ``passage_of_its_document``.
            SameInquiry(name="same_inquiry", operation=pgtrigger.Update),
            pgtrigger.ReadOnly(
                name="words_stand", fields=["document", "position", "received_text", "speaker", "question"]
            ),
            pgtrigger.Trigger(
                name="open_until_redacted",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__open_text__df=pgtrigger.F("new__received_text")),
                func="NEW.open_text := NEW.received_text; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="open_but_for_redactions",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("open_text"),
                declare=[("r", "record")],
                func="""
                    NEW.open_text := NEW.received_text;
                    FOR r IN SELECT start, "end" FROM documents_redaction WHERE passage_id = NEW.id LOOP
                        NEW.open_text := overlay(
                            NEW.open_text PLACING repeat('█', r."end" - r.start) FROM r.start + 1 FOR r."end" - r.start
                        );
                    END LOOP;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        if self.question:
            return f"Q{self.question}"
        return f"para {self.number}" if self.number else f"{self.get_kind_display()} {self.position}"


@pghistory.track()
class Redaction(Record):
    """Words of a passage that only the secretariat may read, search or quote."""

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="redactions")
    start = models.PositiveIntegerField(help_text="code points before the first redacted character")
    end = models.PositiveIntegerField(help_text="code points before the first character after it")
    reason = models.CharField(max_length=300)
    objects = SecretariatQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("passage", "start")
        constraints = (models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="redacts_words"),)
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Trigger(
                name="within_its_passage",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NEW."end" > (SELECT char_length(received_text) FROM documents_passage WHERE id = NEW.passage_id)
                    THEN
                        RAISE EXCEPTION 'A redaction lies within its passage.' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.ReadOnly(name="stays_in_its_passage", fields=["passage"]),
            pgtrigger.Trigger(
                name="lifted_names_are_looked_for_again",
                when=pgtrigger.After,
                operation=pgtrigger.Delete | pgtrigger.Update,
                func=_names_are_looked_for_again(
                    "(SELECT document_id FROM documents_passage WHERE id = OLD.passage_id)"
                ),
            ),
            pgtrigger.Trigger(
                name="blacks_out",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("place", "bigint")],
                # What they become is worked out by the passage, and by the quotes that reach over it, themselves.
                func="""
                    place := CASE WHEN TG_OP = 'DELETE' THEN OLD.passage_id ELSE NEW.passage_id END;
                    UPDATE documents_passage SET open_text = received_text WHERE id = place;
                    UPDATE quotes_quote q SET redacted = q.redacted
                    FROM documents_passage p, documents_passage f, documents_passage l
                    WHERE p.id = place AND f.document_id = p.document_id AND f.position <= p.position
                    AND q.first_passage_id = f.id AND l.id = q.last_passage_id AND l.position >= p.position;
                    RETURN NULL;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.passage_id}: {self.start}–{self.end}"
