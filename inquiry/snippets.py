"""As much of a text as shows why it was found, with the words that were sought marked in it."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from inquiry.words import Places

LENGTH = 240


def snippet(text: str, places: Places, *, length: int = LENGTH) -> SafeString:
    """The stretch of the text that has most of the places, from word to word, with each marked."""
    start, end = _stretch(text, places, length)
    parts = []
    at = start
    for begin, close in places:
        if begin >= at and close <= end:
            parts += [("", text[at:begin]), ("mark", text[begin:close])]
            at = close
    parts.append(("", text[at:end]))
    said = format_html_join("", "{}", ((_part(tag, words),) for tag, words in parts))
    return format_html("{}{}{}", "… " if start else "", said, " …" if end < len(text) else "")


def _part(tag: str, words: str) -> SafeString | str:
    return format_html("<mark>{}</mark>", words) if tag else words


def _stretch(text: str, places: Places, length: int) -> tuple[int, int]:
    if len(text) <= length:
        return 0, len(text)
    best = max(
        (sum(begin <= one < begin + length * 3 // 4 for one, _ in places), -begin) for begin, _ in places or [(0, 0)]
    )
    start = max(0, -best[1] - length // 4)
    end = min(len(text), start + length)
    start = max(0, end - length)
    # From word to word, where the words are not longer than the stretch.
    if start:
        start = max(text.rfind(" ", 0, start + 1) + 1, start - length // 4)
    if end < len(text):
        cut = text.find(" ", end)
        end = cut if 0 <= cut < end + length // 4 else end
    return start, end
