"""The gap map: where evidence is thin, as a table, as a picture and for a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import inquiry_view
from accounts.roles import Verb
from evidence.review.matrix import ACROSS, COUNTED, Matrix
from evidence.review.picture import picture
from inquiry.models import Framework
from inquiry.numbers import whole_number
from inquiry.spreadsheets import cell


@inquiry_view(Verb.READ)
def gaps(request: Any) -> HttpResponse:
    """How many people and bodies, or pieces of evidence, there are on each theme; empty and single sources marked."""
    matrix = _matrix(request)
    frameworks = list(_frameworks(request))
    choices = {"across": list(ACROSS.items()), "counted": list(COUNTED.items())}
    context: dict[str, Any] = {"matrix": matrix, "frameworks": frameworks, **choices}
    if matrix:
        page = matrix.page(request.GET.get("page"))
        context |= {"map": matrix.drawn(list(page)), "page": page}
    return render(request, "review/gaps.html", context)


@inquiry_view(Verb.READ)
def gaps_csv(request: Any) -> HttpResponse:
    """The whole map for a spreadsheet, in the encoding that spreadsheets expect."""
    matrix = _matrix(request)
    written = io.StringIO()
    rows = matrix.table() if matrix else iter([["Number", "Theme", "Under"]])
    csv.writer(written).writerows([cell(each) if isinstance(each, str) else each for each in row] for row in rows)
    return _file(request, "\ufeff" + written.getvalue(), "csv", "text/csv; charset=utf-8")


@inquiry_view(Verb.READ)
def gaps_svg(request: Any) -> HttpResponse:
    """The whole map as a picture, to be put into a report."""
    matrix = _matrix(request)
    drawn = picture(matrix) if matrix else None
    answer = render(request, "review/gaps.svg", {"matrix": matrix, "drawn": drawn})
    return _file(request, answer.content.decode(), "svg", "image/svg+xml; charset=utf-8")


def _file(request: Any, content: str, kind: str, content_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{request.inquiry.code.lower()}-gap-map.{kind}"'
    return answer


def _frameworks(request: Any) -> Any:
    return Framework.objects.visible_to(request.user).filter(inquiry=request.inquiry).order_by("created_at", "id")


def _matrix(request: Any) -> Matrix | None:
    """The map that the address asks for: of the first framework, sessions across, people counted, unless it says so."""
    frameworks = _frameworks(request)
    if asked := request.GET.get("framework"):
        framework = get_object_or_404(frameworks, pk=whole_number(asked) or 0)
    else:
        framework = frameworks.first()
    across, counted = request.GET.get("across", ""), request.GET.get("count", "")
    if framework is None:
        return None
    return Matrix(
        request.user,
        request.inquiry,
        framework,
        across if across in ACROSS else "session",
        counted if counted in COUNTED else "people",
    )
