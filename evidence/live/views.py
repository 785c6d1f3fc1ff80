"""Asked every while by an open page: has anything changed of what it shows?"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string

from accounts.access import inquiry_view
from accounts.roles import Verb
from evidence.live.asking import own_quotes, seen_sign
from evidence.live.signs import SHOWN, sign_now


@inquiry_view(Verb.READ)
def changed(request: Any, kind: str, pk: int) -> HttpResponse:
    """Says in a sentence that what the page shows has changed since, or is there no more; otherwise asks again later.

    The first time, as the page has just been opened, it says what there is, to be compared with afterwards. Quotes that
    were taken on the page itself since (``but``) are left out of what is compared, and stand in what it is told then.
    """
    if kind not in SHOWN:
        raise Http404("No page shows a thing of that kind.")
    seen = seen_sign(request.GET)
    now = sign_now(request.user, SHOWN[kind], request.inquiry, pk)
    if not now and not seen:
        raise Http404("There is no such record.")
    own = own_quotes(request.GET)
    compared = sign_now(request.user, SHOWN[kind], request.inquiry, pk, but=own) if own and now else now
    page = request.htmx.current_url_abs_path or ""
    context = {
        "inquiry": request.inquiry,
        "kind": kind,
        "pk": pk,
        "called": SHOWN[kind].called,
        "now": now,
        "gone": not now,
        "changed": bool(seen) and seen != compared,
        "page": "" if page.startswith("//") else page,
    }
    # Without what a whole page needs: nothing here shows the rail, whose counts cost more than the answer.
    return HttpResponse(render_to_string("live/changed.html", context))
