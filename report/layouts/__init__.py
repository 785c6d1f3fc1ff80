"""How each body prints its evidence: which parts there are, and what makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models

from inquiry.models import CitationStyle
from report.layouts import appg, commons, lords, shared
from report.material import Material


class PartName(models.TextChoices):
    """What can be chosen to be printed; each layout prints it in its own way."""

    SESSIONS = "sessions", "Who was heard"
    EVENTS = "events", "Meetings under the Chatham House Rule"
    WRITTEN = "written", "Written evidence"
    THEMES = "themes", "Evidence by theme"
    RECOMMENDATIONS = "recommendations", "Recommendations and their evidence"
    REFERENCES = "references", "References"


_SHARED: dict[str, Callable[[Material], Any]] = {
    PartName.EVENTS: shared.events,
    PartName.THEMES: shared.themes,
    PartName.RECOMMENDATIONS: shared.recommendations,
    PartName.REFERENCES: shared.references,
}
LAYOUTS: Mapping[str, Mapping[str, Callable[[Material], Any]]] = {
    CitationStyle.APPG: _SHARED | {PartName.SESSIONS: appg.sessions, PartName.WRITTEN: appg.written},
    CitationStyle.COMMONS: _SHARED | {PartName.SESSIONS: commons.witnesses, PartName.WRITTEN: commons.written},
    CitationStyle.LORDS: _SHARED | {PartName.SESSIONS: lords.witnesses, PartName.WRITTEN: lords.written},
}
# A committee of either House names no meeting at which nobody is named, unless it wants to.
_USUAL = tuple(PartName.values)
USUAL: Mapping[str, tuple[str, ...]] = {
    CitationStyle.APPG: _USUAL,
    CitationStyle.COMMONS: tuple(name for name in _USUAL if name != PartName.EVENTS),
    CitationStyle.LORDS: tuple(name for name in _USUAL if name != PartName.EVENTS),
}
