"""OpenDocument texts: pandoc's view of them, and the words that pandoc passes over."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from evidence.documents.reading.kinds import BROKEN_ODT, Unreadable
from evidence.documents.reading.passages import Draft, clean
from evidence.documents.reading.word import parsed, walked

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
# What was struck out, what was written in the margin, and a table of contents are not what the document says.
ASIDE = (f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}table-of-content", f"{TEXT}alphabetical-index")
BLANKS = (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break")
APART = "Its text boxes, and other words that stand outside its text, are at the end."


def drafts(data: bytes) -> tuple[list[Draft], list[str]]:
    """The document's passages in order; the words of frames and text boxes, which pandoc passes over, at the end."""
    found = list(walked(parsed(["-f", "odt"], data, BROKEN_ODT)))
    read = " ".join(_plain(f"{draft.printed} {draft.text}") for draft in found)
    left = [text for text in _paragraphs(data) if _plain(text) not in read]
    return [*found, *(Draft("paragraph", text) for text in left)], [APART] if left else []


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", clean(text))


def _paragraphs(data: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as part:
            # Parts that declare entities were refused before.
            body = ElementTree.parse(part).getroot().find(f"{OFFICE}body")  # noqa: S314
    except (ElementTree.ParseError, KeyError) as error:
        raise Unreadable(BROKEN_ODT) from error
    pending = [body] if body is not None else []
    while pending:
        element = pending.pop()
        if element.tag in ASIDE:
            continue
        if element.tag in PARAGRAPHS and (text := "".join(_own_words(element)).strip()):
            yield text
        pending.extend(reversed(element))


def _own_words(element: ElementTree.Element) -> Iterator[str]:
    """The words of a paragraph without those of the frames and notes that hang on it."""
    yield element.text or ""
    for child in element:
        if child.tag in BLANKS:
            yield " "
        elif child.tag == f"{TEXT}ruby-text" or child.tag in ASIDE or child.tag.endswith(("}frame", "}note")):
            pass
        elif child.tag not in PARAGRAPHS:
            yield from _own_words(child)
        yield child.tail or ""
