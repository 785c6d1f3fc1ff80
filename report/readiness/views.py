"""Readiness: what stands between now and a report that can be printed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import inquiry_view
from accounts.refusals import Refused
from accounts.roles import Verb
from evidence.review.unused import KINDS, how_many
from report.readiness import actions
from report.readiness.forms import AcceptForm
from report.readiness.models import Acceptance
from report.readiness.reading import readiness as readiness_of
from report.readiness.table import BY_CODE

ACCEPTED_SHOWN = 100


@inquiry_view(Verb.SEE_READINESS)
def readiness(request: Any) -> HttpResponse:
    """Everything that blocks the report or weakens it, each line with the way to its mend."""
    return _page(request)


def _page(request: Any, **refusal: Any) -> HttpResponse:
    accepted = Acceptance.objects.visible_to(request.user).filter(inquiry=request.inquiry, check_code__in=BY_CODE)
    unused = how_many(request.user, request.inquiry, "recommendation")
    context = {
        "found": readiness_of(request.user, request.inquiry),
        "accepted": [
            (each, BY_CODE[each.check_code])
            for each in accepted.standing().select_related("accepted_by")[:ACCEPTED_SHOWN]
        ],
        "unused": [(kind, label, unused[kind]) for kind, (label, _) in KINDS.items() if unused[kind]],
        **refusal,
    }
    return render(request, "readiness/readiness.html", context)


@require_POST
@inquiry_view(Verb.ACCEPT_WARNINGS)
def accept(request: Any) -> HttpResponse:
    """What is ticked of one check is accepted, for the reason given."""
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _page(request, refused="What was sent cannot be read. Tick it again.")
    code, reason = form.cleaned_data["check"], form.cleaned_data["reason"]
    findings = form.cleaned_data["line"]
    try:
        done = actions.accept_warnings(
            inquiry=request.inquiry, code=code, findings=findings, reason=reason, by=request.user
        )
    except Refused as refused:
        return _page(request, refused=str(refused), refused_at=code, reason=reason, ticked=set(findings))
    one = "1 warning is accepted, until what it is about changes."
    messages.success(request, one if len(done) == 1 else f"{len(done)} warnings are accepted, until they change.")
    return redirect("readiness:readiness", request.inquiry.code)


@require_POST
@inquiry_view(Verb.ACCEPT_WARNINGS)
def withdraw(request: Any, pk: int) -> HttpResponse:
    """An acceptance is taken back."""
    accepted = Acceptance.objects.visible_to(request.user).filter(inquiry=request.inquiry).select_related("inquiry")
    actions.withdraw_acceptance(acceptance=get_object_or_404(accepted, pk=pk), by=request.user)
    messages.success(request, "That is warned of again, if it is still so.")
    return redirect("readiness:readiness", request.inquiry.code)
