"""`make run`: one program that starts the rest, answers, works, and leaves nothing behind."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.config.conftest import ROOT
from tests.submissions.test_logging import asked

COMMAND = [sys.executable, "-m", "config.run"]
WORDS = "Our street has a hall and nobody has the key."


class Visitor:
    """Somebody with a browser that keeps cookies, and sends forms with what they hold against forgery."""

    def __init__(self, port: int) -> None:
        self._at = f"http://localhost:{port}"
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def look(self, path: str) -> str:
        with self._opener.open(self._at + path, timeout=30) as answer:
            return answer.read().decode()

    def send(self, path: str, **form: Any) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.look(path))
        assert token
        data = urllib.parse.urlencode(form | {"csrfmiddlewaretoken": token[1]}, doseq=True).encode()
        with self._opener.open(self._at + path, data, timeout=30) as answer:
            return answer.read().decode()


@contextlib.contextmanager
def attest(environment: dict[str, str], port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Runs it until it says its address; gives the process and what it had said by then."""
    with subprocess.Popen(
        COMMAND,
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
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(60)
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


def test_a_trial_is_started_used_stopped_and_started_again(environment, data):
    """On the database that comes along, as `make run` starts it on a machine that has nothing."""
    port = free_port()
    a_start_that_is_cut_short_before_it_has_shown_the_passwords(environment, data)
    with attest(environment, port) as (process, said):
        people = dict(re.findall(r"(\w+@example\.org) +(\S+)", said))
        assert list(people) == [f"{role}@example.org" for role in ("clerk", "member", "adviser", "administrator")]
        assert f"http://localhost:{port}/" in said
        its_pages_may_run_nothing_foreign_and_its_style_is_kept(port)
        clerk = signed_in(port, people)
        the_worker_reads_what_the_clerk_logs(clerk)
        stopped_by_ctrl_c_nothing_is_left(process, data)

    with started_in_under_ten_seconds(environment, port) as (process, said):
        assert "@example.org" not in said
        assert "Harbour Residents (fictional)" in signed_in(port, people).look("/LUI/submissions/")
        a_second_one_is_refused(environment, data)
        when_the_worker_ends_all_of_it_ends(process, port)


def a_start_that_is_cut_short_before_it_has_shown_the_passwords(environment: dict[str, str], data: Path) -> None:
    """The inquiry is loaded, but what should show the passwords takes no more."""
    with open("/dev/full", "w") as full:  # noqa: PTH123
        ended = subprocess.run(
            COMMAND,
            cwd=ROOT,
            env={**environment, "ATTEST_PORT": str(free_port())},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=300,
        )
    assert ended.stderr.splitlines()[0] == "No space left on device"
    assert "Traceback" not in ended.stderr
    assert not (data / "trial-loaded").exists()


def its_pages_may_run_nothing_foreign_and_its_style_is_kept(port: int) -> None:
    page, text = fetch(port, "/account/login/")
    assert page.status == 200
    assert "'unsafe-inline'" not in (page.headers["Content-Security-Policy"] or "unsafe-inline")
    style = re.search(r'href="(/static/attest\.[0-9a-f]+\.css)"', text)
    assert style, text
    sheet, _ = fetch(port, style[1])
    assert (sheet.status, "immutable" in (sheet.headers["Cache-Control"] or "")) == (200, True)


def signed_in(port: int, people: dict[str, str]) -> Visitor:
    clerk = Visitor(port)
    email = "clerk@example.org"
    assert "Inquiry into levelling up" in clerk.send("/account/login/", login=email, password=people[email])
    return clerk


def the_worker_reads_what_the_clerk_logs(clerk: Visitor) -> None:
    """The message goes by the broker to the worker; a sweep would take minutes to find what got lost."""
    submitter = {"organisation": "Harbour Residents (fictional)", "sector": "residents"}
    shown = clerk.send("/LUI/submissions/add/", **asked(submitter, text=WORDS))
    number = re.search(r"LUI0*(\d+)", shown)
    assert number
    until = time.monotonic() + 60
    while not (read := re.search(r'href="(/LUI/read/\d+/)"', clerk.look(f"/LUI/submissions/{number[1]}/"))):
        assert time.monotonic() < until, "No worker has read it."
        time.sleep(0.2)
    assert WORDS in clerk.look(read[1])


@contextlib.contextmanager
def started_in_under_ten_seconds(environment: dict[str, str], port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """From the command to the address. A machine that has much else to do is slow now and then, not three times."""
    for last in (False, False, True):
        began = time.monotonic()
        with attest(environment, port) as started:
            took = time.monotonic() - began
            if took < 10:
                yield started
                return
        assert not last, took


def stopped_by_ctrl_c_nothing_is_left(process: subprocess.Popen[str], data: Path) -> None:
    children = group_of(process.pid)
    assert len(children) == 2
    process.send_signal(signal.SIGINT)
    assert process.wait(120) == 0
    assert [pid for pid in children if lives(pid)] == []
    assert not ((data / "postgres").resolve() / "data" / "postmaster.pid").exists()


def a_second_one_is_refused(environment: dict[str, str], data: Path) -> None:
    refused = subprocess.run(
        COMMAND,
        cwd=ROOT,
        env={**environment, "ATTEST_PORT": str(free_port())},
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert (refused.returncode, refused.stderr) == (2, f"Attest runs already with the data in {data}.\n")


def when_the_worker_ends_all_of_it_ends(process: subprocess.Popen[str], port: int) -> None:
    worker = group_of(process.pid)[1]
    os.kill(worker, signal.SIGKILL)
    rest, _ = process.communicate(timeout=120)
    assert process.returncode == 2
    assert "The worker ended by itself (status -9), so all of it was stopped." in rest
    with socket.socket() as door:
        assert door.connect_ex(("127.0.0.1", port)) != 0
