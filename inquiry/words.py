"""Words as they are sought: English, by their stems, whatever their accents and however their apostrophes are set."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.postgres.search import CombinedSearchQuery, SearchHeadline, SearchQuery, SearchVectorField
from django.db import models

CONFIG = "attest"
# PostgreSQL takes a typographic apostrophe for a letter: ``people’s`` would be one word and not be found as people.
APOSTROPHES = "’‘ʼ＇"
STRAIGHT = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_AS_MANY = "''" * len(APOSTROPHES)

INSTALL = f"""
    CREATE EXTENSION IF NOT EXISTS unaccent;
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE TEXT SEARCH CONFIGURATION {CONFIG} (COPY = english);
    ALTER TEXT SEARCH CONFIGURATION {CONFIG}
        ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
"""
REMOVE = f"DROP TEXT SEARCH CONFIGURATION {CONFIG};"


class Plain(models.Func):
    """Text with straight apostrophes, each character in its place."""

    function = "translate"
    template = f"%(function)s(%(expressions)s, '{APOSTROPHES}', '{_AS_MANY}')"
    output_field = models.TextField()


class Words(models.Func):
    """What a text can be found by."""

    function = "to_tsvector"
    template = f"%(function)s('{CONFIG}'::regconfig, %(expressions)s)"

    def __init__(self, text: Any, **extra: Any) -> None:
        super().__init__(Plain(text), output_field=SearchVectorField(), **extra)


class FoundBy(models.GeneratedField):
    """A column of the words that another one can be found by. It is for the database: nobody reads it."""

    def __init__(self, text: str = "", **kwargs: Any) -> None:
        self.text = text
        made: dict[str, Any] = {"expression": Words(text), "output_field": SearchVectorField(), "db_persist": True}
        super().__init__(**made | kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for known in ("expression", "output_field", "db_persist"):
            kwargs.pop(known, None)
        return name, path, args, kwargs | {"text": self.text}


# No text that is kept has these.
_BEGIN, _END = "\x02", "\x03"
_MARKED = re.compile(f"{_BEGIN}([^{_END}]*){_END}")
LONGEST = 300
Places = list[tuple[int, int]]

_LAST_WORD = re.compile(r"(?P<before>.*?)(?P<joined>\bOR\s+|(?<![\w'\-]))(?P<begun>\w+)(?P<star>\*?)", re.DOTALL)


def asked_for(text: str, *, typing: bool = False) -> SearchQuery | CombinedSearchQuery:
    """What a person looks for: words, "phrases", OR, -not; ``commun*`` is the beginning of a word.

    While somebody is still typing, so is the last word. Any text asks for something; one without a word, for nothing.
    """
    plain = text.translate(STRAIGHT).replace("\0", " ").strip()
    last = _LAST_WORD.fullmatch(plain)
    if not last or not (typing or last["star"]) or last["before"].count('"') % 2:
        return SearchQuery(plain, config=CONFIG, search_type="websearch")
    begun = SearchQuery(f"{last['begun']}:*", config=CONFIG, search_type="raw")
    if not last["before"].strip():
        return begun
    before = SearchQuery(last["before"], config=CONFIG, search_type="websearch")
    return before | begun if last["joined"] else before & begun


def with_marks(field: str, query: Any) -> SearchHeadline:
    """The whole of a text, with marks round what the query finds in it."""
    return SearchHeadline(
        Plain(models.F(field)), query, config=CONFIG, start_sel=_BEGIN, stop_sel=_END, highlight_all=True
    )


def places_of(marked: str) -> Places:
    """Where in the text, in code points, the marked words stand; those that follow one another as one."""
    places: Places = []
    marks = 0
    for found in _MARKED.finditer(marked):
        start = found.start() - marks
        places.append((start, start + len(found[1])))
        marks += 2
    return places
