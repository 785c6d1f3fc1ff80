"""Dates as people write them in lists, to the precision that they give."""

from __future__ import annotations

import datetime as dt
import re

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}.*)?")
_FIGURES = re.compile(r"(?:(?:(\d{1,2})[/.\-])?(\d{1,2})[/.\-])?(\d{4})")
_WORDS = re.compile(r"(?:(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?([A-Za-z]{3,9})\.?,?\s+(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}|(?:\d{1,2}\s+)?[A-Za-z]{3,9}\s+\d{2}")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def read_received(text: str, today: dt.date) -> str:
    """``2023``, ``2023-04`` or ``2023-04-06`` from an ISO or a British date.

    :raises ValueError: with a sentence, for anything else and for a day that has not come yet.
    """
    written = " ".join(text.split())
    if not written:
        return ""
    year, month, day = _parts(written)
    try:
        date = dt.date(year, month or 1, day or 1)
    except ValueError:
        raise ValueError(f"“{written[:40]}” is no date that there is.") from None
    if date > today:
        raise ValueError(f"“{written[:40]}” has not come yet.")
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def _parts(written: str) -> tuple[int, int, int]:
    if found := _ISO.fullmatch(written):
        year, month, day = found.groups()
    elif found := _FIGURES.fullmatch(written):
        day, month, year = found.groups()
    elif (found := _WORDS.fullmatch(written)) and (number := _month(found[2])):
        day, month, year = found[1], str(number), found[3]
    elif _SHORT_YEAR.fullmatch(written):
        raise ValueError(f"“{written}”: write the year in four figures.")
    else:
        raise ValueError(f"“{written[:40]}” is not a date such as 2023-04-06, 6 April 2023, April 2023 or 2023.")
    return int(year), int(month or 0), int(day or 0)


def _month(word: str) -> int:
    """The month that the word names or begins: April, Apr, Sept."""
    found = [number for number, name in enumerate(_MONTHS, start=1) if name.startswith(word.lower())]
    return found[0] if len(found) == 1 else 0
