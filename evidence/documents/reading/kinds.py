"""What a file is, told from its content; its name and what the browser said of it are never believed."""

import io
import re
import zipfile
import zlib
from enum import StrEnum

from evidence.documents.reading.plain import decode


class Kind(StrEnum):
    """The kinds of file that are read."""

    PDF = "pdf"
    DOCX = "docx"
    TEXT = "text"


class Unreadable(Exception):
    """A file that can't be read; its message is a sentence for the person who sent the file."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


ACCEPTED = "Send a PDF, a Word document (.docx) or plain text."
EMPTY = "This file is empty. Look for the right one and send it again."
BROKEN_WORD = "This Word document is damaged. Open it in Word, save it again under a new name, and send that."
BROKEN_PDF = "This PDF is damaged or was cut short. Save it again from where it came, and send that."
LOCKED_PDF = "This PDF is locked with a password. Save it without the password, and send that."
LOCKED_WORD = "This document is locked with a password. Save it in Word without the password, and send that."
OLD_WORD = "This is in the old Office format (such as .doc). Open it in Word, save it as .docx, and send that."
MACROS = "This document holds macros, which are never opened. Save it in Word as .docx (without macros), and send that."
TOO_LARGE_INSIDE = (
    "This document unpacks to far more than a document should. "
    "Copy its text into a new document, take out large pictures, and send that."
)
NO_ENCODING = "This text is in an encoding that could not be told. Save it as UTF-8, and send that."
SCAN = (
    "This PDF is a scan: it holds pictures of pages, and no text. "
    "Run it through text recognition (OCR), or ask the sender for the original document."
)
NOT_READ = {
    "rtf": "This is a rich text file (RTF). Open it in Word, save it as .docx, and send that.",
    "html": "This is a web page. Save it as PDF or copy its text into a document, and send that.",
    "odt": "This is an OpenDocument file. Save it as .docx or PDF, and send that.",
    "zip": "This is a ZIP archive. Unpack it and send the documents in it.",
    "office": "This is a spreadsheet or a presentation. " + ACCEPTED,
    "picture": "This is a picture, which holds no text. Send the document that it was taken from.",
}
NOT_A_DOCUMENT = "This is not a document that can be read. " + ACCEPTED

# A document of 25 MB with its pictures unpacks to little more; a bomb unpacks to gigabytes.
UNPACKED_BYTES = 200_000_000
PART_BYTES = 100_000_000
PARTS = 5_000

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"\x00\x00\x00\x0cjP")
DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)|<\x00!\x00\s*\x00?[DE]\x00|\x00<\x00!\x00[DE]", re.IGNORECASE)


def identify(data: bytes) -> Kind:
    """Tell the kind of a file from its content, or refuse it with a sentence that says what to do."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(EMPTY)
    # PDF readers accept a header anywhere in the first kilobyte, and mail gateways do put lines before it.
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(OLE):
        raise Unreadable(LOCKED_WORD if "EncryptedPackage".encode("utf-16-le") in data else OLD_WORD)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _check_word(data)
        return Kind.DOCX
    if data.startswith(PICTURES) and b"\x00" in data:
        raise Unreadable(NOT_READ["picture"])
    if data.startswith(b"{\\rtf"):
        raise Unreadable(NOT_READ["rtf"])
    text = decode(data)
    if text is None:
        raise Unreadable(NOT_A_DOCUMENT if b"\x00" in data else NO_ENCODING)
    if re.match(r"\s*<(!doctype\s+html|html[\s>])", text[:500], re.IGNORECASE):
        raise Unreadable(NOT_READ["html"])
    return Kind.TEXT


def _check_word(data: bytes) -> None:
    """Open the archive once, count what it really unpacks to, and look for what must not be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_names(archive)
            _check_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError) as error:
        raise Unreadable(BROKEN_WORD) from error


def _check_names(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > PARTS or sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise Unreadable(TOO_LARGE_INSIDE)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable(LOCKED_WORD)
    if "mimetype" in names and b"opendocument" in _start(archive, "mimetype"):
        raise Unreadable(NOT_READ["odt"])
    if "[Content_Types].xml" not in names:
        raise Unreadable(NOT_READ["zip"])
    types = _start(archive, "[Content_Types].xml", 1_000_000)
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable(MACROS)
    if b"wordprocessingml" not in types:
        raise Unreadable(NOT_READ["office"])


def _start(archive: zipfile.ZipFile, name: str, size: int = 200) -> bytes:
    with archive.open(name) as part:
        return part.read(size)


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Unpack every part to nowhere: an archive's own table of sizes can lie, and its parts can be damaged."""
    unpacked = 0
    for entry in archive.infolist():
        markup = entry.filename.lower().endswith((".xml", ".rels"))
        size, tail = 0, b""
        with archive.open(entry) as part:
            while chunk := part.read(1 << 18):
                size += len(chunk)
                if size > PART_BYTES or unpacked + size > UNPACKED_BYTES:
                    raise Unreadable(TOO_LARGE_INSIDE)
                # Word never declares entities; a part that does wants to grow while it is read.
                if markup and DECLARATION.search(tail + chunk):
                    raise Unreadable(BROKEN_WORD)
                tail = chunk[-32:]
        unpacked += size
