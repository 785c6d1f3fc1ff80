"""A list as a file: CSV, a workbook, or JSON. No cell of it is run by any spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any

import xlsxwriter
from django.db.models import QuerySet

from inquiry.spreadsheets import cell

AT_ONCE = 500
LONGEST_CELL = 32_767
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
Row = dict[str, Any]


def in_parts(rows: QuerySet[Any], read: Callable[[QuerySet[Any]], Iterable[Row]]) -> Iterator[Row]:
    """Every row in the order of the list, some hundreds read at a time, however many there are."""
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        yield from read(rows.filter(pk__in=keys[start : start + AT_ONCE]))


def write(file: IO[bytes], kind: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Writes the list in one of ``FORMATS``, and gives the number of its rows."""
    return _WRITERS[kind](file, columns, rows)


def _csv(file: IO[bytes], columns: Sequence[str], rows: Iterable[Row]) -> int:
    # The byte order mark tells spreadsheets that it is UTF-8.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([cell(_said(row.get(name))) for name in columns])
        count += 1
    text.flush()
    text.detach()
    return count


def _xlsx(file: IO[bytes], columns: Sequence[str], rows: Iterable[Row]) -> int:
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with tempfile.TemporaryDirectory() as beside:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": beside, **as_text})
        sheet = book.add_worksheet("List")
        sheet.freeze_panes(1, 0)
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet.set_column(0, len(columns) - 1, 24, wrapped)
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name, bold)
        count = 0
        for count, row in enumerate(rows, start=1):
            for place, name in enumerate(columns):
                sheet.write_string(count, place, _said(row.get(name))[:LONGEST_CELL])
        book.close()
    return count


def _json(file: IO[bytes], columns: Sequence[str], rows: Iterable[Row]) -> int:
    file.write(b'{"rows": [')
    count = 0
    for row in rows:
        said = json.dumps({name: row.get(name, "") for name in columns}, ensure_ascii=False)
        file.write(b",\n" * bool(count) + said.encode())
        count += 1
    file.write(b"]}\n")
    return count


def _said(value: Any) -> str:
    """As one cell says it."""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


_WRITERS = {"csv": _csv, "xlsx": _xlsx, "json": _json}
