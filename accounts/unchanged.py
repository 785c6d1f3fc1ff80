"""What was found once is good for as long as nobody has changed anything that it could have been found in.

Numbers of all evidence (beside facets, in the rail, of voices on a theme) are the same for everybody with the same
rights until somebody changes the evidence; reading it changes none. Every table says by itself, by a trigger, in which
transaction it was changed (``Change``), but for those that tell nothing of the evidence (``passed_over``): a table that
is added later says so too. What was found is kept with the snapshot before which it was asked for, and thrown away as
soon as there is a change that this snapshot does not show, whoever has made it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

import pghistory.models
from django.apps import apps
from django.db import connection

# By the server's clock. Changes are remembered for longer than any transaction may last that tells of one.
KEPT_FOR, REMEMBERED_FOR = dt.timedelta(minutes=5), dt.timedelta(days=1)
MOST = 1_000
# Of their tables, none tells of an inquiry.
LIBRARIES = ("django.", "allauth.", "pghistory")
TELLS = "tells_that_it_changed"
# What would be another answer at another time, though nothing has changed.
OF_THE_CLOCK = r"now\s*\(|current_date|current_time|localtime|clock_timestamp|statement_timestamp|random\s*\("

_ASKED = """
    SELECT pg_current_snapshot()::text, pg_postmaster_start_time(), now(), EXISTS (
        SELECT FROM accounts_change
        WHERE transaction >= pg_snapshot_xmin(%(since)s::pg_snapshot)::text::bigint
        AND NOT pg_visible_in_snapshot(transaction::text::xid8, %(since)s::pg_snapshot)
    )
"""
_SILENT = """
    SELECT relname FROM pg_class
    WHERE relname = ANY (%s) AND relkind = 'r' AND relnamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = %s)
"""
_TELLS = f"""
    CREATE TRIGGER {TELLS} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {{}}
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_tell_of_change()
"""

Found = TypeVar("Found")


@dataclass
class Since:
    """What was found since a snapshot of a server; nothing has changed from then on."""

    snapshot: str = "1:1:"
    server: dt.datetime | None = None
    begun: dt.datetime | None = None
    found: dict[Hashable, Any] = field(default_factory=dict)


# One for the process: each request that meets a change begins another, and leaves this one to those who still hold it.
_latest = Since()
_here: ContextVar[Since | None] = ContextVar("what has been found", default=None)


@contextmanager
def while_answering() -> Iterator[tuple[str, dt.datetime]]:
    """While a request is answered outside of a transaction. Gives the snapshot before it, and since when it is counted.

    What a transaction has changed itself is in no snapshot, so that within one everything is found anew.
    """
    global _latest
    since = _latest
    snapshot, server, now, changed = _asked(since)
    if changed or since.begun is None or server != since.server or now - since.begun > KEPT_FOR:
        since = _latest = Since(snapshot, server, now)
    token = _here.set(since)
    try:
        yield snapshot, server
    finally:
        _here.reset(token)


def found_once(key: Hashable, find: Callable[[], Found]) -> Found:
    """What ``find`` has found under this key since the last change; it is shared, and not to be changed."""
    here = _here.get()
    if here is None or connection.in_atomic_block:
        return find()
    found: Found | None = here.found.get(key)
    if found is None:
        if len(here.found) >= MOST:
            here.found.clear()
        found = here.found[key] = find()
    return found


def forget() -> None:
    """Throws away what this process has found."""
    global _latest
    _latest = Since()


def _asked(since: Since) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, {"since": since.snapshot})
        return cursor.fetchone()


@cache
def passed_over() -> frozenset[str]:
    """The tables whose changes are not told: of the libraries, of histories, and what says ``watched = False``."""
    return frozenset(model._meta.db_table for model in _models() if not _is_watched(model))


def _models() -> list[Any]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _is_watched(model: Any) -> bool:
    if model._meta.app_config.name.startswith(LIBRARIES) or issubclass(model, pghistory.models.Event):
        return False
    return bool(getattr(model, "watched", True))


def checked(sql: str) -> str:
    """The statement, if what it finds stays the same while no change is told.

    :raises ValueError: where it reads a table that is passed over, or the clock.
    """
    tables = "|".join(map(re.escape, sorted(passed_over())))
    if read := re.search(rf"\b(?:{tables})\b|\b(?:{OF_THE_CLOCK})", sql, re.IGNORECASE):
        raise ValueError(f"What is found by “{read[0]}” changes, and nobody tells.")
    return sql


def have_tables_tell(**_: Any) -> None:
    """Gives every table that is watched its trigger, where it has none; after each migration."""
    watched = sorted({model._meta.db_table for model in _models()} - passed_over())
    with connection.cursor() as cursor:
        if "accounts_change" not in connection.introspection.table_names(cursor):
            return
        cursor.execute(_SILENT, [watched, TELLS])
        for (table,) in cursor.fetchall():
            cursor.execute(_TELLS.format(connection.ops.quote_name(table)))
