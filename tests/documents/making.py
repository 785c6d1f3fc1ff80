"""Small documents made on the spot: Word and ODT files by pandoc, PDFs by Typst, archives and e-mails by hand."""

import io
import zipfile
from email.message import EmailMessage

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


def odt(markdown):
    """An OpenDocument text with this content."""
    return run_pandoc(["-f", "markdown", "-t", "odt", "-o", "-"], markdown.encode())


SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
)


def odt_parts(body="<text:p>Hello there</text:p>", before="", **others):
    """An OpenDocument text from its bare parts."""
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                f'<?xml version="1.0"?>{before}<office:document-content {SPACES}>'
                f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
            ),
            "styles.xml": (
                f'<?xml version="1.0"?><office:document-styles {SPACES}><office:font-face-decls/><office:styles/>'
                "<office:automatic-styles/><office:master-styles/></office:document-styles>"
            ),
            **others,
        }
    )


def a_mail(text="", *, html="", subject="Our evidence", files=(), kind=""):
    """An e-mail as a mail program saves it. ``files`` are (name, data); ``kind`` is a type for the whole."""
    message = EmailMessage()
    message["From"] = "Jane Example <jane@example.org>"
    message["To"] = "inquiry@example.org"
    message["Date"] = "Wed, 01 Mar 2023 10:00:00 +0000"
    message["Message-ID"] = "<1@example.org>"
    message["Subject"] = subject
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if kind:
        message.replace_header("Content-Type", kind)
    return message.as_bytes()


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
