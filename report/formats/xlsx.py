"""The appendix as a workbook: a sheet for every part."""

import io
from datetime import datetime, time

import xlsxwriter

from report.formats.tables import TITLES, rows_of
from report.structure import Appendix, Part

# What a cell of a workbook holds at most; what is longer goes on in the cells beside it.
LONGEST = 32_000
WIDTHS = {"text": 70, "heading": 44, "citation": 44, "group": 26, "note": 30, "place": 26, "date": 20}
NARROW = 12
SHEET_NAMES = {
    "sessions": "Evidence sessions",
    "events": "Chatham House Rule",
    "written": "Written evidence",
    "witnesses": "Witnesses",
    "published": "Published written evidence",
    "alphabetical": "Evidence in alphabetical order",
    "themes": "Evidence by theme",
    "recommendations": "Recommendations",
    "references": "References",
}


def render(appendix: Appendix) -> bytes:
    """The workbook; the same appendix gives the same bytes. Every cell is text, and none is a formula or a link."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    made_on = datetime.combine(appendix.made_on, time())
    book.set_properties({"title": appendix.title, "author": appendix.body, "created": made_on})
    plain = book.add_format({"valign": "top", "text_wrap": True, "num_format": "@"})
    head = book.add_format({"bold": True, "valign": "top", "bottom": 1})
    for part in appendix.parts:
        _sheet(book.add_worksheet(SHEET_NAMES[part.kind]), part, plain, head)
    if not appendix.parts:
        book.add_worksheet("Appendix")
    book.close()
    return out.getvalue()


def _sheet(sheet: xlsxwriter.worksheet.Worksheet, part: Part, plain: object, head: object) -> None:
    columns = TITLES[part.kind]
    for place, (name, title) in enumerate(columns.items()):
        sheet.set_column(place, place, WIDTHS.get(name, NARROW))
        sheet.write_string(0, place, title, head)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, row in enumerate(rows_of(part), start=1):
        for place, name in enumerate(columns):
            if value := row.get(name):
                _write(sheet, last, place, len(columns), value, plain)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _write(sheet: xlsxwriter.worksheet.Worksheet, line: int, place: int, width: int, value: str, plain: object) -> None:
    sheet.write_string(line, place, value[:LONGEST], plain)
    for beyond, start in enumerate(range(LONGEST, len(value), LONGEST)):
        sheet.write_string(line, width + beyond, value[start : start + LONGEST], plain)
