"""Many rows at once, by COPY: the quickest way into a table. Its constraints and triggers hold as for any other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql


def copy_in(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Writes the rows, whose values stand in the order of the fields, one after another; gives their number."""
    columns = [model._meta.get_field(name).attname for name in fields]  # type: ignore[union-attr]
    names = sql.SQL(", ").join([sql.Identifier(column) for column in columns])
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), names)
    count = 0
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def tell_how_tables_have_grown(grown: Iterable[type[models.Model]]) -> None:
    """In a long transaction: nobody else sees what it has written, so without this the database goes on planning for
    few rows, and looks through all of them each time."""
    with connection.cursor() as sql:
        for model in grown:
            sql.execute(f"ANALYZE (SKIP_LOCKED) {connection.ops.quote_name(model._meta.db_table)}")
