"""Dates of which only a part is known."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.db import models
from django.utils.formats import date_format


class Precision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", "Day"
    MONTH = "month", "Month"
    YEAR = "year", "Year"
    UNKNOWN = "", "Not known"


_FORMATS = {Precision.DAY: "j F Y", Precision.MONTH: "F Y", Precision.YEAR: "Y"}


def say_date(date: dt.date | None, precision: str, *, short: bool = False) -> str:
    """The date as far as it is known: "6 April 2022" or, short, "6 Apr 2022"; "April 2022", "2022" or nothing."""
    if not (date and precision):
        return ""
    return _written(date, precision, short)


@lru_cache(maxsize=10_000)
def _written(date: dt.date, precision: str, short: bool) -> str:
    """A list of thousands has each of its days many times."""
    return date_format(date, _FORMATS[Precision(precision)].replace("F", "M" if short else "F"))


def read_date(text: str) -> tuple[dt.date | None, Precision]:
    """The date and its precision from ``2022``, ``2022-04`` or ``2022-04-06``; nothing from an empty text.

    :raises ValueError: for anything else.
    """
    parts = [int(part) for part in text.split("-")] if text else []
    precisions = (Precision.UNKNOWN, Precision.YEAR, Precision.MONTH, Precision.DAY)
    if len(parts) >= len(precisions):
        raise ValueError(f"“{text}” is not a date such as 2022, 2022-04 or 2022-04-06.")
    date = dt.date(parts[0], *[*parts[1:], 1, 1][:2]) if parts else None
    return date, precisions[len(parts)]


def known_or_absent(date: str, precision: str) -> models.Q:
    """The condition that a date has a precision exactly when there is a date."""
    return models.Q(**{f"{date}__isnull": True, precision: ""}) | (
        models.Q(**{f"{date}__isnull": False}) & ~models.Q(**{precision: ""})
    )
