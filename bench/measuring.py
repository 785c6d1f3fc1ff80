"""What a row of the table is, and how two ways of doing the same are held side by side.

Absolute times drift on a machine that others share, so both ways are tried in turn, within one run, and their medians
are compared.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bench.fiction.sizes import Size

Way = Callable[[], object]
# Ten times as much may take a little more than ten times as long before it counts as more than linear.
LINEAR = 1.2
WAITS = 20


@dataclass(frozen=True)
class Amount:
    """How much is measured, and how often."""

    size: Size
    turns: int
    passages: int
    repeats: int


@dataclass(frozen=True)
class Line:
    """Something that was measured, what it was held against, and how many times as long it may take, if it is said."""

    row: str
    measured: str
    seconds: float
    against: str
    seconds_against: float
    budget: float | None
    # Of twenty times the nineteenth, and how long that may take, where it matters to whoever waits.
    p95: float | None = None
    within: float | None = None

    @property
    def ratio(self) -> float:
        return self.seconds / self.seconds_against

    @property
    def met(self) -> bool:
        return (self.budget is None or self.ratio <= self.budget) and (
            self.p95 is None or self.within is None or self.p95 <= self.within
        )


@dataclass(frozen=True)
class Row:
    """A row: its name, and the function that measures it."""

    name: str
    measure: Callable[[Amount], Iterable[Line]]


def side_by_side(ours: Way, theirs: Way, repeats: int) -> tuple[float, float]:
    """The median of each, in seconds."""
    taken = tried(ours, theirs, repeats)
    return statistics.median(taken[0]), statistics.median(taken[1])


def waited_for(row: str, measured: str, against: str, ways: tuple[Way, Way], limits: tuple[float, float]) -> Line:
    """A line about something that a person waits for: how many times as long it may take, and how many seconds."""
    ours, theirs = tried(*ways, WAITS)
    budget, within = limits
    p95 = sorted(ours)[round(0.95 * WAITS) - 1]
    return Line(row, measured, statistics.median(ours), against, statistics.median(theirs), budget, p95, within)


def tried(ours: Way, theirs: Way, repeats: int) -> tuple[list[float], list[float]]:
    """How long each took, in seconds, tried in turn; a first try of both does not count.

    What was made for it stays out of the collector's sight: a process that serves pages has made nothing.
    """
    gc.collect()
    gc.freeze()
    taken: tuple[list[float], list[float]] = ([], [])
    for count in range(repeats + 1):
        for way, seconds in zip((ours, theirs), taken, strict=True):
            begun = time.perf_counter()
            way()
            if count:
                seconds.append(time.perf_counter() - begun)
    return taken


def grown(row: str, few: Line, many: Line, times: int) -> Line:
    """Whether so many times as much takes so many times as long, and no more."""
    return Line(row, many.measured, many.seconds, f"{times} × {few.measured}", few.seconds * times, LINEAR)
