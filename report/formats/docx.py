"""The appendix for Word, made by pandoc from the same page that is shown on screen."""

import io
import re
import tempfile
import zipfile
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol
from xml.sax.saxutils import escape

from evidence.documents.reading.pandoc import run_pandoc
from report.formats.direction import told_to_word
from report.formats.html import document
from report.formats.reference import completed, reference_document, text_width
from report.structure import Appendix

# Pandoc makes a figure a table, which is no place for a quotation; and styles and widths are said in its own way.
# Every one of these is a tag that only our template writes: what people typed is escaped by then.
FOR_WORD = {
    '<figure class="quotation">': "<div>",
    "</figure>": "</div>",
    '<figcaption dir="auto">': '<div data-custom-style="Quotation Source"><p>',
    "</figcaption>": "</p></div>",
    '<div class="meta"': '<div data-custom-style="Small"',
    '<span class="meta"': '<span data-custom-style="Small Words"',
    '<div class="lead"': '<div data-custom-style="Lead"',
    '<div class="reference"': '<div data-custom-style="Reference"',
    '<col class="number">': '<col style="width: 8%">',
    '<col class="count">': '<col style="width: 8%">',
    '<col class="against">': '<col style="width: 12%">',
    '<col class="qualified">': '<col style="width: 14%">',
    '<col class="reference">': '<col style="width: 16%">',
    '<col class="date">': '<col style="width: 27%">',
    '<col class="questions">': '<col style="width: 18%">',
    '<td class="questions">': '<td style="text-align: right">',
    '<th scope="col" class="questions">': '<th style="text-align: right">',
    '<col class="evidence">': '<col style="width: 40%">',
}
WORDS_BESIDE = {
    "sessions": "65%",
    "written": "57%",
    "recommendations": "58%",
    "witnesses": "82%",
    "published": "92%",
    "alphabetical": "60%",
    "decide": "73%",
}
# Where no questions are known, the witnesses have the whole width.
ALONE = re.compile(r'(<colgroup>)<col class="words">(</colgroup>)')
# The title of the page is already the title of the Word document; as a heading it would stand there twice.
HEADING = re.compile(r'<h1 dir="auto">.*?</h1>', re.DOTALL)
CONTENTS = re.compile(r'<nav class="contents" aria-label="Contents"><ul>(.*?)</ul></nav>', re.DOTALL)
ENTRY = re.compile(r'<li class="level-(\d)" dir="auto">(.*?)</li>')
# Word makes these lines anew, with page numbers, when it is asked to; until then they stand as they are.
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    r'<w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
IN_CONTENTS = re.compile(r'<w:p><w:pPr><w:pStyle w:val="Toc\d" /></w:pPr>.*?</w:p>')
GRID = re.compile(r"<w:tblGrid>.*?</w:tblGrid>")
TABLE = re.compile(r"<w:tbl>.*?</w:tbl>")
ROW = re.compile(r"<w:tr>.*?</w:tr>")
STYLED = re.compile(r'<w:pPr><w:pStyle w:val="[^"]*" />')
ON_ONE_PAGE = 4
QUOTED = re.compile(r'<w:pStyle w:val="(BlockText|QuotationSource)" />')
SECONDS = 600
MEGABYTES = 3000


class Titled(Protocol):
    """What the properties of a document say of it."""

    @property
    def title(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def made_on(self) -> date: ...


def render(appendix: Appendix, house_style: bytes | None = None) -> bytes:
    """The document in this style, or ours; the same appendix in the same style gives the same bytes."""
    return from_page(document(appendix), appendix, house_style)


def from_page(page: str, about: Titled, house_style: bytes | None = None) -> bytes:
    """A page in the appendix’s own markup, as Word has it."""
    reference = completed(house_style) if house_style else reference_document()
    made = in_style(page_for_word(page), "docx", reference)
    return _finished(made, about, text_width(reference))


def in_style(page: str, format: str, reference: bytes, environment: dict[str, str] | None = None) -> bytes:
    """What pandoc makes of the page, with the styles of a reference document of that format."""
    with tempfile.TemporaryDirectory() as folder:
        style = Path(folder) / f"reference.{format}"
        style.write_bytes(reference)
        return run_pandoc(
            ["-f", "html", "-t", format, "--shift-heading-level-by=-1", f"--reference-doc={style}", "-o", "-"],
            page.encode(),
            seconds=SECONDS,
            megabytes=MEGABYTES,
            environment=environment,
        )


def page_for_word(page: str) -> str:
    """The page as pandoc is to read it."""
    page = HEADING.sub("", page, count=1)
    page = ALONE.sub(r'\1<col style="width: 100%">\2', page)
    for table, width in WORDS_BESIDE.items():
        page = re.sub(
            rf'(<table class="list {table}">\s*<colgroup>(?:<col class="\w+">)?)<col class="words">',
            rf'\1<col style="width: {width}">',
            page,
        )
    page = CONTENTS.sub(lambda found: ENTRY.sub(_entry, found[1]), page)
    pattern = re.compile("|".join(map(re.escape, FOR_WORD)))
    return pattern.sub(lambda found: FOR_WORD[found[0]], page)


def _entry(found: re.Match[str]) -> str:
    return f'<div data-custom-style="toc {int(found[1]) - 1}"><p>{found[2]}</p></div>'


def _body(xml: str, width: int, *, bars: bool) -> str:
    """The text as Word and LibreOffice show it alike."""
    xml = xml.replace("<w:tr><w:tc>", "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>")
    xml = GRID.sub(partial(_as_wide_as, width), xml)
    xml = TABLE.sub(_kept_together, xml)
    entries = list(IN_CONTENTS.finditer(xml))
    if entries:
        last = entries[-1].end() - len("</w:p>")
        first = entries[0].start() + entries[0][0].index("</w:pPr>") + len("</w:pPr>")
        xml = xml[:first] + FIELD + xml[first:last] + FIELD_END + xml[last:]
    return _each_with_a_bar_of_its_own(xml) if bars else xml


def _kept_together(table: re.Match[str]) -> str:
    """A table whose heading, and the rows that head others, stand with what follows; one of few rows on one page."""
    rows = ROW.findall(table[0])
    if len(rows) <= ON_ONE_PAGE:
        heads = set(range(len(rows) - 1))
    else:
        heads = {n for n, row in enumerate(rows[:-1]) if n == 0 or ("<w:gridSpan" in row and "<w:b />" in row)}
    places = iter(range(len(rows)))

    def kept(row: re.Match[str]) -> str:
        return STYLED.sub(r"\g<0><w:keepNext/>", row[0]) if next(places) in heads else row[0]

    return ROW.sub(kept, table[0])


def _as_wide_as(text: int, grid: re.Match[str]) -> str:
    """A table as wide as the text: pandoc counts in the width of a page of its own."""
    widths = [int(width) for width in re.findall(r'w:w="(\d+)"', grid[0])]
    columns = "".join(f'<w:gridCol w:w="{width * text // sum(widths)}" />' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _each_with_a_bar_of_its_own(xml: str) -> str:
    """Equal borders are drawn as one, through the space between two quotes, so every second quote has another style."""
    second = False

    def styled(found: re.Match[str]) -> str:
        nonlocal second
        style = f"{found[1]}Next" if second else found[1]
        second ^= found[1] == "QuotationSource"
        return f'<w:pStyle w:val="{style}" />'

    return QUOTED.sub(styled, xml)


def _finished(made: bytes, about: Titled, width: int) -> bytes:
    """With its properties, its contents, and what pandoc can't say of tables and quotes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        bars = b'w:styleId="BlockTextNext"' in source.read("word/styles.xml")
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _properties(about).encode()
            elif name == "word/document.xml":
                content = told_to_word(_body(content.decode(), width, bars=bars)).encode()
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _properties(about: Titled) -> str:
    """Title, author, language and date, as Word shows them; the date is the document's and never the clock's."""
    made_on = f"{about.made_on.isoformat()}T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(about.title)}</dc:title><dc:creator>{escape(about.body)}</dc:creator>"
        "<dc:language>en-GB</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made_on}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{made_on}</dcterms:modified></cp:coreProperties>'
    )
