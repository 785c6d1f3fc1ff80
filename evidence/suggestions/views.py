"""Passages that may bear on a theme: what is like its quotes, to be read by a person, who quotes it or does not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import inquiry_view, way_back
from accounts.roles import Verb
from evidence.documents.models import Passage
from evidence.quotes.standing import placed
from evidence.suggestions import actions
from evidence.suggestions.likeness import likest
from evidence.suggestions.models import Dismissal
from evidence.suggestions.showing import show
from inquiry.lists import page_of
from inquiry.models import Theme

ON_A_PAGE = 10


@inquiry_view(Verb.TAG)
def like(request: Any, pk: int) -> HttpResponse:
    """The passages most like the quotes on a theme. None of them is on it before a person quotes it."""
    theme = _theme(request, pk)
    likes = likest(request.user, theme) if theme.retired_on is None else []
    page = Paginator(likes, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "theme": theme,
        "page": page,
        "shown": show(list(page), user=request.user, inquiry=request.inquiry),
        "quoted": theme.tags.filter(quote__isnull=False).exists(),
        "dismissed": _dismissals(request, theme).count(),
    }
    return render(request, "suggestions/like.html", context)


@inquiry_view(Verb.TAG)
def dismissed(request: Any, pk: int) -> HttpResponse:
    """What was said not to be about a theme, by whom and when; each can be brought back."""
    theme = _theme(request, pk)
    page = page_of(_dismissals(request, theme).select_related("dismissed_by"), request)
    seen = Passage.objects.visible_to(request.user).filter(pk__in=[each.passage_id for each in page])
    passages = {each.pk: each for each in placed(seen, user=request.user, inquiry=request.inquiry)}
    rows = [(each, passages[each.passage_id]) for each in page if each.passage_id in passages]
    return render(request, "suggestions/dismissed.html", {"theme": theme, "page": page, "rows": rows})


@require_POST
@inquiry_view(Verb.TAG)
def dismiss(request: Any, pk: int, passage: int) -> HttpResponse:
    """Somebody has read a passage, and it is not about the theme."""
    theme, said = _theme(request, pk), _passage(request, passage)
    actions.dismiss(theme=theme, passage=said, by=request.user)
    here = reverse("suggestions:like", args=[request.inquiry.code, pk])
    back = way_back(request, here)
    undo = reverse("suggestions:bring_back", args=[request.inquiry.code, pk, passage], query={"next": back})
    messages.success(request, "It is not suggested for this theme again.", extra_tags=f"undo:{undo}")
    return redirect(back)


@require_POST
@inquiry_view(Verb.TAG)
def bring_back(request: Any, pk: int, passage: int) -> HttpResponse:
    """A passage may be suggested for the theme again."""
    theme, said = _theme(request, pk), _passage(request, passage)
    actions.bring_back(theme=theme, passage=said, by=request.user)
    messages.success(request, "It may be suggested for this theme again.")
    return redirect(way_back(request, reverse("suggestions:like", args=[request.inquiry.code, pk])))


def _theme(request: Any, pk: int) -> Theme:
    themes = Theme.objects.visible_to(request.user).filter(inquiry=request.inquiry).leaves()
    theme: Theme = get_object_or_404(themes.select_related("framework", "parent", "inquiry"), pk=pk)
    return theme


def _passage(request: Any, pk: int) -> Passage:
    seen = Passage.objects.visible_to(request.user).filter(inquiry=request.inquiry)
    passage: Passage = get_object_or_404(seen, pk=pk)
    return passage


def _dismissals(request: Any, theme: Theme) -> Any:
    return Dismissal.objects.visible_to(request.user).filter(inquiry=request.inquiry, theme=theme)
