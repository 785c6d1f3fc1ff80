"""The meeting pack: chosen, looked at, and taken away."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import inquiry_view
from accounts.refusals import Refused
from accounts.roles import Verb
from report.models import CONTENT_TYPES, PACK_FORMATS, Format
from report.pack.actions import log_pack
from report.pack.assembly import assemble
from report.pack.formats import body
from report.pack.formats import render as rendered
from report.pack.forms import PackForm
from report.pack.structure import Pack


@require_GET
@inquiry_view(Verb.READ)
def pack(request: Any) -> HttpResponse:
    """A pack as it will be taken away, and the choice of what it holds."""
    form = _form(request)
    made = _assembled(request, form)
    asked = request.GET.urlencode()
    files = [
        (each.label, f"{reverse('report:pack_file', args=[request.inquiry.code, each])}?{asked}")
        for each in PACK_FORMATS
    ]
    context = {"form": form, "pack": made, "body": body(made) if made else "", "files": files}
    return render(request, "report/pack/pack.html", context)


@require_GET
@inquiry_view(Verb.READ)
def download(request: Any, format: str) -> HttpResponse:
    """The pack as a file, to be kept and read offline; that it was taken is written down."""
    if format not in PACK_FORMATS:
        raise Http404("A pack is a web page, a Word document or a PDF.")
    form = _form(request)
    made = _assembled(request, form)
    if made is None or made.empty:
        return redirect(f"{reverse('report:pack', args=[request.inquiry.code])}?{request.GET.urlencode()}")
    kind = Format(format)
    response = HttpResponse(rendered(made, kind), content_type=CONTENT_TYPES[kind])
    log_pack(inquiry=request.inquiry, choice=form.choice, format=format, by=request.user)
    name = f"{request.inquiry.code}-{made.title}-{made.made_on.isoformat()}".lower()
    name = re.sub(r"[^a-z0-9]+", "-", name)[:80].strip("-")
    response["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _form(request: Any) -> PackForm:
    return PackForm(request.GET, inquiry=request.inquiry, user=request.user)


def _assembled(request: Any, form: PackForm) -> Pack | None:
    if not form.is_valid():
        return None
    try:
        return assemble(request.inquiry, by=request.user, made_on=timezone.localdate(), choice=form.choice)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
