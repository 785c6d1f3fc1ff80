"""The evidence as it is read: where the inquiry stands, by theme, by recommendation, and quote by quote."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import inquiry_view
from accounts.roles import Verb
from evidence.quotes.models import Quote
from inquiry.models import Recommendation, Theme


@inquiry_view(Verb.READ)
def overview(request: Any) -> HttpResponse:
    """Where the inquiry stands."""
    return render(request, "review/page.html", {"heading": request.inquiry.title})


@inquiry_view(Verb.READ)
def quotes(request: Any) -> HttpResponse:
    """Every quote that the person may read."""
    return render(request, "review/page.html", {"heading": "Evidence"})


@inquiry_view(Verb.READ)
def quote(request: Any, pk: int) -> HttpResponse:
    """One quote."""
    found = get_object_or_404(Quote.objects.visible_to(request.user), inquiry=request.inquiry, pk=pk)
    return render(request, "review/page.html", {"heading": str(found)})


@inquiry_view(Verb.READ)
def themes(request: Any) -> HttpResponse:
    """The frameworks against which the evidence is read."""
    return render(request, "review/page.html", {"heading": "Themes"})


@inquiry_view(Verb.READ)
def theme(request: Any, pk: int) -> HttpResponse:
    """The evidence on one theme."""
    found = get_object_or_404(Theme.objects.visible_to(request.user), inquiry=request.inquiry, pk=pk)
    return render(request, "review/page.html", {"heading": str(found)})


@inquiry_view(Verb.READ)
def recommendations(request: Any) -> HttpResponse:
    """What the report asks for, and of whom."""
    return render(request, "review/page.html", {"heading": "Recommendations"})


@inquiry_view(Verb.READ)
def recommendation(request: Any, pk: int) -> HttpResponse:
    """One recommendation, with the evidence for and against it."""
    found = Recommendation.objects.visible_to(request.user).select_related("addressee")
    found = get_object_or_404(found, inquiry=request.inquiry, pk=pk)
    return render(request, "review/page.html", {"heading": str(found)})


@inquiry_view(Verb.WRITE_RECOMMENDATIONS)
def recommendation_add(request: Any) -> HttpResponse:
    """A recommendation is drafted."""
    return render(request, "review/page.html", {"heading": "Add a recommendation"})


@inquiry_view(Verb.WRITE_RECOMMENDATIONS)
def recommendation_edit(request: Any, pk: int) -> HttpResponse:
    """A recommendation is rewritten."""
    found = Recommendation.objects.visible_to(request.user).select_related("addressee")
    found = get_object_or_404(found, inquiry=request.inquiry, pk=pk)
    return render(request, "review/page.html", {"heading": str(found)})
