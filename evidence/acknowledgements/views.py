"""The pages of acknowledgements: what they say, and sending them for one submission and for many."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import inquiry_view
from accounts.refusals import Refused
from accounts.roles import Verb
from evidence.acknowledgements import actions
from evidence.acknowledgements.forms import WordingForm
from evidence.acknowledgements.models import Acknowledgement
from evidence.acknowledgements.wording import PLACES, example_of
from evidence.submissions.models import Submission
from inquiry.editing import saved
from inquiry.lists import ON_A_PAGE
from inquiry.numbers import whole_number


@inquiry_view(Verb.EDIT_INQUIRY)
def wording(request: Any) -> HttpResponse:
    """What the acknowledgements say, beside an example that is filled in as one would be."""
    form = WordingForm(request.POST) if request.method == "POST" else _opened(request)
    kept = actions.wording_of(request.inquiry)
    shown = kept.said
    if form.is_bound and form.is_valid():
        shown = {name: form.cleaned_data[name] for name in ("subject", "text")}
        words = partial(actions.word_acknowledgements, inquiry=request.inquiry, by=request.user)
        if "show" not in request.POST and saved(form, lambda: words(**form.cleaned_data), lambda: _opened(request)):
            messages.success(request, "Acknowledgements say so from now on.")
            return redirect("acknowledgements:wording", request.inquiry.code)
    context = {"kept": kept, "form": form, "places": PLACES.items(), "example": example_of(request.inquiry, **shown)}
    return render(request, "acknowledgements/wording.html", context)


def _opened(request: Any) -> WordingForm:
    kept = actions.wording_of(request.inquiry)
    return WordingForm(initial={**kept.said, "seen": actions.sign_of_wording(kept)})


@inquiry_view(Verb.LOG_EVIDENCE)
def acknowledge(request: Any, number: int) -> HttpResponse:
    """Shows the message as it will be, and sends it once that is confirmed: it cannot be taken back."""
    submission = _submission(request, number)
    if request.method == "POST":
        try:
            actions.acknowledge(submission=submission, by=request.user)
            messages.success(request, f"The acknowledgement of {submission.reference} is on its way.")
        except Refused as refused:
            messages.error(request, str(refused))
        return _back_to(submission)
    subject, text = actions.message_to(submission, actions.wording_of(request.inquiry))
    context = {"submission": submission, "why_not": actions.why_not(submission), "subject": subject, "text": text}
    return render(request, "acknowledgements/acknowledge.html", context)


@require_POST
@inquiry_view(Verb.LOG_EVIDENCE)
def settle(request: Any, number: int) -> HttpResponse:
    """Says of an acknowledgement that may have been sent whether it arrived."""
    submission = _submission(request, number)
    kept = get_object_or_404(Acknowledgement.objects.visible_to(request.user), submission=submission)
    arrived = request.POST.get("arrived") == "yes"
    try:
        actions.settle(acknowledgement=kept, arrived=arrived, by=request.user)
        messages.success(request, "It is noted as sent." if arrived else "The acknowledgement is on its way.")
    except Refused as refused:
        messages.error(request, str(refused))
    return _back_to(submission)


@require_POST
@inquiry_view(Verb.LOG_EVIDENCE)
def acknowledge_many(request: Any) -> HttpResponse:
    """Acknowledges the submissions that were chosen in the list, once that is confirmed; says of the others why not."""
    asked = (whole_number(each) for each in request.POST.getlist("number")[:ON_A_PAGE])
    numbers = [number for number in asked if number is not None]
    seen = Submission.objects.visible_to(request.user).filter(inquiry=request.inquiry, number__in=numbers)
    chosen = list(seen.select_related("contact", "acknowledgement").with_submitters().order_by("number"))
    if not chosen:
        messages.error(request, "Choose submissions first.")
        return _back_to_list(request)
    told = [(submission, actions.why_not(submission)) for submission in chosen]
    if "confirmed" not in request.POST:
        count = sum(not why for _, why in told)
        return render(request, "acknowledgements/acknowledge_many.html", {"told": told, "count": count})
    sent = []
    for submission, _ in told:
        try:
            actions.acknowledge(submission=submission, by=request.user)
            sent.append(submission.reference)
        except Refused as refused:
            messages.error(request, str(refused))
    if sent:
        messages.success(request, f"On their way: the acknowledgements of {', '.join(sent)}.")
    return _back_to_list(request)


def _submission(request: Any, number: int) -> Submission:
    seen = Submission.objects.visible_to(request.user).select_related("contact", "acknowledgement").with_submitters()
    return get_object_or_404(seen, inquiry=request.inquiry, number=number)


def _back_to(submission: Submission) -> HttpResponseRedirect:
    return redirect("submissions:detail", submission.inquiry.code, submission.number)


def _back_to_list(request: Any) -> HttpResponseRedirect:
    """To the list as it was filtered."""
    asked = QueryDict(request.POST.get("asked", "")).urlencode()
    return redirect(reverse("submissions:list", args=[request.inquiry.code]) + (f"?{asked}" if asked else ""))
