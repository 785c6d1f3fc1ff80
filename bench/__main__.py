"""`make bench`: measures on a database of its own, in a folder that is gone afterwards, and prints a table.

BENCH_SIZE is S, M or L; BENCH_ROWS names the rows to measure; BENCH_JSON is a file to write the figures to as well.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from config import memory
from config.commands import ending_in_a_sentence
from config.embedded.refusals import Unavailable
from config.embedded.server import server_in

if TYPE_CHECKING:
    from bench.measuring import Amount, Line

TURNS, REPEATS = 300, 5
# Fewer are brought in before a clock has begun to tell one way from another.
FEWEST_PASSAGES = 30_000
HEADS = ("row", "measured", "seconds", "held against", "seconds", "ratio", "budget", "p95", "")


def main() -> int:
    return ending_in_a_sentence(bench)


def bench() -> None:
    """Measures what is asked for, and tells it."""
    with _folder_of_its_own():
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        # Pages are made here as in a process of the web server.
        memory.settle()
        try:
            lines = list(_measured(os.environ.get("BENCH_ROWS", ""), _amount(os.environ.get("BENCH_SIZE", "S"))))
        finally:
            connections.close_all()
    print(table(lines))
    if file := os.environ.get("BENCH_JSON"):
        Path(file).write_text(as_json(lines), encoding="utf-8")


@contextmanager
def _folder_of_its_own() -> Iterator[None]:
    """A data folder with the ordinary settings, and nothing left of it afterwards."""
    for name in [name for name in os.environ if name.startswith(("ATTEST_", "DATABASE_URL", "CELERY_", "CLAMD_"))]:
        del os.environ[name]
    data = Path(tempfile.mkdtemp(prefix="attest-bench-"))
    # PostgreSQL runs as another account where this runs as root.
    data.chmod(0o711)
    os.environ |= {"ATTEST_DATA": str(data), "DJANGO_SETTINGS_MODULE": "config.settings"}
    try:
        yield
    finally:
        server_in(data).release()
        shutil.rmtree((data / "postgres").resolve(), ignore_errors=True)
        shutil.rmtree(data, ignore_errors=True)


def _amount(size: str) -> Amount:
    from bench.fiction.sizes import SIZES
    from bench.measuring import Amount

    if size not in SIZES:
        raise Unavailable(f"BENCH_SIZE is one of {', '.join(SIZES)}, and not “{size}”.")
    return Amount(SIZES[size], TURNS, max(FEWEST_PASSAGES, SIZES[size].passages), REPEATS)


def _measured(named: str, amount: Amount) -> Iterator[Line]:
    from bench.rows import ROWS

    wanted = [name.strip() for name in named.split(",") if name.strip()] or list(ROWS)
    if unknown := [name for name in wanted if name not in ROWS]:
        raise Unavailable(f"There is no row “{unknown[0]}”; there are {', '.join(ROWS)}.")
    for name in wanted:
        print(f"Measuring {name} …", file=sys.stderr, flush=True)
        yield from ROWS[name].measure(amount)


def table(lines: Sequence[Line]) -> str:
    """The figures as they are read, and as a document takes them."""
    rows = [
        (
            *(line.row, line.measured, _seconds(line.seconds), line.against, _seconds(line.seconds_against)),
            *(f"{line.ratio:.2f}", _budget(line), _waited(line), _said(line)),
        )
        for line in lines
    ]
    widths = [max(len(row[place]) for row in (HEADS, *rows)) for place in range(len(HEADS))]
    rule = tuple("-" * width for width in widths)
    return "\n".join(
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"
        for row in (HEADS, rule, *rows)
    )


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}" if seconds >= 0.01 else f"{seconds:.4f}"


def _budget(line: Line) -> str:
    return "" if line.budget is None else f"≤ {line.budget:g}"


def _said(line: Line) -> str:
    return "" if line.budget is None else "met" if line.met else "NOT MET"


def _waited(line: Line) -> str:
    return "" if line.p95 is None else f"{line.p95:.3f} (≤ {line.within:g})"


def as_json(lines: Sequence[Line]) -> str:
    """The figures for a script."""
    figures = [vars(line) | {"ratio": line.ratio, "met": line.met} for line in lines]
    return json.dumps(figures, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.exit(main())
