"""Where evidence is thin: how many people and bodies were heard on each theme, at which session or in writing."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.text import Truncator

from evidence.review.voices import ELSEWHERE, WRITTEN, heard
from inquiry.models import Inquiry, Session, Theme

DARKEST = 10
NAMED_IN_HEADS = 4
WORDS_IN_A_HEAD = 6

Counts = dict[int, dict[str, int]]


def voices_at(user: Any, inquiry: Inquiry) -> Counts:
    """By theme and by place (a session's id, or "written"), the number of distinct people and bodies."""
    tags = heard(user, inquiry).filter(theme__isnull=False).exclude(voice=None).exclude(heard_at=ELSEWHERE)
    counted = tags.order_by().values_list("theme", "heard_at").annotate(Count("voice", distinct=True))
    counts: Counts = defaultdict(dict)
    for theme, place, voices in counted:
        counts[theme][place] = voices
    return counts


def thinnest(themes: list[Theme], places: list[str], counts: Counts, rows: int, bare: int) -> list[Theme]:
    """The themes with the most empty cells, then with the fewest voices, in the framework's order.

    At most ``bare`` of those on which nobody was heard, while there are others: many rows of nothing say nothing.
    """

    def thinness(theme: Theme) -> tuple[int, int]:
        heard_there = [counts.get(theme.pk, {}).get(place, 0) for place in places]
        return sum(map(bool, heard_there)), sum(heard_there)

    empty = [theme for theme in themes if thinness(theme) == (0, 0)]
    some = sorted((theme for theme in themes if theme not in empty), key=thinness)
    if some:
        empty = empty[: max(bare, rows - len(some))]
    chosen = {theme.pk for theme in [*empty, *some][:rows]}
    return [theme for theme in themes if theme.pk in chosen]


def gap_map(inquiry: Inquiry, themes: list[Theme], sessions: list[Session], counts: Counts) -> dict[str, Any]:
    """The map as its component draws it: themes down by objective, sessions and written evidence across."""
    places = [*(str(session.pk) for session in sessions), WRITTEN]
    columns = [
        {
            "label": _head(session, short=len(sessions) > NAMED_IN_HEADS),
            "title": session.title,
            "url": reverse("sessions:detail", args=[inquiry.code, session.pk]),
        }
        for session in sessions
    ]
    groups = [
        {
            "label": f"{parent.number} {parent.title}" if parent else "",
            "rows": [_row(inquiry, theme, places, counts.get(theme.pk, {})) for theme in below],
        }
        for parent, below in groupby(themes, key=lambda theme: theme.parent)
    ]
    corner = themes[0].level_name if themes else "Theme"
    return {"corner": corner, "columns": [*columns, {"label": "Written"}], "groups": groups}


def _head(session: Session, *, short: bool) -> str:
    """A column's head: its title where there is room, else its number; a title cut in pieces is read by nobody."""
    if short and session.number:
        return f"Session {session.number}"
    return Truncator(f"{session.number or ''} {session.title}".strip()).words(WORDS_IN_A_HEAD)


def _row(inquiry: Inquiry, theme: Theme, places: list[str], counts: dict[str, int]) -> dict[str, Any]:
    url = reverse("review:theme", args=[inquiry.code, theme.pk])
    cells = [
        {
            "value": counts.get(place, 0),
            "level": min(counts.get(place, 0), DARKEST),
            "single": counts.get(place) == 1,
            "url": f"{url}?from={place}" if counts.get(place) else "",
        }
        for place in places
    ]
    return {"label": f"{theme.number} {theme.title}", "url": url, "cells": cells}
