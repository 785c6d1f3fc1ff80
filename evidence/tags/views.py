"""The page on which evidence of any kind is tagged."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import inquiry_view, sent_with, way_back
from accounts.refusals import Refused
from accounts.roles import Verb
from evidence.tags import actions
from evidence.tags.forms import EditTagsForm, tagged
from evidence.tags.models import EVIDENCE, model_of


@inquiry_view(Verb.TAG)
def edit(request: Any, kind: str, pk: int) -> HttpResponse:
    """Tags one piece of evidence to themes and recommendations; what was ticked and is no more is taken off."""
    if kind not in EVIDENCE:
        raise Http404("Nothing of that kind is tagged.")
    visible = model_of(kind)._default_manager.visible_to(request.user).filter(inquiry=request.inquiry)
    evidence = get_object_or_404(visible.select_related("inquiry"), pk=pk)
    now = tagged(evidence)
    sent = sent_with(request)
    form = EditTagsForm(sent, inquiry=request.inquiry, user=request.user, initial=now | {"seen": now})
    back = way_back(request, reverse("review:overview", args=[request.inquiry.code]))
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_tags(evidence=evidence, by=request.user, **form.tags)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The tags were saved.")
            return redirect(back)
    return render(request, "tags/edit.html", {"evidence": evidence, "kind": kind, "form": form, "back": back})
