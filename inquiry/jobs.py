"""Sending a job's message. The row is there already, so a message that cannot be sent loses nothing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from celery import current_app
from django.db import DatabaseError, connection, transaction
from kombu.exceptions import OperationalError

from inquiry.models.jobs import SILENT_FOR, JobQuerySet

log = logging.getLogger(__name__)
ATTEMPTS = 3
SEEN_EVERY = SILENT_FOR / 6
OUR_FAULT = "Something went wrong that is not the file’s fault. Try again; if it fails again, tell your administrator."


def send_on_commit(task: str, pk: int) -> None:
    """Tells a worker of the job once its row is committed. Tasks go by name, because actions stand below them."""
    transaction.on_commit(lambda: _send(task, pk))


def _send(task: str, pk: int) -> None:
    try:
        current_app.signature(task, args=(pk,)).apply_async()
    except (OperationalError, OSError):
        log.warning("The broker is away: %s %s waits for the next sweep.", task, pk)


@contextmanager
def beating(jobs: JobQuerySet, pk: int) -> Iterator[Callable[[int, str], None]]:
    """Gives a function to say how far one long transaction has come; it is noted, each second, by another connection.

    What the transaction itself wrote, nobody would see before its end.
    """
    said: list[tuple[int, str]] = [(0, "")]
    over = threading.Event()

    def beat() -> None:
        try:
            while not over.wait(1):
                jobs.report(pk, *said[0])
        except DatabaseError:
            log.warning("How far %s has come could not be noted.", pk)
        finally:
            connection.close()

    beats = threading.Thread(target=beat, daemon=True)
    beats.start()
    try:
        yield lambda progress, doing: said.__setitem__(0, (progress, doing))
    finally:
        over.set()
        beats.join()


@contextmanager
def working_on(jobs: JobQuerySet, pk: int, *expected: type[Exception]) -> Iterator[None]:
    """Marks the job as failed when the work on it raises: with the sentence of an expected error, or with ours.

    Meanwhile somebody is seen at it, however long a step of the work takes.
    """
    over = threading.Event()
    threading.Thread(target=_be_seen, args=(jobs, pk, over), daemon=True).start()
    try:
        yield
    except expected as error:
        jobs.fail(pk, str(error))
    except Exception:
        jobs.fail(pk, OUR_FAULT)
        raise
    finally:
        over.set()


def _be_seen(jobs: JobQuerySet, pk: int, over: threading.Event) -> None:
    """Notes now and then that the job is worked on, by a connection of its own, until it is over."""
    try:
        while not over.wait(SEEN_EVERY.total_seconds()):
            jobs.still_at_it(pk)
    except DatabaseError:
        log.warning("Nobody can be seen at work on %s %s: the database is away.", jobs.model.__name__, pk)
    finally:
        connection.close()


def sweep(jobs: JobQuerySet, task: str) -> None:
    """Sends again what nobody works on; gives up, in a sentence, on what was begun and lost several times."""
    for job in jobs.dropped().only("pk", "attempts"):
        if job.attempts >= ATTEMPTS:
            jobs.fail(job.pk, f"It was begun {job.attempts} times and never finished. Try another file or format.")
        else:
            _send(task, job.pk)
