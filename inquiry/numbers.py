"""Numbers that people and addresses send."""

from __future__ import annotations

LONGEST = 18


def whole_number(text: str) -> int | None:
    """The number that was sent; None where it is none, or one that the database could not hold."""
    return int(text) if len(text) <= LONGEST and text.isascii() and text.isdecimal() else None
