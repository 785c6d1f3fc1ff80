"""Asked every while by an open page: has somebody else changed what it shows?"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string

from accounts.access import inquiry_view
from accounts.roles import Verb
from evidence.live.signs import SHOWN, sign_now

LONGEST_SIGN = 16


@inquiry_view(Verb.READ)
def changed(request: Any, kind: str, pk: int) -> HttpResponse:
    """Says in a sentence that what the page shows has changed since, or is there no more; otherwise asks again later.

    The first time, as the page has just been opened, it says what there is, to be compared with afterwards.
    """
    if kind not in SHOWN:
        raise Http404("No page shows a thing of that kind.")
    shown = SHOWN[kind]
    row = shown.model.objects.visible_to(request.user).filter(inquiry=request.inquiry, pk=pk).first()
    seen = request.GET.get("seen", "")[:LONGEST_SIGN]
    now = sign_now(request.user, shown, row) if row else ""
    if not row and not seen:
        raise Http404("There is no such record.")
    page = request.htmx.current_url_abs_path or ""
    context = {
        "inquiry": request.inquiry,
        "kind": kind,
        "pk": pk,
        "called": shown.called,
        "now": now,
        "gone": row is None,
        "changed": bool(seen) and seen != now,
        "page": "" if page.startswith("//") else page,
    }
    # Without what a whole page needs: nothing here shows the rail, whose counts cost more than the answer.
    return HttpResponse(render_to_string("live/changed.html", context))
