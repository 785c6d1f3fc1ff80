"""Which format is written by what."""

from __future__ import annotations

from collections.abc import Callable

from report.formats import bibliography, csv, docx, html, json, odt, pdf, refi, xlsx
from report.models import Format
from report.structure import Appendix

WRITERS: dict[Format, Callable[[Appendix], bytes]] = {
    Format.HTML: html.render,
    Format.PDF: pdf.render,
    Format.XLSX: xlsx.render,
    Format.CSV: csv.render,
    Format.JSON: json.render,
    Format.BIB: bibliography.bibtex,
    Format.RIS: bibliography.ris,
    Format.CSLJSON: bibliography.csljson,
    Format.QDC: refi.codebook,
    Format.QDPX: refi.project,
}
IN_HOUSE_STYLE: dict[Format, Callable[[Appendix, bytes | None], bytes]] = {
    Format.DOCX: docx.render,
    Format.ODT: odt.render,
}


def render(appendix: Appendix, format: Format, house_style: bytes | None = None) -> bytes:
    """The appendix as a file of this format. The same appendix, in the same house style, gives the same bytes."""
    if format in IN_HOUSE_STYLE:
        return IN_HOUSE_STYLE[format](appendix, house_style)
    return WRITERS[format](appendix)
