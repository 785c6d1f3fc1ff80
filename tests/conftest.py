"""What every test may use."""

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connections
from pytest_django import DjangoDbBlocker

from config.celery import app
from config.embedded.server import server_in
from tests import database


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, worker_id: str
) -> Iterator[None]:
    """A database for this process, a copy of the one that the migrations have made, no files, and tasks by name."""
    shutil.rmtree(default_storage.path(""), ignore_errors=True)
    app.loader.import_default_modules()
    with django_db_blocker.unblock():
        name = database.copied_for(worker_id)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        database.drop(name)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that start Attest on a database of its own come first: meanwhile another process makes the template."""
    items.sort(key=lambda item: item.path.name not in ("test_run.py", "test_commands.py"))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Lets go of the server; a worker of pytest-xdist ends without the usual goodbyes."""
    connections.close_all()
    if "embedded" in settings.DATABASES["default"]["ENGINE"]:
        server_in(settings.DATA).release()
