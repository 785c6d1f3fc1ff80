"""Dates as lists have room for them."""

import datetime as dt

from django import template

from inquiry.dates import say_date

register = template.Library()


@register.filter
def short_date(date: dt.date | None, precision: str) -> str:
    """The date as far as it is known, with the month cut short."""
    return say_date(date, precision, short=True)
