"""A quote that is taken, and a tag that is added, each beside one bare row in a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from django.db import connection, transaction

from accounts.roles import CONSOLE
from bench.large import Large, large, read_nothing
from bench.measuring import Amount, Line, Row, Way, side_by_side
from evidence.documents.models import Passage
from evidence.quotes.actions import take_quote
from evidence.quotes.models import Quote
from evidence.tags.actions import tag_theme
from evidence.tags.models import Tag
from inquiry.models import Theme

NAME = "writing"
BUDGET = 15.0
OFTEN = 4
BARE = "one bare row in a transaction"
TABLE = """
    CREATE TABLE bench_{0} (LIKE {0} INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING GENERATED INCLUDING INDEXES)
"""


def measure(amount: Amount) -> Iterator[Line]:
    """Each is one more, in an inquiry that is large already."""
    here, times = large(amount), OFTEN * amount.repeats
    passages = _unquoted(here, times + 1)
    ours, theirs = side_by_side(lambda: _taken(next(passages)), _bare(Quote, "start"), times)
    yield Line(NAME, "a quote is taken", ours, BARE, theirs, BUDGET)
    untagged = _untagged(here, times + 1)
    ours, theirs = side_by_side(lambda: _tagged(*next(untagged)), _bare(Tag, "quote_id"), times)
    yield Line(NAME, "a tag is added", ours, BARE, theirs, BUDGET)


def _unquoted(here: Large, number: int) -> Iterator[Passage]:
    """Passages of written evidence from which nothing was taken."""
    written = Passage.objects.filter(inquiry=here.inquiry, document__submission_file__isnull=False)
    return iter(list(written.filter(quotes_begun=None).select_related("inquiry").order_by("pk")[:number]))


def _taken(passage: Passage) -> None:
    take_quote(first_passage=passage, start=0, last_passage=passage, end=len(passage.received_text), by=CONSOLE)


def _untagged(here: Large, number: int) -> Iterator[tuple[Quote, Theme]]:
    """Quotes, each with a theme to which it is not tagged."""
    themes = set(Theme.objects.filter(inquiry=here.inquiry).leaves().in_use())
    quotes = Quote.objects.filter(inquiry=here.inquiry).select_related("inquiry").order_by("pk")[:number]
    for quote in quotes:
        taken = set(quote.tags.values_list("theme", flat=True))
        yield quote, min((theme for theme in themes if theme.pk not in taken), key=lambda theme: theme.pk)


def _tagged(quote: Quote, theme: Theme) -> None:
    tag_theme(evidence=quote, theme=theme, by=CONSOLE)


def _bare(model: Any, varied: str) -> Way:
    """Puts in a row like the model's first, which differs in one column alone, with the same indexes and no rules."""
    table = model._meta.db_table
    read_nothing(TABLE.format(table))
    columns = [field.column for field in model._meta.concrete_fields if not field.generated and not field.primary_key]
    example = model._base_manager.order_by("pk").values(*columns)[0]
    numbers = count(1_000_000)
    names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO bench_{table} ({names}) VALUES ({marks})"  # noqa: S608 - the model's own names

    def put() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, list((example | {varied: next(numbers)}).values()))

    return put


ROW = Row(NAME, measure)
