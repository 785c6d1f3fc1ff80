"""What every page with a list offers: to keep it under a name, and to take it away as it is shown."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import FileResponse
from django.utils import timezone

from accounts.statements import Statement, compiled, kept_for
from evidence.lists.actions import note_taken
from evidence.lists.models import address_of
from evidence.lists.tables import FORMATS, Row, write

IN_MEMORY = 2 * 1024 * 1024


def asked_as(request: Any) -> str:
    """The kind of file that the address asks for, where it is one that can be made."""
    kind = request.GET.get("as", "")
    return kind if kind in FORMATS else ""


def taken_away(request: Any, page: str, columns: Sequence[str], rows: Iterable[Row]) -> FileResponse:
    """The list as a file; that it was taken is written down before it leaves."""
    kind = asked_as(request)
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    count = write(file, kind, columns, rows)
    file.seek(0)
    note_taken(
        inquiry=request.inquiry, page=page, query=request.GET.urlencode(), format=kind, rows=count, by=request.user
    )
    name = f"{request.inquiry.code.lower()}-{page}-{timezone.localdate():%Y-%m-%d}.{kind}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=FORMATS[kind])


def kept(request: Any, page: str) -> dict[str, Any]:
    """What the page needs to offer it: the person's lists of this page."""
    user, inquiry = request.user, request.inquiry
    mine = kept_for(user, ("lists", inquiry.pk, page), lambda: _lists(user, inquiry, page))
    lists = [{"pk": pk, "name": name, "url": address_of(page, inquiry, query)} for pk, name, query in mine.rows()]
    return {"list_page": page, "list_query": request.GET.urlencode(), "saved_lists": lists}


def _lists(user: Any, inquiry: Any, page: str) -> Statement:
    return compiled(inquiry.savedlists.visible_to(user).filter(page=page).values_list("pk", "name", "query"))
