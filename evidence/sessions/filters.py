"""What the list of sessions can be filtered by."""

from __future__ import annotations

from inquiry.lists import Facet, FacetedFilterSet
from inquiry.models import Rule, Session, SessionKind


class SessionFilter(FacetedFilterSet):
    """By what kind of meeting it was, and under which rule."""

    kind = Facet(label="Kind", choices=SessionKind.choices)
    rule = Facet(label="Rule", choices=Rule.choices)

    class Meta:
        model = Session
        fields: list[str] = []
