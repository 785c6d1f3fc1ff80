"""A page that is asked for again, while nothing has changed since, is given again as it was.

Whoever goes back to a list asks for it again, because browsers keep no copy of it; and an open page asks every while
whether it has changed. The database's own account of what it shows says whether anything has: two statements with the
same snapshot see the same rows, all of them, so the same reader at the same address gets the same page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from accounts.unchanged import while_answering

PAGES = "pages"


class GivenAgain:
    """Stands before all that asks the database who the reader is: that, too, is the same while nothing has changed.

    What a page is made by beside the database and the clock is in its key; for the clock's sake it is kept for no
    longer than the setting says. What was written while it was made, by itself or by others, is in every snapshot from
    then on, so that the one before it never comes again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        # What a transaction has written itself is in no snapshot.
        if request.method != "GET" or not signed_in or connection.in_atomic_block:
            return self.get_response(request)
        with while_answering() as before:
            key = _key(request)
            kept = caches[PAGES].get(key)
            if kept and kept[0] == before:
                return HttpResponse(kept[1], headers=kept[2])
            response: Any = self.get_response(request)
            if _may_be_given_again(request, response):
                caches[PAGES].set(key, (before, response.content, dict(response.items())))
            return response

    def process_view(self, request: Any, view: Any, *_: Any) -> None:
        """Only pages of an inquiry are given again; their views name the verb that they ask for."""
        request.of_an_inquiry = hasattr(view, "verb")


def _key(request: HttpRequest) -> str:
    """Who asks, by their cookies; where; and whether for a whole page or a part of it."""
    part = sorted(f"{name}: {value}" for name, value in request.headers.items() if name.lower().startswith("hx-"))
    where = (request.scheme or "", request.headers.get("host", ""), request.get_full_path())
    return hashlib.sha256("\n".join((*where, request.headers.get("cookie", ""), *part)).encode()).hexdigest()


def _may_be_given_again(request: Any, response: Any) -> bool:
    """Whole, a page or a part of one, and with no cookie but those that the browser has, which it would only renew."""
    return (
        getattr(request, "of_an_inquiry", False)
        and response.status_code == 200
        and not response.streaming
        and all(request.COOKIES.get(name) == told.value for name, told in response.cookies.items())
        and response.get("Content-Type", "").startswith("text/html")
        and not response.has_header("Content-Disposition")
    )
