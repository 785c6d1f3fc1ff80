"""For pages of rooms that come before quotes, and list some."""

from __future__ import annotations

from django import template

from evidence.quotes.citations import citations
from evidence.quotes.models import Quote

register = template.Library()


@register.filter
def cited(quote: Quote) -> list[tuple[str, str, bool]]:
    """How words that were said are cited, in each style; written ones may want a letter too."""
    return citations(quote)
