"""The small parts that stand in long lists: drawn by a function, for which a template takes several times as long."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from inquiry.addresses import addresses

register = template.Library()

SHAPES = {"supports": "▲", "challenges": "▼"}
SIGNS = {"verbatim": "✓", "edited": "[…]", "mismatch": "≠", "checked": "✓✓", "unchecked": "?"}


@register.simple_tag
def address(page: str, *args: object) -> str:
    """The address of one of many records: as ``{% url %}`` has it, which asks the resolver anew for each of them."""
    *place, key = args
    return addresses(page, *place)(key)


@register.simple_tag
def tag(label: object, url: str = "", tone: str = "") -> SafeString:
    """A word or two about something: a state, in a tone of its own, or what it bears on, with the way there."""
    look = f"tag {tone}" if tone else "tag"
    if url:
        return format_html('<a class="{}" href="{}">{}</a>', look, url, label)
    return format_html('<span class="{}">{}</span>', look, label)


@register.simple_tag
def stance(stance: str, label: object = "", url: str = "", title: str = "") -> SafeString:
    """Whether evidence supports, challenges or qualifies a recommendation, told by shape and word beside the colour."""
    said = format_html("{} {}", stance, label) if label not in ("", None) else stance
    titled = format_html(' title="{}"', title) if title else ""
    shape = SHAPES.get(stance, "◆")
    inside = format_html('<span aria-hidden="true">{}</span><span>{}</span>', shape, said)
    if url:
        return format_html('<a class="stance {}" href="{}"{}>{}</a>', stance, url, titled, inside)
    return format_html('<span class="stance {}"{}>{}</span>', stance, titled, inside)


@register.simple_tag
def verdict(verdict: str) -> SafeString:
    """What the comparison of a quote with its source says; a sign stands beside the word."""
    sign = SIGNS.get(verdict, "↻")
    return format_html(
        '<span class="verdict {0}"><span aria-hidden="true">{1}</span><span>{0}</span></span>', verdict, sign
    )
