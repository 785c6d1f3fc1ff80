"""How large an inquiry is, and how what it holds is spread: a few documents are long, most are not."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """How much of each there is."""

    sessions: int
    submissions: int
    passages: int
    quotes: int


SIZES = {
    "S": Size(sessions=4, submissions=50, passages=3_000, quotes=300),
    "M": Size(sessions=200, submissions=10_000, passages=360_000, quotes=50_000),
    "L": Size(sessions=400, submissions=20_000, passages=1_000_000, quotes=100_000),
}
SPOKEN = 0.3


def spread(rng: random.Random, total: int, parts: int, *, least: int = 0) -> list[int]:
    """The total in so many parts of unlike size, none of them less than the least unless there is too little."""
    if parts == 0:
        return []
    least = min(least, total // parts)
    weights = [rng.lognormvariate(0, 0.6) for _ in range(parts)]
    rest, whole = total - least * parts, sum(weights)
    shares, given, upto = [], 0, 0.0
    for weight in weights:
        upto += weight
        now = round(rest * upto / whole)
        shares.append(least + now - given)
        given = now
    return shares
