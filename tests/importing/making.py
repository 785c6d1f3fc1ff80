"""Lists, archives and answers of the Committees API, made on the spot. All people and bodies in them are fictional."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

from inquiry.models import Inquiry
from tests.documents.making import archive

COLUMNS = ("reference", "submitter", "organisation", "sector", "received", "decision", "file", "text")


def table(*rows: dict[str, str], columns: Sequence[str] = COLUMNS, delimiter: str = ",") -> str:
    """A CSV list."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def xlsx(rows: Sequence[Sequence[Any]], after: str = "") -> bytes:
    """A workbook of one sheet, with words and numbers; a cell that begins with an equals sign is a formula."""
    made = "".join(
        f'<row r="{n}">' + "".join(_cell(f"{chr(65 + c)}{n}", value) for c, value in enumerate(row)) + "</row>"
        for n, row in enumerate(rows, start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="List" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{made}{after}</sheetData></worksheet>',
        }
    )


def _cell(place: str, value: Any) -> str:
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    if str(value).startswith("="):
        return f'<c r="{place}"><f>{escape(value[1:])}</f></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    """An OpenDocument spreadsheet of one sheet."""
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    made = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f'<office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0" '
            f'xmlns:text="{names}text:1.0"><office:body><office:spreadsheet><table:table table:name="List">{made}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
            'manifest:1.0"/>',
        }
    )


def item(reference: str | None, *witnesses: dict[str, Any], files: Sequence[Any] = (), **more: Any) -> dict[str, Any]:
    """An item of written evidence, as the Committees API has it."""
    return {
        "id": 0,
        "submissionId": None,
        "internalReference": reference,
        "anonymous": False,
        "anonymousWitnessText": None,
        "publicationDate": "2023-03-01T00:00:00",
        "committeeBusiness": {"id": 1, "title": "Example inquiry"},
        "document": {"files": [file if isinstance(file, dict) else a_file(file) for file in files]},
        "witnesses": list(witnesses),
        **more,
    }


def a_file(name: str, form: str = "Pdf") -> dict[str, Any]:
    return {"fileName": name, "fileSize": 1, "fileDataFormat": form}


def witness(name: str | None, *organisations: str | None, kind: str = "Individual", **more: Any) -> dict[str, Any]:
    bodies = [{"name": body, "role": None, "idmsId": None, "cisId": 0} for body in organisations]
    return {
        "id": None,
        "submitterType": kind,
        "name": name,
        "personId": 0,
        "additionalContext": None,
        "organisations": bodies,
        "memberInfo": None,
        **more,
    }


def body(name: str, data: bytes) -> str:
    """A document, as the Committees API has it."""
    return json.dumps({"fileName": name, "data": base64.b64encode(data).decode()})


class Ended:
    """How the command ended, and what it said."""

    def __init__(self, inquiry: Inquiry, file: Path, *options: str) -> None:
        out, complaints = io.StringIO(), io.StringIO()
        self.status = 0
        try:
            call_command(
                "import_submissions", "--inquiry", inquiry.code, str(file), *options, stdout=out, stderr=complaints
            )
        except CommandError as error:
            self.status = 2
            complaints.write(str(error))
        self.out, self.complaints = out.getvalue(), complaints.getvalue()

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.out)


def importing(inquiry: Inquiry, folder: Path, content: str | bytes, *options: str, name: str = "list.csv") -> Ended:
    """The list is written to a folder, and imported from there."""
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return Ended(inquiry, folder / name, *options)
