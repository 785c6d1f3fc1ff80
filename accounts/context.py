"""What every page of an inquiry needs: the inquiry itself, what the person may do in it, and the way round."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.roles import Capabilities, Verb, may

# Label, the page it leads to, the relation that is counted, whether it stands in a phone's bar, and who needs it.
RAIL: tuple[tuple[str, str, str, bool, Verb], ...] = (
    ("Overview", "review:overview", "", True, Verb.READ),
    ("Sessions", "sessions:list", "sessions", False, Verb.READ),
    ("Submissions", "submissions:list", "submissions", False, Verb.READ),
    ("Witnesses", "witnesses:list", "witnesses", False, Verb.READ),
    ("Evidence", "review:quotes", "", True, Verb.READ),
    ("Themes", "review:themes", "", True, Verb.READ),
    ("Recommendations", "review:recommendations", "recommendations", False, Verb.READ),
    ("Appendix", "report:appendix", "", False, Verb.READ),
    ("People", "accounts:people", "", False, Verb.MANAGE_PEOPLE),
    ("Inquiry", "inquiry:settings", "", False, Verb.EDIT_INQUIRY),
    ("References", "inquiry:references", "", False, Verb.EDIT_INQUIRY),
)
SET_UP = ("People", "Inquiry", "References")


def inquiry(request: HttpRequest) -> dict[str, Any]:
    """The inquiry that the view resolved, with its rail; nothing on pages outside an inquiry."""
    found = getattr(request, "inquiry", None)
    if found is None:
        return {}
    return {
        "inquiry": found,
        "inquiries": request.inquiries,  # type: ignore[attr-defined]
        "may": Capabilities(request.user, found),
        "rail": [_entry(request, found, *line) for line in RAIL if may(request.user, line[4], found)],
    }


def _entry(
    request: HttpRequest, found: Any, label: str, page: str, counted: str, on_phone: bool, _verb: Verb
) -> dict[str, Any]:
    url = reverse(page, args=[found.code])
    here = request.path == url if page == "review:overview" else request.path.startswith(url)
    return {
        "label": label,
        "url": url,
        "current": here,
        "on_phone": on_phone,
        "group": "Set-up" if label in SET_UP else "",
        "count": getattr(found, f"{counted}_seen", None) if counted else None,
    }
