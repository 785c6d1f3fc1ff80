"""Lists: a page at a time, in the order asked for, and filtered by facets that say how much each would show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from html import escape
from typing import Any

import django_filters
from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from accounts.statements import compiled, kept_for

ON_A_PAGE = 50
COUNTED_TO = 10_000
# So many are acted on in one go.
AT_ONCE = 500


class BoundedPaginator(Paginator):
    """Stops counting, and turning pages, at 10,000 rows."""

    object_list: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by().values("pk")[:COUNTED_TO].count()

    @property
    def said_count(self) -> str:
        """How many there are, or that there are more than are counted."""
        return f"{COUNTED_TO:,}+" if self.count >= COUNTED_TO else f"{self.count:,}"


def page_of(rows: QuerySet[Any], request: HttpRequest, *, count: int | None = None, size: int = ON_A_PAGE) -> Page[Any]:
    """The page of the rows that the address asks for, or the nearest that there is. ``count`` saves counting again."""
    pages = BoundedPaginator(rows, size)
    if count is not None:
        pages.count = min(count, COUNTED_TO)
    return pages.get_page(request.GET.get("page"))


def keys_of_all(rows: QuerySet[Any], page: Page[Any], column: str = "pk") -> str:
    """The keys of every row of a list of several pages, for what is done with all of them; none where they are many."""
    if not page.has_other_pages() or page.paginator.count > AT_ONCE:
        return ""
    return ",".join(map(str, rows.order_by().values_list(column, flat=True)))


def sort_asked(request: HttpRequest, keys: Iterable[str], default: str) -> str:
    """The order that the address asks for (``date``, or ``-date``), where the list knows it."""
    asked = request.GET.get("sort", "")
    return asked if asked.removeprefix("-") in keys else default


class Ticks(forms.CheckboxSelectMultiple):
    """Check boxes in lists that can be long: drawn at once, not a template for each, as those of a form are."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen, called = set(self.format_value(value)), escape((attrs or {}).get("id", f"id_{name}"))
        name = escape(name)
        boxes = (
            f'<div data-find-item><label for="{called}_{n}"><input type="checkbox" name="{name}"'
            f' value="{escape(str(choice))}" id="{called}_{n}"{" checked" if str(choice) in chosen else ""}>'
            f" {escape(str(label))}</label></div>"
            for n, (choice, label) in enumerate(self.choices)
        )
        # Each part of it is escaped above.
        return mark_safe(f'<div class="options" id="{called}">{"".join(boxes)}</div>')  # noqa: S308


def gone(*what: str) -> str:
    """What a page says where its address asks for what was removed, never was, or is kept from the person: the same."""
    were, them = ("were asked for are", "them") if len(what) > 1 else ("was asked for is", "it")
    return f"The {' and the '.join(what)} that {were} not there any more. This is what there is without {them}."


def asks_in_vain(data: Any, values: Mapping[str, Iterable[str]]) -> bool:
    """Whether an address asks for any value that its filters do not have, or not any more."""
    return any(set(data.getlist(name)) - {"", *known} for name, known in values.items())


class FacetField(django_filters.fields.MultipleChoiceField):
    """Values of a facet. One that is gone is passed over: old addresses go on working."""

    def clean(self, value: Any) -> list[str]:
        known = {str(each) for each, _ in self.choices}
        return [each for each in self.to_python(value) if each in known]


class Facet(django_filters.MultipleChoiceFilter):
    """Check boxes for the values of a column of the rows; those ticked are shown."""

    field_class = FacetField

    def __init__(self, *, choices: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(choices=list(choices), widget=Ticks, **kwargs)

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class RelatedFacet(Facet):
    """A facet of which a row can have several values, or none. Says itself how it filters and counts."""

    def counts(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Rows that begin with a value and with how many it counts for; those of a value are added up."""
        raise NotImplementedError


class FacetedFilterSet(django_filters.FilterSet):
    """Filters whose facets say, beside each value, how many rows it would show together with the other filters."""

    def __init__(self, data: Any, queryset: QuerySet[Any], *, request: HttpRequest) -> None:
        super().__init__(data if set(data) & set(self.base_filters) else None, queryset, request=request)

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What the address asks for, as far as it can be understood."""
        return self.form.cleaned_data if self.form.errors is not None and self.is_bound else {}

    @property
    def missed(self) -> bool:
        """Whether something is asked for that is not there, or not any more: the list is shown without it."""
        facets = {name: facet for name, facet in self.filters.items() if isinstance(facet, Facet)}
        known = {name: (str(value) for value, _ in facet.extra["choices"]) for name, facet in facets.items()}
        return self.is_bound and asks_in_vain(self.data, known)

    def _left_by(self, *, but: Iterable[str]) -> QuerySet[Any]:
        """The rows that all filters but these leave."""
        rows = self.queryset.all()
        for name, value in self.asked.items():
            if name not in but:
                rows = self.filters[name].filter(rows, value)
        return rows.order_by()

    def count_facets(self) -> int:
        """Writes the counts beside the values, all columns in one query, and gives the number of rows that are left."""
        columns = {n: f for n, f in self.filters.items() if isinstance(f, Facet) and not isinstance(f, RelatedFacet)}
        chosen = {name: list(self.asked.get(name) or []) for name in self.filters}
        names = [facet.field_name for facet in columns.values()]
        groups = self._counted("rows", lambda: self._left_by(but=columns).values_list(*names).annotate(Count("pk")))
        counts: dict[str, Counter[Any]] = {name: Counter() for name in columns}
        asked = [(place, name, chosen[name]) for place, name in enumerate(columns) if chosen[name]]
        left = 0
        for *values, rows in groups:
            missed = [(place, name) for place, name, wanted in asked if str(values[place]) not in wanted]
            left += 0 if missed else rows
            for place, name in enumerate(columns) if not missed else missed if len(missed) == 1 else ():
                counts[name][values[place]] += rows
        for name, found in counts.items():
            self._write(name, {str(value): rows for value, rows in found.items()}, chosen[name])
        for name, facet in self.filters.items():
            if isinstance(facet, RelatedFacet):
                self._count_related(name, facet, chosen[name], left)
        return left

    def _count_related(self, name: str, facet: RelatedFacet, chosen: list[str], left: int) -> None:
        """Writes the counts of one facet; among more rows than a list shows, its values are offered as they are."""
        rows = partial(self._left_by, but=[name])
        if (rows().values("pk")[: COUNTED_TO + 1].count() if chosen else left) > COUNTED_TO:
            return
        counts: Counter[str] = Counter()
        for value, many, *_ in self._counted(name, lambda: facet.counts(rows())):
            counts[str(value)] += many
        self._write(name, counts, chosen)

    def _counted(self, what: str, groups: Callable[[], QuerySet[Any]]) -> Iterable[tuple[Any, ...]]:
        """The groups with their numbers; where nothing is asked for they are the same until the evidence changes."""
        if any(self.asked.values()):
            return groups().order_by()
        request: Any = self.request
        called = ("facets", self.__class__, request.inquiry.pk, what)
        return kept_for(request.user, called, lambda: compiled(groups().order_by())).numbers()

    def _write(self, name: str, counts: Mapping[str, int], chosen: list[str]) -> None:
        """A value that would show nothing is left out, unless it is ticked; so is a facet without values."""
        choices = [
            (value, f"{label} ({counts.get(value, 0):,})")
            for value, label in self.filters[name].extra["choices"]
            if counts.get(value) or value in chosen
        ]
        if choices:
            self.form.fields[name].choices = choices
        else:
            del self.form.fields[name]
