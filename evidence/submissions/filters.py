"""What a list of submissions can be filtered by."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.apps import apps
from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, Value, When
from django.http import HttpRequest

from accounts.roles import Verb, may
from evidence.submissions.life import Reading, Request, State, Treatment
from evidence.submissions.models import Channel, Submission, Submitter
from evidence.witnesses.models import Sector
from inquiry.lists import Facet, FacetedFilterSet, RelatedFacet

UNDECIDED = "none"
FOR_THE_SECRETARIAT = ("requested", "channel", "reading", "acknowledged", "campaign")
ACKNOWLEDGED = (("sent", "Acknowledged"), ("not", "Not acknowledged"))


class SectorFacet(RelatedFacet):
    """The sectors of the bodies that submitted, where their names are open to the person who asks."""

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        bodies = Submitter._base_manager.filter(submission=OuterRef("pk"), organisation__sector__in=value)
        return qs.filter(Exists(bodies), names_open=True) if value else qs

    def counts(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        named = Submitter._base_manager.filter(submission__in=rows.filter(names_open=True).values("pk"))
        sectors = named.filter(organisation__isnull=False).values_list("organisation__sector")
        return sectors.annotate(Count("submission", distinct=True))


class SubmissionFilter(FacetedFilterSet):
    """By words, by where a submission stands, by how it may be published, and by whose voice it is."""

    q = django_filters.CharFilter(
        method="match",
        label="Reference or name",
        widget=forms.SearchInput,
    )
    state = Facet(label="State", choices=State.choices)
    decision = Facet(
        field_name="decided", label="Decision", choices=[*Treatment.choices, (UNDECIDED, "No decision yet")]
    )
    requested = Facet(label="What they asked for", choices=Request.choices)
    reading = Facet(label="Files", choices=Reading.choices)
    channel = Facet(label="Channel", choices=Channel.choices)
    acknowledged = Facet(field_name="told", label="Acknowledgement", choices=ACKNOWLEDGED)
    sector = SectorFacet(label="Sector", choices=Sector.choices)
    campaign = Facet(field_name="in_campaign__campaign", label="Campaign", choices=[])

    class Meta:
        model = Submission
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Any], *, request: HttpRequest) -> None:
        decided = Case(When(decision="", then=Value(UNDECIDED)), default=F("decision"))
        told = Case(When(acknowledgement__sent_at__isnull=False, then=Value("sent")), default=Value("not"))
        super().__init__(data, queryset.annotate(decided=decided, told=told), request=request)
        inquiry = request.inquiry  # type: ignore[attr-defined]
        example = f"{inquiry.reference(12)}, {inquiry.code.lower()} 12 and 12"
        self.filters["q"].extra["help_text"] = f"{example} find the same."
        if not may(request.user, Verb.LOG_EVIDENCE, inquiry):
            for name in FOR_THE_SECRETARIAT:
                del self.filters[name]
        else:
            campaigns = apps.get_model("campaigns", "Campaign")._default_manager.visible_to(request.user)
            named = campaigns.filter(inquiry=request.inquiry).order_by("name")  # type: ignore[attr-defined]
            self.filters["campaign"].extra["choices"] = [
                (str(pk), name) for pk, name in named.values_list("pk", "name")
            ]

    def match(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return rows.matching(text) if text.strip() else rows  # type: ignore[attr-defined]
