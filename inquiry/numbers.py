"""Numbers as people and addresses send them, and as prose has them."""

from __future__ import annotations

from functools import cache

from num2words import num2words

LONGEST = 18


def whole_number(text: str) -> int | None:
    """The number that was sent; None where it is none, or one that the database could not hold."""
    return int(text) if len(text) <= LONGEST and text.isascii() and text.isdecimal() else None


@cache
def in_words(number: int) -> str:
    """``two``. A report says the number of a session with each quote from it."""
    return str(num2words(number))
