"""`make run`: one program that starts the rest, answers, and leaves nothing behind."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import database
from tests.config.conftest import ROOT


@pytest.fixture
def address(django_db_setup: None, django_db_blocker, worker_id: str) -> Iterator[str]:
    """The address of a database of its own, as DATABASE_URL has it."""
    name = f"run_{worker_id}"
    with django_db_blocker.unblock():
        yield database.another_copy(name)
        database.drop(name)


@contextlib.contextmanager
def attest(environment: dict[str, str], port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Runs it until it says its address; gives the process and what it had said by then."""
    with subprocess.Popen(
        [sys.executable, "-m", "config.run"],
        cwd=ROOT,
        env={**environment, "ATTEST_PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = ""
        try:
            while "Attest is at" not in said:
                line = process.stdout.readline()
                assert line, said
                said += line
            yield process, said
        finally:
            process.kill()


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def fetch(port: int, path: str) -> tuple[http.client.HTTPResponse, str]:
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    door.request("GET", path, headers={"Host": "localhost", "Accept-Encoding": "identity"})
    answer = door.getresponse()
    text = answer.read().decode()
    door.close()
    return answer, text


def group_of(pid: int) -> list[int]:
    """The children of a process."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_it_starts_answers_stops_and_starts_again(environment, address, data):
    environment["DATABASE_URL"] = address
    port = free_port()
    with attest(environment, port) as (process, said):
        assert re.findall(r"(\w+)@example\.org", said) == ["clerk", "member", "adviser", "administrator"]
        assert f"http://localhost:{port}/" in said
        page, text = fetch(port, "/account/login/")
        assert page.status == 200
        assert "'unsafe-inline'" not in (page.headers["Content-Security-Policy"] or "unsafe-inline")
        style = re.search(r'href="(/static/attest\.[0-9a-f]+\.css)"', text)
        assert style, text
        sheet, _ = fetch(port, style[1])
        assert (sheet.status, "immutable" in (sheet.headers["Cache-Control"] or "")) == (200, True)
        children = group_of(process.pid)
        assert len(children) == 2
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=120)
        assert (process.returncode, rest) == (0, "\nStopping.\n")
        assert [pid for pid in children if lives(pid)] == []

    began = time.monotonic()
    with attest(environment, port) as (process, said):
        assert time.monotonic() - began < 30  # two to four seconds where nothing else runs
        assert "@example.org" not in said
        assert fetch(port, "/account/login/")[0].status == 200

        refused = subprocess.run(
            [sys.executable, "-m", "config.run"],
            cwd=ROOT,
            env={**environment, "ATTEST_PORT": str(free_port())},
            capture_output=True,
            text=True,
            timeout=180,
        )
        assert (refused.returncode, refused.stderr) == (2, f"Attest runs already with the data in {data}.\n")

        worker = group_of(process.pid)[1]
        os.kill(worker, signal.SIGKILL)
        rest, _ = process.communicate(timeout=120)
        assert process.returncode == 2
        assert "The worker ended by itself (status -9), so all of it was stopped." in rest
        assert group_of_nobody(port)


def group_of_nobody(port: int) -> bool:
    """Whether the port is free again."""
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) != 0
