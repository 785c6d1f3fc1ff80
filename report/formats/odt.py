"""The appendix as OpenDocument, made by pandoc from the same page, in the look and on the page of the Word style."""

from __future__ import annotations

import io
import re
import zipfile
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from evidence.documents.reading.pandoc import run_pandoc
from report.formats.direction import told_to_opendocument
from report.formats.docx import in_style, page_for_word
from report.formats.house_style import Look, looks
from report.formats.html import document
from report.formats.page import Page, layout, master, page_of, strip_styles
from report.formats.reference import INK, MARIGOLD, RULE, SOFT, completed, reference_document
from report.structure import Appendix

BAR = f'fo:border-left="2pt solid #{MARIGOLD}" fo:padding-left="10pt" fo:margin-left="5mm"'
KEEP = 'fo:keep-with-next="always"'
# A style of ours, the Word style whose letters it has, and its paragraphs.
STYLES = {
    "Standard": ("normal", 'fo:margin-top="0pt" fo:margin-bottom="6pt" fo:line-height="115%"'),
    "Text_20_body": ("body text", 'fo:margin-top="0pt" fo:margin-bottom="6pt"'),
    "First_20_paragraph": ("body text", 'fo:margin-top="0pt" fo:margin-bottom="6pt"'),
    "Table_20_Contents": ("compact", 'fo:margin-top="2pt" fo:margin-bottom="2pt"'),
    "Table_20_Heading": ("compact", 'fo:margin-top="2pt" fo:margin-bottom="2pt" fo:text-align="start"'),
    "Title": ("title", f'fo:margin-bottom="10pt" fo:text-align="start" {KEEP}'),
    "Heading_20_1": (
        "heading 1",
        f'fo:margin-top="24pt" fo:margin-bottom="8pt" fo:border-bottom="0.5pt solid #{RULE}" {KEEP}',
    ),
    "Heading_20_2": ("heading 2", f'fo:margin-top="16pt" fo:margin-bottom="5pt" {KEEP}'),
    "Heading_20_3": ("heading 3", f'fo:margin-top="12pt" fo:margin-bottom="4pt" {KEEP}'),
    "Heading_20_4": ("heading 4", f'fo:margin-top="10pt" fo:margin-bottom="3pt" {KEEP}'),
    "QuotedWords": ("block text", f'fo:margin-top="6pt" fo:margin-bottom="0pt" {BAR} {KEEP}'),
    "QuotationSource": ("quotation source", f'fo:margin-bottom="10pt" {BAR}'),
    "Lead": ("lead", f'fo:margin-bottom="6pt" {KEEP}'),
    "Small": ("small", 'fo:margin-bottom="4pt"'),
    "Reference": ("reference", 'fo:margin-left="7.5mm" fo:text-indent="-7.5mm" fo:margin-bottom="6pt"'),
    "toc1": ("toc 1", 'fo:margin-top="3pt" fo:margin-bottom="0pt"'),
    "toc2": ("toc 2", 'fo:margin-left="5mm" fo:margin-bottom="0pt"'),
}
LINK = re.compile(r'(<style:style style:name="Internet_20_link"[^>]*>).*?</style:style>', re.DOTALL)
CELLS = re.compile(r'(style:name="Table(?:Header)?RowCell"[^>]*>\s*<style:table-cell-properties )fo:border="none"')
HEADINGS = re.compile(r"Heading_20_(\d)")
# The names of styles have no spaces here; and a quotation is a paragraph like another, with a bar.
NAMED = {
    'data-custom-style="Quotation Source"': 'data-custom-style="QuotationSource"',
    'data-custom-style="Small Words"': 'data-custom-style="SmallWords"',
    'data-custom-style="toc 1"': 'data-custom-style="toc1"',
    'data-custom-style="toc 2"': 'data-custom-style="toc2"',
    "<blockquote>": '<div data-custom-style="QuotedWords">',
    "</blockquote>": "</div>",
}
STRIP = re.compile(r'<style:style style:name="MP1".*?</style:style>', re.DOTALL)
LAYOUT = re.compile(r'<style:page-layout style:name="Mpm1">.*?</style:page-layout>', re.DOTALL)
MASTER = re.compile(r'<style:master-page style:name="Standard".*?</style:master-page>', re.DOTALL)


def render(appendix: Appendix, house_style: bytes | None = None) -> bytes:
    """The document; the same appendix in the same style gives the same bytes."""
    page = page_for_word(document(appendix))
    for theirs, ours in NAMED.items():
        page = page.replace(theirs, ours)
    style = completed(house_style) if house_style else reference_document()
    return _finished(in_style(page, "odt", _reference(style)), appendix)


@lru_cache(maxsize=4)
def _reference(style: bytes) -> bytes:
    """Pandoc's own reference document, with its styles and its page replaced."""
    given = run_pandoc(["--print-default-data-file", "reference.odt"], b"")
    return _rewritten(given, {"styles.xml": lambda xml: _paged(_styles(xml, looks(style)), page_of(style))})


def _paged(xml: str, page: Page) -> str:
    """With the page of the Word style, and what stands above and below its text."""
    for place, ours in ((STRIP, strip_styles(page)), (LAYOUT, layout(page)), (MASTER, master(page))):
        xml = place.sub(ours.replace("\\", r"\\"), xml, count=1)
    return xml


def _styles(xml: str, found: dict[str, Look]) -> str:
    for name in STYLES:
        xml = re.sub(rf'<style:style style:name="{name}"[^>]*?(?:/>|>.*?</style:style>)', "", xml, flags=re.DOTALL)
    ours = "".join(_style(name, found) for name in STYLES)
    small = f'<style:text-properties fo:font-size="9pt" fo:color="#{SOFT}"/>'
    ours += f'<style:style style:name="SmallWords" style:family="text">{small}</style:style>'
    xml = xml.replace("</office:styles>", f"{ours}</office:styles>", 1)
    xml = xml.replace('fo:country="US"', 'fo:country="GB"')
    link = f'<style:text-properties fo:color="#{INK}" style:text-underline-style="none"/></style:style>'
    return LINK.sub(lambda found: f"{found[1]}{link}", xml)


def _style(name: str, found: dict[str, Look]) -> str:
    word, paragraph = STYLES[name]
    parent = "" if name == "Standard" else ' style:parent-style-name="Standard"'
    heading = HEADINGS.fullmatch(name)
    level = f' style:default-outline-level="{heading[1]}" style:class="text"' if heading else ""
    shown = escape(name.replace("_20_", " "))
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="paragraph"{parent}{level}>'
        f"<style:paragraph-properties {paragraph}/>{_letters(word, found)}</style:style>"
    )


def _letters(word: str, found: dict[str, Look]) -> str:
    """The letters of a Word style, and of those that it leaves something to."""
    chain = [found.get(name, Look()) for name in (word, "normal", "")]
    font = next((look.font for look in chain if look.font), "Cambria")
    size = next((look.half_points for look in chain if look.half_points), "21")
    colour = f' fo:color="#{chain[0].colour}"' if chain[0].colour else ""
    weight = "bold" if chain[0].bold else "normal"
    return (
        f"<style:text-properties style:font-name={quoteattr(font)} fo:font-family={quoteattr(font)} "
        f'fo:font-size="{int(size) / 2:g}pt" fo:font-weight="{weight}"{colour}/>'
    )


def _finished(made: bytes, appendix: Appendix) -> bytes:
    """With the appendix's own properties, and without a trace of the clock."""
    lined = rf'\g<1>fo:padding-right="6pt" fo:border-bottom="0.5pt solid #{RULE}"'
    return _rewritten(
        made,
        {
            "meta.xml": lambda _: _properties(appendix),
            "content.xml": lambda xml: told_to_opendocument(CELLS.sub(lined, xml)),
        },
    )


def _properties(appendix: Appendix) -> str:
    made_on = f"{appendix.made_on.isoformat()}T00:00:00"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-meta office:version="1.3" '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0">'
        f"<office:meta><dc:title>{escape(appendix.title)}</dc:title><dc:language>en-GB</dc:language>"
        f"<meta:initial-creator>{escape(appendix.body)}</meta:initial-creator>"
        f"<meta:creation-date>{made_on}</meta:creation-date><dc:date>{made_on}</dc:date>"
        "</office:meta></office:document-meta>"
    )


def _rewritten(archive: bytes, changes: dict) -> bytes:
    """The same archive with some of its parts changed; what says its type stands first, as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist(), key=lambda one: (one != "mimetype", one)):
            content = source.read(name)
            if name in changes:
                content = changes[name](content.decode()).encode()
            packed = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            target.writestr(zipfile.ZipInfo(name), content, packed)
    return out.getvalue()
