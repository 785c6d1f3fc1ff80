"""Passages as they stand in a page. A template would take longer over a hundred of them than over all else there."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from evidence.documents.models import PassageKind

register = template.Library()


@register.simple_tag(takes_context=True)
def passages(context: Any, shown: Iterable[Any], *, oob: bool = False) -> SafeString:
    """Passages of the document, one after another; ``oob``, where they take the place of those on the page."""
    quoting = ""
    if context["may"].take_quotes:
        quoting = reverse("reader:quote_form", args=[context["inquiry"].code, context["document"].pk])
    swap = ' hx-swap-oob="true"' if oob else ""
    # Each part of it is escaped below.
    return mark_safe("".join([_drawn(passage, quoting, swap) for passage in shown]))  # noqa: S308


def _drawn(passage: Any, quoting: str, swap: str) -> str:
    pk = passage.pk
    beside = _numbered(passage) + _timed(passage) + (_to_quote(passage, quoting) if quoting else "")
    return (
        f'<li class="passage passage-{passage.kind}" id="p-{pk}" data-passage="{pk}" tabindex="-1"{swap}>\n'
        f'  <div class="n">{beside}</div>\n  {_words(passage)}\n</li>\n'
    )


def _numbered(passage: Any) -> str:
    if passage.begins_question:
        return f'<span id="q{passage.question}">Q{passage.question}</span>'
    return f"<span>{escape(passage.number)}</span>" if passage.number else ""


def _timed(passage: Any) -> str:
    """The way into the recording."""
    return f'<a class="time" href="{escape(passage.at)}" rel="noreferrer">{passage.said_at}</a>' if passage.at else ""


def _to_quote(passage: Any, address: str) -> str:
    """The way to quote it without selecting words."""
    if passage.question:
        which = f"question {passage.question}, {escape(passage.speaker)}"
    else:
        which = f"paragraph {escape(passage.number)}" if passage.number else f"passage {passage.position}"
    return (
        f'<a class="passage-quote" href="{escape(address)}?passage={passage.pk}">'
        f'Quote<span class="visually-hidden"> {which}</span></a>'
    )


def _words(passage: Any) -> str:
    if passage.kind == PassageKind.HEADING:
        return f"<h2 data-words>{passage.marked}</h2>"
    who = f'<span class="who" data-aside>{escape(passage.speaker)} </span>' if passage.names_speaker else ""
    return f"<p data-words>{who}{passage.marked}</p>"
