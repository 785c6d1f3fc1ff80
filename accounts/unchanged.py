"""What was found once is good for as long as nobody has changed anything that it could have been found in.

Numbers of all evidence (beside facets, in the rail, of voices on a theme) are the same for everybody with the same
rights until somebody changes the evidence; reading it changes none. Every table says by itself, by a trigger, in which
transaction it was changed (``Change``), but for those that tell nothing of the evidence (``passed_over``): a table that
is added later says so too. What was found is kept with the snapshot before which it was asked for, and thrown away as
soon as there is a change that this snapshot does not show, whoever has made it.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeVar

import pghistory.models
from django.apps import apps
from django.db import connection

logger = logging.getLogger(__name__)

# By the server's clock. Changes are remembered for longer than any transaction may last that tells of one.
KEPT_FOR, REMEMBERED_FOR = dt.timedelta(minutes=5), dt.timedelta(days=1)
# Statements whose rows are kept, and rows of each. What is longer is as long as the evidence.
MOST, LONGEST = 1_000, 5_000
# Of their tables, none tells of an inquiry.
LIBRARIES = ("django.", "allauth.", "pghistory")
TELLS = "tells_that_it_changed"
# What would be another answer at another time, though nothing has changed.
OF_THE_CLOCK = (
    r"\b(?:now|age|random|timeofday|current_setting)\s*\(|\bcurrent_(?:date|time)|\blocaltime"
    r"|\b(?:clock|statement|transaction)_timestamp|'(?:now|today|tomorrow|yesterday)'"
)

# A server that recovers from a crash has the same start, but lost its statistics; it gives numbers of transactions that
# were taken back to others. What is told of a transaction still to come was told on the server that a backup is of.
_ASKED = """
    SELECT pg_current_snapshot()::text, concat(pg_postmaster_start_time(), ' ', stats_reset), now(), EXISTS (
        SELECT FROM accounts_change
        WHERE transaction >= pg_snapshot_xmin(%(since)s::pg_snapshot)::text::bigint
        AND transaction < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
        AND NOT pg_visible_in_snapshot(transaction::text::xid8, %(since)s::pg_snapshot)
    )
    FROM pg_stat_archiver
"""
_THAT_TELL = """
    SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE tgname = %s AND tgenabled IN ('O', 'A') AND relnamespace = current_schema()::regnamespace
"""
_TELLS = f"""
    CREATE OR REPLACE TRIGGER {TELLS} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {{}}
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_tell_of_change()
"""

Found = TypeVar("Found")


@dataclass
class Since:
    """What was found since a snapshot of a server; nothing has changed from then on."""

    snapshot: str = "1:1:"
    server: str = ""
    begun: dt.datetime | None = None
    # Whether every table tells of its changes; where one does not, nothing is kept.
    told: bool = False
    found: dict[Hashable, Any] = field(default_factory=dict)


# One for the process: each request that meets a change begins another, and leaves this one to those who still hold it.
_latest = Since()
_here: ContextVar[Since | None] = ContextVar("what has been found", default=None)


@contextmanager
def while_answering() -> Iterator[tuple[str, str]]:
    """While a request is answered outside of a transaction. Gives the snapshot before it, and which server's it is.

    What a transaction has changed itself is in no snapshot, so that within one everything is found anew.
    """
    global _latest
    since = _latest
    snapshot, server, now, changed = _asked(since)
    if changed or since.begun is None or server != since.server or now - since.begun > KEPT_FOR:
        told = since.told if server == since.server else _all_tell()
        since = _latest = Since(snapshot, server, now, told)
    token = _here.set(since)
    try:
        yield snapshot, server
    finally:
        _here.reset(token)


def found_once(key: Hashable, find: Callable[[], list[Found]]) -> list[Found]:
    """What ``find`` has found under this key since the last change; it is shared, and not to be changed.

    What has very many rows (``LONGEST``) is not kept.
    """
    here = _here.get()
    if here is None or not here.told or connection.in_atomic_block:
        return find()
    kept: list[Found] | None = here.found.get(key)
    if kept is not None:
        return kept
    found = find()
    if len(found) <= LONGEST:
        if len(here.found) >= MOST:
            here.found.clear()
        here.found[key] = found
    return found


def forget() -> None:
    """Throws away what this process has found."""
    global _latest
    _latest = replace(_latest, begun=None, found={})


def _asked(since: Since) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, {"since": since.snapshot})
        return cursor.fetchone()


def _all_tell() -> bool:
    """Whether every table that is watched has its trigger, as it has after a migration that came to its end."""
    with connection.cursor() as cursor:
        cursor.execute(_THAT_TELL, [TELLS])
        silent = watched() - {table for (table,) in cursor.fetchall()}
    if silent:
        logger.warning("Nobody tells when %s changes: all is counted anew. Run migrate.", ", ".join(sorted(silent)))
    return not silent


@cache
def passed_over() -> frozenset[str]:
    """The tables whose changes are not told: of the libraries, of histories, and what says ``watched = False``."""
    return frozenset(model._meta.db_table for model in _models() if not _is_watched(model))


@cache
def watched() -> frozenset[str]:
    """The tables whose changes are told."""
    return frozenset(model._meta.db_table for model in _models()) - passed_over()


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
    if read := re.search(rf"\b(?:{tables})\b|{OF_THE_CLOCK}", sql, re.IGNORECASE):
        raise ValueError(f"What is found by “{read[0]}” changes, and nobody tells.")
    return sql


def have_tables_tell(**_: Any) -> None:
    """Gives every table that is watched its trigger, and takes it from those that are not; after each migration."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        if "accounts_change" not in there:
            return
        cursor.execute(_THAT_TELL, [TELLS])
        telling = {table for (table,) in cursor.fetchall()}
        for table in sorted((watched() & there) - telling):
            cursor.execute(_TELLS.format(connection.ops.quote_name(table)))
        for table in sorted(telling - watched()):
            cursor.execute(f"DROP TRIGGER {TELLS} ON {connection.ops.quote_name(table)}")
