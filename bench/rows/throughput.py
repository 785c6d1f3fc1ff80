"""How many pages of a list the web server hands out in a second, beside an empty view of the same server.

It is served as Attest is, by two workers, on this machine's own address alone, to four readers at once, for a few
seconds. The same page is asked for, as nothing changes meanwhile, and then one that nobody has asked for before; for
that there is no budget, as there is nothing that both have to do but to be sent.
"""

from __future__ import annotations

import http.client
import itertools
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from django.urls import reverse

from bench.large import large
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
    never = itertools.count()
    with _served() as port:
        # Without a cookie nobody asks the database who it is.
        empty = seconds_each(port, lambda: EMPTY, "")
        for called, page in (("sessions", "sessions:list"), ("quotes", "review:quotes")):
            address = reverse(page, args=[here.inquiry.code])
            here.opened(address)
            for said, asked, budget in (
                (f"a page of the list of {called}", lambda address=address: address, BUDGET),
                ("the same, made anew each time", lambda address=address: f"{address}?made={next(never)}", None),
            ):
                each = seconds_each(port, asked, here.cookies)
                yield Line(NAME, said, each, "an empty view of the same server", empty, budget)


def seconds_each(port: int, asked: Callable[[], str], cookies: str, seconds: float = SECONDS) -> float:
    """How long the server takes for each of as many as it hands out in so many seconds."""
    _read(port, asked, cookies, until=time.monotonic())
    begun = time.monotonic()
    with ThreadPoolExecutor(READERS) as readers:
        read = list(readers.map(lambda _: _read(port, asked, cookies, until=begun + seconds), range(READERS)))
    return (time.monotonic() - begun) / sum(read)


def _read(port: int, asked: Callable[[], str], cookies: str, *, until: float) -> int:
    """How many times one reader was answered, one time at the least."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    times = 0
    try:
        while not times or time.monotonic() < until:
            address = asked()
            connection.request("GET", address, headers={"Cookie": cookies, "Host": "localhost"})
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
            _read(port, lambda: EMPTY, "", until=0)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


ROW = Row(NAME, measure)
