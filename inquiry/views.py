"""What an inquiry is set up with: its own particulars, the research that it cites, and the wording of its themes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import inquiry_view
from accounts.roles import Verb
from inquiry.models import Theme


@inquiry_view(Verb.EDIT_INQUIRY)
def settings(request: Any) -> HttpResponse:
    """The inquiry's particulars are edited."""
    return render(request, "inquiry/page.html", {"heading": "Inquiry"})


@inquiry_view(Verb.READ)
def references(request: Any) -> HttpResponse:
    """The research that the report cites."""
    return render(request, "inquiry/page.html", {"heading": "References"})


@inquiry_view(Verb.EDIT_INQUIRY)
def theme_edit(request: Any, pk: int) -> HttpResponse:
    """A theme is reworded or retired."""
    found = get_object_or_404(Theme.objects.visible_to(request.user), inquiry=request.inquiry, pk=pk)
    return render(request, "inquiry/page.html", {"heading": str(found)})
