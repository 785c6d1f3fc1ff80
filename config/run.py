"""`make run`: everything on one machine, from the database to the worker, until Ctrl-C.

Starts PostgreSQL where none is configured, migrates, collects static files, loads the trial inquiry on the first
start, then keeps a web server and a worker running. When one of them ends, all of it ends.
"""

import errno
import fcntl
import http.client
import os
import resource
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from config.children import Child, stop_in_order
from config.commands import ending_in_a_sentence
from config.embedded.refusals import Unavailable
from config.folders import make_data_folder

WEB = [
    *("granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4"),
    *("--no-ws", "--log-level", "warning", "--workers-kill-timeout", "5"),
]
WORKER = [
    *("celery", "--quiet", "--app", "config", "worker", "--beat", "--concurrency", "2"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
]
PATIENCE = 60
LAST_PORT = 65535
USUAL_PORT = 8000
OPEN_FILES = 16_384


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    return ending_in_a_sentence(serve)


def serve() -> None:
    """Prepares what the web server and the worker need, and stays until they are to end."""
    django.setup()
    with _only_one(settings.DATA):
        _refuse_a_port_in_use(settings.BIND, settings.PORT)
        prepare(settings.DATA / "trial-loaded")
        supervise()


def prepare(loaded: Path) -> None:
    """Each step can be done again, so a start that was cut short is finished by the next one."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    # Behind a proxy that speaks HTTPS it is no trial any more.
    if not (settings.HTTPS or loaded.exists()):
        call_command("load_trial")
        # Only passwords that somebody has seen count: a start cut short before this makes new ones the next time.
        sys.stdout.flush()
        loaded.touch()
    connections.close_all()


def supervise() -> None:
    """Keeps the web server and the worker, in that order of their ending, until a signal or the end of one."""
    _allow_open_files()
    address = ["--host", settings.BIND, "--port", str(settings.PORT), "config.wsgi:application"]
    children: list[Child] = []
    try:
        children.append(Child("web server", [*WEB, *address]))
        children.append(Child("worker", [*WORKER, "--loglevel", settings.LOG_LEVEL], silent=True))
        _wait_for_an_answer(children)
        print(f"Attest is at {_address()} - Ctrl-C stops it.", flush=True)
        while not (ended := [child for child in children if child.ended]):
            time.sleep(0.2)
        raise Unavailable(f"The {ended[0].name} ended by itself (status {ended[0].status}), so all of it was stopped.")
    except (KeyboardInterrupt, SystemExit):
        # Ctrl-C, or a service manager's wish: the ordinary end.
        print("\nStopping.", flush=True)
    finally:
        stop_in_order(children)


def _allow_open_files() -> None:
    """Of a folder that is sent at once, each file is an open one until its turn comes; the usual 1,024 are too few."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _wait_for_an_answer(children: list[Child]) -> None:
    until = time.monotonic() + PATIENCE
    while not _answers():
        for child in children:
            if child.ended:
                raise Unavailable(f"The {child.name} did not start (status {child.status}).")
        if time.monotonic() > until:
            raise Unavailable(f"The web server did not answer within {PATIENCE} seconds.")
        time.sleep(0.1)


def _answers() -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.BIND, settings.BIND)  # noqa: S104
    connection = http.client.HTTPConnection(host, settings.PORT, timeout=PATIENCE)
    try:
        connection.request("HEAD", "/", headers={"Host": _named_host()})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Unavailable("The web server runs, but its first page fails; the reason stands above.")
    return True


def _named_host() -> str:
    return next((host for host in settings.ALLOWED_HOSTS if "*" not in host), "localhost").lstrip(".")


def _address() -> str:
    if settings.HOSTS and settings.HTTPS:
        return f"https://{_named_host()}/"
    return f"http://{_named_host()}:{settings.PORT}/"


def _refuse_a_port_in_use(host: str, port: int) -> None:
    if not 0 < port <= LAST_PORT:
        raise Unavailable(f"Nothing was started: ATTEST_PORT is {port}, and a port is a number from 1 to {LAST_PORT}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as reason:
            raise Unavailable(_why_not(host, port, reason)) from None


def _why_not(host: str, port: int, reason: OSError) -> str:
    said = f"Nothing was started, because {host}:{port} can’t be had ({reason.strerror})."
    if reason.errno == errno.EADDRNOTAVAIL:
        return f"{said} ATTEST_BIND must be an address of this machine."
    if isinstance(reason, PermissionError):
        return f"{said} Choose a port from 1024 on: ATTEST_PORT={USUAL_PORT} make run"
    another = port + 1 if port < LAST_PORT else USUAL_PORT
    return f"{said} Choose another port: ATTEST_PORT={another} make run"


@contextmanager
def _only_one(data: Path) -> Iterator[None]:
    make_data_folder(data)
    with (data / "run.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unavailable(f"Attest runs already with the data in {data}.") from None
        yield


if __name__ == "__main__":
    sys.exit(main())
