"""The pages of an import: choosing, naming columns, seeing what would happen, giving the word, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import inquiry_view, sent_with
from accounts.refusals import Refused
from accounts.roles import Verb
from evidence.importing import actions
from evidence.importing.forms import ChooseForm, ColumnsForm
from evidence.importing.models import Batch, BatchRow, ColumnMeaning, Outcome, Stage
from evidence.importing.undoing import builds_on
from evidence.submissions.life import Treatment
from evidence.submissions.models import Submission
from inquiry.dates import read_date, say_date
from inquiry.lists import page_of
from inquiry.models import Inquiry
from inquiry.models.jobs import JobState

SAID = {
    Stage.CHECKING: "Looking at what would become of each row",
    Stage.IMPORTING: "Importing",
    Stage.UNDOING: "Undoing the import",
}


@inquiry_view(Verb.LOG_EVIDENCE)
def listing(request: Any) -> HttpResponse:
    """Every import of the inquiry, the newest first."""
    page = page_of(_batches(request), request)
    return render(request, "importing/list.html", {"page": page})


@inquiry_view(Verb.LOG_EVIDENCE)
def add(request: Any) -> HttpResponse:
    """Something is chosen to be imported; nothing is imported by that."""
    form = ChooseForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)))
    if request.method == "POST" and form.is_valid():
        try:
            batch = actions.choose_files(
                inquiry=request.inquiry, files=form.opened, accept=form.cleaned_data["accept"], by=request.user
            )
        except Refused as refused:
            form.add_error("chosen", str(refused))
        else:
            return _to(batch)
    return render(request, "importing/add.html", {"form": form})


@inquiry_view(Verb.LOG_EVIDENCE)
def detail(request: Any, pk: int) -> HttpResponse:
    """One import: how far it is, what would become of each row, or what became of it."""
    batch = _batch(request, pk)
    context = {"batch": batch} | _progress(batch)
    if batch.stage == Stage.COLUMNS:
        return redirect("importing:columns", request.inquiry.code, batch.pk)
    if not batch.is_waiting and not batch.has_failed and batch.stage in (Stage.CHECKED, Stage.IMPORTED):
        context |= _rows(request, batch)
    return render(request, "importing/detail.html", context)


def _rows(request: Any, batch: Batch) -> dict[str, Any]:
    """The rows, those with one outcome where the address asks for it."""
    counts = [(Outcome(name), getattr(batch, name)) for name in ("refused", "new", "added", "same")]
    asked = request.GET.get("outcome", "")
    rows = BatchRow.objects.visible_to(request.user).filter(batch=batch).order_by("number")
    if asked in Outcome.values:
        rows = rows.filter(outcome=asked)
    page = page_of(rows, request)
    mine = Submission.objects.visible_to(request.user).with_submitters()
    found = {each.pk: each for each in mine.filter(pk__in=[row.submission_id for row in page])}
    lines = [_line(request.inquiry, row, found.get(row.submission_id)) for row in page]
    return {"page": page, "lines": lines, "counts": [each for each in counts if each[1]], "asked": asked}


def _line(inquiry: Inquiry, row: BatchRow, submission: Submission | None) -> dict[str, Any]:
    """A row as it is told: what it says until it is imported, and what the record says then."""
    said = row.said
    given = inquiry.reference(row.reference) if row.reference else said.get("reference", "")
    received = submission.said_received if submission else ""
    decision = submission.get_decision_display() if submission else ""
    if said:
        received = say_date(*read_date(said["received"])) or received
        decision = str(dict(Treatment.choices).get(said["decision"], ""))
    return {
        "row": row,
        "submission": submission,
        "reference": given,
        "submitters": said.get("submitters", []),
        "received": received,
        "decision": decision,
        "files": [file["name"] or "its text" for file in said.get("files", [])],
    }


def _progress(batch: Batch) -> dict[str, Any]:
    stage = Stage(batch.stage)
    waiting = batch.state == JobState.WAITING
    return {
        "url": reverse("importing:progress", args=[batch.inquiry.code, batch.pk]),
        "state": "queued" if waiting else batch.state,
        "doing": SAID.get(stage, "") if waiting or not batch.doing else f"{SAID.get(stage, '')}: {batch.doing}",
        "done": batch.progress,
        "total": 100,
        "error": batch.error,
    }


@inquiry_view(Verb.LOG_EVIDENCE)
def progress(request: Any, pk: int) -> HttpResponse:
    """How far an import has come; its page asks for this each second, and is loaded again when it is over."""
    batch = _batch(request, pk)
    response = render(request, "components/progress.html", _progress(batch))
    if not batch.is_waiting:
        response["HX-Refresh"] = "true"
    return response


@inquiry_view(Verb.LOG_EVIDENCE)
def columns(request: Any, pk: int) -> HttpResponse:
    """A clerk says what each column of the list means; it is remembered for the lists that come."""
    batch = _batch(request, pk)
    if batch.stage not in (Stage.COLUMNS, Stage.CHECKED) or not batch.headings:
        return _to(batch)
    meanings = ColumnMeaning.objects.visible_to(request.user).filter(inquiry=request.inquiry)
    remembered = dict(meanings.values_list("heading", "column"))
    form = ColumnsForm(sent_with(request), batch=batch, remembered=remembered)
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_columns(batch=batch, meanings=form.meanings, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _to(batch)
    return render(request, "importing/columns.html", {"batch": batch, "form": form})


@require_POST
@inquiry_view(Verb.LOG_EVIDENCE)
def confirm(request: Any, pk: int) -> HttpResponse:
    """The word is given: what was shown is imported."""
    return _act(request, pk, actions.import_batch)


@require_POST
@inquiry_view(Verb.LOG_EVIDENCE)
def check_again(request: Any, pk: int) -> HttpResponse:
    """The import is checked once more."""
    return _act(request, pk, actions.check_again)


@require_POST
@inquiry_view(Verb.LOG_EVIDENCE)
def discard(request: Any, pk: int) -> HttpResponse:
    """What was chosen is let go of."""
    return _act(request, pk, actions.discard_batch, "Nothing was imported, and what you chose was let go of.")


@inquiry_view(Verb.LOG_EVIDENCE)
def undo(request: Any, pk: int) -> HttpResponse:
    """The import is taken back as one, once that is confirmed; or it is said what builds on it."""
    batch = _batch(request, pk)
    if batch.stage != Stage.IMPORTED:
        return _to(batch)
    if request.method == "POST":
        return _act(request, pk, actions.undo_batch)
    return render(request, "importing/undo.html", {"batch": batch, "reasons": builds_on(batch)})


def _act(request: Any, pk: int, action: Callable[..., None], done: str = "") -> HttpResponseRedirect:
    batch = _batch(request, pk)
    try:
        action(batch=batch, by=request.user)
        if done:
            messages.success(request, done)
    except Refused as refused:
        messages.error(request, str(refused))
    return _to(batch)


def _batches(request: Any) -> Any:
    mine = Batch.objects.visible_to(request.user).filter(inquiry=request.inquiry)
    return mine.select_related("inquiry", "chosen_by", "imported_by", "undone_by")


def _batch(request: Any, pk: int) -> Batch:
    return get_object_or_404(_batches(request), pk=pk)


def _to(batch: Batch) -> HttpResponseRedirect:
    return redirect("importing:detail", batch.inquiry.code, batch.pk)
