"""Two who change something at the same moment, each in a transaction of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from django.db import IntegrityError, connection, transaction


def at_once(
    first: Callable[[], Any], second: Callable[[], Any], *, then: Callable[[], Any] = lambda: None
) -> tuple[Any, Any]:
    """Both in transactions of their own; the first holds its own open until the second has come to the same row.

    :param then: what the first does after that, in the same transaction.
    """
    wrote = Event()

    def hold() -> Any:
        try:
            with transaction.atomic():
                done = first()
                wrote.set()
                _wait_for_somebody_to_wait()
                then()
            return done
        finally:
            wrote.set()
            connection.close()

    def follow() -> Any:
        try:
            assert wrote.wait(30)
            with transaction.atomic():
                return second()
        except IntegrityError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as two:
        running = two.submit(hold), two.submit(follow)
        return running[0].result(60), running[1].result(60)


def _wait_for_somebody_to_wait() -> None:
    """Until another transaction stands at one of our locks."""
    blocked = "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    with connection.cursor() as sql:
        for _ in range(1000):
            sql.execute(blocked)
            if sql.fetchone()[0]:
                return
            # Within one transaction the view would say the same each time.
            sql.execute("SELECT pg_sleep(0.01), pg_stat_clear_snapshot()")
    raise AssertionError("The second transaction never came to wait for the first.")
