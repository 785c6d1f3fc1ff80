"""The evidence, theme by theme."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import inquiry_view
from accounts.roles import Verb
from evidence.notes.reading import marks_on, progress
from evidence.review.balance import balance
from evidence.review.evidence import page_of_quotes, shown
from evidence.review.in_order import STARRED
from evidence.review.narrowing import narrowing
from evidence.review.on_theme import OnTheme, frameworks
from evidence.submissions.at_hand import with_authors
from inquiry.lists import gone, page_of
from inquiry.models import Theme
from inquiry.models.records import all_of

UNREAD = "unread"
OTHERS = {"submission": "submissions", "witness": "witnesses", "session": "sessions", "insight": "insights"}
OTHERS_SHOWN = 20


@inquiry_view(Verb.READ)
def themes(request: Any) -> HttpResponse:
    """The frameworks against which the evidence is read, and how much there is on each theme."""
    return render(request, "review/themes.html", {"frameworks": frameworks(request.user, request.inquiry)})


@inquiry_view(Verb.READ)
def theme(request: Any, pk: int) -> HttpResponse:
    """The evidence on one theme: all of it, or for and against one recommendation, side by side."""
    found = get_object_or_404(
        Theme.objects.visible_to(request.user).select_related("framework", "parent"),
        inquiry=request.inquiry,
        pk=pk,
    )
    narrowed = narrowing(request)
    on = OnTheme(request.user, request.inquiry, found, narrowed)
    context: dict[str, Any] = {"theme": found, "voices": on.voices(), "narrowed": narrowed}
    counted: dict[str, int] = {}
    recommendations = on.recommendations() if "recommendation" in request.GET else []
    asked = request.GET.get("recommendation", "")
    if chosen := next((one for one in recommendations if asked in ("", str(one.pk))), None):
        context |= {"chosen": chosen, "columns": balance(request.user, request.inquiry, chosen, found)}
        context |= {"recommendations": recommendations, "bears": True}
    else:
        missed = [*(["recommendation"] if asked else []), *narrowed.missed]
        context["missed"] = gone(*missed) if missed else ""
        order = STARRED if request.GET.get("order") == STARRED else UNREAD
        context |= {"order": order, **_quotes(request, on, order), **_others(request, on, order)}
        context["bears"] = any(each["stances"] for each in context["quotes"]) or on.bears_on_recommendations()
        counted = {} if narrowed else {"quote": context["page"].paginator.count}
    context["progress"] = progress(request.user, request.inquiry, found, counted)
    return render(request, "review/theme.html", context)


def _quotes(request: Any, on: OnTheme, order: str) -> dict[str, Any]:
    """The quotes on a theme, a page at a time."""
    if on.narrowed.kind not in ("", "quote"):
        return {"quotes": []}
    page = page_of_quotes(on.quotes(order), request)
    return {"page": page, "quotes": shown(page, request.inquiry.code, user=request.user, theme=on.theme.pk)}


def _others(request: Any, on: OnTheme, order: str) -> dict[str, Any]:
    """What else there is on a theme: the first of each kind, or a page of the one kind that is asked for."""
    alone = on.narrowed.kind
    listed: dict[str, Any] = {"more": []}
    for kind, called in OTHERS.items():
        if alone not in ("", kind):
            continue
        if alone:
            listed["others_page"] = page_of(on.others(kind, order), request, size=OTHERS_SHOWN)
            listed[called] = all_of(listed["others_page"], request.inquiry)
            continue
        found = all_of(on.first_of(kind, order, OTHERS_SHOWN + 1), request.inquiry)
        listed[called] = found[:OTHERS_SHOWN]
        listed["more"] += [kind] if len(found) > OTHERS_SHOWN else []
    if submissions := listed.get("submissions"):
        with_authors(submissions)
        marks = marks_on(request.user, "submission", [each.pk for each in submissions])
        listed["submissions"] = [(each, marks[each.pk]) for each in submissions]
    return listed
