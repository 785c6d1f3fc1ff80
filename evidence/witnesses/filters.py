"""What the lists of witnesses and organisations can be filtered by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Exists, OuterRef, QuerySet

from evidence.witnesses.models import Appearance, Organisation, Sector, Witness
from inquiry.lists import Facet, FacetedFilterSet, RelatedFacet


class SpokeFor(RelatedFacet):
    """The sectors of the bodies that a witness spoke for, as far as the person may see it."""

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        spoke = self._heard().filter(witness=OuterRef("pk"), organisation__sector__in=value)
        return qs.filter(Exists(spoke)) if value else qs

    def counts(self, rows: QuerySet[Any]) -> Mapping[str, int]:
        heard = self._heard().filter(witness__in=rows.values("pk"), organisation__isnull=False)
        return dict(heard.values_list("organisation__sector").annotate(Count("witness", distinct=True)).order_by())

    def _heard(self) -> QuerySet[Any]:
        return Appearance.objects.visible_to(self.parent.request.user)


class WitnessFilter(FacetedFilterSet):
    """By name, by lived experience, and by the sector that they spoke for."""

    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label="Name", widget=forms.SearchInput)
    lived_experience = Facet(label="Lived experience", choices=[("True", "Yes"), ("False", "Not recorded")])
    sector = SpokeFor(label="Spoke for", choices=Sector.choices)

    class Meta:
        model = Witness
        fields: list[str] = []


class OrganisationFilter(FacetedFilterSet):
    """By name and sector."""

    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label="Name", widget=forms.SearchInput)
    sector = Facet(label="Sector", choices=Sector.choices)

    class Meta:
        model = Organisation
        fields: list[str] = []
