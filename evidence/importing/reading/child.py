"""Opening a list in a child process, so that no list can take the worker with it."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from evidence.documents.reading.kinds import Unreadable

logger = logging.getLogger(__name__)

SECONDS = 150
ROOT = Path(__file__).resolve().parents[3]

TOO_SLOW = "Reading this file took too long. Split it into smaller ones, and send those."
BROKEN = "This file could not be read. It is damaged, or holds more than a list of submissions does."


class Lines:
    """What a child said of a file, a line at a time, as often as it is asked for. It has ended before the first."""

    def __init__(
        self, kept: Path, *arguments: str, file: IO[bytes] | int = subprocess.DEVNULL, seconds: float = SECONDS
    ) -> None:
        """``kept`` is a file of our own for what is said; ``file`` is what stands on the child's standard input.

        :raises Unreadable: with a sentence that says what to do.
        """
        self.kept = kept
        with kept.open("wb") as lines, tempfile.TemporaryFile() as said:
            try:
                ended = subprocess.run(
                    [sys.executable, "-s", "-P", "-m", __package__, *arguments],
                    check=False,
                    stdin=file,
                    stdout=lines,
                    stderr=said,
                    cwd=ROOT,
                    # Nothing of the server's environment (its secrets least of all) is of use to a reader.
                    env={"PYTHONPATH": str(ROOT), "PATH": os.defpath, "LANG": "C.UTF-8"},
                    timeout=seconds,
                )
            except subprocess.TimeoutExpired:
                raise Unreadable(TOO_SLOW) from None
            if ended.returncode:
                said.seek(0)
                last_words = said.read()[-2000:].decode(errors="replace")
                logger.warning("Reading a list failed (exit status %s): %s", ended.returncode, last_words)
                raise Unreadable(TOO_SLOW if ended.returncode == -signal.SIGXCPU else BROKEN)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        with self.kept.open("rb") as lines:
            for line in lines:
                yield json.loads(line)


def refuse(message: dict[str, Any]) -> None:
    """Passes on the child's refusal of a file.

    :raises Unreadable: with the child's own sentence.
    """
    if "unreadable" in message:
        raise Unreadable(message["unreadable"])
