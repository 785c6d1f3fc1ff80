"""Sending a job's message. The row is there already, so a message that cannot be sent loses nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from inquiry.models.jobs import JobQuerySet

log = logging.getLogger(__name__)
ATTEMPTS = 3
OUR_FAULT = "Something went wrong that is not the file's fault. Try again; if it fails again, tell your administrator."


def send_on_commit(task: str, pk: int) -> None:
    """Tells a worker of the job once its row is committed. Tasks go by name, because actions stand below them."""
    transaction.on_commit(lambda: _send(task, pk))


def _send(task: str, pk: int) -> None:
    try:
        current_app.signature(task, args=(pk,)).apply_async()
    except (OperationalError, OSError):
        log.warning("The broker is away: %s %s waits for the next sweep.", task, pk)


@contextmanager
def working_on(jobs: JobQuerySet, pk: int, *expected: type[Exception]) -> Iterator[None]:
    """Marks the job as failed when the work on it raises: with the sentence of an expected error, or with ours."""
    try:
        yield
    except expected as error:
        jobs.fail(pk, str(error))
    except Exception:
        jobs.fail(pk, OUR_FAULT)
        raise


def sweep(jobs: JobQuerySet, task: str) -> None:
    """Sends again what nobody works on; gives up, in a sentence, on what was begun and lost several times."""
    for job in jobs.dropped().only("pk", "attempts"):
        if job.attempts >= ATTEMPTS:
            jobs.fail(job.pk, f"It was begun {job.attempts} times and never finished. Try another file or format.")
        else:
            _send(task, job.pk)
