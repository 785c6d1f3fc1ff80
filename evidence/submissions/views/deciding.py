"""The steps in the life of a submission, for one and for many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import inquiry_view, sent_with
from accounts.refusals import Refused
from accounts.roles import Verb
from evidence.submissions import actions
from evidence.submissions.forms import ClearForm, DecisionForm, EditDecisionForm, PublishForm, ReasonForm
from evidence.submissions.life import Treatment
from evidence.submissions.models import Submission
from evidence.submissions.naming import named_in_text
from evidence.submissions.views.reading import submission_of
from inquiry.editing import saved
from inquiry.lists import COUNTED_TO
from inquiry.numbers import whole_number

NAMED = 20
NAMED_ON_THE_PAGE = 50


@require_POST
@inquiry_view(Verb.DECIDE)
def accept(request: Any, number: int) -> HttpResponse:
    """Takes a submission as evidence to the inquiry."""
    return _at_once(request, submission_of(request, number), actions.accept_submission, "was accepted as evidence")


@require_POST
@inquiry_view(Verb.DECIDE)
def receive_again(request: Any, number: int) -> HttpResponse:
    """Notes that a returned submission has come back."""
    return _at_once(request, submission_of(request, number), actions.receive_again, "is received again")


def _at_once(request: Any, submission: Submission, step: Callable[..., Any], done: str) -> HttpResponseRedirect:
    try:
        step(submission=submission, by=request.user)
        messages.success(request, f"{submission.reference} {done}.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("submissions:detail", request.inquiry.code, submission.number)


@inquiry_view(Verb.DECIDE)
def return_(request: Any, number: int) -> HttpResponse:
    """Sends a submission back to whoever wrote it, with the reason."""
    page = {"heading": "Return", "submit": "Return it", "lede": "It keeps its reference and can come back under it."}
    return _step(request, number, ReasonForm, actions.return_submission, "was returned", page)


@inquiry_view(Verb.DECIDE)
def withdraw(request: Any, number: int) -> HttpResponse:
    """Takes a submission out of the evidence, once it has been confirmed."""
    page = {"heading": "Withdraw", "template": "submissions/withdraw.html"}
    return _step(request, number, ReasonForm, actions.withdraw_submission, "was withdrawn", page)


@inquiry_view(Verb.DECIDE)
def decide(request: Any, number: int) -> HttpResponse:
    """Records what was decided on publication."""
    submission = submission_of(request, number)
    sent = sent_with(request)
    form = EditDecisionForm(sent, initial={"seen": actions.sign_of_decisions(submission)})

    def decided_meanwhile() -> EditDecisionForm:
        latest = submission.decisions.order_by("pk").last()
        names = ("treatment", "decided_on", "meeting", "reason")
        initial = {name: getattr(latest, name) for name in names} if latest else {}
        return EditDecisionForm(initial=initial | {"seen": actions.sign_of_decisions(submission)})

    def write() -> None:
        actions.decide_publication(submission=submission, by=request.user, **form.cleaned_data)

    if saved(form, write, decided_meanwhile):
        messages.success(request, f"{submission.reference} was decided on.")
        return redirect("submissions:detail", request.inquiry.code, submission.number)
    page = {"heading": "Decide on publication", "template": "submissions/decide.html"}
    return _asked(request, submission, form, page)


@inquiry_view(Verb.DECIDE)
def clear(request: Any, number: int) -> HttpResponse:
    """Notes that somebody has looked for names in anonymised evidence."""
    page = {"heading": "Look for names", "template": "submissions/clear.html"}
    return _step(request, number, ClearForm, actions.clear_names, "is cleared of names: others can read it", page)


@inquiry_view(Verb.DECIDE)
def publish(request: Any, number: int) -> HttpResponse:
    """Notes that a submission was published, as decided."""
    page = {"heading": "Published", "template": "submissions/publish.html"}
    return _step(request, number, PublishForm, actions.publish_submission, "is noted as published", page)


def _step(
    request: Any, number: int, form_of: type, action: Callable[..., Any], done: str, page: dict[str, str]
) -> HttpResponse:
    submission = submission_of(request, number)
    form = form_of(sent_with(request))
    if request.method == "POST" and form.is_valid():
        try:
            action(submission=submission, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.about or None, str(refused))
        else:
            messages.success(request, f"{submission.reference} {done}.")
            return redirect("submissions:detail", request.inquiry.code, submission.number)
    return _asked(request, submission, form, page)


def _asked(request: Any, submission: Submission, form: Any, page: dict[str, str]) -> HttpResponse:
    told = named_in_text(submission) if submission.treatment == Treatment.ANONYMISED else []
    context = {"submission": submission, "form": form, "told": told, **page}
    return render(request, page.get("template", "submissions/form.html"), context)


@require_POST
@inquiry_view(Verb.DECIDE)
def accept_many(request: Any) -> HttpResponse:
    """Accepts the submissions that were chosen in the list; says of each that can't be why."""
    chosen = _chosen(request)
    accepted, refusals = _each(chosen, lambda each: actions.accept_submission(submission=each, by=request.user))
    for _, refused in refusals[:NAMED]:
        messages.error(request, str(refused))
    if len(refusals) > NAMED:
        messages.error(request, f"{len(refusals) - NAMED:,} more could not be, for reasons like these.")
    if accepted:
        messages.success(request, f"Accepted: {_named(accepted)}.")
    return _back_to_list(request)


@require_POST
@inquiry_view(Verb.DECIDE)
def decide_many(request: Any) -> HttpResponse:
    """Records one decision for all the submissions that were chosen in the list."""
    page = {"heading": "Decide on publication of", "submit": "Record the decision", "done": "Decided on"}
    return _step_for_many(request, DecisionForm, actions.decide_publication, page)


@require_POST
@inquiry_view(Verb.DECIDE)
def return_many(request: Any) -> HttpResponse:
    """Sends back all the submissions that were chosen in the list, for one reason."""
    page = {"heading": "Return", "submit": "Return them", "done": "Returned", "danger": "yes"}
    return _step_for_many(request, ReasonForm, actions.return_submission, page)


@require_POST
@inquiry_view(Verb.DECIDE)
def publish_many(request: Any) -> HttpResponse:
    """Notes that all the submissions that were chosen in the list were published on one day, as decided."""
    page = {"heading": "Note as published", "submit": "Note them as published", "done": "Noted as published"}
    return _step_for_many(request, PublishForm, actions.publish_submission, page)


def _step_for_many(
    request: Any, form_of: type[forms.Form], action: Callable[..., Any], page: dict[str, str]
) -> HttpResponse:
    """Asks once what the step needs, then takes it for each.

    Those that it can't be taken for stay chosen, with what was typed, until it can.
    """
    chosen = _chosen(request)
    if not chosen:
        return _back_to_list(request)
    form = form_of(request.POST if _is_answered(form_of, request.POST) else None)
    if form.is_valid():
        details = dict(form.cleaned_data)
        done, refusals = _each(chosen, lambda each: action(submission=each, by=request.user, **details))
        if done:
            messages.success(request, f"{page['done']}: {_named(done)}.")
        if not refusals:
            return _back_to_list(request)
        chosen = [submission for submission, _ in refusals]
        for submission, refused in refusals[:NAMED]:
            said = str(refused)
            named = said if said.startswith(submission.reference) else f"{submission.reference}: {said}"
            form.add_error(refused.about if refused.about in form.fields else None, named)
        if len(refusals) > NAMED:
            form.add_error(None, f"{len(refusals) - NAMED:,} more could not be, for reasons like these.")
    context = {
        "form": form,
        "chosen": chosen[:NAMED_ON_THE_PAGE],
        "count": len(chosen),
        "more": max(0, len(chosen) - NAMED_ON_THE_PAGE),
        "numbers": ",".join(str(submission.number) for submission in chosen),
        **page,
    }
    return render(request, "submissions/many.html", context)


def _is_answered(form_of: Any, sent: Any) -> bool:
    """Whether the form itself was sent, and not the list alone, in which its submissions were ticked."""
    return not all(field.widget.value_omitted_from_data(sent, {}, name) for name, field in form_of.base_fields.items())


def _named(references: list[str]) -> str:
    """The references; of a whole campaign, how many there are."""
    rest = len(references) - NAMED
    return ", ".join(references[:NAMED]) + (f" and {rest:,} more" if rest > 0 else "")


def _chosen(request: Any) -> list[Submission]:
    # One box for each, or all of a group in one field: a campaign has more letters than a form may have fields.
    asked = (whole_number(n) for n in ",".join(request.POST.getlist("number")).split(",")[:COUNTED_TO])
    numbers = [number for number in asked if number is not None]
    if not numbers:
        messages.error(request, "Choose submissions first.")
    seen = Submission.objects.visible_to(request.user).filter(inquiry=request.inquiry, number__in=numbers)
    return list(seen.with_submitters().order_by("number"))


def _each(
    chosen: list[Submission], step: Callable[[Submission], Any]
) -> tuple[list[str], list[tuple[Submission, Refused]]]:
    """Takes the step with each by itself: the references of those that it was taken with, and the refusals."""
    done, refusals = [], []
    for submission in chosen:
        try:
            step(submission)
        except Refused as refused:
            refusals.append((submission, refused))
        else:
            done.append(submission.reference)
    return done, refusals


def _back_to_list(request: Any) -> HttpResponseRedirect:
    """To the list as it was filtered."""
    asked = QueryDict(request.POST.get("asked", "")).urlencode()
    return redirect(reverse("submissions:list", args=[request.inquiry.code]) + (f"?{asked}" if asked else ""))
