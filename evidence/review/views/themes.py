"""The evidence, theme by theme."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import inquiry_view
from accounts.roles import Verb
from evidence.notes.reading import first, marks_on, progress
from evidence.review.balance import balance
from evidence.review.evidence import RESIDENTS_FIRST, page_of_quotes, shown
from evidence.review.on_theme import OnTheme, frameworks
from evidence.review.voices import WRITTEN
from inquiry.models import Session, Theme
from inquiry.numbers import whole_number

UNREAD, STARRED = "unread", "starred"


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
    heard_at, place = _place(request)
    on = OnTheme(request.user, request.inquiry, found, heard_at)
    context: dict[str, Any] = {"theme": found, "voices": on.voices(), "place": place}
    counted: dict[str, int] = {}
    if "recommendation" in request.GET and (recommendations := on.recommendations()):
        asked = request.GET["recommendation"]
        chosen = next((one for one in recommendations if str(one.pk) == asked), None if asked else recommendations[0])
        if chosen is None:
            raise Http404("There is no evidence on that recommendation here.")
        context |= {"chosen": chosen, "columns": balance(request.user, request.inquiry, chosen, found)}
        context |= {"recommendations": recommendations, "bears": True}
    else:
        order = STARRED if request.GET.get("order") == STARRED else UNREAD
        quotes = on.quotes().order_by(*first(order, request.user, "quote"), *RESIDENTS_FIRST)
        page = page_of_quotes(quotes, request, at_once=True)
        on_page = shown(page, request.inquiry.code, user=request.user, theme=found.pk)
        context |= {
            "order": order,
            "bears": any(each["stances"] for each in on_page) or on.bears_on_recommendations(),
            "page": page,
            "quotes": on_page,
            "submissions": _submissions(request, on, order),
            "sessions": on.sessions(),
            "insights": on.insights(),
            "witnesses": on.witnesses(),
        }
        counted = {} if heard_at else {"quote": page.paginator.count}
    context["progress"] = progress(request.user, request.inquiry, found, counted)
    return render(request, "review/theme.html", context)


def _submissions(request: Any, on: OnTheme, order: str) -> list[Any]:
    """The submissions on a theme, each with the person’s marks."""
    found = on.submissions(*first(order, request.user, "submission"))
    marks = marks_on(request.user, "submission", [each.pk for each in found]) if found else {}
    return [(each, marks[each.pk]) for each in found]


def _place(request: Any) -> tuple[str, str]:
    """The session, or writing, to which the address narrows the page, and what it is called."""
    asked = request.GET.get("from", "")
    if asked == WRITTEN:
        return WRITTEN, "written evidence"
    number = whole_number(asked)
    if number is None:
        return "", ""
    sessions = Session.objects.visible_to(request.user).filter(inquiry=request.inquiry)
    session = get_object_or_404(sessions, pk=number)
    return str(session.pk), f"{session.name}, {session.title}"
