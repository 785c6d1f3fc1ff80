"""The gap map as a picture: what is drawn where, in units of the drawing, for a template that writes SVG."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.text import Truncator

from evidence.review.matrix import Matrix

LABELS, CELL, HEIGHT, GAP, TOP = 300, 92, 30, 4, 96
LETTERS_IN_A_LABEL, LETTERS_IN_A_HEAD = 44, 13
LINES_IN_A_HEAD = 3
# How much of the ink is in each shade, as in the stylesheet; from the seventh on what is written on it is white.
SHADES = (0, 0.09, 0.16, 0.24, 0.32, 0.4, 0.5, 0.76, 0.84, 0.92, 1)


def picture(matrix: Matrix) -> dict[str, Any]:
    """Every column and row with its place; as wide and as high as it has to be."""
    drawn = matrix.drawn(matrix.columns)
    rows, y = [], TOP
    for group in drawn["groups"]:
        if group["label"]:
            rows.append({"heading": _cut(group["label"], LETTERS_IN_A_LABEL * 2), "y": y + 20})
            y += HEIGHT
        for row in group["rows"]:
            cells = [
                each | {"x": LABELS + n * CELL, "shade": SHADES[each["level"]]} for n, each in enumerate(row["cells"])
            ]
            rows.append({"label": _cut(row["label"], LETTERS_IN_A_LABEL), "y": y, "cells": cells})
            y += HEIGHT + GAP
    heads = [
        {"x": LABELS + n * CELL, "lines": list(_lines(column.label)), "title": column.title or column.label}
        for n, column in enumerate(drawn["columns"])
    ]
    width = LABELS + len(heads) * CELL
    return {"corner": drawn["corner"], "heads": heads, "rows": rows, "width": width, "height": y + 40, "foot": y + 24}


def _cut(text: str, letters: int) -> str:
    return Truncator(text).chars(letters)


def _lines(label: str) -> Iterator[dict[str, Any]]:
    """A head in a few short lines, the last of them on the line above the cells."""
    lines: list[str] = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + len(word) >= LETTERS_IN_A_HEAD:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    lines = [_cut(line, LETTERS_IN_A_HEAD) for line in lines[:LINES_IN_A_HEAD]]
    for n, line in enumerate(lines):
        yield {"text": line, "y": TOP - 10 - 15 * (len(lines) - 1 - n)}
