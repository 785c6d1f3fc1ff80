"""A date in three boxes: a whole one, or one of which only the year, or the year and the month, may be known."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from inquiry.dates import Precision

KnownDate = tuple[dt.date | None, Precision]
NOTHING: KnownDate = (None, Precision.UNKNOWN)
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
SHORTEST = 3


def parts_of(value: KnownDate | dt.date | None) -> list[str]:
    """Day, month and year as they stand in the boxes; what is not known is left empty."""
    date, precision = (value, Precision.DAY) if isinstance(value, dt.date) else value or NOTHING
    if not date:
        return ["", "", ""]
    day = str(date.day) if precision == Precision.DAY else ""
    return [day, "" if precision == Precision.YEAR else str(date.month), str(date.year)]


def month_in_figures(said: str) -> str:
    """The month's number where it is written as a word, such as "March", "mar" or "Sept."; else what was written."""
    word = said.strip().rstrip(".").lower()
    found = [n for n, name in enumerate(MONTHS, start=1) if name.startswith(word)] if len(word) >= SHORTEST else []
    return str(found[0]) if len(found) == 1 else said


class DateParts(forms.MultiWidget):
    template_name = "components/widgets/date_parts.html"

    def __init__(self) -> None:
        # A month may be written as a word, for which a keyboard of figures is no help.
        parts = ({"inputmode": "numeric", "maxlength": 2}, {"maxlength": 9}, {"inputmode": "numeric", "maxlength": 4})
        super().__init__([forms.TextInput(attrs={"autocomplete": "off", **part}) for part in parts])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        # A pair is a date and its precision; a list is what was typed into the boxes.
        return super().get_context(name, parts_of(value) if isinstance(value, tuple) else value, attrs)

    def decompress(self, value: KnownDate | dt.date | None) -> list[str]:
        return parts_of(value)


class KnownDateField(forms.MultiValueField):
    """Gives a date and its precision: the day may be left empty, or the day and the month."""

    widget = DateParts

    def __init__(self, *, required: bool = True, **kwargs: Any) -> None:
        parts = [forms.CharField(required=False) for _ in range(3)]
        super().__init__(fields=parts, required=required, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> Any:
        return self.read(data_list)

    def read(self, data_list: list[str]) -> KnownDate:
        """The date as far as the boxes tell it."""
        day, said, year = [*data_list, "", "", ""][:3]
        month = month_in_figures(said)
        if not (day or month or year):
            return NOTHING
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise ValidationError("Write the year in four figures, such as 2023.")
        if day and not month:
            raise ValidationError("Give the month too, or leave the day empty.")
        try:
            date = dt.date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            raise ValidationError("There is no such date. Write it as 6 4 2022, or as 6 April 2022.") from None
        return date, Precision.DAY if day else Precision.MONTH if month else Precision.YEAR

    def has_changed(self, initial: KnownDate | dt.date | None, data: list[str] | None) -> bool:
        day, month, year = data or ["", "", ""]
        return parts_of(initial) != [
            part.strip().removeprefix("0") for part in (day or "", month_in_figures(month or ""), year or "")
        ]


class DayField(KnownDateField):
    """Gives a date of which all must be known; nothing, where all the boxes are left empty."""

    def compress(self, data_list: list[str]) -> dt.date | None:
        date, precision = self.read(data_list)
        if date and precision != Precision.DAY:
            raise ValidationError("Give the day, the month and the year.")
        return date
