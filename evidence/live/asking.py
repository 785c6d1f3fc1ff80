"""What an open page says when it asks: what it was told last, and which quotes were taken on it since."""

from __future__ import annotations

from typing import Any

from inquiry.numbers import whole_number

LONGEST_SIGN = 16
# So many quotes may have been taken on a page between two of its questions.
MOST_OWN = 50


def seen_sign(sent: Any) -> str:
    """The sign of what the page shows, as it was told last."""
    return str(sent.get("seen", ""))[:LONGEST_SIGN]


def own_quotes(sent: Any) -> list[int]:
    """The quotes that were taken on the page itself since it last asked."""
    numbers = map(whole_number, sent.getlist("but")[:MOST_OWN])
    return [number for number in numbers if number is not None]
