"""The appendix as it will be printed, and its exports."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST

from accounts.access import inquiry_view
from accounts.roles import Verb
from inquiry.lists import sort_asked
from inquiry.models.jobs import JobState
from report import actions
from report.assembly import assemble
from report.formats import html
from report.forms import ExportForm
from report.models import Export

EXPORTS_A_PAGE = 25
SORTS = {"format": "format", "asked": "asked_at", "by": "asked_by__name", "state": "state", "size": "size"}
SHOWN_BESIDE_PREVIEW = 5
_SAID = {
    JobState.WAITING: "Waiting for the worker",
    JobState.DONE: "The file is ready",
    JobState.FAILED: "The file could not be made",
}


@inquiry_view(Verb.READ)
def appendix(request: Any) -> HttpResponse:
    """The appendix exactly as an export would print it, with what is left out and why."""
    with_unchecked = "unchecked" in request.GET
    made = assemble(request.inquiry, by=request.user, made_on=timezone.localdate(), include_unchecked=with_unchecked)
    return render(
        request,
        "report/appendix.html",
        {
            "body": html.body(made),
            "left_out": made.left_out,
            "with_unchecked": with_unchecked,
            "form": ExportForm(initial={"include_unchecked": with_unchecked}),
            "exports": _exports(request)[:SHOWN_BESIDE_PREVIEW],
        },
    )


@inquiry_view(Verb.EXPORT)
def export(request: Any) -> HttpResponse:
    """Asks the worker for a file. Who only looks is led to the appendix, where the choice stands."""
    if request.method != "POST":
        return redirect("report:appendix", request.inquiry.code)
    form = ExportForm(request.POST)
    if not form.is_valid():
        return render(request, "report/export_form.html", {"form": form})
    asked = actions.ask_for_export(inquiry=request.inquiry, by=request.user, **form.cleaned_data)
    return redirect("report:detail", request.inquiry.code, asked.pk)


@inquiry_view(Verb.READ)
def exports(request: Any) -> HttpResponse:
    """Every export of the inquiry, the newest first unless another order is asked for."""
    sort = sort_asked(request, SORTS, "-asked")
    key = F(SORTS[sort.removeprefix("-")])
    rows = _exports(request).order_by(key.desc(nulls_last=True) if sort[0] == "-" else key.asc(nulls_last=True), "-pk")
    page = Paginator(rows, EXPORTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "report/exports.html", {"page": page, "sort": sort})


@inquiry_view(Verb.READ)
def detail(request: Any, pk: int) -> HttpResponse:
    """One export: how far it has come, or the file."""
    found = _export(request, pk)
    return render(request, "report/export.html", {"export": found} | _progress(found))


@inquiry_view(Verb.READ)
def progress(request: Any, pk: int) -> HttpResponse:
    """How far an export has come; the page of it asks for this again and again."""
    return render(request, "components/progress.html", _progress(_export(request, pk)))


@require_POST
@inquiry_view(Verb.EXPORT)
def again(request: Any, pk: int) -> HttpResponse:
    """Asks for a failed or recalled export once more."""
    asked = actions.ask_again(export=_export(request, pk), by=request.user)
    return redirect("report:detail", request.inquiry.code, asked.pk)


@inquiry_view(Verb.READ)
def download(request: Any, pk: int) -> HttpResponse | FileResponse:
    """The file itself, to be kept; that it was taken is written down."""
    found = get_object_or_404(_exports(request).filter(state=JobState.DONE, recalled_at=None).exclude(file=""), pk=pk)
    try:
        kept = found.file.open("rb")
    except FileNotFoundError:
        raise Http404("The file is not where it was kept. Make it again from the appendix.") from None
    actions.log_download(export=found, by=request.user)
    response = FileResponse(kept, as_attachment=True, filename=found.filename, content_type=found.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


def _exports(request: Any) -> Any:
    return Export.objects.visible_to(request.user).filter(inquiry=request.inquiry).select_related("inquiry", "asked_by")


def _export(request: Any, pk: int) -> Export:
    return get_object_or_404(_exports(request), pk=pk)


def _progress(export: Export) -> dict[str, Any]:
    address = [export.inquiry.code, export.pk]
    return {
        "url": reverse("report:progress", args=address),
        "state": "queued" if export.state == JobState.WAITING else export.state,
        "doing": _SAID.get(JobState(export.state), export.doing),
        "done": export.progress,
        "total": 100,
        "error": export.error,
    } | (
        {"next_url": reverse("report:download", args=address), "next_label": f"Download {export.filename}"}
        if export.state == JobState.DONE
        else {}
    )
