"""The addresses of Attest, and one that answers with nothing, which the others are held against."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("empty/", empty), path("", include("config.urls"))]
handler404 = "accounts.views.not_found"
