"""The child process that opens a list: one JSON object a line on standard output.

A table comes on standard input; JSON, of which there can be a file for each document, in a folder. Whatever a hostile
list does to a reader, it does in here, under limits, and not in the worker. The bytes of documents that stand in JSON
are written to files in another folder.
"""

import resource
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from evidence.documents.reading.child import limit_self, say
from evidence.documents.reading.kinds import Unreadable
from evidence.importing.reading import parliament, tables

# Bytes of a file that it writes.
MOST_SAID = 1 << 29
TOO_BIG = "This file holds more than can be taken in at once. Split it, and send the parts."


def main(what: str, chosen: str = "", folder: str = "") -> None:
    """Read a list, or what the Committees API gave, to its end."""
    limit_self()
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    most = MOST_SAID if hard == resource.RLIM_INFINITY else min(MOST_SAID, hard)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    if what == "table":
        _or_refuse(_say_rows)
        return
    for file in sorted(Path(chosen).iterdir(), key=lambda file: int(file.name)):
        say(file=int(file.name))
        _or_refuse(partial(_say_evidence, file, Path(folder)))


def _or_refuse(read: Callable[[], None]) -> None:
    try:
        read()
    except Unreadable as refusal:
        say(unreadable=refusal.sentence)
    except MemoryError:
        say(unreadable=TOO_BIG)


def _say_rows() -> None:
    for number, cells in tables.rows_of(sys.stdin.buffer.read()):
        say(row=number, cells=cells)


def _say_evidence(file: Path, folder: Path) -> None:
    for place, (told, data) in enumerate(parliament.read(file.read_bytes())):
        if data:
            kept = f"{file.name}-{place}"
            (folder / kept).write_bytes(data)
            told["body"]["at"] = kept
        say(**told)


if __name__ == "__main__":
    main(*sys.argv[1:])
