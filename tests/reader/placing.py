"""Words found in a document, as a person who selects them would send them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from evidence.documents.models import Document, Passage
from evidence.submissions.models import Submission
from tests import builders


def document_of(submission: Submission) -> Document:
    return Document.objects.select_related("inquiry").get(submission_file__submission=submission)


def address(submission: Submission, view: str = "document", **query: Any) -> str:
    document = document_of(submission)
    return reverse(f"reader:{view}", args=[document.inquiry.code, document.pk], query=query)


def selected(submission: Submission, words: str, passage: int = 0, last: int | None = None) -> dict[str, Any]:
    """The fields of the reader's form for words that begin and end where ``words`` do."""
    places = builders.passages(submission)
    first, end = places[passage], places[passage if last is None else last]
    begin, _, finish = words.partition("|")
    start = first.received_text.index(begin)
    stop = end.received_text.index(finish or begin) + len(finish or begin)
    return {"first_passage": first.pk, "start": start, "last_passage": end.pk, "end": stop}


def redacted(submission: Submission, words: str, passage: int = 0, reason: str = "Names a child.") -> Passage:
    """Redacts words of one passage."""
    from accounts.roles import CONSOLE
    from evidence.documents.actions import redact

    place = builders.passages(submission)[passage]
    start = place.received_text.index(words)
    redact(passage=place, start=start, end=start + len(words), reason=reason, by=CONSOLE)
    return place
