"""What every page of an inquiry needs: the inquiry itself, what the person may do in it, and the way round."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.models import IntegerField, Subquery
from django.http import HttpRequest
from django.urls import reverse

from accounts.roles import Capabilities, Verb, may
from accounts.statements import Statement, compiled, kept_for

# Label, the page it leads to, the record that is counted, whether it stands in a phone's bar, and who needs it.
RAIL: tuple[tuple[str, str, str, bool, Verb], ...] = (
    ("Overview", "review:overview", "", True, Verb.READ),
    ("Sessions", "sessions:list", "inquiry.Session", False, Verb.READ),
    ("Submissions", "submissions:list", "submissions.Submission", False, Verb.READ),
    ("Witnesses", "witnesses:list", "witnesses.Witness", False, Verb.READ),
    ("Evidence", "review:quotes", "", True, Verb.READ),
    ("Themes", "review:themes", "", True, Verb.READ),
    ("Recommendations", "review:recommendations", "inquiry.Recommendation", False, Verb.READ),
    ("Readiness", "readiness:readiness", "", False, Verb.SEE_READINESS),
    ("Appendix", "report:appendix", "", False, Verb.READ),
    ("People", "people", "", False, Verb.MANAGE_PEOPLE),
    ("History", "history:newest", "", False, Verb.SEE_HISTORY),
    ("Inquiry", "inquiry:settings", "", False, Verb.EDIT_INQUIRY),
    ("References", "inquiry:references", "", False, Verb.WRITE_RECOMMENDATIONS),
)
COUNTED_TO = 10_000
SET_UP = ("People", "History", "Inquiry", "References")


def inquiry(request: HttpRequest) -> dict[str, Any]:
    """The inquiry that the view resolved, with its rail; nothing on pages outside an inquiry."""
    found = getattr(request, "inquiry", None)
    if found is None:
        return {}
    lines = [line for line in RAIL if may(request.user, line[4], found)]
    counts = _counts(request, found, [line[2] for line in lines if line[2]])
    return {
        "inquiry": found,
        "inquiries": request.inquiries,  # type: ignore[attr-defined]
        "may": Capabilities(request.user, found),
        "rail": [_entry(request, found, counts, *line) for line in lines],
    }


class HowMany(Subquery):
    """How many rows a query gives, within another."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _counts(request: HttpRequest, found: Any, records: list[str]) -> dict[str, int]:
    """How many of each the person may see, in one query that stops counting at its bound."""
    user: Any = request.user
    (counts,) = kept_for(user, ("rail", found.pk, *records), lambda: _counting(user, found, records)).numbers()
    return dict(zip(records, counts, strict=True))


def _counting(user: Any, found: Any, records: list[str]) -> Statement:
    queries = {
        record.replace(".", "_"): HowMany(
            apps.get_model(record)
            ._default_manager.visible_to(user)
            .filter(inquiry=found)
            .order_by()
            .values("pk")[:COUNTED_TO]
        )
        for record in records
    }
    return compiled(type(found).objects.filter(pk=found.pk).order_by().values(**queries))


@lru_cache(maxsize=1_000)
def _address(page: str, code: str) -> str:
    return reverse(page, args=[code])


def _entry(
    request: HttpRequest,
    found: Any,
    counts: dict[str, int],
    label: str,
    page: str,
    counted: str,
    on_phone: bool,
    _verb: Verb,
) -> dict[str, Any]:
    url = _address(page, found.code)
    here = request.path == url if page == "review:overview" else request.path.startswith(url)
    count = counts.get(counted)
    return {
        "label": label,
        "url": url,
        "current": here,
        "on_phone": on_phone,
        "group": "Set-up" if label in SET_UP else "",
        "count": f"{COUNTED_TO:,}+" if count == COUNTED_TO else count,
    }
