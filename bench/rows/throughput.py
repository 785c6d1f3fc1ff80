"""How many pages of a list the web server hands out in a second, beside an empty view of the same server.

It is served as Attest is, by two workers, on this machine's own address alone, to four readers at once, for a few
seconds.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from bench.large import Large, large
from bench.measuring import Amount, Line, Row
from config.run import WEB

NAME = "throughput"
BUDGET = 4.0
READERS, SECONDS, PATIENCE = 4, 5.0, 30
HOST = "127.0.0.1"
EMPTY = "/empty/"


def measure(amount: Amount) -> Iterator[Line]:
    """Seconds a page, of the lists that are opened most."""
    here = large(amount)
    with _served() as port:
        empty = seconds_each(here, port, EMPTY, SECONDS)
        for called, page in (("sessions", "sessions:list"), ("quotes", "review:quotes")):
            each = seconds_each(here, port, reverse(page, args=[here.inquiry.code]), SECONDS)
            yield Line(NAME, f"a page of the list of {called}", each, "an empty view of the same server", empty, BUDGET)


def seconds_each(here: Large, port: int, address: str, seconds: float) -> float:
    """How long the server takes for each of as many as it hands out in so many seconds."""
    cookie = f"{settings.SESSION_COOKIE_NAME}={here.browser.cookies[settings.SESSION_COOKIE_NAME].value}"
    _read(port, address, cookie, until=time.monotonic())
    begun = time.monotonic()
    with ThreadPoolExecutor(READERS) as readers:
        read = list(readers.map(lambda _: _read(port, address, cookie, until=begun + seconds), range(READERS)))
    return (time.monotonic() - begun) / sum(read)


def _read(port: int, address: str, cookie: str, *, until: float) -> int:
    """How many times one reader was answered, one time at the least."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    times = 0
    try:
        while not times or time.monotonic() < until:
            connection.request("GET", address, headers={"Cookie": cookie, "Host": "localhost"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != http.HTTPStatus.OK:
                raise AssertionError(f"{address} was answered with {answer.status}.")
            times += 1
    finally:
        connection.close()
    return times


@contextmanager
def _served() -> Iterator[int]:
    """The port at which the server listens as long as this lasts."""
    with socket.socket() as door:
        door.bind((HOST, 0))
        port = door.getsockname()[1]
    program = str(Path(sys.executable).with_name(WEB[0]))
    command = [program, *WEB[1:], "--host", HOST, "--port", str(port), "config.wsgi:application"]
    server = subprocess.Popen(command, env=os.environ | {"DJANGO_SETTINGS_MODULE": "bench.settings"})
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            _read(port, EMPTY, "", until=0)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


ROW = Row(NAME, measure)
