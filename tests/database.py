"""One database made by the migrations in each run, and a copy of it for each process that runs tests."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection


def copied_for(worker: str) -> str:
    """Makes this worker's database and gives its name; the first worker makes the one that is copied."""
    template = f"test_{settings.DATABASES['default']['NAME']}_template"
    name = f"test_{settings.DATABASES['default']['NAME']}_{worker}"
    with _one_at_a_time(settings.DATA / "template.lock"):
        if not (settings.DATA / "template.made").exists():
            _create(template)
            _use(template)
            call_command("migrate", verbosity=0)
            (settings.DATA / "template.made").touch()
        _create(name, template)
    _use(name)
    return name


def drop(name: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _create(name: str, template: str = "template1") -> None:
    drop(name)
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
