"""The gap map: where evidence is thin, as a table, as a picture and for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import inquiry_view
from accounts.roles import Verb
from evidence.review.matrix import ACROSS, COUNTED, Matrix
from evidence.review.picture import picture
from inquiry.lists import gone
from inquiry.models import Framework
from inquiry.spreadsheets import cell


@inquiry_view(Verb.READ)
def gaps(request: Any) -> HttpResponse:
    """How many people and bodies, or pieces of evidence, there are on each theme; empty and single sources marked."""
    frameworks = list(_frameworks(request))
    chosen, missed = _chosen(request, frameworks)
    matrix = _matrix(request, chosen)
    choices = {"across": list(ACROSS.items()), "counted": list(COUNTED.items())}
    context: dict[str, Any] = {"matrix": matrix, "frameworks": frameworks, **choices}
    context["missed"] = gone("framework") if missed else ""
    if matrix:
        page = matrix.page(request.GET.get("page"))
        context |= {"map": matrix.drawn(list(page)), "page": page}
    return render(request, "review/gaps.html", context)


@inquiry_view(Verb.READ)
def gaps_csv(request: Any) -> HttpResponse:
    """The whole map for a spreadsheet, in the encoding that spreadsheets expect."""

    def written(matrix: Matrix | None) -> str:
        table = io.StringIO()
        rows = matrix.table() if matrix else iter([["Number", "Theme", "Under"]])
        csv.writer(table).writerows([cell(each) if isinstance(each, str) else each for each in row] for row in rows)
        return "\ufeff" + table.getvalue()

    return _file(request, written, "csv", "text/csv; charset=utf-8")


@inquiry_view(Verb.READ)
def gaps_svg(request: Any) -> HttpResponse:
    """The whole map as a picture, to be put into a report."""

    def drawn(matrix: Matrix | None) -> str:
        context = {"matrix": matrix, "drawn": picture(matrix) if matrix else None}
        return render(request, "review/gaps.svg", context).content.decode()

    return _file(request, drawn, "svg", "image/svg+xml; charset=utf-8")


def _file(request: Any, made: Callable[[Matrix | None], str], kind: str, content_type: str) -> HttpResponse:
    """The map as a file. Of a framework that is not there, no other is handed out: the page says so."""
    chosen, missed = _chosen(request, list(_frameworks(request)))
    if missed:
        return redirect(reverse("review:gaps", args=[request.inquiry.code], query=request.GET))
    answer = HttpResponse(made(_matrix(request, chosen)), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{request.inquiry.code.lower()}-gap-map.{kind}"'
    return answer


def _frameworks(request: Any) -> Any:
    return Framework.objects.visible_to(request.user).filter(inquiry=request.inquiry).order_by("created_at", "id")


def _chosen(request: Any, frameworks: list[Framework]) -> tuple[Framework | None, bool]:
    """The framework that the address asks for, or the first; and whether one was asked for that is not there."""
    asked = request.GET.get("framework", "")
    named = next((each for each in frameworks if str(each.pk) == asked), None)
    return named or next(iter(frameworks), None), bool(asked and named is None)


def _matrix(request: Any, framework: Framework | None) -> Matrix | None:
    """The map that the address asks for: sessions across, people counted, unless it says so."""
    if framework is None:
        return None
    across, counted = request.GET.get("across", ""), request.GET.get("count", "")
    return Matrix(
        request.user,
        request.inquiry,
        framework,
        across if across in ACROSS else "session",
        counted if counted in COUNTED else "people",
    )
