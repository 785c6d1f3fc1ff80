"""Statements that are put together once for a person and their roles. What they find is asked anew each time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

KEPT = 2_000
_STATEMENTS: dict[Hashable, Any] = {}

Kept = TypeVar("Kept")


class Given(str):
    """The name of a value that is given each time the statement is sent."""

    __slots__ = ()


@dataclass(frozen=True)
class Statement:
    sql: str
    values: tuple[Any, ...] = ()

    def rows(self, **given: Any) -> list[tuple[Any, ...]]:
        values = [given[value] if isinstance(value, Given) else value for value in self.values]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            return list(cursor.fetchall())


def compiled(rows: QuerySet[Any], *, none: str = "") -> Statement:
    """The rows as a statement. Where there can be none, it gives no row of the columns in ``none``."""
    try:
        return Statement(*rows.query.sql_with_params())
    except EmptyResultSet:
        return Statement(f"SELECT {none} WHERE FALSE")


def kept_for(user: Any, called: Hashable, put_together: Callable[[], Kept]) -> Kept:
    """What was put together under this name for the person, as long as they have these roles.

    Nothing may stand in it that the database was asked for, but for the roles themselves.
    """
    # The command line and whoever did not sign in have no key, and not the same rights.
    key = (called, user.__class__, getattr(user, "pk", None), tuple(sorted(getattr(user, "roles", {}).items())))
    # Looked up once: another thread may clear them in the meantime.
    kept: Kept | None = _STATEMENTS.get(key)
    if kept is None:
        if len(_STATEMENTS) >= KEPT:
            _STATEMENTS.clear()
        kept = _STATEMENTS[key] = put_together()
    return kept


def number_given(name: str) -> RawSQL:
    """A number that is given under this name each time."""
    return RawSQL("%s::bigint", [Given(name)])


def keys_given(name: str) -> RawSQL:
    """The keys in a list that is given under this name each time (``quote__in``)."""
    return RawSQL("SELECT unnest(%s::bigint[])", [Given(name)])


def names_given(name: str) -> RawSQL:
    """The names in a list that is given under this name each time (``name__in``)."""
    return RawSQL("SELECT unnest(%s::text[])", [Given(name)])


def keys_kept_for(user: Any, called: Hashable, rows: Callable[[], QuerySet[Any]]) -> RawSQL:
    """The keys of the rows, as a part of other statements (``submission__in``), put together once like ``kept_for``.

    What a person may see is asked of several kinds in each statement of a page: to put that together anew each time
    took longer than the database takes to answer. Where it is the same for everybody, the user is None.
    """
    kept = kept_for(user, (called, "keys"), lambda: compiled(rows().order_by().values("pk"), none="NULL::bigint"))
    return RawSQL(kept.sql, kept.values)  # noqa: S611 - as Django has put it together
