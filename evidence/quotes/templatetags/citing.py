"""How quotes are cited, on pages of any room."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from evidence.quotes.citations import citations
from evidence.quotes.models import Quote

register = template.Library()
COPY = (
    '<button class="link" type="button" data-copy data-needs-script>'
    'Copy<span class="visually-hidden"> {}</span></button>'
)


@register.filter
def cited(quote: Quote) -> list[tuple[str, str, bool]]:
    """How words that were said are cited, in each style; written ones may want a letter too."""
    return citations(quote)


@register.simple_tag(takes_context=True)
def ways_to_cite(context: Any, cited: Iterable[tuple[str, str, bool]], link: str) -> SafeString:
    """The citation in each style, the inquiry's own standing out, and the link to the words; each can be copied.

    They stand with every quote of a list, so they are drawn at once, and not by templates within templates.
    """
    request, to = context["request"], escape(link)
    rows = [_row(escape(style), escape(citation), "strong" if ours else "span") for style, citation, ours in cited]
    named = f'<a href="{to}" data-citation="link">{request.scheme}://{escape(request.get_host())}{to}</a>'
    rows.append(f"<div><dt>Link</dt><dd>{named} {COPY.format('the link')}</dd></div>")
    # Each part of it is escaped.
    return mark_safe("\n".join(rows))  # noqa: S308


def _row(style: str, citation: str, element: str) -> str:
    named = f'<{element} data-citation="{style} style">{citation}</{element}>'
    return f"<div><dt>{style}</dt><dd>{named} {COPY.format(f'in {style} style')}</dd></div>"
