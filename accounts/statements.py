"""Statements that are put together once for a person and their roles. What they find is asked anew each time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Count, Func, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.query import ModelIterable

from accounts.unchanged import checked, found_once

KEPT = 2_000
_STATEMENTS: dict[Hashable, Any] = {}

Kept = TypeVar("Kept")


class Given(str):
    """The name of a value that is given each time the statement is sent."""

    __slots__ = ()


class OneOf(Func):
    """Whether a key is one of an array’s, which is asked for first: the few rows of a list are found by an index."""

    template, arg_joiner, output_field = "%(expressions)s)", " = ANY (", BooleanField()

    def __init__(self, key: str, keys: Any) -> None:
        super().__init__(key, keys)


@dataclass(frozen=True)
class Statement:
    sql: str
    values: tuple[Any, ...] = ()

    def rows(self, **given: Any) -> list[tuple[Any, ...]]:
        values = [given[value] if isinstance(value, Given) else value for value in self.values]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            return list(cursor.fetchall())

    def numbers(self, **given: Any) -> list[tuple[Any, ...]]:
        """The same rows, found once while no change of anything is told that they could depend on.

        :raises ValueError: where nobody would tell.
        """
        return found_once((self.key, *sorted(given.items())), partial(self.rows, **given))

    @cached_property
    def key(self) -> str:
        """What it asks for, written out; of a statement whose answers may be kept."""
        return f"{checked(self.sql)}\n{self.values!r}"


@dataclass(frozen=True)
class Records:
    """A statement whose rows are records of a model, with what stands beside them, as their query said.

    ``compiler`` is Django's, which has put the statement together and knows what each column is; it is only read.
    There is none where nothing can be found.
    """

    statement: Statement
    compiler: Any

    def found(self, **given: Any) -> list[Any]:
        """The records, in their order."""
        if not self.compiler:
            return []
        sent: Any = _Sent(self, self.statement.rows(**given))
        return list(ModelIterable(sent))


class _Sent:
    """Rows that were read already, for Django’s own making of records: queryset, query and compiler in one."""

    _known_related_objects: dict[Any, Any] = {}

    def __init__(self, records: Records, rows: list[tuple[Any, ...]]) -> None:
        self.query, self.db, self.rows = self, connection.alias, rows
        self.compiler = compiler = records.compiler
        self.select, self.klass_info = compiler.select, compiler.klass_info
        self.annotation_col_map = compiler.annotation_col_map

    def get_compiler(self, using: str) -> _Sent:
        return self

    def execute_sql(self, **_: Any) -> list[list[tuple[Any, ...]]]:
        return [self.rows]

    def results_iter(self, results: list[list[tuple[Any, ...]]]) -> Any:
        return self.compiler.results_iter(results)


def compiled(rows: QuerySet[Any], *, none: str = "") -> Statement:
    """The rows as a statement. Where there can be none, it gives no row of the columns in ``none``."""
    try:
        return Statement(*rows.query.sql_with_params())
    except EmptyResultSet:
        return Statement(f"SELECT {none} WHERE FALSE")


def records_of(rows: QuerySet[Any]) -> Records:
    """The query of records, put together; what it would read after them (``prefetch_related``) is left out."""
    # Of whatever thread sends it: a compiler that is kept would keep the connection of the one that put it together.
    compiler: Any = rows.query.get_compiler(connection=connection)
    try:
        return Records(Statement(*compiler.as_sql()), compiler)
    except EmptyResultSet:
        return Records(Statement(""), None)


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


def records_kept_for(user: Any, called: Hashable, rows: Callable[[], QuerySet[Any]], **given: Any) -> list[Any]:
    """The records that the person may see of a query that is put together once, like ``kept_for``.

    For a page of a list, Django puts its query together and compiles it for longer than the database answers it.
    """
    return kept_for(user, (called, "records"), lambda: records_of(rows())).found(**given)


def totals_kept_for(user: Any, called: Hashable, rows: Callable[[], QuerySet[Any]], **totals: Any) -> dict[str, Any]:
    """The totals of the rows that the person may see, counted once until something changes (``Statement.numbers``)."""

    def counting() -> Statement:
        # With nothing of each of them in it, the query is of all of them together: one row.
        together = rows().order_by().annotate(together=Value(1)).values("together")
        return compiled(together.annotate(**totals).values_list(*totals), none=", ".join(["NULL"] * len(totals)))

    for found in kept_for(user, (called, "totals"), counting).numbers():
        return dict(zip(totals, found, strict=True))
    return {name: 0 if isinstance(total, Count) else None for name, total in totals.items()}


def number_given(name: str) -> RawSQL:
    """A number that is given under this name each time."""
    return RawSQL("%s::bigint", [Given(name)])


def keys_given(name: str) -> RawSQL:
    """The keys in a list that is given under this name each time (``quote__in``)."""
    return RawSQL("SELECT unnest(%s::bigint[])", [Given(name)])


def among(name: str, key: str = "pk") -> OneOf:
    """Whether the key is in a list that is given under this name each time.

    For queries of many tables: a subquery (``keys_given``) would be one more, and where there are more than eight the
    database may come to it last, when it has put all rows together.
    """
    return OneOf(key, RawSQL("%s::bigint[]", [Given(name)]))


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
