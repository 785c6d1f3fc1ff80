"""A list is kept under a name, or let go; both lead back to the list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import inquiry_view
from accounts.refusals import Refused
from accounts.roles import Verb
from evidence.lists import actions
from evidence.lists.forms import KeepForm
from evidence.lists.models import ADDRESSES, ListPage, SavedList
from inquiry.numbers import whole_number


@require_POST
@inquiry_view(Verb.READ)
def keep(request: Any) -> HttpResponse:
    """Keeps the list that the person has before them, and shows it."""
    form = KeepForm(request.POST)
    if not form.is_valid() and "page" in form.errors:
        return HttpResponseBadRequest("There is no such list.")
    page = ListPage(form.cleaned_data["page"])
    back = reverse(ADDRESSES[page], args=[request.inquiry.code])
    if form.is_valid():
        try:
            saved = actions.keep_list(inquiry=request.inquiry, by=request.user, **form.cleaned_data)
            messages.success(request, f"Kept as “{saved}”. Nobody else sees it.")
            return redirect(saved.url)
        except Refused as refused:
            messages.error(request, str(refused))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    query = request.POST.get("query", "")
    return redirect(f"{back}?{query}" if query and "\n" not in query and "\r" not in query else back)


@require_POST
@inquiry_view(Verb.READ)
def forget(request: Any) -> HttpResponse:
    """Lets go of a kept list."""
    mine = SavedList.objects.visible_to(request.user).filter(inquiry=request.inquiry).select_related("inquiry")
    saved = mine.filter(pk=whole_number(request.POST.get("list", "")) or 0).first()
    if saved is None:
        messages.error(request, "That list is kept no more.")
        return redirect("review:overview", request.inquiry.code)
    back = reverse(ADDRESSES[ListPage(saved.page)], args=[request.inquiry.code])
    actions.let_go(saved=saved, by=request.user)
    messages.success(request, f"“{saved}” is no longer kept.")
    return redirect(back)
