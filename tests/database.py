"""One database made by the migrations in each run, and a copy of it for each process that runs tests."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from accounts.unchanged import watched

BASE_NAME = settings.DATABASES["default"]["NAME"]


def copied_for(worker: str) -> str:
    """Makes this worker's database and gives its name; the first worker makes the one that is copied."""
    template = _template()
    name = f"test_{BASE_NAME}_{worker}"
    with _one_at_a_time(settings.DATA / "template.lock"):
        made, migrations = settings.DATA / "template.made", _digest_of_migrations()
        if not made.exists() or made.read_text() != migrations:
            _create(template)
            _use(template)
            call_command("migrate", verbosity=0)
            made.write_text(migrations)
        _create(name, template)
    _use(name)
    return name


def another_copy(name: str) -> str:
    """A further database as the migrations make it, for a program that needs its own; gives its address."""
    _create(name, _template())
    return address_of(name)


def empty(name: str) -> str:
    """A database without tables; gives its address."""
    _create(name)
    return address_of(name)


def address_of(name: str) -> str:
    """As DATABASE_URL has it."""
    parameters = connection.get_connection_params()
    login = quote(parameters["user"]) + (f":{quote(parameters['password'])}" if "password" in parameters else "")
    return f"postgres://{login}@/{name}?host={quote(parameters['host'])}&port={parameters.get('port', 5432)}"


def _template() -> str:
    return f"test_{BASE_NAME}_template"


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


def _digest_of_migrations() -> str:
    """Changes with any migration, and with what is done after them, for a data folder that is kept between runs."""
    paths = [path for app in apps.get_app_configs() for path in sorted(Path(app.path).glob("migrations/*.py"))]
    telling = repr(sorted(watched())).encode()
    return hashlib.sha256(b"".join([telling, *(path.read_bytes() for path in paths)])).hexdigest()


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
