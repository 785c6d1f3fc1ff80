"""Locks between processes, which the system lets go of when a process dies, however it dies."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Waits until no other process is in here."""
    handle = _open(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class Use:
    """That this process uses something, told to the others by a shared lock on a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.thread = threading.RLock()
        self._handle: int | None = None
        os.register_at_fork(after_in_child=self._forget)

    @property
    def begun(self) -> bool:
        return self._handle is not None

    def begin(self) -> None:
        handle = _open(self.path)
        fcntl.flock(handle, fcntl.LOCK_SH)
        self._handle = handle

    def is_the_last(self) -> bool:
        """Whether nobody else uses it; asked only under `alone`, so that nobody can begin meanwhile."""
        if self._handle is None:
            return False
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def end(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _forget(self) -> None:
        """In a forked child: the lock is the parent's, and the child takes its own when it needs one."""
        self.thread = threading.RLock()
        self.end()
