"""Words as they are sought: English, by their stems, whatever their accents and however their apostrophes are set."""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.postgres.search import CombinedSearchQuery, SearchHeadline, SearchQuery, SearchVectorField
from django.db import connections, models

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

_TERM = re.compile(r'-?"[^"]*"?|\S+')
_BEGUN = re.compile(r"(?P<without>-?)(?P<word>\w+)(?P<star>\*?)")
_QUOTES = str.maketrans("“”„", '"""')


def asked_for(text: str, *, typing: bool = False) -> SearchQuery | CombinedSearchQuery:
    """What a person looks for: words, "phrases", OR, -not; ``commun*`` is the beginning of a word.

    While somebody is still typing, so is the last word. Any text asks for something; one without a word, for nothing.
    """
    plain = text.translate(STRAIGHT).translate(_QUOTES).replace("\0", " ")
    if not typing and "*" not in plain:
        return _sought(plain)
    terms = _TERM.findall(plain)
    either: list[Any] = [None]
    for place, term in enumerate(terms, 1):
        if term == "OR" and place < len(terms):
            either.append(None)
            continue
        one = _term(term, begun=typing and place == len(terms))
        either[-1] = one if either[-1] is None else either[-1] & one
    asked = [each for each in either if each is not None] or [_sought("")]
    return functools.reduce(operator.or_, asked)


def _sought(plain: str) -> SearchQuery:
    return SearchQuery(plain, config=CONFIG, search_type="websearch")


def _term(term: str, *, begun: bool) -> SearchQuery:
    match = _BEGUN.fullmatch(term)
    if not match or not (begun or match["star"]):
        return _sought(term)
    beginning = SearchQuery(f"{match['word']}:*", config=CONFIG, search_type="raw")
    return ~beginning if match["without"] else beginning


class Stems(SearchQuery):
    """Words given as they are kept, as stems: ``'hall' & 'key' | 'librari'``."""

    def __init__(self, sought: str) -> None:
        super().__init__(sought, search_type="raw")

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        return super().as_sql(*args, **kwargs | {"template": "%(expressions)s::tsquery"})


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


def places_of_stems(asked: Sequence[tuple[str, Iterable[str]]]) -> list[Places]:
    """Where in each text the stems stand that are asked for in it: all in one look."""
    statement = f"""
        SELECT ts_headline('{CONFIG}', translate(said, '{APOSTROPHES}', '{_AS_MANY}'), sought::tsquery, %s)
        FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS asked (said, sought, n) ORDER BY n
    """  # noqa: S608 - put together from this file alone
    options = f"StartSel={_BEGIN}, StopSel={_END}, HighlightAll=true"
    sought = [" | ".join(f"'{stem}'" for stem in stems) for _, stems in asked]
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, [options, [text for text, _ in asked], sought])
        return [places_of(marked) for (marked,) in cursor.fetchall()]
