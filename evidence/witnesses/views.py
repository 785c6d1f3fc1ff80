"""The pages of people and bodies: who they are, when they were heard, and what they wrote."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import inquiry_view
from accounts.refusals import Refused
from accounts.roles import Verb
from evidence.witnesses import actions
from evidence.witnesses.filters import OrganisationFilter, WitnessFilter
from evidence.witnesses.forms import OrganisationForm, WitnessForm
from evidence.witnesses.models import Appearance, Organisation, Witness
from inquiry.lists import page_of, sort_asked

WITNESS_SORTS = {"name": "name", "heard": "heard"}
ORGANISATION_SORTS = {"name": "name", "sector": "sector", "heard": "heard"}
QUOTES_SHOWN = 50


@inquiry_view(Verb.READ)
def witnesses(request: Any) -> HttpResponse:
    """The people who gave evidence and may be named to the person who asks."""
    mine = Witness.objects.visible_to(request.user).filter(inquiry=request.inquiry)
    found = WitnessFilter(request.GET, mine, request=request)
    count = found.count_facets()
    sort = sort_asked(request, WITNESS_SORTS, "name")
    rows = _sorted(_with_heard(found.qs, "witness", request.user), WITNESS_SORTS, sort)
    page = page_of(rows, request, count=count)
    spoke: dict[int, list[str]] = {}
    for each in Appearance.objects.visible_to(request.user).filter(witness__in=[w.pk for w in page]).in_order():
        names = spoke.setdefault(each.witness_id, [])
        if each.organisation and each.organisation.name not in names:
            names.append(each.organisation.name)
    listed = [(witness, spoke.get(witness.pk, [])) for witness in page]
    context = {"page": page, "listed": listed, "count": count, "filter": found, "sort": sort}
    return render(request, "witnesses/list.html", context)


@inquiry_view(Verb.READ)
def organisations(request: Any) -> HttpResponse:
    """The bodies that gave evidence, or sent people to give it."""
    mine = Organisation.objects.visible_to(request.user).filter(inquiry=request.inquiry)
    found = OrganisationFilter(request.GET, mine, request=request)
    count = found.count_facets()
    sort = sort_asked(request, ORGANISATION_SORTS, "name")
    rows = _sorted(_with_heard(found.qs, "organisation", request.user), ORGANISATION_SORTS, sort)
    context = {"page": page_of(rows, request, count=count), "count": count, "filter": found, "sort": sort}
    return render(request, "witnesses/organisations.html", context)


def _with_heard(rows: QuerySet[Any], kind: str, user: Any) -> QuerySet[Any]:
    """How often each was heard, as far as the person may see it."""
    heard = Appearance.objects.visible_to(user).filter(**{kind: OuterRef("pk")}).order_by()
    return rows.annotate(heard=Subquery(heard.values(kind).annotate(n=Count("pk")).values("n")))


def _sorted(rows: QuerySet[Any], sorts: dict[str, str], sort: str) -> QuerySet[Any]:
    key = F(sorts[sort.removeprefix("-")])
    order = key.desc(nulls_last=True) if sort.startswith("-") else key.asc(nulls_last=True)
    return rows.order_by(order, "name", "pk")


@inquiry_view(Verb.READ)
def witness(request: Any, pk: int) -> HttpResponse:
    """One person: when they were heard, for whom, what they said, and what they wrote."""
    found = get_object_or_404(Witness.objects.visible_to(request.user), inquiry=request.inquiry, pk=pk)
    context = {
        "witness": found,
        "tags": found.tags.visible_to(request.user).select_related("theme", "recommendation__addressee"),
        **_evidence(found, request.user),
    }
    return render(request, "witnesses/witness.html", context)


@inquiry_view(Verb.READ)
def organisation(request: Any, pk: int) -> HttpResponse:
    """One body: who spoke for it, and what it wrote."""
    found = get_object_or_404(Organisation.objects.visible_to(request.user), inquiry=request.inquiry, pk=pk)
    return render(request, "witnesses/organisation.html", {"organisation": found, **_evidence(found, request.user)})


def _evidence(giver: Witness | Organisation, user: Any) -> dict[str, Any]:
    heard = giver.appearances.visible_to(user).select_related("panel__session", "witness", "organisation")
    appearances = list(heard.order_by(F("panel__session__date").asc(nulls_last=True), "panel__session_id", "pk"))
    said = apps.get_model("quotes", "Quote")._default_manager.visible_to(user).standing()
    submitted = giver.submitted.visible_to(user).select_related("submission__inquiry")
    return {
        "appearances": appearances,
        "quotes": said.filter(appearance__in=appearances)
        .order_by("pk")
        .select_related("panel__session")[:QUOTES_SHOWN],
        "submissions": [each.submission for each in submitted.order_by("submission__number")],
    }


@inquiry_view(Verb.LOG_EVIDENCE)
def witness_edit(request: Any, pk: int) -> HttpResponse:
    """Corrects a person's name, or whether they speak from lived experience."""
    found = get_object_or_404(Witness.objects.visible_to(request.user), inquiry=request.inquiry, pk=pk)
    form = WitnessForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.change_witness(witness=found, by=request.user, **form.cleaned_data)
        messages.success(request, "The witness was saved.")
        return redirect("witnesses:detail", request.inquiry.code, pk)
    return render(request, "witnesses/form.html", {"form": form, "called": "witness"})


@inquiry_view(Verb.LOG_EVIDENCE)
def organisation_edit(request: Any, pk: int) -> HttpResponse:
    """Corrects a body's name or sector."""
    found = get_object_or_404(Organisation.objects.visible_to(request.user), inquiry=request.inquiry, pk=pk)
    form = OrganisationForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_organisation(organisation=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, "The organisation was saved.")
            return redirect("witnesses:organisation", request.inquiry.code, pk)
    return render(request, "witnesses/form.html", {"form": form, "called": "organisation"})
