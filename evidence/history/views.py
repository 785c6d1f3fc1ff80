"""The pages that tell who changed what, for the secretariat. The only readers of the history."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.access import inquiry_view
from accounts.roles import Verb
from evidence.history import changes


@inquiry_view(Verb.SEE_HISTORY)
def newest(request: Any) -> HttpResponse:
    """The latest changes in the inquiry."""
    return render(request, "history/newest.html", {"changes": changes.newest(request.inquiry)})


@inquiry_view(Verb.SEE_HISTORY)
def record(request: Any, kind: str, pk: int) -> HttpResponse:
    """Every change of one record, with what it was before."""
    if kind not in changes.KINDS:
        raise Http404("No history is shown of that.")
    found = changes.of_record(request.inquiry, kind, pk)
    if not found:
        raise Http404("There is no such record.")
    return render(request, "history/record.html", {"changes": found, "called": found[0].called})
