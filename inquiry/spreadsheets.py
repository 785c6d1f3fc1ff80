"""Cells that no spreadsheet runs."""

from __future__ import annotations

# A cell that begins so would be taken for a formula; the full-width signs are, by spreadsheets in East Asia.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(text: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
