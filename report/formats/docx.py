"""The appendix for Word, made by pandoc from the same page that is shown on screen."""

import io
import re
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from evidence.documents.reading.pandoc import run_pandoc
from report.formats.html import document
from report.formats.reference import reference_document
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
    '<div class="reference"': '<div data-custom-style="Reference"',
    '<col class="number">': '<col style="width: 10%">',
    '<col class="count">': '<col style="width: 14%">',
    '<col class="reference">': '<col style="width: 18%">',
    '<col class="date">': '<col style="width: 22%">',
}
WORDS_BESIDE = {"sessions": "68%", "written": "60%", "recommendations": "48%"}
# The title of the page is already the title of the Word document; as a heading it would stand there twice.
HEADING = re.compile(r'<h1 dir="auto">.*?</h1>', re.DOTALL)
SECONDS = 600
MEGABYTES = 3000


def render(appendix: Appendix) -> bytes:
    """The document; the same appendix gives the same bytes."""
    page = _for_word(document(appendix))
    with tempfile.TemporaryDirectory() as folder:
        style = Path(folder) / "reference.docx"
        style.write_bytes(reference_document())
        made = run_pandoc(
            ["-f", "html", "-t", "docx", "--shift-heading-level-by=-1", f"--reference-doc={style}", "-o", "-"],
            page.encode(),
            seconds=SECONDS,
            megabytes=MEGABYTES,
        )
    return _finished(made, appendix)


def _for_word(page: str) -> str:
    page = HEADING.sub("", page, count=1)
    for table, width in WORDS_BESIDE.items():
        page = re.sub(
            rf'(<table class="list {table}">\s*<colgroup><col class="\w+">)<col class="words">',
            rf'\1<col style="width: {width}">',
            page,
        )
    pattern = re.compile("|".join(map(re.escape, FOR_WORD)))
    return pattern.sub(lambda found: FOR_WORD[found[0]], page)


def _finished(made: bytes, appendix: Appendix) -> bytes:
    """With its properties, and with rows that no page break divides."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _properties(appendix).encode()
            elif name == "word/document.xml":
                content = content.replace(b"<w:tr><w:tc>", b"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>")
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _properties(appendix: Appendix) -> str:
    """Title, author, language and date, as Word shows them; the date is the appendix's and never the clock's."""
    made_on = f"{appendix.made_on.isoformat()}T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(appendix.title)}</dc:title><dc:creator>{escape(appendix.body)}</dc:creator>"
        "<dc:language>en-GB</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made_on}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{made_on}</dcterms:modified></cp:coreProperties>'
    )
