"""A worker in a process of its own, which is killed with no warning while it is at a job."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from tests import database
from tests.config.conftest import ROOT

WORK = """
import sys, django
django.setup()
from django.conf import settings
from django.utils.module_loading import import_string
settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
settings.EMAIL_PORT = int(sys.argv[3])
import_string(sys.argv[1])(int(sys.argv[2]))
"""


@contextmanager
def message_lost() -> Iterator[None]:
    """What is asked for meanwhile is asked for, but no worker in this process is told."""
    with transaction.atomic():
        yield
        connection.run_on_commit.clear()


def killed_at_work(work: str, pk: int, at_it: Callable[[], bool], *, mail_port: int = 9) -> None:
    """Has another process do the work, and kills it once it is at it."""
    address = database.address_of(connection.settings_dict["NAME"])
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": address}
    command = [sys.executable, "-c", WORK, work, str(pk), str(mail_port)]
    with subprocess.Popen(command, cwd=ROOT, env=surroundings) as worker:
        until = time.monotonic() + 60
        while not at_it():
            assert worker.poll() is None, "The worker has ended before it was seen at work."
            assert time.monotonic() < until, "The worker has not begun."
            time.sleep(0.01)
        worker.kill()


def long_silent(job: Any) -> None:
    """As it is when a sweep comes by minutes later."""
    type(job)._base_manager.filter(pk=job.pk).update(seen_at=timezone.now() - dt.timedelta(minutes=10))
