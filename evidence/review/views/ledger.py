"""The ledger of recommendations: their order, their wordings, what they answer, and how evidence bears on them."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import inquiry_view, sent_with
from accounts.refusals import Refused
from accounts.roles import Verb
from evidence.review.ledger_forms import AnswerForm, LinkForm, MoveForm
from evidence.review.views.recommendations import recommendation_of
from evidence.tags.actions import answer_contrary_evidence, change_link, cut_link
from evidence.tags.models import Stance, Tag
from evidence.transcripts.corrections import word_pieces
from inquiry import ledger
from inquiry.changes import sign, sign_of
from inquiry.editing import saved
from inquiry.models import RecommendationVersion

# An older one is asked for by its number, in the address.
VERSIONS_SHOWN = 100


@inquiry_view(Verb.WRITE_RECOMMENDATIONS)
def recommendation_move(request: Any, pk: int) -> HttpResponse:
    """A recommendation is moved: one up or down, after another, or to another addressee."""
    found = recommendation_of(request, pk)
    seen = {"user": request.user, "inquiry": request.inquiry}
    # A button that undoes has no fields: what it says stands in its address.
    sent = request.POST if {"place", "step"} & set(request.POST) else request.GET
    form = MoveForm(sent if request.method == "POST" else None, recommendation=found, **seen)
    if request.method == "POST" and form.is_valid():
        moved = None
        try:
            moved = ledger.place_recommendation(recommendation=found, by=request.user, **form.cleaned_data["place"])
        except Refused as refused:
            form.add_error("place", str(refused))
        if moved:
            back = reverse("review:recommendation_move", args=[request.inquiry.code, pk], query={"place": form.here})
            what = f"“{moved.title}” is {moved.label} now, and was {found.label}. Numbers around it followed."
            if moved.label != found.label:
                messages.success(request, what, extra_tags=f"undo:{back}")
            return redirect(f"{reverse('review:recommendations', args=[request.inquiry.code])}#r-{pk}")
    return render(request, "review/recommendation_move.html", {"form": form, "recommendation": found})


@require_POST
@inquiry_view(Verb.WRITE_RECOMMENDATIONS)
def recommendation_withdraw(request: Any, pk: int) -> HttpResponse:
    """A recommendation is taken out of every list; the message offers to bring it back."""
    found = recommendation_of(request, pk)
    ledger.withdraw_recommendation(recommendation=found, by=request.user)
    undo = reverse("review:recommendation_restore", args=[request.inquiry.code, pk])
    what = f"Recommendation {found.label} is withdrawn. Its evidence and its versions are kept with it."
    messages.success(request, what, extra_tags=f"undo:{undo}")
    return redirect("review:recommendations", request.inquiry.code)


@require_POST
@inquiry_view(Verb.WRITE_RECOMMENDATIONS)
def recommendation_restore(request: Any, pk: int) -> HttpResponse:
    """A withdrawn recommendation is brought back."""
    found = ledger.restore_recommendation(
        recommendation=recommendation_of(request, pk, withdrawn_too=True), by=request.user
    )
    messages.success(request, f"Recommendation {found.label} is back, with its evidence.")
    return redirect("review:recommendation", request.inquiry.code, pk)


@inquiry_view(Verb.READ)
def recommendation_versions(request: Any, pk: int) -> HttpResponse:
    """Every wording that was saved, and any two of them word by word; the last two, unless others are asked for."""
    found = recommendation_of(request, pk, withdrawn_too=True)
    versions = RecommendationVersion.objects.visible_to(request.user).filter(recommendation=found)
    versions = versions.select_related("saved_by").order_by("-number")
    kept = list(versions[:VERSIONS_SHOWN])

    def asked(name: str, otherwise: RecommendationVersion | None) -> RecommendationVersion | None:
        number = request.GET.get(name, "")
        return (versions.filter(number=number).first() if re.fullmatch("[0-9]{1,5}", number) else None) or otherwise

    newer = asked("to", kept[0] if kept else None)
    older = asked("from", kept[1] if len(kept) > 1 else newer)
    context = {"recommendation": found, "versions": kept, "older": older, "newer": newer}
    if older and newer:
        context["pieces"] = word_pieces(_words(older), _words(newer))
        context["same"] = _words(older) == _words(newer)
    return render(request, "review/recommendation_versions.html", context)


def _words(version: RecommendationVersion) -> str:
    return f"{version.title}\n\n{version.text}".replace("\r\n", "\n").strip()


@inquiry_view(Verb.WRITE_RECOMMENDATIONS)
def recommendation_answer(request: Any, pk: int) -> HttpResponse:
    """What the inquiry says to the evidence that challenges a recommendation is written."""
    contrary = Tag.objects.visible_to(request.user).filter(
        recommendation=pk, stance=Stance.CHALLENGES, quote__removed_at=None
    )
    last = contrary.order_by("-pk").values_list("pk", flat=True).first()

    def opened(sent: Any = None) -> AnswerForm:
        one = recommendation_of(request, pk)
        return AnswerForm(sent, initial={"text": one.answer, "up_to": last, "seen": sign(one.answer)})

    found = recommendation_of(request, pk)
    form = opened(sent_with(request))

    def write() -> None:
        answer_contrary_evidence(recommendation=found, by=request.user, **form.cleaned_data)

    if saved(form, write, opened):
        messages.success(request, "The answer is saved." if form.cleaned_data["text"] else "The answer is taken back.")
        return redirect("review:recommendation", request.inquiry.code, pk)
    context = {"form": form, "recommendation": found, "contrary": contrary.count()}
    return render(request, "review/recommendation_answer.html", context)


@inquiry_view(Verb.TAG)
def link_edit(request: Any, pk: int) -> HttpResponse:
    """How a piece of evidence bears on a recommendation, and the note on it, are changed; or the link is cut."""

    def link() -> Tag:
        seen = Tag.objects.visible_to(request.user).filter(inquiry=request.inquiry, recommendation__isnull=False)
        return get_object_or_404(seen.select_related("recommendation__addressee", "inquiry"), pk=pk)

    def opened(sent: Any = None) -> LinkForm:
        one = link()
        return LinkForm(sent, initial={"stance": one.stance, "note": one.note, "seen": sign_of(one)})

    found: Any = link()
    to = redirect("review:recommendation", request.inquiry.code, found.recommendation_id)
    if "cut" in request.POST:
        cut_link(tag=found, by=request.user)
        messages.success(
            request, f"The evidence is off recommendation {found.recommendation.label}. It is still there."
        )
        return to
    form = opened(sent_with(request))
    if saved(form, lambda: change_link(tag=found, by=request.user, **form.cleaned_data), opened):
        messages.success(request, "The link was changed.")
        return to
    return render(request, "review/link_form.html", {"form": form, "link": found})
