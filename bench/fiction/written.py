"""Written evidence of an invented inquiry, some hundred submissions at a time."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Iterator, Sequence

from django.utils import timezone

from bench.fiction.life import Life, a_life, live
from bench.fiction.quoted import tags
from bench.fiction.setting import BEGINS, Setting
from bench.fiction.words import paragraph, title
from evidence.documents.actions import keep_passages
from evidence.documents.models import Document
from evidence.documents.reading import Kind, ReadPassage
from evidence.submissions.models import Channel, ContactDetails, Submission, SubmissionFile, Submitter
from evidence.tags.models import Tag
from evidence.witnesses.models import Organisation, Sector, Witness
from inquiry.dates import Precision
from inquiry.models.jobs import JobState

DAYS = 120
HEADING_EVERY = 8


class Receipts:
    """Receives submissions, in their order; a few references are left out, as they are where one was refused."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.number = itertools.count(1)

    def receive(self, lengths: Sequence[int]) -> list[Submission]:
        """As many submissions as there are lengths, each of so many passages, as far as each has come in its life."""
        rng = self.setting.rng
        lives = [a_life(rng, BEGINS + dt.timedelta(days=rng.randrange(DAYS))) for _ in lengths]
        submitters = [self._submitter() for _ in lives]
        for life, submitter in zip(lives, submitters, strict=True):
            life.submission = self._submission(life, submitter)
        submissions = [life.submission for life in lives]
        Submission.objects.bulk_create(submissions)
        self._enter(submissions, submitters)
        self._keep(lives, lengths)
        live(rng, lives)
        Tag.objects.bulk_create(tag for each in submissions for tag in tags(self.setting, submission=each))
        return submissions

    def _submitter(self) -> Submitter:
        """A body, a person, or a person for a body."""
        rng, names, inquiry = self.setting.rng, self.setting.names, self.setting.inquiry
        submitter = Submitter(inquiry=inquiry)
        chance = rng.random()
        if chance < 0.8:
            name, sector = names.body()
            submitter.organisation = Organisation(inquiry=inquiry, name=name, sector=sector)
        if chance > 0.7:
            submitter.witness = Witness(inquiry=inquiry, name=names.person(), lived_experience=rng.random() < 0.3)
        return submitter

    def _submission(self, life: Life, submitter: Submitter) -> Submission:
        rng = self.setting.rng
        residents = submitter.organisation is not None and submitter.organisation.sector == Sector.RESIDENTS
        return Submission(
            inquiry=self.setting.inquiry,
            number=next(n for n in self.number if rng.random() > 0.02),
            title=title(rng),
            requested=life.asked,
            received_on=life.received_on,
            received_precision=Precision.DAY,
            channel=rng.choice((Channel.EMAIL, Channel.EMAIL, Channel.FORM, Channel.POST)),
            lived_experience=residents,
        )

    def _enter(self, submissions: Sequence[Submission], submitters: Sequence[Submitter]) -> None:
        Organisation.objects.bulk_create(each.organisation for each in submitters if each.organisation)
        Witness.objects.bulk_create(each.witness for each in submitters if each.witness)
        for submission, submitter in zip(submissions, submitters, strict=True):
            submitter.submission = submission
            # Their keys are known only now.
            submitter.organisation, submitter.witness = submitter.organisation, submitter.witness
        Submitter.objects.bulk_create(submitters)
        ContactDetails.objects.bulk_create(
            ContactDetails(inquiry_id=each.inquiry_id, submission=each, email=f"{each.reference.lower()}@example.org")
            for each in submissions
        )

    def _keep(self, lives: Sequence[Life], lengths: Sequence[int]) -> None:
        texts = [list(self._passages(length)) for length in lengths]
        documents = [self._document(life, passages) for life, passages in zip(lives, texts, strict=True)]
        Document.objects.bulk_create(documents)
        SubmissionFile.objects.bulk_create(
            SubmissionFile(inquiry_id=document.inquiry_id, submission=life.submission, document=document)
            for life, document in zip(lives, documents, strict=True)
        )
        for document, passages in zip(documents, texts, strict=True):
            keep_passages(document=document, passages=passages)

    def _document(self, life: Life, passages: Sequence[ReadPassage]) -> Document:
        reference, now = life.submission.reference, timezone.now()
        said = (f"{passage.number}. {passage.text}" if passage.number else passage.text for passage in passages)
        data = "\n\n".join((f"Fictional evidence {reference}", *said)).encode()
        document = Document(
            inquiry=self.setting.inquiry,
            name=f"fictional-{reference.lower()}.txt",
            kind=Kind.TEXT,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            state=JobState.DONE,
            progress=100,
            started_at=now,
            finished_at=now,
        )
        document.keep_bytes(data)
        return document

    def _passages(self, count: int) -> Iterator[ReadPassage]:
        rng, number = self.setting.rng, itertools.count(1)
        for place in range(1, count + 1):
            if place % HEADING_EVERY == 0:
                yield ReadPassage("heading", "", title(rng), level=1)
            else:
                yield ReadPassage("paragraph", str(next(number)), paragraph(rng, rng.randint(15, 95)))
