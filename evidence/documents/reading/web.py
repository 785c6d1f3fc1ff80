"""Web pages and Markdown: pandoc's view of their words; nothing that they point at is ever fetched."""

import codecs
import re
from collections.abc import Iterator

from evidence.documents.reading.kinds import BROKEN_HTML, BROKEN_TEXT, NO_ENCODING, Unreadable
from evidence.documents.reading.passages import Draft
from evidence.documents.reading.plain import decode
from evidence.documents.reading.word import parsed, walked

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
# A page may say Latin-1 and means what Windows makes of it; every browser takes it so.
LATIN = {"latin-1", "latin1", "iso-8859-1", "iso8859-1", "ascii", "us-ascii"}
# Where a page declares entities of its own, pandoc would take the rest of the declaration for words.
DOCTYPE = re.compile(r"<!doctype[^>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
# Every sign means what it means on paper: no mathematics between dollars, no pictures for :words:.
FLAVOUR = "gfm-tex_math_dollars-tex_math_gfm-emoji-task_lists-yaml_metadata_block"


def page_drafts(text: str) -> Iterator[Draft]:
    """The words of a web page; its title, scripts and styles are not among them."""
    page = DOCTYPE.sub("", text, count=1)
    yield from walked(parsed(["-f", "html"], page.encode("utf-8", "replace"), BROKEN_HTML))


def markdown_drafts(text: str) -> Iterator[Draft]:
    """The words of a text written in Markdown, as it is written on the web."""
    yield from walked(parsed(["-f", FLAVOUR], text.encode("utf-8", "replace"), BROKEN_TEXT))


def page_text(data: bytes) -> str:
    """The page in the encoding that it says itself, if it does."""
    said = CHARSET.search(data[:4096]) or XML_ENCODING.match(data)
    if said and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = said[1].decode().lower()
        try:
            return data.decode("cp1252" if name in LATIN else name)
        except (LookupError, ValueError):
            # It says what it is not; what it is can still be told.
            pass
    text = decode(data)
    if text is None:
        raise Unreadable(NO_ENCODING)
    return text
