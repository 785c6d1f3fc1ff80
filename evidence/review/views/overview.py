"""Where the inquiry stands."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import inquiry_view
from accounts.roles import Verb
from evidence.notes.places import waiting
from evidence.notes.reading import progress
from evidence.review.overview import Overview

MENTIONS_SHOWN = 10


@inquiry_view(Verb.READ)
def overview(request: Any) -> HttpResponse:
    """What has been heard, where evidence is thin, and what waits for the person; or what to do first."""
    look = Overview(request.user, request.inquiry)
    if look.is_empty:
        return render(request, "review/first_steps.html", {"themes": look.has_themes()})
    sessions, others = look.timeline()
    return render(
        request,
        "review/overview.html",
        {
            "kpis": look.kpis(),
            "events": sessions,
            "others": others,
            "sessions": len(look.sessions),
            "map": look.gaps(),
            "waiting": look.waiting(),
            "mentions": waiting(request.user, request.inquiry, MENTIONS_SHOWN),
            "progress": progress(request.user, request.inquiry, counted=look.to_read),
        },
    )
