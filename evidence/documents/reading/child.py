"""What every child process that opens a file does first, and how it speaks: one JSON object a line."""

import json
import resource
import sys

SECONDS = 100
SECONDS_AT_MOST = 480
BYTES = 2 << 30


def limit_self() -> None:
    """Put limits on this process and what it starts."""
    _limit(resource.RLIMIT_CPU, SECONDS, SECONDS_AT_MOST)
    # Memory that is written to, and not addresses: pandoc, which runs below, reserves a terabyte of those.
    _limit(resource.RLIMIT_DATA, BYTES)
    _limit(resource.RLIMIT_CORE, 0)


def _limit(what: int, most: int, at_most: int | None = None) -> None:
    """``at_most`` is how far what runs below may raise it."""
    hard = resource.getrlimit(what)[1]
    soft, harder = (n if hard == resource.RLIM_INFINITY else min(n, hard) for n in (most, at_most or most))
    resource.setrlimit(what, (soft, harder))


def progress(percent: int, what: str) -> None:
    """Say how far it is."""
    say(progress=[percent, what])
    sys.stdout.flush()


def say(**line: object) -> None:
    """Say one line. Whoever waits for the last one, with the notes, need not wait until everything is put away."""
    sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")
    if "longer" in line or "notes" in line:
        sys.stdout.flush()
