"""Where evidence is thin: how many people and bodies were heard on each theme, at which session or in writing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator

from accounts.statements import Statement, compiled, kept_for
from evidence.review.voices import ELSEWHERE, WRITTEN, heard
from inquiry.models import Inquiry, Session, Theme

DARKEST = 10
NAMED_IN_HEADS = 4
WORDS_IN_A_HEAD = 6

Counts = dict[int, dict[str, int]]


def voices_at(user: Any, inquiry: Inquiry) -> Counts:
    """By theme and by place (a session's id, or "written"), the number of distinct people and bodies."""
    counts: Counts = defaultdict(dict)
    counting = kept_for(user, ("voices at", inquiry.pk), lambda: _counting(user, inquiry))
    for theme, place, voices in counting.numbers():
        counts[theme][place] = voices
    return counts


def _counting(user: Any, inquiry: Inquiry) -> Statement:
    """Each voice once a theme and place, and then how many: to count them distinctly the database would sort them."""
    tags = heard(user, inquiry).filter(theme__isnull=False).exclude(voice=None).exclude(heard_at=ELSEWHERE)
    each = compiled(tags.order_by().values_list("theme", "heard_at", "voice").distinct(), none="NULL, NULL, NULL")
    counted = f"FROM ({each.sql}) AS each (theme, place, voice) GROUP BY theme, place"
    return Statement(f"SELECT theme, place, count(*) {counted}", each.values)


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
            "label": head(session, short=len(sessions) > NAMED_IN_HEADS),
            "title": session.title,
            "url": reverse("sessions:detail", args=[inquiry.code, session.pk]),
        }
        for session in sessions
    ]

    def cells(theme: Theme, url: str) -> list[dict[str, Any]]:
        found = counts.get(theme.pk, {})
        return [cell(found.get(place, 0), f"{url}?from={place}") for place in places]

    corner = themes[0].level_name if themes else "Theme"
    return {"corner": corner, "columns": [*columns, {"label": "Written"}], "groups": grouped(inquiry, themes, cells)}


def grouped(
    inquiry: Inquiry, themes: list[Theme], cells: Callable[[Theme, str], list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """A row for each theme, under what groups it; ``cells`` gives those of a theme, whose own address it is told."""
    groups = []
    for parent, below in groupby(themes, key=lambda theme: theme.parent):
        rows = []
        for theme in below:
            url = reverse("review:theme", args=[inquiry.code, theme.pk])
            rows.append({"label": f"{theme.number} {theme.title}", "url": url, "cells": cells(theme, url)})
        groups.append({"label": f"{parent.number} {parent.title}" if parent else "", "rows": rows})
    return groups


def head(session: Session, *, short: bool) -> str:
    """A column's head: its title where there is room, else its number; a title cut in pieces is read by nobody."""
    if short and session.number:
        return f"Session {session.number}"
    return Truncator(f"{session.number or ''} {session.title}".strip()).words(WORDS_IN_A_HEAD)


def cell(value: int, url: str, *, most: int = DARKEST) -> dict[str, Any]:
    """A number and its shade, the darkest for ``most`` and above; only what is not empty leads anywhere."""
    shade = value if most <= DARKEST else -(-value * DARKEST // most)
    return {"value": value, "level": min(shade, DARKEST), "single": value == 1, "url": url if value else ""}
