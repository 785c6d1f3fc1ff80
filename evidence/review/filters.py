"""Which quotes are listed: by their words, and by facets that say how many each would show."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest

from accounts.statements import compiled, kept_for, records_kept_for
from evidence.quotes.models import WAITING, Listed, Quote, Verdict
from evidence.review.evidence import quotes_of
from evidence.review.voices import SECTORS, WRITTEN
from evidence.submissions.models import Submission
from evidence.tags.models import Stance, Tag
from inquiry.lists import COUNTED_TO, Facet, FacetedFilterSet, RelatedFacet
from inquiry.models import Inquiry, Recommendation, Session, Theme
from inquiry.words import asked_for

LONGEST_SEARCH = 200
COMPARED = (*Verdict.choices, (WAITING, WAITING.capitalize()))
TAGGED = (("yes", "Tagged"), ("no", "Not tagged"))


def search(quotes: QuerySet[Quote], words: str, user: Any, inquiry: Inquiry) -> QuerySet[Quote]:
    """Quotes that say these words, or whose speaker, body, session or reference is called so.

    A submitter is found by name only by whoever may know the name.
    """
    called = Submission.objects.visible_to(user).filter(inquiry=inquiry).matching(words)
    wanted = (
        Q(found_by=asked_for(words))
        | Q(text__icontains=words)
        | Q(appearance__witness__name__icontains=words)
        | Q(appearance__organisation__name__icontains=words)
        | Q(panel__session__title__icontains=words)
        | Q(submission__in=called.order_by().values("pk"))
    )
    return quotes.filter(wanted)


class TaggedTo(RelatedFacet):
    """Quotes with a tag to any of the ticked values of a tag's column; with one that ``beside`` asks for, too."""

    def __init__(self, column: str, *, beside: str = "", **kwargs: Any) -> None:
        self.column, self.beside = column, beside
        super().__init__(**kwargs)

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        asked = {"quote": OuterRef("pk"), f"{self.column}__in": value}
        tags = Tag.objects.standing().filter(**asked, **self._asked_beside())
        return qs.filter(Exists(tags)) if value else qs

    def counts(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        tags = Tag.objects.standing().filter(quote__in=rows.values("pk"), **self._asked_beside())
        tags = tags.exclude(**{self.column: None})
        return tags.values_list(self.column).annotate(Count("quote", distinct=True))

    def _asked_beside(self) -> dict[str, Any]:
        asked = self.parent.asked.get(self.beside)
        return {f"{self.beside}__in": asked} if asked else {}


class QuoteFilter(FacetedFilterSet):
    """The list of quotes, narrowed."""

    q = django_filters.CharFilter(
        method="match",
        label="Words, a name or a reference",
        max_length=LONGEST_SEARCH,
        error_messages={"max_length": f"Ask with at most {LONGEST_SEARCH} characters."},
        widget=forms.SearchInput,
    )
    theme = TaggedTo("theme", label="Theme", choices=[])
    recommendation = TaggedTo("recommendation", beside="stance", label="Recommendation", choices=[])
    stance = TaggedTo("stance", beside="recommendation", label="Stance", choices=Stance.choices)
    heard = Facet(field_name="heard_at", label="Heard at", choices=[])
    sector = Facet(label="Sector", choices=SECTORS)
    verdict = Facet(field_name="compared", label="Comparison", choices=COMPARED)
    tagged = Facet(label="Tags", choices=TAGGED)

    class Meta:
        model = Listed
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Listed], *, request: HttpRequest) -> None:
        tagged = Case(When(tags=0, then=Value("no")), default=Value("yes"), output_field=CharField())
        super().__init__(data, queryset.annotate(tagged=tagged), request=request)
        asked: Any = request
        for name, choices in choices_open_to(asked.user, asked.inquiry).items():
            self.filters[name].extra["choices"] = choices

    def match(self, quotes: QuerySet[Listed], _name: str, _words: str) -> QuerySet[Listed]:
        return quotes.filter(pk__in=self._found)

    @cached_property
    def _found(self) -> list[int]:
        """What the words find, sought once for the list and all its facets; no more than a list counts to."""
        request: Any = self.request
        found = search(quotes_of(request.user, request.inquiry), self.asked["q"], request.user, request.inquiry)
        return list(found.order_by("-pk").values_list("pk", flat=True)[:COUNTED_TO])


def choices_open_to(user: Any, inquiry: Inquiry) -> dict[str, list[tuple[str, str]]]:
    """Where evidence was heard, and the themes and recommendations that it may bear on, as far as the person sees."""

    def seen(model: Any) -> Any:
        return model.objects.visible_to(user).filter(inquiry=inquiry).in_order()

    def titled(model: Any) -> list[tuple[str, str]]:
        rows = kept_for(
            user, ("titled", model, inquiry.pk), lambda: compiled(seen(model).values_list("pk", "number", "title"))
        )
        return [(str(pk), f"{number} {title}" if number else title) for pk, number, title in rows.numbers()]

    said = ("number", "withdrawn_from", "title", "addressee__number")
    recommendations = records_kept_for(user, ("titled", inquiry.pk), lambda: seen(Recommendation).only(*said))
    return {
        "heard": [*titled(Session), (WRITTEN, "Written evidence")],
        "theme": titled(Theme),
        "recommendation": [(str(each.pk), str(each)) for each in recommendations],
    }
