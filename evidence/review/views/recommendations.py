"""Recommendations, and whether they stand on evidence."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import inquiry_view, sent_with
from accounts.refusals import Refused
from accounts.roles import Verb, may
from evidence.review.balance import balance
from evidence.review.forms import (
    AddresseeForm,
    AgreeForm,
    EditAddresseeForm,
    EditPrincipleForm,
    EditRecommendationForm,
    PrincipleForm,
    RecommendationForm,
)
from evidence.review.standing import Standing, standings
from evidence.review.voices import voices_by_sector
from inquiry import actions
from inquiry.changes import sign_of
from inquiry.editing import saved
from inquiry.lists import sort_asked
from inquiry.models import Addressee, Principle, Recommendation

WITHDRAWN_SHOWN = 50
# By their own numbers they stand under their addressees; in any other order all stand in one list.
SORTS: dict[str, Callable[[Any], Any]] = {
    "title": lambda one: one.title.casefold(),
    "status": lambda one: one.status,
    "evidence": lambda one: one.standing.total,
}


@inquiry_view(Verb.READ)
def recommendations(request: Any) -> HttpResponse:
    """What the report asks for, of whom, and on what evidence."""
    counted = standings(request.user, request.inquiry)
    written = list(_seen(request, Recommendation).in_order())
    for one in written:
        one.standing = counted.get(one.pk, Standing())
    addressees = list(_seen(request, Addressee))
    sort = sort_asked(request, SORTS, "")
    if not sort:
        by_addressee = {pk: list(group) for pk, group in groupby(written, key=lambda one: one.addressee_id)}
        groups = [(each, by_addressee.get(each.pk, [])) for each in addressees]
    else:
        key = SORTS[sort.removeprefix("-")]
        groups = [(None, sorted(written, key=key, reverse=sort.startswith("-")))]
    principles = _seen(request, Principle).prefetch_related(
        Prefetch("recommendations", _seen(request, Recommendation).in_order(), to_attr="delivering")
    )
    context = {"groups": groups, "addressees": addressees, "sort": sort, "principles": principles}
    if may(request.user, Verb.WRITE_RECOMMENDATIONS, request.inquiry):
        gone = Recommendation.objects.withdrawn_from(request.user).filter(inquiry=request.inquiry)
        gone = gone.select_related("addressee", "withdrawn_by").order_by("-withdrawn_at")
        context["withdrawn"] = gone[:WITHDRAWN_SHOWN]
    return render(request, "review/recommendations.html", context)


@inquiry_view(Verb.READ)
def recommendation(request: Any, pk: int) -> HttpResponse:
    """One recommendation, with the evidence for and against it side by side, and what is missing."""
    found = recommendation_of(request, pk, withdrawn_too=True)
    context = {
        "recommendation": found,
        "seen": actions.recommendation_as_written(found),
        "version": found.versions.select_related("saved_by").order_by("-number").first(),
        "principles": list(found.principles.all()),
        "standing": standings(request.user, request.inquiry).get(found.pk, Standing()),
        "columns": balance(request.user, request.inquiry, found),
        "voices": voices_by_sector(request.user, request.inquiry, recommendation=found.pk),
    }
    return render(request, "review/recommendation.html", context)


@inquiry_view(Verb.WRITE_RECOMMENDATIONS)
def recommendation_add(request: Any) -> HttpResponse:
    """A recommendation is drafted, numbered next within its addressee."""
    if not _seen(request, Addressee).exists():
        messages.info(request, "First say whom recommendations are put to.")
        return redirect("review:addressee_add", request.inquiry.code)
    initial = {"addressee": request.GET.get("addressee")}
    form = RecommendationForm(sent_with(request), inquiry=request.inquiry, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            written = actions.write_recommendation(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Recommendation {written.label} is drafted.")
            return redirect("review:recommendation", request.inquiry.code, written.pk)
    return render(request, "review/recommendation_form.html", {"form": form})


@inquiry_view(Verb.WRITE_RECOMMENDATIONS)
def recommendation_edit(request: Any, pk: int) -> HttpResponse:
    """A recommendation is rewritten."""

    def opened(sent: Any = None) -> EditRecommendationForm:
        one = recommendation_of(request, pk)
        says = {"seen": actions.recommendation_as_written(one)}
        return EditRecommendationForm(sent, inquiry=request.inquiry, user=request.user, instance=one, initial=says)

    found = recommendation_of(request, pk)
    form = opened(sent_with(request))

    def write() -> None:
        actions.change_recommendation(recommendation=found, by=request.user, **form.cleaned_data)

    if saved(form, write, opened):
        drafted = found.agreed and not recommendation_of(request, pk).agreed
        again = " Its words were agreed, so it is a draft again." if drafted else ""
        messages.success(request, f"Recommendation {found.label} was changed.{again}")
        return redirect("review:recommendation", request.inquiry.code, found.pk)
    return render(request, "review/recommendation_form.html", {"form": form, "recommendation": found})


@require_POST
@inquiry_view(Verb.WRITE_RECOMMENDATIONS)
def recommendation_agree(request: Any, pk: int) -> HttpResponse:
    """A draft is marked agreed; an agreed one goes back to draft."""
    found = recommendation_of(request, pk)
    agreed = not found.agreed
    status = Recommendation.Status.AGREED if agreed else Recommendation.Status.DRAFT
    form = AgreeForm(request.POST)
    if not form.is_valid():
        messages.error(request, f"Nothing was agreed. {form.errors.get_json_data()['why'][0]['message']}")
        return redirect("review:recommendation", request.inquiry.code, found.pk)
    why, seen = form.cleaned_data["why"], request.POST.get("seen")
    try:
        actions.change_recommendation(recommendation=found, status=status, why=why, seen=seen, by=request.user)
    except Refused as refused:
        messages.error(request, f"{refused} Nothing was agreed. This is what it says now.")
    else:
        messages.success(request, f"Recommendation {found.label} is {'agreed' if agreed else 'a draft again'}.")
    return redirect("review:recommendation", request.inquiry.code, found.pk)


@inquiry_view(Verb.WRITE_RECOMMENDATIONS)
def addressee_add(request: Any) -> HttpResponse:
    """Somebody more is named to whom recommendations are put."""
    form = AddresseeForm(sent_with(request))
    if request.method == "POST" and form.is_valid():
        named = actions.name_addressee(inquiry=request.inquiry, name=form.cleaned_data["name"], by=request.user)
        messages.success(request, f"Recommendations to “{named}” are numbered from {named.number}.1.")
        return redirect("review:recommendations", request.inquiry.code)
    return render(request, "review/addressee_form.html", {"form": form})


@inquiry_view(Verb.WRITE_RECOMMENDATIONS)
def addressee_edit(request: Any, pk: int) -> HttpResponse:
    """What an addressee is called is corrected."""

    def opened(sent: Any = None) -> EditAddresseeForm:
        one = get_object_or_404(_seen(request, Addressee), pk=pk)
        return EditAddresseeForm(sent, instance=one, initial={"seen": sign_of(one)})

    found = get_object_or_404(_seen(request, Addressee).select_related("inquiry"), pk=pk)
    form = opened(sent_with(request))
    if saved(form, lambda: actions.change_addressee(addressee=found, by=request.user, **form.cleaned_data), opened):
        messages.success(request, f"Addressee {found.number} is “{form.instance}” now.")
        return redirect("review:recommendations", request.inquiry.code)
    return render(request, "review/addressee_form.html", {"form": form, "addressee": found})


@inquiry_view(Verb.WRITE_RECOMMENDATIONS)
def principle_add(request: Any) -> HttpResponse:
    """A principle is entered that recommendations deliver."""
    form = PrincipleForm(sent_with(request))
    if request.method == "POST" and form.is_valid():
        entered = actions.add_principle(inquiry=request.inquiry, by=request.user, **form.cleaned_data)
        messages.success(request, f"“{entered}” is entered. Tick it on the recommendations that deliver it.")
        return redirect("review:recommendations", request.inquiry.code)
    return render(request, "review/principle_form.html", {"form": form})


@inquiry_view(Verb.WRITE_RECOMMENDATIONS)
def principle_edit(request: Any, pk: int) -> HttpResponse:
    """A principle is reworded, on every recommendation that delivers it."""

    def opened(sent: Any = None) -> EditPrincipleForm:
        one = get_object_or_404(_seen(request, Principle), pk=pk)
        return EditPrincipleForm(sent, instance=one, initial={"seen": sign_of(one)})

    found = get_object_or_404(_seen(request, Principle).select_related("inquiry"), pk=pk)
    form = opened(sent_with(request))
    if saved(form, lambda: actions.change_principle(principle=found, by=request.user, **form.cleaned_data), opened):
        messages.success(request, f"“{form.instance}” was changed.")
        return redirect("review:recommendations", request.inquiry.code)
    return render(request, "review/principle_form.html", {"form": form, "principle": found})


def _seen(request: Any, model: Any) -> Any:
    return model.objects.visible_to(request.user).filter(inquiry=request.inquiry)


def recommendation_of(request: Any, pk: int, *, withdrawn_too: bool = False) -> Recommendation:
    """The recommendation of the address; a withdrawn one only for whoever can bring it back."""
    rows = _seen(request, Recommendation)
    if withdrawn_too and may(request.user, Verb.WRITE_RECOMMENDATIONS, request.inquiry):
        rows = rows | Recommendation.objects.withdrawn_from(request.user).filter(inquiry=request.inquiry)
    return get_object_or_404(rows.select_related("addressee", "inquiry", "answered_by", "withdrawn_by"), pk=pk)
