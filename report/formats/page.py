"""The page of a Word document, with what stands above and below its text, and how OpenDocument says the same."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import escape

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FIELDS = {"PAGE": '<text:page-number text:select-page="current"/>', "NUMPAGES": "<text:page-count/>"}
ALIGNED = {"center": "center", "right": "end", "end": "end", "both": "justify"}
TWIPS_IN_A_POINT = 20
Element = ElementTree.Element


@dataclass(frozen=True)
class Line:
    """A paragraph above or below the text: how it is aligned, and what stands in it as OpenDocument has it."""

    aligned: str
    content: str


@dataclass(frozen=True)
class Page:
    """Sizes are in twentieths of a point, as Word has them: A4 with the margins of ours, unless it says otherwise."""

    width: int = 11906
    height: int = 16838
    top: int = 1588
    bottom: int = 1474
    left: int = 1701
    right: int = 1701
    header_at: int = 720
    footer_at: int = 720
    header: tuple[Line, ...] = ()
    footer: tuple[Line, ...] = ()


def page_of(docx: bytes) -> Page:
    """The page of the document's last section. Pictures in its header and footer are left out."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        section = _read(archive, "word/document.xml").find(f"{WORD}body/{WORD}sectPr")
        if section is None:
            return Page()
        said = {
            "width": _number(section, "pgSz", "w"),
            "height": _number(section, "pgSz", "h"),
            **{side: _number(section, "pgMar", side) for side in ("top", "bottom", "left", "right")},
            "header_at": _number(section, "pgMar", "header"),
            "footer_at": _number(section, "pgMar", "footer"),
        }
        sizes = {name: value for name, value in said.items() if value is not None}
        return Page(**sizes, header=_lines(archive, section, "header"), footer=_lines(archive, section, "footer"))


def layout(page: Page) -> str:
    """The page layout, called ``Mpm1`` as pandoc calls it."""
    turned = "landscape" if page.width > page.height else "portrait"
    above, header = _edge(page.top, page.header_at, page.header, "header", "bottom")
    below, footer = _edge(page.bottom, page.footer_at, page.footer, "footer", "top")
    return (
        f'<style:page-layout style:name="Mpm1"><style:page-layout-properties fo:page-width="{_pt(page.width)}" '
        f'fo:page-height="{_pt(page.height)}" style:num-format="1" style:print-orientation="{turned}" '
        f'fo:margin-top="{_pt(above)}" fo:margin-bottom="{_pt(below)}" fo:margin-left="{_pt(page.left)}" '
        f'fo:margin-right="{_pt(page.right)}" style:writing-mode="lr-tb"/>{header}{footer}</style:page-layout>'
    )


def master(page: Page) -> str:
    """The master page, with the header and the footer."""
    strips = "".join(
        f"<style:{name}>{''.join(map(_paragraph, lines))}</style:{name}>"
        for name, lines in (("header", page.header), ("footer", page.footer))
        if lines
    )
    return f'<style:master-page style:name="Standard" style:page-layout-name="Mpm1">{strips}</style:master-page>'


def strip_styles(page: Page) -> str:
    """A paragraph style for each way in which a line is aligned, with tabs at the middle and the end of the text."""
    width = page.width - page.left - page.right
    tabs = (
        f'<style:tab-stops><style:tab-stop style:position="{_pt(width // 2)}" style:type="center"/>'
        f'<style:tab-stop style:position="{_pt(width)}" style:type="right"/></style:tab-stops>'
    )
    return "".join(
        f'<style:style style:name="MP{aligned}" style:family="paragraph" style:parent-style-name="Footer">'
        f'<style:paragraph-properties fo:text-align="{aligned}" fo:margin-top="0pt" fo:margin-bottom="0pt">{tabs}'
        "</style:paragraph-properties></style:style>"
        for aligned in ("start", *dict.fromkeys(ALIGNED.values()))
    )


def _edge(margin: int, at: int, lines: tuple[Line, ...], name: str, gap: str) -> tuple[int, str]:
    """The margin of the page and the room for what stands in it: Word counts to the text, OpenDocument to the strip."""
    if not lines:
        return margin, f"<style:{name}-style/>"
    at = min(at, margin)
    room = f'fo:min-height="{_pt(margin - at)}" fo:margin-{gap}="4pt" fo:margin-left="0pt" fo:margin-right="0pt"'
    inside = f'<style:header-footer-properties {room} style:dynamic-spacing="false"/>'
    return at, f"<style:{name}-style>{inside}</style:{name}-style>"


def _paragraph(line: Line) -> str:
    return f'<text:p text:style-name="MP{line.aligned}">{line.content}</text:p>'


def _pt(twips: int) -> str:
    return f"{twips / TWIPS_IN_A_POINT:g}pt"


def _read(archive: zipfile.ZipFile, name: str) -> Element:
    return ElementTree.fromstring(archive.read(name))  # noqa: S314 - checked when it was brought


def _number(section: Element, tag: str, attribute: str) -> int | None:
    found = section.find(f"{WORD}{tag}")
    said = found.get(f"{WORD}{attribute}", "") if found is not None else ""
    # Word says by a minus that a margin does not grow with what stands in it.
    return abs(int(said)) if re.fullmatch(r"-?\d+", said) else None


def _lines(archive: zipfile.ZipFile, section: Element, kind: str) -> tuple[Line, ...]:
    """What stands on every page above or below the text; nothing where that is empty."""
    names = archive.namelist()
    for reference in section.iter(f"{WORD}{kind}Reference"):
        name = _target(archive, reference.get(RELATION, ""))
        if reference.get(f"{WORD}type", "default") == "default" and name in names:
            lines = tuple(_line(each) for each in _read(archive, name).iter(f"{WORD}p"))
            return lines if any(line.content for line in lines) else ()
    return ()


def _target(archive: zipfile.ZipFile, key: str) -> str:
    relations = "word/_rels/document.xml.rels"
    if relations not in archive.namelist():
        return ""
    for each in _read(archive, relations):
        if each.get("Id") == key:
            return posixpath.normpath(posixpath.join("word", each.get("Target", ""))).lstrip("/")
    return ""


def _line(paragraph: Element) -> Line:
    aligned = paragraph.find(f"{WORD}pPr/{WORD}jc")
    said = aligned.get(f"{WORD}val", "") if aligned is not None else ""
    return Line(ALIGNED.get(said, "start"), "".join(_content(paragraph)))


def _content(paragraph: Element) -> Iterator[str]:
    """The words, tabs and fields of a paragraph. Of a field that is not known, what Word showed last."""
    field: str | None = None
    shown = True
    counted: set[Element] = set()
    for each in paragraph.iter():
        name = each.tag.removeprefix(WORD)
        if name == "fldSimple":
            said = FIELDS.get(_field(each.get(f"{WORD}instr", "")), "")
            counted.update(each.iter(f"{WORD}t") if said else ())
            yield said
        elif name == "instrText" and field is not None:
            field += each.text or ""
        elif name == "fldChar":
            step = each.get(f"{WORD}fldCharType")
            if step == "begin":
                field = ""
            elif step == "separate" or (step == "end" and field is not None):
                yield FIELDS.get(_field(field or ""), "")
                shown, field = _field(field or "") not in FIELDS, None
            if step == "end":
                shown = True
        elif name == "t" and shown and each not in counted:
            yield escape(each.text or "")
        elif name == "tab" and each.get(f"{WORD}pos") is None:
            yield "<text:tab/>"


def _field(instruction: str) -> str:
    return (instruction.split() or [""])[0].upper()
