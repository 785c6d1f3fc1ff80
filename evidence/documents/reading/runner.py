"""Reading a file in a child process, so that no file can take the worker with it."""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, Any, cast

from evidence.documents.reading.kinds import BROKEN_PDF, BROKEN_WORD, EMPTY, Kind, Unreadable
from evidence.documents.reading.passages import Reading, ReadPassage

Message = dict[str, Any]

logger = logging.getLogger(__name__)

SECONDS = 120
GRACE = 5
LONGEST_LINE = 2_000_000
MOST_PASSAGES = 500_000
ROOT = Path(__file__).resolve().parents[3]

TOO_SLOW = "Reading this document took too long. Split it into smaller documents, and send those."
TOO_BIG = "This document holds more text than can be taken in at once. Split it, and send the parts."
BROKEN = {
    Kind.PDF: BROKEN_PDF,
    Kind.DOCX: BROKEN_WORD,
    Kind.TEXT: "This text could not be read. Save it as UTF-8, and send that.",
}


def _quiet(percent: int, what: str) -> None:
    pass


def read(
    data: bytes, kind: Kind, progress: Callable[[int, str], None] = _quiet, *, seconds: float = SECONDS
) -> Reading:
    """The passages of a document, or Unreadable with a sentence that says what to do."""
    passages: list[ReadPassage] = []
    notes: tuple[str, ...] = ()
    with closing(in_child([__package__, str(kind)], data, BROKEN[kind], progress, seconds)) as messages:
        for message in messages:
            if "passage" in message:
                passages.append(ReadPassage(**message["passage"]))
                if len(passages) > MOST_PASSAGES:
                    raise Unreadable(TOO_BIG)
            else:
                notes = tuple(message["notes"])
    if not passages:
        raise Unreadable(EMPTY)
    return Reading(tuple(passages), notes)


def in_child(
    module: Sequence[str], data: bytes, broken: str, progress: Callable[[int, str], None], seconds: float = SECONDS
) -> Generator[Message, None, None]:
    """What a child process says of the bytes on its standard input, message by message, its last one without fail.

    :raises Unreadable: with the child's own sentence; with `broken` when the child dies; or when it takes too long.
    """
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as said:
        source.write(data)
        source.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-s", "-P", "-m", *module],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=said,
            cwd=ROOT,
            # Nothing of the server's environment (its secrets least of all) is of use to a reader.
            env={"PYTHONPATH": str(ROOT), "PATH": os.defpath, "LANG": "C.UTF-8"},
            start_new_session=True,
        )
        late = threading.Event()
        timer = threading.Timer(seconds, _end, (child, late))
        timer.start()
        try:
            whole = yield from _listen(cast(IO[bytes], child.stdout), progress)
            if not whole:
                with suppress(subprocess.TimeoutExpired):
                    child.wait(GRACE)
        finally:
            timer.cancel()
            _end(child)
            child.wait()
            cast(IO[bytes], child.stdout).close()
        if not whole:
            said.seek(0)
            last_words = said.read()[-2000:].decode(errors="replace")
            logger.warning("%s failed (exit status %s): %s", " ".join(module), child.returncode, last_words)
            raise Unreadable(TOO_SLOW if late.is_set() or child.returncode == -signal.SIGXCPU else broken)


def _listen(lines: IO[bytes], progress: Callable[[int, str], None]) -> Generator[Message, None, bool]:
    """The messages that the child prints; whether it came to the last one, which has notes."""
    while line := lines.readline(LONGEST_LINE):
        if not line.endswith(b"\n"):
            return False
        message: Message = json.loads(line)
        if "progress" in message:
            progress(*message["progress"])
        elif "unreadable" in message:
            raise Unreadable(message["unreadable"])
        else:
            yield message
            if "notes" in message:
                return True
    return False


def _end(child: subprocess.Popen[bytes], late: threading.Event | None = None) -> None:
    """End the child and what it started, which may have outlived it; it leads a group of its own."""
    if late:
        late.set()
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
