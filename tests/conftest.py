"""What every test may use."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections
from pytest_django import DjangoDbBlocker

from config.embedded.server import server_in
from tests import database


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, worker_id: str
) -> Iterator[None]:
    """A database for this process, a copy of the one that the migrations have made."""
    with django_db_blocker.unblock():
        name = database.copied_for(worker_id)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        database.drop(name)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stops the server with the last process, which then removes the throwaway data."""
    if "embedded" not in settings.DATABASES["default"]["ENGINE"]:
        return
    connections.close_all()
    server = server_in(settings.DATA)
    server.release()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        server.stop_if_left()
        shutil.rmtree((settings.DATA / "postgres").resolve(), ignore_errors=True)
        shutil.rmtree(settings.DATA, ignore_errors=True)
