"""What every child process that opens a file does first, and how it speaks: one JSON object a line."""

import json
import resource
import sys

SECONDS = 100
BYTES = 2 << 30


def limit_self() -> None:
    """Put limits on this process and what it starts."""
    _limit(resource.RLIMIT_CPU, SECONDS)
    # Memory that is written to, and not addresses: pandoc, which runs below, reserves a terabyte of those.
    _limit(resource.RLIMIT_DATA, BYTES)
    _limit(resource.RLIMIT_CORE, 0)


def _limit(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def progress(percent: int, what: str) -> None:
    """Say how far it is."""
    say(progress=[percent, what])
    sys.stdout.flush()


def say(**line: object) -> None:
    """Say one line."""
    sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")
