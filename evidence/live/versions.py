"""Rows told in a few figures: how many there are, and a number that is another once any of them is written again.

PostgreSQL keeps with each row which transaction wrote it last. That is its version: no text is read to find out whether
it was changed, and no row has to keep a time of its own.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, F, Func, QuerySet, Subquery, TextField, Value


class Version(Func):
    """Which transaction wrote a row last: the row itself, or the record that ``of`` points at."""

    output_field = TextField()
    arity = 1

    def __init__(self, of: Any = "", **extra: Any) -> None:
        # Any column of the record's own, so that its table is joined: its key would be read from what points at it.
        super().__init__((f"{of}__created_at" if of else "created_at") if isinstance(of, str) else of, **extra)

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        (column,) = self.get_source_expressions()
        return f"{compiler.quote_name_unless_alias(column.alias)}.xmin::text", []


class Told(Subquery):
    """How many rows a query gives, and the sum of what they say."""

    template = "(SELECT count(*) || ':' || coalesce(sum(says), 0) FROM (%(subquery)s) told)"
    output_field = TextField()


def told(rows: QuerySet[Any], *says: Any) -> Told:
    """The rows by their keys and what is said of each: a name is that of a column, and ``Version()`` the row itself."""
    words = Func(
        Value(":"),
        F("pk"),
        *(F(each) if isinstance(each, str) else each for each in says),
        function="concat_ws",
        output_field=TextField(),
    )
    number = Func(words, Value(0), function="hashtextextended", output_field=BigIntegerField())
    return Told(rows.order_by().annotate(says=number).values("pk", "says"))
