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

from evidence.documents.reading.kinds import (
    BROKEN_HTML,
    BROKEN_MAIL,
    BROKEN_ODT,
    BROKEN_PDF,
    BROKEN_RTF,
    BROKEN_TEXT,
    BROKEN_WORD,
    EMPTY,
    Kind,
    Unreadable,
)
from evidence.documents.reading.passages import Attached, Reading, ReadPassage

Message = dict[str, Any]

logger = logging.getLogger(__name__)

SECONDS = 120
# For a scan, whose words have to be recognised; less than a job may take.
SECONDS_FOR_A_SCAN = 480
GRACE = 5
LONGEST_LINE = 2_000_000
MOST_PASSAGES = 500_000
# Bytes, as the child says them: more than a file of the largest size holds, if it is not blown up.
MOST_SAID = 80_000_000
ROOT = Path(__file__).resolve().parents[3]
# Bytes that the C library asks for at once, and keeps for the next page when one is closed: it lives for one file.
MEMORY = {"MALLOC_TOP_PAD_": "33554432", "MALLOC_TRIM_THRESHOLD_": "268435456"}

TOO_SLOW = "Reading this document took too long. Split it into smaller documents, and send those."
TOO_BIG = "This document holds more text than can be taken in at once. Split it, and send the parts."
BROKEN = {
    Kind.PDF: BROKEN_PDF,
    Kind.DOCX: BROKEN_WORD,
    Kind.ODT: BROKEN_ODT,
    Kind.RTF: BROKEN_RTF,
    Kind.HTML: BROKEN_HTML,
    Kind.MARKDOWN: BROKEN_TEXT,
    Kind.TEXT: BROKEN_TEXT,
    Kind.EML: BROKEN_MAIL,
}


def _quiet(percent: int, what: str) -> None:
    pass


def read(
    data: bytes, kind: Kind, progress: Callable[[int, str], None] = _quiet, *, seconds: float = SECONDS
) -> Reading:
    """The passages of a document, or Unreadable with a sentence that says what to do."""
    passages: list[ReadPassage] = []
    attached: list[Attached] = []
    notes: tuple[str, ...] = ()
    with closing(in_child([__package__, str(kind)], data, BROKEN[kind], progress, seconds)) as messages:
        for message in messages:
            if "passage" in message:
                passages.append(ReadPassage(**message["passage"]))
                if len(passages) > MOST_PASSAGES:
                    raise Unreadable(TOO_BIG)
            elif "attached" in message:
                attached.append(Attached(message["attached"], message["data"]))
            else:
                notes = tuple(message["notes"])
    if not passages and not attached:
        raise Unreadable(EMPTY)
    return Reading(tuple(passages), notes, tuple(attached))


def in_child(
    module: Sequence[str], data: bytes, broken: str, progress: Callable[[int, str], None], seconds: float = SECONDS
) -> Generator[Message, None, None]:
    """What a child process says of the bytes on its standard input, message by message, its last one without fail.

    The child's last argument is a folder of its own, which is gone afterwards.

    :raises Unreadable: with the child's own sentence; with `broken` when the child dies; or when it takes too long.
    """
    with (
        tempfile.TemporaryFile() as source,
        tempfile.TemporaryFile() as said,
        tempfile.TemporaryDirectory(prefix="attest-reading-") as folder,
    ):
        source.write(data)
        source.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-s", "-P", "-m", *module, folder],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=said,
            cwd=ROOT,
            env=_surroundings(folder),
            start_new_session=True,
        )
        patience = _Patience(child, seconds)
        try:
            whole = yield from _listen(cast(IO[bytes], child.stdout), progress, Path(folder), patience)
            if not whole:
                with suppress(subprocess.TimeoutExpired):
                    child.wait(GRACE)
        finally:
            patience.over()
            _end(child)
            child.wait()
            cast(IO[bytes], child.stdout).close()
        if not whole:
            logger.warning("%s failed (exit status %s): %s", " ".join(module), child.returncode, _last_words(said))
            raise Unreadable(TOO_SLOW if patience.lost or child.returncode == -signal.SIGXCPU else broken)


def _last_words(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read()[-2000:].decode(errors="replace")


def _surroundings(folder: str) -> dict[str, str]:
    """Where programs are. Nothing else of the server's environment (its secrets least of all) is of use to a reader."""
    path = os.environ.get("PATH", os.defpath)
    return {"PYTHONPATH": str(ROOT), "PATH": path, "LANG": "C.UTF-8", "TMPDIR": folder, "HOME": folder} | MEMORY


class _Patience:
    """Ends the child when it is late."""

    def __init__(self, child: subprocess.Popen[bytes], seconds: float) -> None:
        self.child = child
        self.lost = self.longer_once = False
        self.timer = self._from_now(seconds)

    def longer(self) -> None:
        """A scan takes its time. It is given once, whatever the child says."""
        if not self.longer_once:
            self.longer_once = True
            self.over()
            self.timer = self._from_now(SECONDS_FOR_A_SCAN)

    def over(self) -> None:
        self.timer.cancel()

    def _from_now(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self._end)
        timer.start()
        return timer

    def _end(self) -> None:
        self.lost = True
        _end(self.child)


def _listen(
    lines: IO[bytes], progress: Callable[[int, str], None], folder: Path, patience: _Patience
) -> Generator[Message, None, bool]:
    """The messages that the child prints; whether it came to the last one, which has notes."""
    said = 0
    while line := lines.readline(LONGEST_LINE):
        if not line.endswith(b"\n"):
            return False
        said += len(line)
        if said > MOST_SAID:
            raise Unreadable(TOO_BIG)
        message: Message = json.loads(line)
        if "progress" in message:
            progress(*message["progress"])
        elif "unreadable" in message:
            raise Unreadable(message["unreadable"])
        elif "longer" in message:
            patience.longer()
        elif "attached" in message:
            yield message | {"data": (folder / str(int(message["place"]))).read_bytes()}
        else:
            yield message
            if "notes" in message:
                return True
    return False


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and what it started, which may have outlived it; it leads a group of its own."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
