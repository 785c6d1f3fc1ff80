"""Written evidence: the list, a submission, and the steps of its life."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import inquiry_view
from accounts.roles import Verb
from evidence.submissions.models import Submission

ON_A_PAGE = 50


@inquiry_view(Verb.READ)
def listing(request: Any) -> HttpResponse:
    """The submissions that the person may see."""
    seen = Submission.objects.visible_to(request.user).filter(inquiry=request.inquiry).with_submitters()
    page = Paginator(seen, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "submissions/list.html", {"page": page})


@inquiry_view(Verb.READ)
def detail(request: Any, number: int) -> HttpResponse:
    """One submission."""
    seen = Submission.objects.visible_to(request.user).with_submitters()
    submission = get_object_or_404(seen, inquiry=request.inquiry, number=number)
    return render(request, "submissions/detail.html", {"submission": submission})
