"""The child process that opens a list: bytes on standard input, one JSON object a line on standard output.

Whatever a hostile list does to a reader, it does in here, under limits, and not in the worker. The bytes of documents
that stand in JSON are written to files in the folder that is named.
"""

import resource
import sys
from pathlib import Path

from evidence.documents.reading.child import limit_self, say
from evidence.documents.reading.kinds import Unreadable
from evidence.importing.reading import parliament, tables

# Bytes of a file that it writes.
MOST_SAID = 1 << 29
TOO_BIG = "This file holds more than can be taken in at once. Split it, and send the parts."


def main(what: str, folder: str = "") -> None:
    """Read a list, or what the Committees API gave, to its end."""
    limit_self()
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    most = MOST_SAID if hard == resource.RLIM_INFINITY else min(MOST_SAID, hard)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        if what == "table":
            for number, cells in tables.rows_of(sys.stdin.buffer.read()):
                say(row=number, cells=cells)
        else:
            _say_evidence(Path(folder))
    except Unreadable as refusal:
        say(unreadable=refusal.sentence)
    except MemoryError:
        say(unreadable=TOO_BIG)


def _say_evidence(folder: Path) -> None:
    for place, (told, data) in enumerate(parliament.read(sys.stdin.buffer.read())):
        if data:
            (folder / str(place)).write_bytes(data)
            told["body"]["at"] = str(place)
        say(**told)


if __name__ == "__main__":
    main(*sys.argv[1:])
