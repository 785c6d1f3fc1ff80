"""Receiving written evidence: logging it, correcting it, and what comes with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import inquiry_view
from accounts.refusals import Refused
from accounts.roles import Verb
from evidence.submissions import actions
from evidence.submissions.forms import (
    BaseSubmitters,
    ChangeForm,
    ConsentForm,
    EditContactForm,
    FilesForm,
    LogForm,
    Submitters,
    WithdrawConsentForm,
)
from evidence.submissions.models import Consent, Submission
from evidence.submissions.telling import described
from evidence.submissions.views.reading import submission_of
from evidence.witnesses.models import known_names
from inquiry.changes import sign
from inquiry.dates import Precision
from inquiry.editing import Difference, saved


@inquiry_view(Verb.LOG_EVIDENCE)
def add(request: Any) -> HttpResponse:
    """Logs a submission, with whatever came with it, on one page."""
    form = LogForm(*posted(request), inquiry=request.inquiry)
    submitters = Submitters(posted(request)[0], prefix="submitters")
    if request.method == "POST":
        if form.is_valid() & submitters.is_valid():
            try:
                submission = _log(request, form, submitters)
            except Refused as refused:
                form.add_error(None, form.say(refused))
            else:
                messages.success(request, f"Logged as {submission.reference}.")
                return _back_to(submission)
        if not request.htmx:
            form.say_what_is_lost()
    context = {"form": form, "submitters": submitters, **known_names(request.inquiry, request.user)}
    return render(request, "submissions/add.html", context)


def posted(request: Any) -> tuple[Any, Any]:
    """What was sent with the form, or nothing when it is only opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _log(request: Any, form: LogForm, submitters: BaseSubmitters) -> Submission:
    return actions.receive_submission(
        inquiry=request.inquiry,
        submitters=submitters.entries,
        lived_experience=any(entry.lived_experience for entry in submitters.entries),
        contact=form.contact,
        files=form.chosen,
        consents=form.consents,
        accept=form.cleaned_data["accept"],
        by=request.user,
        **form.details(),
    )


@inquiry_view(Verb.LOG_EVIDENCE)
def edit(request: Any, number: int) -> HttpResponse:
    """Corrects how a submission was logged. Who is second to save is told, and shown both."""
    submission = submission_of(request, number)
    sent = posted(request)[0]
    entries = [vars(entry) for entry in actions.entries_of(submission)]
    submitters = Submitters(sent, prefix="submitters", initial=entries)

    def opened(sent: Any = None) -> ChangeForm:
        return ChangeForm(sent, initial=_as_logged(submission_of(request, number)))

    def who() -> list[Difference]:
        now = actions.entries_of(submission)
        return [Difference("Submitters", _names(now), _names(submitters.entries))]

    form = opened(sent)
    valid = sent is not None and submitters.is_valid() & form.is_valid()
    if valid and saved(form, lambda: _change(request, submission, form, submitters), opened, who):
        messages.success(request, f"{submission.reference} was changed.")
        return _back_to(submission)
    context = {
        "submission": submission,
        "form": form,
        "submitters": submitters,
        **known_names(request.inquiry, request.user),
    }
    return render(request, "submissions/edit.html", context)


def _as_logged(submission: Submission) -> dict[str, Any]:
    return {
        "received": (submission.received_on, Precision(submission.received_precision)),
        "seen": actions.as_logged(submission),
        **{name: getattr(submission, name) for name in ("channel", "requested", "title")},
    }


def _change(request: Any, submission: Submission, form: ChangeForm, submitters: BaseSubmitters) -> None:
    actions.change_submission(
        submission=submission,
        submitters=submitters.entries,
        lived_experience=any(entry.lived_experience for entry in submitters.entries),
        seen=form.cleaned_data["seen"],
        by=request.user,
        **form.details(),
    )


def _names(entries: list[actions.SubmitterEntry]) -> str:
    return "; ".join(described(entry.person, entry.organisation) for entry in entries)


@inquiry_view(Verb.LOG_EVIDENCE)
def add_files(request: Any, number: int) -> HttpResponse:
    """Adds files, or pasted text, to a submission."""
    submission = submission_of(request, number)
    form = FilesForm(*posted(request), inquiry=request.inquiry)
    if request.method == "POST":
        if form.is_valid():
            try:
                actions.add_files(submission=submission, files=form.chosen, by=request.user)
            except Refused as refused:
                form.add_error(None, form.say(refused))
            else:
                return _back_to(submission)
        if not request.htmx:
            form.say_what_is_lost()
    return _form(request, submission, form, "Add files", "Add")


@inquiry_view(Verb.LOG_EVIDENCE)
def contact(request: Any, number: int) -> HttpResponse:
    """Keeps how to reach the submitters, apart from the evidence."""
    submission = submission_of(request, number)

    def opened(sent: Any = None) -> EditContactForm:
        kept = actions.contact_of(submission)
        return EditContactForm(sent, initial=vars(kept) | {"seen": sign(kept)})

    def write() -> None:
        seen = form.cleaned_data["seen"]
        actions.keep_contact_details(submission=submission, contact=form.contact, seen=seen, by=request.user)

    form = opened(posted(request)[0])
    if saved(form, write, opened):
        messages.success(request, "The contact details were saved.")
        return _back_to(submission)
    return _form(request, submission, form, "Contact details", "Save", "For the secretariat alone. Never exported.")


@inquiry_view(Verb.LOG_EVIDENCE)
def add_consent(request: Any, number: int) -> HttpResponse:
    """Records what the submitters agreed to."""
    submission = submission_of(request, number)
    form = ConsentForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        actions.record_consents(of=submission, consents=form.consents, by=request.user)
        messages.success(request, "The consent was recorded.")
        return _back_to(submission)
    return _form(request, submission, form, "Record a consent", "Record it")


@inquiry_view(Verb.LOG_EVIDENCE)
def withdraw_consent(request: Any, number: int, pk: int) -> HttpResponse:
    """Records that a consent was taken back, once it has been confirmed."""
    submission = submission_of(request, number)
    consent = get_object_or_404(Consent.objects.visible_to(request.user), submission=submission, pk=pk)
    form = WithdrawConsentForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_consent(consent=consent, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The withdrawal was recorded.")
            return _back_to(submission)
    context = {"submission": submission, "consent": consent, "form": form}
    return render(request, "submissions/withdraw_consent.html", context)


def _form(request: Any, submission: Submission, form: Any, heading: str, submit: str, lede: str = "") -> HttpResponse:
    context = {"submission": submission, "form": form, "heading": heading, "submit": submit, "lede": lede}
    return render(request, "submissions/form.html", context)


def _back_to(submission: Submission) -> HttpResponseRedirect:
    return redirect("submissions:detail", submission.inquiry.code, submission.number)
