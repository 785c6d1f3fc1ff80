"""A document opened: its passages, the quotes taken from it, and words quoted or redacted where they stand."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import inquiry_view
from accounts.roles import Verb
from evidence.documents.models import Document
from evidence.reader.window import begin_at, window_of
from evidence.submissions.models import Submission


def _opened(request: Any, pk: int) -> tuple[Document, Submission]:
    """The document and the submission that it came with, for a person who may see both."""
    document = get_object_or_404(Document.objects.visible_to(request.user), inquiry=request.inquiry, pk=pk)
    submissions = Submission.objects.visible_to(request.user).with_submitters()
    return document, get_object_or_404(submissions, files__document=document)


def _place(request: Any, document: Document) -> int:
    at, begin = request.GET.get("at", ""), request.GET.get("from", "")
    if at.isdecimal():
        return begin_at(document, request.user, int(at)) or 1
    return int(begin) if begin.isdecimal() and len(begin) < 10 else 1


@inquiry_view(Verb.READ)
def document(request: Any, pk: int) -> HttpResponse:
    """A document, from its beginning, from a place, or where a passage stands."""
    opened, submission = _opened(request, pk)
    window = window_of(opened, request.user, begin=_place(request, opened))
    return render(request, "reader/document.html", {"document": opened, "submission": submission, "window": window})
