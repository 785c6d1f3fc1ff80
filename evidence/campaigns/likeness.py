"""How alike texts are: runs of three words, of which a short sketch stands for all (MinHash). No database in here.

Two sketches agree in about as many places as the texts share runs. The bands of a sketch are what an index looks up:
texts that share half of their runs have one band in common in all but a few cases of a thousand, and texts that share
nothing have none.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rensa import RMinHash

RUN = 3
PLACES = 126
ROWS = 3
SEED = 1
ALIKE = 50
FEWEST_WORDS = 10
MOST_WORDS = 60_000
# A sketch made in another way is compared with none of these, and made again.
WAY = f"{RMinHash.ALGORITHM_VERSION}/{RUN}/{PLACES}/{ROWS}"

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Sketch:
    """What stands for a text when it is compared; a text of a few words has none."""

    words: int
    places: list[int]


def sketch(text: str) -> Sketch:
    """The sketch of a text. Capitals, punctuation and how it is set make no difference."""
    words = WORD.findall(text.casefold())
    if len(words) < FEWEST_WORDS:
        return Sketch(len(words), [])
    used = words[:MOST_WORDS]
    runs = {" ".join(used[start : start + RUN]) for start in range(len(used) - RUN + 1)}
    minima = RMinHash(num_perm=PLACES, seed=SEED)
    minima.update(sorted(runs))
    return Sketch(len(words), list(minima.digest()))


def bands(places: Sequence[int]) -> list[int]:
    """What an index looks up to find sketches that may be like this one."""
    return [
        int.from_bytes(
            hashlib.blake2b(repr((start, places[start : start + ROWS])).encode(), digest_size=8).digest(), signed=True
        )
        for start in range(0, len(places), ROWS)
    ]


def per_cent_alike(one: Sequence[int], other: Sequence[int]) -> int:
    """How alike two sketches are; what is not quite the same is never called wholly alike."""
    same = sum(a == b for a, b in zip(one, other, strict=True))
    return same * 100 // len(one) if one else 0
