"""Documents that are archives (Word, OpenDocument): opened once, to nowhere, before anything reads them."""

import io
import re
import zipfile
import zlib

from evidence.documents.reading.kinds import (
    BROKEN_ODT,
    BROKEN_WORD,
    LOCKED_ODT,
    LOCKED_WORD,
    MACROS,
    MACROS_ODT,
    NOT_READ,
    TOO_LARGE_INSIDE,
    Kind,
    Unreadable,
)

# A document of 25 MB with its pictures unpacks to little more; a bomb unpacks to gigabytes.
UNPACKED_BYTES = 200_000_000
PART_BYTES = 100_000_000
PARTS = 5_000

DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)|<\x00!\x00\s*\x00?[DE]\x00|\x00<\x00!\x00[DE]", re.IGNORECASE)
MANIFEST = "META-INF/manifest.xml"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
# Old versions of OpenOffice declare the manifest's type, which nobody reads.
MAY_DECLARE = (MANIFEST,)


def check(data: bytes) -> Kind:
    """The kind of document, once it is known what the archive really unpacks to and that nothing in it runs."""
    kind = Kind.DOCX
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = _names(archive)
            mimetype = _start(archive, "mimetype") if "mimetype" in names else b""
            if mimetype.startswith(OPEN_DOCUMENT):
                kind = Kind.ODT
                _check_open_document(archive, names, mimetype)
            else:
                _check_word(archive, names)
            _check_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError) as error:
        raise Unreadable(BROKEN_ODT if kind is Kind.ODT else BROKEN_WORD) from error
    return kind


def _names(archive: zipfile.ZipFile) -> set[str]:
    entries = archive.infolist()
    if len(entries) > PARTS or sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise Unreadable(TOO_LARGE_INSIDE)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable(LOCKED_WORD)
    return {entry.filename for entry in entries}


def _check_word(archive: zipfile.ZipFile, names: set[str]) -> None:
    if "[Content_Types].xml" not in names:
        raise Unreadable(NOT_READ["zip"])
    types = _start(archive, "[Content_Types].xml", 1_000_000)
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable(MACROS)
    if b"wordprocessingml" not in types:
        raise Unreadable(NOT_READ["office"])


def _check_open_document(archive: zipfile.ZipFile, names: set[str], mimetype: bytes) -> None:
    if not mimetype.removeprefix(OPEN_DOCUMENT).startswith(b"text"):
        raise Unreadable(NOT_READ["office"])
    if MANIFEST in names and b"encryption-data" in _start(archive, MANIFEST, 1_000_000):
        raise Unreadable(LOCKED_ODT)
    if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in names):
        raise Unreadable(MACROS_ODT)
    if "content.xml" not in names:
        raise Unreadable(BROKEN_ODT)


def _start(archive: zipfile.ZipFile, name: str, size: int = 200) -> bytes:
    with archive.open(name) as part:
        return part.read(size)


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Unpack every part to nowhere: an archive's own table of sizes can lie, and its parts can be damaged."""
    unpacked = 0
    for entry in archive.infolist():
        markup = entry.filename.lower().endswith((".xml", ".rels")) and entry.filename not in MAY_DECLARE
        size, tail = 0, b""
        with archive.open(entry) as part:
            while chunk := part.read(1 << 18):
                size += len(chunk)
                if size > PART_BYTES or unpacked + size > UNPACKED_BYTES:
                    raise Unreadable(TOO_LARGE_INSIDE)
                # Neither program declares entities; a part that does wants to grow while it is read.
                if markup and DECLARATION.search(tail + chunk):
                    raise zipfile.BadZipFile("A part declares entities.")
                tail = chunk[-32:]
        unpacked += size
