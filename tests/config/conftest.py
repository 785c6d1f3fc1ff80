"""Data folders of their own for tests that start and stop servers."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

import pytest
from pytest_django import DjangoDbBlocker

from config.embedded.server import Server
from tests import database

ROOT = Path(__file__).resolve().parent.parent.parent
# What this project, Django and the tests' own browser read of the environment is not for the commands under test.
NOT_HANDED_ON = ("ATTEST_", "DJANGO_", "DATABASE_URL", "CELERY_BROKER_URL")


@pytest.fixture
def data() -> Iterator[Path]:
    """An empty data folder, whose server is stopped in the end whatever the test has done."""
    above = Path(tempfile.mkdtemp(prefix="attest-test-"))
    above.chmod(0o711)
    yield above / "data"
    server = Server(above / "data")
    server.stop_if_left()
    home = above / "data" / "postgres"
    if home.is_symlink():
        shutil.rmtree(home.resolve())
    shutil.rmtree(above)


@pytest.fixture
def environment(data: Path) -> dict[str, str]:
    """What a command is started with; as little as can be."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_HANDED_ON)}
    return {**kept, "ATTEST_DATA": str(data)}


@pytest.fixture
def manage(environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a manage.py command to its end."""

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**environment, **more},
            capture_output=True,
            text=True,
            timeout=300,
        )

    return run


@pytest.fixture
def empty_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[str]:
    """The address of a database that has no tables."""
    with django_db_blocker.unblock():
        yield database.empty(f"empty_{worker_id}")
        database.drop(f"empty_{worker_id}")


@pytest.fixture
def address(django_db_setup: None, django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[str]:
    """The address of a database of its own, as the migrations make it."""
    with django_db_blocker.unblock():
        yield database.another_copy(f"own_{worker_id}")
        database.drop(f"own_{worker_id}")


class User:
    """A process that uses the server of a data folder until it is told to end."""

    SCRIPT = """
import sys
import pathlib
import psycopg
from config.embedded.server import server_in
server = server_in(pathlib.Path(sys.argv[1]))
with psycopg.connect(host=server.hold(), user="attest", dbname="attest") as connection:
    for line in sys.stdin:
        print(connection.execute(line).fetchone()[0], flush=True)
"""

    def __init__(self, data: Path, **environment: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", self.SCRIPT, str(data)],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @property
    def _pipes(self) -> tuple[IO[str], IO[str], IO[str]]:
        """Its input, output and complaints."""
        ends = (self._process.stdin, self._process.stdout, self._process.stderr)
        return cast(tuple[IO[str], IO[str], IO[str]], ends)

    def ask(self, query: str) -> str:
        asked, answers, complaints = self._pipes
        asked.write(f"{query}\n")
        asked.flush()
        answer = answers.readline()
        if not answer:
            raise AssertionError(complaints.read())
        return answer.strip()

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()

    def clear_away(self) -> None:
        if self._process.poll() is None:
            self.kill()
        for pipe in self._pipes:
            pipe.close()

    def end(self) -> str:
        """Ends it and gives what it complained of."""
        return self._process.communicate(timeout=180)[1]


@pytest.fixture
def user(data: Path) -> Iterator[Callable[[], User]]:
    begun: list[User] = []

    def begin() -> User:
        begun.append(User(data))
        return begun[-1]

    yield begin
    for each in begun:
        each.clear_away()
