"""A framework as a file: the JSON in which a clerk, or a script, brings a tree of themes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models

from accounts.refusals import Refused
from inquiry.actions import ThemeEntry
from inquiry.models import Framework, Theme

MOST_THEMES = 1_000
MOST_LEVELS = 6
EXAMPLE = """{
  "name": "Example White Paper",
  "citation": "Example Government (2026) An example, CP 1",
  "published": "2026-02-02",
  "levels": ["Objective", "Mission"],
  "themes": [
    {"number": "A", "title": "Pride in place", "themes": [
      {"number": "1", "title": "Halls", "aim": "Every hall open by 2030.", "definition": "Who keeps the key.",
        "exclusion": "Churches: see 2."}
    ]}
  ]
}"""


def read_framework(content: bytes) -> dict[str, Any]:
    """What the file says, as ``add_framework`` takes it.

    :raises Refused: in a sentence, where it is no framework.
    """
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused("The file is not text in UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"The file cannot be read as JSON: {error}") from error
    if not isinstance(data, dict):
        raise Refused("The file should hold one framework: { … }.")
    levels = data.get("levels")
    if not isinstance(levels, list) or not levels:
        raise Refused("The framework names no levels, such as [“Objective”, “Mission”].")
    if len(levels) > MOST_LEVELS:
        raise Refused(f"A framework has {MOST_LEVELS} levels at most.")
    base: Any = Framework._meta.get_field("levels")
    return {
        **{name: _text(data, name, Framework, "The framework") for name in ("name", "version", "citation")},
        "published_on": _day(data.get("published")),
        "levels": [_checked(level, base.base_field.max_length, "A level’s name") for level in levels],
        "themes": _themes(data.get("themes"), len(levels), [MOST_THEMES]),
    }


def laid_out(themes: Iterable[ThemeEntry], levels: Sequence[str]) -> Iterator[tuple[str, ThemeEntry]]:
    """Every theme of the tree in order, each with what its level is called."""
    for theme in themes:
        yield levels[0], theme
        yield from laid_out(theme.themes, levels[1:])


def _themes(listed: Any, levels: int, left: list[int]) -> list[ThemeEntry]:
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise Refused("“themes” should be a list of themes: [{ … }, { … }].")
    left[0] -= len(listed)
    if left[0] < 0:
        raise Refused(f"A framework has {MOST_THEMES:,} themes at most.")
    if listed and not levels:
        raise Refused("The themes go deeper than the levels that are named.")
    return [_theme(each, levels, left) for each in listed]


def _theme(data: dict[str, Any], levels: int, left: list[int]) -> ThemeEntry:
    number = _text(data, "number", Theme, "A theme")
    of = f"Theme {number}"
    texts = {name: _text(data, name, Theme, of) for name in ("title", "aim", "definition", "exclusion")}
    return ThemeEntry(number=number, **texts, themes=tuple(_themes(data.get("themes", []), levels - 1, left)))


def _text(data: dict[str, Any], name: str, model: type[models.Model], of: str) -> str:
    field: Any = model._meta.get_field(name)
    value = data.get(name, "")
    if value in ("", None) and not field.blank:
        raise Refused(f"{of} has no {name}.")
    return _checked("" if value is None else value, field.max_length, f"{of}: the {name}", blank=field.blank)


def _checked(value: Any, longest: int | None, what: str, *, blank: bool = False) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or "\x00" in value or not (blank or value.strip()):
        raise Refused(f"{what} should be text.")
    value = value.strip()
    if longest and len(value) > longest:
        raise Refused(f"{what} has {len(value):,} characters. Shorten it to {longest}.")
    return value


def _day(value: Any) -> dt.date | None:
    if value in ("", None):
        return None
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Refused("“published” should be a day such as 2026-02-02.") from error
