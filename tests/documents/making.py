"""Small documents made on the spot: Word files by pandoc, PDFs by Typst, archives by hand."""

import io
import zipfile

import typst

from evidence.documents.reading.pandoc import run_pandoc

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="{}"/></Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def word(markdown):
    """A Word document with this content."""
    return run_pandoc(["-f", "markdown", "-t", "docx", "-o", "-"], markdown.encode())


def word_parts(body="<w:p><w:r><w:t>Hello there</w:t></w:r></w:p>", content_type=WORD, before="", **others):
    """A Word document from its bare parts, for what no word processor would write."""
    return archive(
        {
            "[Content_Types].xml": CONTENT_TYPES.format(content_type),
            "_rels/.rels": RELATIONS,
            "word/document.xml": (
                f'<?xml version="1.0"?>{before}'
                '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                f"<w:body>{body}</w:body></w:document>"
            ),
            **others,
        }
    )


def archive(parts):
    """A ZIP archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return out.getvalue()


def pdf(markup, *, heads=False, width="150mm", height="110mm"):
    """A PDF set by Typst on small pages, with a running head and page numbers if wanted."""
    around = (
        "header: [Written evidence submitted by Town Team #h(1fr) LUI0012],"
        " footer: context align(center)[Page #counter(page).display() of #counter(page).final().at(0)],"
        if heads
        else ""
    )
    setup = (
        f"#set page(width: {width}, height: {height}, margin: 20mm, {around})\n"
        '#set text(size: 10pt, lang: "en", region: "gb")\n'
        "#set par(justify: true, spacing: 1.4em)\n"
    )
    return typst.compile((setup + markup).encode())
