"""The rows of a list, in the child process: CSV in any of its kinds, XLSX and ODS."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from evidence.documents.reading.kinds import Unreadable
from evidence.documents.reading.plain import decode
from evidence.importing.reading.rows import LONGEST_TEXT, MOST_ROWS

MOST_COLUMNS = 200
DELIMITERS = ",;\t|"
NONE = "\x1f"
NO_ENCODING = "This list is in an encoding that could not be told. Save it as CSV in UTF-8, and send that."
BROKEN = "This list is damaged, or is not what its name says. Save it again as CSV or XLSX, and send that."
QUOTES = (
    "This list cannot be taken apart: in or after line {line} a quotation mark opens a cell and is never closed. "
    "Save it again as CSV from a spreadsheet, and send that."
)
TOO_MANY = f"This list has more than {MOST_ROWS:,} rows. Split it, and send the parts."
TOO_WIDE = f"This list has more than {MOST_COLUMNS} columns. Take out what is not about submissions, and send that."
NO_SHEET = "This workbook holds no sheet with rows. Look for the right one, and send it again."

Cells = list[str]


def rows_of(data: bytes) -> Iterator[tuple[int, Cells]]:
    """Every row that says something, with its number as a spreadsheet shows it.

    :raises Unreadable: with a sentence that says what to do.
    """
    rows = _sheet(data) if data.startswith(b"PK") else _csv(data)
    count = 0
    for number, cells in rows:
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        count += 1
        if count > MOST_ROWS + 1:
            raise Unreadable(TOO_MANY)
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(TOO_WIDE)
        yield number, cells


def _csv(data: bytes) -> Iterator[tuple[int, Cells]]:
    text = decode(data)
    if text is None:
        raise Unreadable(NO_ENCODING)
    # A cell may hold one more than it may, so that it is told by its row.
    csv.field_size_limit(LONGEST_TEXT * 4)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as error:
        raise Unreadable(QUOTES.format(line=reader.line_num)) from error


def _delimiter(text: str) -> str:
    """What stands between the headings. A list of one column has none, and its names may hold commas."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count) if any(sign in first for sign in DELIMITERS) else NONE


def _sheet(data: bytes) -> Iterator[tuple[int, Cells]]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            shown = [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
            sheets = (book.get_sheet_by_name(name) for name in shown)
            found = next((sheet for sheet in sheets if sheet.height), None)
            if found is None:
                raise Unreadable(NO_SHEET)
            for number, row in enumerate(found.iter_rows(), start=1):
                yield number, [_said(cell) for cell in row]
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(BROKEN) from error


def _said(cell: Any) -> str:
    """A cell as it reads: 6 and not 6.0, and a day without its midnight."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(cell)
