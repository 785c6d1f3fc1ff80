"""The house style of Word exports: pandoc's own reference document with its styles, page and language replaced.

It is made from code, so that what changed in it can be read, and so that it fits the pandoc that reads it.
"""

import io
import re
import zipfile
from functools import cache

from evidence.documents.reading.pandoc import run_pandoc

SERIF = '<w:rFonts w:ascii="Cambria" w:hAnsi="Cambria" w:eastAsia="Cambria" w:cs="Times New Roman"/>'
INK = "1D4E89"
SOFT = "555250"
RULE = "A8A49D"
MARIGOLD = "FFCF4D"

BAR = f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="10" w:color="{MARIGOLD}"/></w:pBdr>'
# A shade's difference, for every second quote.
NEXT_BAR = BAR.replace(MARIGOLD, "FFCE4D")
UNDERLINE = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{RULE}"/></w:pBdr>'
KEEP = "<w:keepNext/><w:keepLines/>"


def _spacing(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="276" w:lineRule="auto"/>'


def _type(half_points: int, color: str = "", bold: bool = False) -> str:
    weight = "<w:b/><w:bCs/>" if bold else ""
    ink = f'<w:color w:val="{color}"/>' if color else ""
    return f'{SERIF}{weight}{ink}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _paragraph(name: str, paragraph: str, type_: str, based: str = "Normal", *, own: bool = False) -> tuple[str, str]:
    """A paragraph style by its name; pandoc's own keep the name and the place that pandoc looks for."""
    key = name.title().replace(" ", "")
    base = f'<w:basedOn w:val="{based}"/><w:next w:val="BodyText"/>' if name != "Normal" else ""
    default = ' w:default="1"' if name == "Normal" else ' w:customStyle="1"' if own else ""
    return key, (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>{base}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{type_}</w:rPr></w:style>"
    )


QUOTED = '<w:ind w:left="284" w:right="0" w:firstLine="0"/>'
STYLES = dict(
    (
        _paragraph("Normal", _spacing(0, 120), _type(21)),
        _paragraph("Body Text", _spacing(0, 120), _type(21)),
        _paragraph("First Paragraph", _spacing(0, 120), _type(21), "BodyText", own=True),
        _paragraph("Compact", _spacing(50, 50), _type(21), "BodyText", own=True),
        _paragraph("Title", f'{KEEP}{_spacing(0, 200)}<w:jc w:val="left"/>', _type(44, bold=True)),
        _paragraph(
            "heading 1", f'{KEEP}{UNDERLINE}{_spacing(480, 160)}<w:outlineLvl w:val="0"/>', _type(28, INK, True)
        ),
        _paragraph("heading 2", f'{KEEP}{_spacing(320, 100)}<w:outlineLvl w:val="1"/>', _type(23, INK, True)),
        _paragraph("heading 3", f'{KEEP}{_spacing(240, 80)}<w:outlineLvl w:val="2"/>', _type(21, INK, True)),
        _paragraph("heading 4", f'{KEEP}{_spacing(200, 60)}<w:outlineLvl w:val="3"/>', _type(19, SOFT, True)),
        _paragraph("Block Text", f"{KEEP}{BAR}{_spacing(120, 0)}{QUOTED}", _type(21)),
        _paragraph("Quotation Source", f"{BAR}{_spacing(0, 200)}{QUOTED}", _type(18, SOFT), own=True),
        _paragraph("Block Text Next", NEXT_BAR, "", "BlockText", own=True),
        _paragraph("Quotation Source Next", NEXT_BAR, "", "QuotationSource", own=True),
        _paragraph("toc 1", _spacing(60, 0), _type(21)),
        _paragraph("toc 2", f'{_spacing(0, 0)}<w:ind w:left="284"/>', _type(19)),
        _paragraph("Small", _spacing(0, 80), _type(18, SOFT), own=True),
        _paragraph("Lead", f"{KEEP}{_spacing(0, 120)}", _type(21), own=True),
        _paragraph("Reference", f'{_spacing(0, 120)}<w:ind w:left="425" w:hanging="425"/>', _type(21), own=True),
    )
)
STYLES["SmallWords"] = (
    '<w:style w:type="character" w:customStyle="1" w:styleId="SmallWords"><w:name w:val="Small Words"/><w:qFormat/>'
    f'<w:rPr><w:color w:val="{SOFT}"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>'
)
STYLES["Hyperlink"] = (
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    f'<w:rPr><w:color w:val="{INK}"/></w:rPr></w:style>'
)
LINE = f'<w:{{}} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
STYLES["Table"] = (
    '<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/><w:basedOn w:val="TableNormal"/>'
    '<w:qFormat/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    f"<w:tblBorders>{LINE.format('bottom')}{LINE.format('insideH')}</w:tblBorders>"
    '<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/>'
    '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow">'
    f'<w:rPr><w:color w:val="{SOFT}"/><w:sz w:val="18"/></w:rPr></w:tblStylePr></w:style>'
)

DEFAULTS = (
    f'<w:rPrDefault><w:rPr>{SERIF}<w:sz w:val="21"/><w:szCs w:val="21"/>'
    '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
)
# A4, with the margins of the printed appendix: 30 mm at the sides, 28 and 26 mm above and below.
TEXT_WIDTH = 11906 - 2 * 1701
PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId90"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1588" w:right="1701" w:bottom="1474" w:left="1701" w:header="720" w:footer="720" w:gutter="0"/>'
    "</w:sectPr>"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FOOTER = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:ftr xmlns:w="{WORD}"><w:p><w:pPr><w:jc w:val="center"/>'
    '</w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText>'
    '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
)


@cache
def reference_document() -> bytes:
    """The document that pandoc takes styles, page size, footer and language from."""
    given = run_pandoc(["--print-default-data-file", "reference.docx"], b"")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(given)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name in CHANGES:
                content = CHANGES[name](content.decode()).encode()
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        target.writestr(zipfile.ZipInfo("word/footer90.xml"), FOOTER, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def completed(house_style: bytes) -> bytes:
    """A document that somebody brought, with our styles where it has none of that name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(house_style)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/styles.xml":
                content = _with_ours(content.decode()).encode()
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _with_ours(xml: str) -> str:
    there = {name.casefold() for name in re.findall(r'<w:name w:val="([^"]*)"', xml)}
    missing = [style for style in STYLES.values() if _name_of(style) not in there]
    return xml.replace("</w:styles>", f"{''.join(missing)}</w:styles>")


def _name_of(style: str) -> str:
    found = re.search(r'<w:name w:val="([^"]*)"', style)
    return found[1].casefold() if found else ""


def text_width(document: bytes) -> int:
    """How wide the text of a Word document is, in twentieths of a point."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        xml = archive.read("word/document.xml").decode()
    page, left, right = (
        re.findall(rf'<w:{tag} [^>]*w:{side}="(\d+)"', xml)
        for tag, side in (("pgSz", "w"), ("pgMar", "left"), ("pgMar", "right"))
    )
    return int(page[-1]) - int(left[-1]) - int(right[-1]) if page and left and right else TEXT_WIDTH


def _styles(xml: str) -> str:
    xml = re.sub(r"<w:rPrDefault>.*?</w:rPrDefault>", DEFAULTS, xml, flags=re.DOTALL)
    for key, style in STYLES.items():
        old = re.compile(rf'<w:style [^>]*w:styleId="{key}">.*?</w:style>', re.DOTALL)
        xml = old.sub(style, xml) if old.search(xml) else xml.replace("</w:styles>", f"{style}</w:styles>")
    return xml


def _page(xml: str) -> str:
    if f'xmlns:r="{OFFICE}"' not in xml:
        xml = xml.replace("<w:document ", f'<w:document xmlns:r="{OFFICE}" ', 1)
    return re.sub(r"<w:sectPr>.*?</w:sectPr>", PAGE, xml, flags=re.DOTALL)


def _relations(xml: str) -> str:
    footer = f'<Relationship Type="{OFFICE}/footer" Id="rId90" Target="footer90.xml"/>'
    return xml.replace("</Relationships>", f"{footer}</Relationships>")


def _types(xml: str) -> str:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
    return xml.replace("</Types>", f'<Override PartName="/word/footer90.xml" ContentType="{kind}"/></Types>')


def _language(xml: str) -> str:
    return xml.replace('<w:themeFontLang w:val="en-US"', '<w:themeFontLang w:val="en-GB"')


CHANGES = {
    "word/styles.xml": _styles,
    "word/document.xml": _page,
    "word/_rels/document.xml.rels": _relations,
    "[Content_Types].xml": _types,
    "word/settings.xml": _language,
}
