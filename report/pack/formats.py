"""A meeting pack as one web page, as Word and as PDF/UA; with the parts that print the appendix."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from report.formats import docx, html, pdf
from report.models import Format
from report.pack.structure import Pack

HERE = Path(__file__).parent


def body(pack: Pack) -> SafeString:
    """The pack without its title, for a page that has a heading of its own."""
    return render_to_string("report/pack/body.html", {"pack": pack})


def render(pack: Pack, format: Format) -> bytes:
    """The pack as a file; the same pack gives the same bytes."""
    if format == Format.PDF:
        return pdf.in_type(pack.to_dict(), "pack", HERE / "pack.typ", pack.made_on)
    if format == Format.DOCX:
        return docx.from_page(_document(pack), pack)
    return _document(pack, html.style() + _style()).encode()


def _document(pack: Pack, style: str = "") -> str:
    context = {"pack": pack, "style": mark_safe(style)}  # noqa: S308
    return render_to_string("report/pack/document.html", context)


@cache
def _style() -> str:
    return (HERE / "pack.css").read_text()
