"""The programs that `make run` keeps: they never outlive it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

PR_SET_PDEATHSIG = 1
GRACE = 20
# Celery's reason for it, a message that holds code, is ruled out: only JSON is read.
AS_ROOT = "ignore:You're running the worker with superuser privileges"


class Child:
    """A Python program in a process group of its own, so that a Ctrl-C reaches only the one who stops it."""

    def __init__(self, name: str, command: Sequence[str], *, silent: bool = False) -> None:
        """``silent`` when only its log matters: Celery, for one, says goodbye on standard output."""
        self.name = name
        parent = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-W", AS_ROOT, "-m", *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if silent else None,
            start_new_session=True,
            preexec_fn=lambda: _die_with(parent),
        )

    @property
    def status(self) -> int | None:
        return self._process.poll()

    @property
    def ended(self) -> bool:
        return self.status is not None

    def ask_to_end(self) -> None:
        if not self.ended:
            self._process.terminate()

    def end(self, until: float) -> None:
        """Waits for its end; then, or when patience ends, nothing of its group is left."""
        try:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(max(0.1, until - time.monotonic()))
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def stop_in_order(children: Sequence[Child]) -> None:
    """First no new requests, then no new work; a second Ctrl-C ends the waiting."""
    until = time.monotonic() + GRACE
    try:
        for child in children:
            child.ask_to_end()
            child.end(until)
    except KeyboardInterrupt:
        for child in children:
            child.end(time.monotonic())


def _die_with(parent: int) -> None:
    """In the child: end when the parent is killed, where the system can say so (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(2)
