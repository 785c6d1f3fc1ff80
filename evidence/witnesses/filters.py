"""What the lists of witnesses and of organisations can be filtered by."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet, Value

from evidence.witnesses.models import Organisation, Sector, Witness, mentions
from inquiry.lists import Facet, FacetedFilterSet, RelatedFacet


class SectorFacet(RelatedFacet):
    """The sectors of the bodies that a person spoke or wrote for, as far as whoever asks may know of it."""

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        if not value:
            return qs
        heard, wrote = (
            Exists(each.filter(witness=OuterRef("pk"), organisation__sector__in=value)) for each in self._mentions()
        )
        return qs.filter(heard | wrote)

    def counts(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        heard, wrote = (
            each.filter(witness__in=rows.values("pk"), organisation__isnull=False)
            .order_by()
            .values_list("organisation__sector", Value(1), "witness")
            for each in self._mentions()
        )
        return heard.union(wrote)

    def _mentions(self) -> tuple[QuerySet[Any], QuerySet[Any]]:
        return mentions(self.parent.request.user)


class WitnessFilter(FacetedFilterSet):
    """By name, by whether they live what the inquiry is about, and by whose voice it is."""

    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label="Name", widget=forms.SearchInput)
    lived_experience = Facet(label="Lived experience", choices=[("True", "Yes"), ("False", "Not recorded")])
    sector = SectorFacet(label="Sector", choices=Sector.choices)

    class Meta:
        model = Witness
        fields: list[str] = []


class OrganisationFilter(FacetedFilterSet):
    """By name, and by sector."""

    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label="Name", widget=forms.SearchInput)
    sector = Facet(label="Sector", choices=Sector.choices)

    class Meta:
        model = Organisation
        fields: list[str] = []
