"""The reader opening a document with thousands of quotes, beside the same passages and quotes read bare."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from itertools import islice

from django.urls import reverse

from bench.fiction.words import paragraph
from bench.large import Large, large, read, read_nothing
from bench.measuring import Amount, Line, Row, waited_for
from evidence.documents.actions import keep_passages
from evidence.documents.models import Document
from evidence.documents.reading import Kind, ReadPassage
from evidence.quotes.models import Quote
from evidence.reader.window import IN_VIEW
from evidence.submissions.models import Submission, SubmissionFile
from inquiry.models.jobs import JobState

NAME = "reader"
LIMITS = (5.0, 0.5)
MOST, OF_EACH = 20_000, 4
PASSAGES = "SELECT id, open_text FROM documents_passage WHERE document_id = %s AND position <= %s ORDER BY position"
QUOTES = """
    SELECT q.* FROM quotes_quote q JOIN documents_passage p ON p.id = q.first_passage_id
    WHERE p.document_id = %s AND p.position <= %s AND q.removed_at IS NULL
"""


def measure(amount: Amount) -> Iterator[Line]:
    """A document of one submission in full, of which each passage is quoted four times."""
    here = large(amount)
    quotes = min(MOST, max(OF_EACH, 8 * amount.size.quotes))
    document = _quoted(here, quotes)
    address, of = reverse("reader:document", args=[here.inquiry.code, document.pk]), [document.pk, IN_VIEW]
    ways = (lambda: here.opened(address), lambda: (read(PASSAGES, of), read(QUOTES, of)))
    yield waited_for(NAME, f"a document with {quotes:,} quotes", "what is in view, bare", ways, LIMITS)


def _quoted(here: Large, quotes: int) -> Document:
    rows = Submission.objects.visible_to(here.member).filter(inquiry=here.inquiry, names_open=True)
    submission = rows.order_by("number")[0]
    document = Document.objects.create(
        inquiry=here.inquiry,
        sha256=hashlib.sha256(b"a document with many quotes").hexdigest(),
        size=1,
        name="fictional.txt",
        kind=Kind.TEXT,
        state=JobState.DONE,
    )
    SubmissionFile.objects.create(inquiry=here.inquiry, submission=submission, document=document, position=1)
    # A name may stand in what came in with it; it is looked for again, and the submission is left as it was.
    Submission.objects.filter(pk=submission.pk).update(cleared_at=submission.cleared_at)
    rng = random.Random(1)  # noqa: S311 - invented text
    texts = [paragraph(rng, 60) for _ in range(-(-quotes // OF_EACH))]
    keep_passages(document=document, passages=[ReadPassage("paragraph", str(n), t) for n, t in enumerate(texts, 1)])
    places = (
        Quote(
            inquiry=here.inquiry,
            submission=submission,
            first_passage=passage,
            last_passage=passage,
            start=start,
            end=len(passage.received_text),
            text=passage.received_text[start:],
        )
        for passage in document.passages.order_by("position")
        for start in range(OF_EACH)
    )
    Quote.objects.bulk_create(islice(places, quotes), batch_size=1_000)
    read_nothing("ANALYZE quotes_quote")
    return document


ROW = Row(NAME, measure)
