"""The pages of witnesses and organisations: the lists, one of each, and the forms that correct them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Count, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import inquiry_view, sent_with
from accounts.roles import Verb
from evidence.lists.models import ListPage
from evidence.lists.tables import Row, in_parts
from evidence.lists.taking import asked_as, kept, taken_away
from evidence.witnesses.actions import change_organisation, change_witness
from evidence.witnesses.filters import OrganisationFilter, WitnessFilter
from evidence.witnesses.forms import OrganisationForm, WitnessForm
from evidence.witnesses.models import Organisation, Witness, consents_for, mentions, said_by
from inquiry.changes import sign_of
from inquiry.editing import EditForm, saved
from inquiry.lists import page_of, sort_asked

_NAME = Lower("name")
SORTS = {"name": _NAME, "lived": F("lived_experience"), "heard": F("heard"), "wrote": F("wrote")}
BODY_SORTS = {"name": _NAME, "sector": F("sector"), "heard": F("heard"), "wrote": F("wrote")}
QUOTES_SHOWN = 50
COLUMNS = ("name", "for", "lived experience", "appearances", "submissions", "link")
Form = TypeVar("Form", bound=EditForm)


@inquiry_view(Verb.READ)
def listing(request: Any) -> HttpResponseBase:
    """The people who gave evidence, spoken or written, as far as the person may know of it."""
    mine = Witness.objects.visible_to(request.user).filter(inquiry=request.inquiry)
    found = WitnessFilter(request.GET, mine, request=request)
    count = found.count_facets()
    sort = sort_asked(request, SORTS, "name")
    heard, wrote = (each.select_related("organisation").order_by("pk") for each in mentions(request.user))
    rows = _sorted(_with_counts(found.qs, request.user, "witness"), SORTS, sort).prefetch_related(
        Prefetch("appearances", heard, to_attr="spoke"), Prefetch("submitted", wrote, to_attr="written")
    )
    if asked_as(request):
        return taken_away(request, ListPage.WITNESSES, COLUMNS, in_parts(rows, partial(_as_rows, request)))
    page = page_of(rows, request, count=count)
    for each in page:
        each.bodies = _bodies(each)
    context = kept(request, ListPage.WITNESSES) | {"page": page, "count": count, "filter": found, "sort": sort}
    return render(request, "witnesses/list.html", context)


def _bodies(witness: Any) -> list[Organisation]:
    """The bodies that a person spoke or wrote for, each once."""
    bodies = (mention.organisation for mention in (*witness.spoke, *witness.written))
    return list(dict.fromkeys(body for body in bodies if body))


def _as_rows(request: Any, witnesses: QuerySet[Any]) -> Iterator[Row]:
    """A row of a file for each person, with what the list shows of them."""
    for each in witnesses:
        yield {
            "name": each.name,
            "for": [body.name for body in _bodies(each)],
            "lived experience": "yes" if each.lived_experience else "",
            "appearances": each.heard,
            "submissions": each.wrote,
            "link": request.build_absolute_uri(reverse("witnesses:detail", args=[request.inquiry.code, each.pk])),
        }


@inquiry_view(Verb.READ)
def organisations(request: Any) -> HttpResponse:
    """The bodies that gave evidence or sent people to give it, as far as the person may know of it."""
    mine = Organisation.objects.visible_to(request.user).filter(inquiry=request.inquiry)
    found = OrganisationFilter(request.GET, mine, request=request)
    count = found.count_facets()
    sort = sort_asked(request, BODY_SORTS, "name")
    rows = _sorted(_with_counts(found.qs, request.user, "organisation"), BODY_SORTS, sort)
    context = {"page": page_of(rows, request, count=count), "count": count, "filter": found, "sort": sort}
    return render(request, "witnesses/organisations.html", context)


def _with_counts(rows: QuerySet[Any], user: Any, mention: str) -> QuerySet[Any]:
    """How often each was heard, and how many submissions they sent, that the person may know of."""
    heard, wrote = (each.filter(**{mention: OuterRef("pk")}).order_by().values(mention) for each in mentions(user))
    return rows.annotate(
        heard=Coalesce(Subquery(heard.annotate(n=Count("pk")).values("n")), 0),
        wrote=Coalesce(Subquery(wrote.annotate(n=Count("submission", distinct=True)).values("n")), 0),
    )


def _sorted(rows: QuerySet[Any], keys: dict[str, Any], sort: str) -> QuerySet[Any]:
    key = keys[sort.removeprefix("-")]
    return rows.order_by(key.desc() if sort.startswith("-") else key.asc(), _NAME, "pk")


@inquiry_view(Verb.READ)
def detail(request: Any, pk: int) -> HttpResponse:
    """One person: when they were heard and for whom, what is quoted of them, and what they wrote."""
    witness = get_object_or_404(Witness.objects.visible_to(request.user), inquiry=request.inquiry, pk=pk)
    quotes = said_by(witness, request.user)
    mentioned = _mentioned(request.user, witness=witness)
    mentioned["appearances"] = mentioned["appearances"].prefetch_related(consents_for(request.user))
    context = {
        "witness": witness,
        **mentioned,
        "quotes": list(quotes.with_source().order_by("panel__session__number", "pk")[:QUOTES_SHOWN]),
        "more": max(quotes.count() - QUOTES_SHOWN, 0),
        "tags": witness.tags.visible_to(request.user).select_related("theme", "recommendation__addressee"),
    }
    return render(request, "witnesses/detail.html", context)


@inquiry_view(Verb.READ)
def organisation(request: Any, pk: int) -> HttpResponse:
    """One body: who spoke for it and when, and what it wrote."""
    body = get_object_or_404(Organisation.objects.visible_to(request.user), inquiry=request.inquiry, pk=pk)
    return render(request, "witnesses/organisation.html", {"body": body, **_mentioned(request.user, organisation=body)})


def _mentioned(user: Any, **named: Any) -> dict[str, Any]:
    heard, wrote = (each.filter(**named).select_related("witness", "organisation") for each in mentions(user))
    sessions = (F("panel__session__number").asc(nulls_last=True), "panel__session_id", "panel__number")
    return {
        "appearances": heard.select_related("panel__session").order_by(*sessions, "position", "pk"),
        "submitted": wrote.select_related("submission__inquiry").order_by("submission__number", "position", "pk"),
    }


@inquiry_view(Verb.LOG_EVIDENCE)
def edit(request: Any, pk: int) -> HttpResponse:
    """Corrects a person's name, wherever it is printed, and whether they live what the inquiry is about."""
    witness = get_object_or_404(Witness.objects.visible_to(request.user), inquiry=request.inquiry, pk=pk)
    opened = partial(_opened, request, WitnessForm, witness)
    form = opened(sent_with(request))
    if saved(form, lambda: change_witness(witness=witness, by=request.user, **form.cleaned_data), opened):
        messages.success(request, f"{form.cleaned_data['name']} was saved.")
        return redirect("witnesses:detail", request.inquiry.code, witness.pk)
    return render(request, "witnesses/edit.html", {"witness": witness, "form": form})


@inquiry_view(Verb.LOG_EVIDENCE)
def organisation_edit(request: Any, pk: int) -> HttpResponse:
    """Corrects a body's name or sector."""
    body = get_object_or_404(Organisation.objects.visible_to(request.user), inquiry=request.inquiry, pk=pk)
    opened = partial(_opened, request, OrganisationForm, body)
    form = opened(sent_with(request))
    if saved(form, lambda: change_organisation(organisation=body, by=request.user, **form.cleaned_data), opened):
        messages.success(request, f"{form.cleaned_data['name']} was saved.")
        return redirect("witnesses:organisation", request.inquiry.code, body.pk)
    return render(request, "witnesses/organisation_edit.html", {"body": body, "form": form})


def _opened(request: Any, form: type[Form], record: Witness | Organisation, sent: Any = None) -> Form:
    """The form with what was sent, if anything, and what the record says now."""
    says = get_object_or_404(type(record).objects.visible_to(request.user), pk=record.pk)
    names = (name for name in form.base_fields if name != "seen")
    return form(sent, initial={name: getattr(says, name) for name in names} | {"seen": sign_of(says)})
