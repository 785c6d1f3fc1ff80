"""The appendix as one table of plain text."""

import csv
import io

from inquiry.spreadsheets import cell
from report.formats.tables import TITLES, rows_of
from report.structure import Appendix

COLUMNS = (
    "part",
    "group",
    "number",
    "heading",
    "text",
    "citation",
    "stance",
    "status",
    "date",
    "place",
    "mark",
    "note",
)


def render(appendix: Appendix) -> bytes:
    """Every row in the order of print, in the encoding that spreadsheets expect of a file with a byte order mark.

    One part alone has its own columns; several stand in one table, under columns that fit them all.
    """
    if len(appendix.parts) == 1:
        (part,) = appendix.parts
        rows = [{TITLES[part.kind][name]: value for name, value in row.items()} for row in rows_of(part)]
        return _table(tuple(TITLES[part.kind].values()), rows)
    return _table(COLUMNS, [{"part": cell(part.heading), **row} for part in appendix.parts for row in rows_of(part)])


def _table(columns: tuple[str, ...], rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
