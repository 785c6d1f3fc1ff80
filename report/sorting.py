"""Names in alphabetical order, as a reader of print looks for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import TypeVar

import pyuca

Item = TypeVar("Item")
Key = tuple[int, ...]

# O'Neill stands where Oneill would, however its apostrophe was typed.
APOSTROPHES = re.compile(r"['’‘ʼ`´]")
NOT_SORTED_BY = re.compile(r"^[\W_]+")


def alphabetically(items: Iterable[Item], by: Callable[[Item], tuple[str, str]]) -> list[Item]:
    """The items by their names, and by what stands beside a name where two are alike; else as they came.

    Capitals and accents count only where nothing else differs, apostrophes not at all; other scripts follow Latin.
    """

    def key(item: Item) -> tuple[Key, Key]:
        name, beside = by(item)
        return _place(name), _place(beside)

    return sorted(items, key=key)


@lru_cache(maxsize=10_000)
def _place(text: str) -> Key:
    """Where a text stands by the rules of Unicode."""
    return tuple(_rules().sort_key(NOT_SORTED_BY.sub("", APOSTROPHES.sub("", text))))


@cache
def _rules() -> pyuca.Collator:
    """Unicode's table of all scripts; a third of a second to read, so not before it is needed."""
    return pyuca.Collator()
