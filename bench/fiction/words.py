"""Text that reads like English from afar: few words come often, many seldom, as Zipf's law has it."""

from __future__ import annotations

import itertools
import random
from pathlib import Path


def listed(name: str) -> list[str]:
    """The words of a list, in its order."""
    return (Path(__file__).parent / "lists" / f"{name}.txt").read_text(encoding="utf-8").split()


# From the most frequent on. What stands in no list is derived from what does.
COMMON = listed("common")
STEMS = listed("stems")
ENDINGS = ("", "s", "ing", "er", "ed", "ness", "ship", "less", "ward", "like", "hood", "wise")
BEGINNINGS = ("", "re", "over", "under", "out", "neighbour-")
FLATTENING = 2.7
SHORTEST, LONGEST = 7, 24


def vocabulary() -> list[str]:
    """Some ten thousand words, from the most frequent to the least."""
    derived = (
        f"{beginning}{_ended(stem, ending)}"
        for beginning, ending in itertools.product(BEGINNINGS, ENDINGS)
        for stem in STEMS
    )
    return list(dict.fromkeys((*COMMON, *derived)))


def _ended(stem: str, ending: str) -> str:
    return stem[:-1] + ending if stem.endswith("e") and ending in ("ing", "er", "ed") else stem + ending


WORDS = vocabulary()
WEIGHTS = list(itertools.accumulate(1 / (rank + FLATTENING) for rank in range(len(WORDS))))


def words(rng: random.Random, count: int) -> list[str]:
    """So many words, each as often as its rank has it."""
    return rng.choices(WORDS, cum_weights=WEIGHTS, k=count)


def paragraph(rng: random.Random, count: int) -> str:
    """So many words in sentences."""
    said = words(rng, count)
    start = 0
    while start < count:
        end = start + rng.randint(SHORTEST, LONGEST)
        if count - end < SHORTEST:
            end = count
        said[start] = said[start].capitalize()
        if end - start > 2 * SHORTEST:
            said[start + SHORTEST] += ","
        said[end - 1] += "."
        start = end
    return " ".join(said)


def title(rng: random.Random, count: int = 4) -> str:
    """A few words that mean something, as a heading has them."""
    return " ".join(rng.sample(STEMS, count)).capitalize()
