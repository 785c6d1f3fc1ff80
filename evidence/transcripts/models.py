"""Transcripts: what was said at a session, in versions, with who each speaker is."""

from __future__ import annotations

from typing import Any, Self

import pghistory
import pgtrigger
from django.db import models

from accounts.roles import Verb, inquiries_where
from evidence.documents.models import Document
from evidence.witnesses.models import Appearance
from inquiry.models import Panel, Rule, Session
from inquiry.models.jobs import Job, JobQuerySet
from inquiry.models.records import Record, RecordQuerySet, SameInquiry, kept_from_others
from inquiry.models.sessions import names_no_one_under_the_rule


def _none_under_the_rule() -> pgtrigger.Trigger:
    """Of a session under the Chatham House Rule no words are kept; it can't be put under it meanwhile."""
    return pgtrigger.Trigger(
        name="none_under_the_rule",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            PERFORM 1 FROM inquiry_session WHERE id = NEW.session_id FOR SHARE;
            IF EXISTS (SELECT FROM inquiry_session WHERE id = NEW.session_id AND rule = 'chatham_house') THEN
                RAISE EXCEPTION 'Held under the Chatham House Rule: no transcript may be kept.'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


class TranscriptQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Transcripts of what was heard openly. One that holds a part heard in private is for the secretariat."""
        private = Panel.objects.ruled(Rule.PRIVATE).values("pk")
        in_private = models.Exists(Part._base_manager.filter(transcript=models.OuterRef("pk"), panel__in=private))
        return self.filter(kept_from_others(user, unless=~models.Q(in_private)))

    def current(self) -> Self:
        """The version that counts, of each session."""
        return self.filter(replaced_at=None)


@pghistory.track()
class Transcript(Record):
    """One version of what was said at a session. A corrected one replaces the uncorrected one before it."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="transcripts")
    document = models.OneToOneField(Document, models.CASCADE, related_name="transcript")
    version = models.PositiveSmallIntegerField()
    corrected = models.BooleanField(default=False)
    replaced_at = models.DateTimeField(null=True, blank=True)
    objects = TranscriptQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ("session", "version")
        constraints = (
            models.UniqueConstraint(fields=["session", "version"], name="one_transcript_per_version"),
            models.UniqueConstraint(
                fields=["session"], condition=models.Q(replaced_at=None), name="one_transcript_counts"
            ),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.ReadOnly(name="a_version_stays", fields=["session", "document", "version"]),
            _none_under_the_rule(),
        )

    def __str__(self) -> str:
        return f"{'Corrected' if self.corrected else 'Uncorrected'} transcript, version {self.version}"

    @property
    def kind(self) -> str:
        """As pages say it beside a quote: "corrected transcript"."""
        return "corrected transcript" if self.corrected else "uncorrected transcript"


@pghistory.track()
class Part(Record):
    """The stretch of a transcript in which one panel was heard."""

    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="parts")
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="transcribed")
    first_position = models.PositiveIntegerField(help_text="of its passages in the document")
    last_position = models.PositiveIntegerField()

    class Meta(Record.Meta):
        ordering = ("transcript", "first_position")
        verbose_name = "part of a transcript"
        verbose_name_plural = "parts of transcripts"
        constraints = (
            models.UniqueConstraint(fields=["transcript", "panel"], name="one_part_per_panel"),
            models.CheckConstraint(
                condition=models.Q(first_position__lte=models.F("last_position")), name="part_has_passages"
            ),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            names_no_one_under_the_rule("no words may be kept"),
            pgtrigger.Trigger(
                name="of_its_session",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM transcripts_transcript t JOIN inquiry_panel p ON p.session_id = t.session_id
                        WHERE t.id = NEW.transcript_id AND p.id = NEW.panel_id
                    ) THEN
                        RAISE EXCEPTION 'A part of a transcript is of a panel of its session.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.transcript}: {self.panel}"


@pghistory.track()
class Speaker(Record):
    """Who a printed name is, in one part of a transcript: a witness, or somebody else (a member, the clerk)."""

    part = models.ForeignKey(Part, models.CASCADE, related_name="speakers")
    printed = models.CharField(max_length=200)
    appearance = models.ForeignKey(
        Appearance, models.PROTECT, null=True, blank=True, related_name="spoke_as", help_text="where a witness"
    )
    name = models.CharField(max_length=200, blank=True, help_text="in full, where it is nobody on the panel")

    class Meta(Record.Meta):
        ordering = ("part", "printed")
        constraints = (
            models.UniqueConstraint(fields=["part", "printed"], name="one_speaker_per_printed_name"),
            models.CheckConstraint(condition=~models.Q(printed=""), name="speaker_is_printed"),
        )
        triggers = (
            SameInquiry(name="same_inquiry"),
            pgtrigger.Trigger(
                name="witness_of_its_panel",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__appearance__isnull=False),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM transcripts_part p JOIN witnesses_appearance a ON a.panel_id = p.panel_id
                        WHERE p.id = NEW.part_id AND a.id = NEW.appearance_id
                    ) THEN
                        RAISE EXCEPTION 'A witness speaks on their own panel.' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.printed


class DraftQuerySet(JobQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Drafts are for the secretariat alone."""
        return self.filter(inquiry__in=inquiries_where(user, Verb.SEE_UNPUBLISHED))


def _draft_name(draft: Draft, _filename: str = "") -> str:
    return f"{draft.inquiry.code}/drafts/{draft.pk or draft.sha256}"


@pghistory.track(exclude=["reading", "progress", "doing", "seen_at"])
class Draft(Job, Record):
    """A transcript that was received and read, and is not evidence before a clerk has looked it over."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="transcript_drafts")
    corrected = models.BooleanField(default=False)
    file = models.FileField(upload_to=_draft_name, max_length=200)
    sha256 = models.CharField(max_length=64)
    name = models.CharField("file name", max_length=255)
    reading = models.JSONField(default=dict, help_text="the transcript as it was read")
    objects = DraftQuerySet.as_manager()
    watched = False

    class Meta(Record.Meta):
        ordering = ("-asked_at",)
        verbose_name = "draft of a transcript"
        verbose_name_plural = "drafts of transcripts"
        constraints = (models.UniqueConstraint(fields=["session", "sha256"], name="one_draft_per_content"),)
        triggers = (
            SameInquiry(name="same_inquiry"),
            _none_under_the_rule(),
        )

    def __str__(self) -> str:
        return self.name
