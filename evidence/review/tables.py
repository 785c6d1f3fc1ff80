"""Quotes as rows of a file, each with what its list shows of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from evidence.lists.tables import Row
from evidence.review.evidence import quotes_with_sector, shown

QUOTE_COLUMNS = (
    *("text", "speaker", "sector", "place", "citation", "comparison"),
    *("themes", "supports", "challenges", "qualifies", "link"),
)


def quote_rows(request: Any, rows: QuerySet[Any]) -> Iterator[Row]:
    """A row for each quote of a list; recommendations stand under their stance, by number."""
    for each in shown(
        quotes_with_sector(rows.values_list("pk", "sector"), request.inquiry), request.inquiry.code, user=request.user
    ):
        stances = {
            stance: [one["label"] for one in each["stances"] if one["stance"] == stance]
            for stance in ("supports", "challenges", "qualifies")
        }
        yield {
            "text": each["text"],
            "speaker": each["speaker"],
            "sector": each["sector"],
            "place": each["place"],
            "citation": next(citation for _, citation, ours in each["citations"] if ours),
            "comparison": each["verdict"],
            "themes": [one["label"] for one in each["themes"]],
            "link": request.build_absolute_uri(each["link"]),
            **stances,
        }
