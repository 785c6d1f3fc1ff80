"""A file as received, and how far the reading of it has come."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET, require_POST

from accounts.access import inquiry_view
from accounts.refusals import Refused
from accounts.roles import Verb, may
from evidence.documents import actions
from evidence.documents.models import Document
from evidence.documents.reading import Kind

CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.RTF: "application/rtf",
    # Never as what a browser would open.
    Kind.HTML: "application/octet-stream",
    Kind.MARKDOWN: "text/plain",
    Kind.TEXT: "text/plain",
    Kind.EML: "application/octet-stream",
}


@require_GET
@inquiry_view(Verb.READ)
def file(request: Any, pk: int) -> FileResponse:
    """The file as received, byte for byte, to those who may have it; who took it is noted."""
    document = get_object_or_404(
        Document.objects.as_received_for(request.user).select_related("inquiry"), inquiry=request.inquiry, pk=pk
    )
    try:
        kept = document.file.open("rb")
    except FileNotFoundError:
        raise Http404("The file is not where it was kept. Ask whoever looks after Attest for a back-up.") from None
    actions.log_download(document=document, by=request.user)
    response = FileResponse(
        kept, as_attachment=True, filename=document.handed_out_as, content_type=CONTENT_TYPES[Kind(document.kind)]
    )
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_GET
@inquiry_view(Verb.READ)
def progress(request: Any, pk: int) -> HttpResponse:
    """How far the reading of a file has come; the page that shows it asks each second."""
    document = get_object_or_404(Document.objects.visible_to(request.user).with_words(), inquiry=request.inquiry, pk=pk)
    # Without the context of a whole page, whose rail counts every list.
    context = {"document": document, "code": request.inquiry.code, "csrf_token": get_token(request)}
    context["secretariat"] = may(request.user, Verb.LOG_EVIDENCE, request.inquiry)
    context["quotes"] = may(request.user, Verb.TAKE_QUOTES, request.inquiry)
    return HttpResponse(render_to_string("documents/progress.html", context))


@require_POST
@inquiry_view(Verb.LOG_EVIDENCE)
def read_again(request: Any, pk: int) -> HttpResponse:
    """Has a file read once more, after a reading that failed."""
    documents = Document.objects.visible_to(request.user).select_related("inquiry", "submission_file__submission")
    document = get_object_or_404(documents, inquiry=request.inquiry, pk=pk)
    try:
        actions.read_again(document=document, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("submissions:detail", request.inquiry.code, document.submission_file.submission.number)
