"""The child process that opens a list: bytes on standard input, one JSON object a line on standard output.

Whatever a hostile list does to a reader, it does in here, under limits, and not in the worker. The bytes of documents
that stand in JSON are written to files in the folder that is named.
"""

import json
import resource
import sys
from pathlib import Path

from evidence.documents.reading.kinds import Unreadable
from evidence.importing.reading import parliament, tables

# Processor time in seconds; memory, and the length of a file that it writes, in bytes.
LIMITS = (
    (resource.RLIMIT_CPU, 120),
    (resource.RLIMIT_DATA, 2 << 30),
    (resource.RLIMIT_FSIZE, 1 << 29),
    (resource.RLIMIT_CORE, 0),
)
TOO_BIG = "This file holds more than can be taken in at once. Split it, and send the parts."


def main(what: str, folder: str = "") -> None:
    """Read a list, or what the Committees API gave, to its end."""
    for limit, most in LIMITS:
        hard = resource.getrlimit(limit)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (most, most))
    try:
        if what == "table":
            for number, cells in tables.rows_of(sys.stdin.buffer.read()):
                _say(row=number, cells=cells)
        else:
            _say_evidence(Path(folder))
    except Unreadable as refusal:
        _say(unreadable=refusal.sentence)
    except MemoryError:
        _say(unreadable=TOO_BIG)


def _say_evidence(folder: Path) -> None:
    for place, (told, data) in enumerate(parliament.read(sys.stdin.buffer.read())):
        if data:
            (folder / str(place)).write_bytes(data)
            told["body"]["at"] = str(place)
        _say(**told)


def _say(**line: object) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
