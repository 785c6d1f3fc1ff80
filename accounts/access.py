"""The door of every page: who is it, which inquiry, and may they?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from accounts.roles import Verb, require
from accounts.statements import records_kept_for

View = Callable[..., HttpResponseBase]


def inquiry_view(verb: Verb = Verb.READ, *, write: Verb | None = None) -> Callable[[View], View]:
    """Resolves ``code`` to an inquiry that the person may see, puts it on ``request.inquiry``, and asks the verb.

    A stranger to the inquiry is told that it does not exist (404); a person whose role does not reach is told so
    (403). ``write`` is the verb for a POST where it differs from the one for looking.
    """

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: Any, code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.inquiries = inquiries_open_to(request)
            request.inquiry = next((i for i in request.inquiries if i.code == code), None)
            if request.inquiry is None:
                raise Http404("There is no such inquiry.")
            require(request.user, write if write and request.method == "POST" else verb, request.inquiry)
            return _kept_nowhere(_led_on(request, view(request, *args, **kwargs)))

        guarded.verb, guarded.write = verb, write or verb  # type: ignore[attr-defined]
        return guarded

    return decorate


def way_back(request: Any, otherwise: str) -> str:
    """The page that the person came from, when the address or the form names one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours else otherwise


def sent_with(request: Any) -> Any:
    """What a form was sent with; nothing, where its page is only opened."""
    return request.POST if request.method == "POST" else None


def _led_on(request: Any, response: HttpResponseBase) -> HttpResponseBase:
    """A form with files is sent by script, so that they stay chosen when it is refused; done, the browser goes on."""
    whole = request.htmx and request.htmx.target == "main"
    return (
        HttpResponseClientRedirect(response.url) if whole and isinstance(response, HttpResponseRedirect) else response
    )


def _kept_nowhere(response: HttpResponseBase) -> HttpResponseBase:
    """Tells browsers and what lies between to keep no copy, which would outlast the right to see it."""
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, no_store=True)
    return response


def inquiries_open_to(request: HttpRequest) -> list[Any]:
    """The inquiries that the person has a role in."""
    inquiries = apps.get_model("inquiry", "Inquiry")._default_manager
    return records_kept_for(request.user, "inquiries", lambda: inquiries.visible_to(request.user))
