"""Statements that are put together once for a person and their roles. What they find is asked anew each time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

KEPT = 2_000
_STATEMENTS: dict[Hashable, Any] = {}

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Statement:
    sql: str
    values: tuple[Any, ...] = ()

    def rows(self) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.values)
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
    key = (called, user.__class__, user.pk, tuple(sorted(getattr(user, "roles", {}).items())))
    # Looked up once: another thread may clear them in the meantime.
    kept: Kept | None = _STATEMENTS.get(key)
    if kept is None:
        if len(_STATEMENTS) >= KEPT:
            _STATEMENTS.clear()
        kept = _STATEMENTS[key] = put_together()
    return kept
