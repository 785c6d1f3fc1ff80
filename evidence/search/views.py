"""Search: from every page, over all that the person may see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import inquiry_view
from evidence.lists.models import ListPage
from evidence.lists.tables import AT_ONCE, Row
from evidence.lists.taking import asked_as, kept, taken_away
from evidence.search.candidates import means_nothing
from evidence.search.finding import ON_A_PAGE, Found, best, find
from evidence.search.forms import SearchForm
from evidence.search.jumps import jumps
from evidence.search.showing import show
from evidence.search.spelling import near_misses
from inquiry.lists import COUNTED_TO
from inquiry.numbers import whole_number
from inquiry.words import asked_for

COLUMNS = ("kind", "reference", "citation", "snippet", "link")
SUGGESTED, LONGEST_WHILE_TYPING = 6, 100


@inquiry_view()
def search(request: Any) -> HttpResponseBase:
    """What fits the words, best first. A reference alone leads straight to what it names."""
    form = SearchForm(request.GET, user=request.user, inquiry=request.inquiry)
    words = form.asked.get("q", "").strip()
    places = _jumps(request, words)
    if len(places) == 1 and "go" in request.GET:
        return redirect(places[0].url)
    query = asked_for(words)
    if asked_as(request) and words and form.is_valid():
        return taken_away(request, ListPage.SEARCH, COLUMNS, _rows(request, query, form, words))
    found, page = _found(request, query, form) if words else (Found(), None)
    form.write_counts(found.counts)
    context = kept(request, ListPage.SEARCH) | {
        "form": form,
        "words": words,
        "nothing_asked": not words,
        "jumps": places,
        "found": found,
        "hits": show(found.hits, user=request.user, inquiry=request.inquiry, query=query, words=words),
        # A passage is tagged by quoting it.
        "to_tag": any(kind != "passage" for kind, _ in found.hits),
        "page": page,
        "narrowed": form.narrows,
    }
    if words and not found.total and not form.narrows:
        context["wordless"] = not any(letter.isalnum() for letter in words)
        context["too_common"] = means_nothing(query, request.inquiry)
        context["near"] = near_misses(words, user=request.user, inquiry=request.inquiry)
    return render(request, "search/search.html", context)


def _rows(request: Any, query: Any, form: SearchForm, words: str) -> Iterator[Row]:
    """Everything that is found, best first, some hundreds at a time."""
    for number in range(1, COUNTED_TO // AT_ONCE + 1):
        found = find(request.user, request.inquiry, query, form.chosen, days=form.days, page=number, size=AT_ONCE)
        for hit in show(found.hits, user=request.user, inquiry=request.inquiry, query=query, words=words):
            yield hit.plain | {"link": request.build_absolute_uri(hit.url)}
        if number * AT_ONCE >= found.total:
            return


def _found(request: Any, query: Any, form: SearchForm) -> tuple[Found, Page[Any]]:
    """What is found, and the page of it that the address asks for, or the last that there is."""
    asked = min(whole_number(request.GET.get("page", "")) or 1, COUNTED_TO // ON_A_PAGE)
    found = find(request.user, request.inquiry, query, form.chosen, days=form.days, page=asked)
    page = Paginator(range(min(found.total, COUNTED_TO)), ON_A_PAGE).get_page(asked)
    if page.number != asked:
        found = find(request.user, request.inquiry, query, form.chosen, days=form.days, page=page.number)
    return found, page


@inquiry_view()
def suggest(request: Any) -> HttpResponse:
    """The best few while somebody types, as a part of the page."""
    words = request.GET.get("q", "").strip()[:LONGEST_WHILE_TYPING]
    query = asked_for(words, typing=True)
    found = best(request.user, request.inquiry, query, SUGGESTED) if len(words) > 1 else []
    context = {
        "jumps": _jumps(request, words)[:SUGGESTED],
        # The last word may have only begun, also where the reader marks it.
        "hits": show(found, user=request.user, inquiry=request.inquiry, query=query, words=f"{words}*"),
    }
    return render(request, "search/suggestions.html", context)


def _jumps(request: Any, words: str) -> list[Any]:
    document = whole_number(request.GET.get("in", ""))
    return jumps(words, user=request.user, inquiry=request.inquiry, document=document) if words else []
