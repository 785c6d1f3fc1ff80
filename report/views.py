"""The appendix as it will be printed, and its exports."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST

from accounts.access import inquiry_view
from accounts.refusals import Refused
from accounts.roles import Verb, may
from inquiry.lists import sort_asked
from inquiry.models import CitationStyle
from inquiry.models.jobs import JobState
from report import actions
from report.comparing import CAME, CHANGED, WENT, compare
from report.formats import html
from report.formats.house_style import MOST_BYTES
from report.formats.reference import reference_document
from report.forms import ChoiceForm, CompareForm, ExportForm, FormatForm, HouseStyleForm
from report.layouts import PartName
from report.models import CONTENT_TYPES, Export, Format, HouseStyle, Snapshot

EXPORTS_A_PAGE = 25
DIFFERENCES_A_PAGE = 100
SORTS = {
    "format": "format",
    "layout": "layout",
    "asked": "asked_at",
    "by": "asked_by__name",
    "state": "state",
    "size": "size",
}
SHOWN_BESIDE_PREVIEW = 5
_SAID = {
    JobState.WAITING: "Waiting for the worker",
    JobState.DONE: "The file is ready",
    JobState.FAILED: "The file could not be made",
}


@inquiry_view(Verb.READ)
def appendix(request: Any) -> HttpResponse:
    """The appendix exactly as an export would print it, with what is left out and why."""
    form = ChoiceForm(request.GET, inquiry=request.inquiry)
    made, _ = actions.as_it_is_now(request.inquiry, by=request.user, **form.chosen)
    asking = ExportForm(initial=form.chosen | {"format": Format.DOCX, "previewed": made.digest})
    return render(
        request,
        "report/appendix.html",
        {
            "body": html.body(made),
            "left_out": made.left_out,
            "choice": form.shown(),
            "layout": CitationStyle(made.layout),
            "with_unchecked": form.chosen["include_unchecked"],
            "form": asking,
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
    """Asks for an export once more, as it would be now."""
    asked = actions.ask_again(export=_export(request, pk), by=request.user)
    return redirect("report:detail", request.inquiry.code, asked.pk)


@require_POST
@inquiry_view(Verb.EXPORT)
def cancel(request: Any, pk: int) -> HttpResponse:
    """Ends an export that is waiting or being made."""
    found = _export(request, pk)
    try:
        actions.cancel_export(export=found, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("report:detail", request.inquiry.code, found.pk)


@inquiry_view(Verb.READ)
def download(request: Any, pk: int) -> HttpResponse | FileResponse:
    """The file itself, to be kept; that it was taken is written down."""
    found = get_object_or_404(_exports(request).filter(state=JobState.DONE, recalled_at=None).exclude(file=""), pk=pk)
    try:
        kept = found.file.open("rb")
    except FileNotFoundError:
        raise Http404("The file is not where it was kept. Make it again from its snapshot.") from None
    actions.log_download(export=found, by=request.user)
    return _handed_out(kept, found.filename, found.content_type)


def _handed_out(file: Any, name: str, kind: str) -> FileResponse:
    """A file to be kept by whoever asked, and by nothing that lies between."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


@inquiry_view(Verb.READ, write=Verb.EXPORT)
def snapshot(request: Any, pk: int) -> HttpResponse:
    """What an export was made from: who took it, when, of which parts, what was left out, and its files."""
    found = get_object_or_404(_snapshots(request).select_related("taken_by", "house_style"), pk=pk)
    form = FormatForm(request.POST) if request.method == "POST" else FormatForm()
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.ask_from_snapshot(snapshot=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("format", str(refused))
        else:
            return redirect("report:detail", request.inquiry.code, asked.pk)
    may_see_all = may(request.user, Verb.SEE_UNPUBLISHED, request.inquiry)
    return render(
        request,
        "report/snapshot.html",
        {
            "snapshot": found,
            "parts": [PartName(name).label for name in found.parts if name in PartName.values],
            "left_out": found.content.get("left_out", []) if may_see_all else [],
            "may_see_all": may_see_all,
            "form": form,
            "exports": _exports(request).filter(snapshot=found),
            "earlier": _snapshots(request).filter(pk__lt=found.pk, recalled_at=None).first(),
        },
    )


@inquiry_view(Verb.READ)
def compare_snapshots(request: Any) -> HttpResponse:
    """What came, went and changed between two snapshots, the two newest unless others are chosen."""
    snapshots = _snapshots(request).filter(recalled_at=None)
    newest = list(snapshots.values_list("pk", flat=True)[:2])
    usual = {"before": newest[-1], "after": newest[0]} if newest else {}
    asked = {side: request.GET[side] for side in usual if request.GET.get(side)}
    form = CompareForm(usual | asked, snapshots=snapshots.defer("content"))
    context: dict[str, Any] = {"form": form, "several": len(newest) > 1}
    if newest and form.is_valid():
        before, after = (snapshots.get(pk=form.cleaned_data[side].pk) for side in ("before", "after"))
        differences = compare(before.appendix(), after.appendix())
        context |= {
            "before": before,
            "after": after,
            "page": Paginator(differences, DIFFERENCES_A_PAGE).get_page(request.GET.get("page")),
            "counts": {kind: sum(one.kind == kind for one in differences) for kind in (CAME, WENT, CHANGED)},
        }
    return render(request, "report/compare.html", context)


@inquiry_view(Verb.EXPORT, write=Verb.EDIT_INQUIRY)
def house_style(request: Any) -> HttpResponse:
    """The Word document from which exports take their styles, and the way to bring another."""
    form = HouseStyleForm(request.POST, request.FILES) if request.method == "POST" else HouseStyleForm()
    if request.method == "POST" and "aside" in request.POST:
        actions.lay_house_style_aside(inquiry=request.inquiry, by=request.user)
        messages.success(request, "Exports have the style that comes along again.")
        return redirect("report:house_style", request.inquiry.code)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["document"]
        try:
            _bring(request, file)
        except Refused as refused:
            form.add_error("document", str(refused))
        else:
            messages.success(request, f"Exports to Word and OpenDocument have the style of “{file.name}” from now on.")
            return redirect("report:house_style", request.inquiry.code)
    styles = HouseStyle.objects.visible_to(request.user).filter(inquiry=request.inquiry)
    in_force = styles.in_force().select_related("brought_by").first()
    return render(request, "report/house_style.html", {"form": form, "style": in_force})


def _bring(request: Any, file: Any) -> None:
    if file.size > MOST_BYTES:
        raise Refused("The document is larger than 10 MB. A style needs no pictures or text: take them out.")
    actions.bring_house_style(inquiry=request.inquiry, name=file.name, data=file.read(), by=request.user)


@inquiry_view(Verb.EXPORT)
def house_style_document(request: Any) -> FileResponse:
    """The style in force as a Word document, to be changed in Word and brought back."""
    style = HouseStyle.objects.visible_to(request.user).filter(inquiry=request.inquiry).in_force().first()
    data = style.read() if style else reference_document()
    name = f"{request.inquiry.code.lower()}-house-style.docx"
    return _handed_out(io.BytesIO(data), name, CONTENT_TYPES[Format.DOCX])


def _exports(request: Any) -> Any:
    mine = Export.objects.visible_to(request.user).filter(inquiry=request.inquiry)
    return mine.select_related("inquiry", "asked_by", "snapshot").defer("snapshot__content")


def _snapshots(request: Any) -> Any:
    return Snapshot.objects.visible_to(request.user).filter(inquiry=request.inquiry)


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
        if export.state == JobState.DONE and export.file
        else {}
    )
