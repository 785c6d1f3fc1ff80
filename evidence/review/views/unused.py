"""Heard but not used."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import inquiry_view
from accounts.roles import Verb
from evidence.review.unused import KINDS, USES, as_shown, how_many, with_what_is_shown
from evidence.review.unused import unused as unused_of
from inquiry.lists import COUNTED_TO, page_of


@inquiry_view(Verb.READ)
def unused(request: Any) -> HttpResponse:
    """Evidence of one kind that nothing uses, and how much there is of each."""
    kind = request.GET.get("kind") if request.GET.get("kind") in KINDS else "quote"
    use = request.GET.get("by") if request.GET.get("by") in USES else "recommendation"
    counts = how_many(request.user, request.inquiry, use)
    rows = with_what_is_shown(kind, unused_of(request.user, request.inquiry, kind, use))
    page = page_of(rows, request, count=counts[kind])
    context = {
        "kind": kind,
        "by": use,
        "kinds": [(name, label, _said(counts[name])) for name, (label, _) in KINDS.items()],
        "uses": USES.items(),
        "page": page,
        "lines": as_shown(request.user, request.inquiry, kind, page),
        "nothing": not any(counts.values()),
    }
    return render(request, "review/unused.html", context)


def _said(count: int) -> str:
    return f"{count:,}+" if count >= COUNTED_TO else f"{count:,}"
