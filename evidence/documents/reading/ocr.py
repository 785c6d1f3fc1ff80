"""Scans read by OCRmyPDF, where that program is installed. It runs below the child, under the child's limits."""

import resource
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from evidence.documents.reading.kinds import SCAN, Unreadable

PROGRAM = "ocrmypdf"
# So often is it said that somebody is still at it; a job that says nothing for minutes is taken for lost.
SAYS_EVERY = 20
# A text layer, and nothing else: no changes to the pictures, no archive format.
OPTIONS = ("--skip-text", "--output-type", "pdf", "--optimize", "0", "--jobs", "1", "--quiet")
DOING = "Recognising text in the pictures of pages"
RECOGNISED = (
    "It is a scan. Its words were recognised from pictures of pages (OCR), and can be wrong: check what you quote."
)
NOT_RECOGNISED = (
    "This PDF is a scan: it holds pictures of pages, and no text could be recognised in them. "
    "Ask the sender for the original document."
)


def program() -> str | None:
    return shutil.which(PROGRAM)


def recognised(data: bytes, folder: Path, say: Callable[[int, str], None]) -> bytes:
    """The same pages, with their words as text.

    :raises Unreadable: when there is nothing that could recognise them, or it finds none.
    """
    found = program()
    if not found:
        raise Unreadable(SCAN)
    source, target = folder / "scan.pdf", folder / "recognised.pdf"
    source.write_bytes(data)
    child = subprocess.Popen(
        [found, *OPTIONS, str(source), str(target)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        preexec_fn=_as_long_as_may_be,
    )
    while child.poll() is None:
        say(10, DOING)
        with suppress(subprocess.TimeoutExpired):
            child.wait(SAYS_EVERY)
    if child.returncode or not target.exists():
        raise Unreadable(NOT_RECOGNISED)
    return target.read_bytes()


def _as_long_as_may_be() -> None:
    """Recognising text takes longer than reading it; what the parent allows at most is allowed."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
