"""What a file is, told from its content; its name and what the browser said of it are never believed."""

import re

from evidence.documents.reading.kinds import (
    EMPTY,
    LOCKED_WORD,
    NO_ENCODING,
    NOT_A_DOCUMENT,
    NOT_READ,
    OLD_WORD,
    OUTLOOK,
    Kind,
    Unreadable,
)
from evidence.documents.reading.plain import decode

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"\x00\x00\x00\x0cjP")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def identify(data: bytes) -> Kind:
    """Tell the kind of a file from its content, or refuse it with a sentence that says what to do."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(EMPTY)
    # PDF readers accept a header anywhere in the first kilobyte, and mail gateways do put lines before it.
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(OLE):
        raise Unreadable(_told_of_ole(data))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        # It brings a library along that no other kind of file needs.
        from evidence.documents.reading import archives

        return archives.check(data)
    if data.startswith(PICTURES) and b"\x00" in data:
        raise Unreadable(NOT_READ["picture"])
    if data.removeprefix(BYTE_ORDER_MARK).lstrip().startswith(b"{\\rtf"):
        return Kind.RTF
    if is_mail(data):
        return Kind.EML
    return _kind_of_text(data)


def _told_of_ole(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return LOCKED_WORD
    return OUTLOOK if "__substg1.0_".encode("utf-16-le") in data else OLD_WORD


HEADER = re.compile(rb"([!-9;-~]{1,76}):")
BY_PEOPLE = {b"from", b"to", b"date", b"subject"}
# What mail programs write, and nobody who types "From" and "Subject" over a letter.
BY_MACHINES = {b"mime-version", b"message-id", b"received", b"return-path", b"content-type", b"dkim-signature"}


def is_mail(data: bytes) -> bool:
    """Whether a file begins as an e-mail does that was saved from a mail program."""
    names: set[bytes] = set()
    for place, line in enumerate(data[: 1 << 16].removeprefix(BYTE_ORDER_MARK).lstrip().splitlines()):
        if not line.strip():
            break
        if line[:1] in b" \t" or (place == 0 and line.startswith(b"From ")):
            continue
        header = HEADER.match(line)
        if not header:
            return False
        names.add(header[1].lower())
    return bool(names & BY_PEOPLE and names & BY_MACHINES)


WEB_PAGE = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html\b|(?:html|head|body|meta|title|div|p|table|ol|ul|article|section|span|font|h[1-6])(?:\s[^<>]*)?>)",
    re.IGNORECASE | re.DOTALL,
)
XML = re.compile(r"<\?xml\b|<!doctype\b|<svg\b", re.IGNORECASE)
# What a text holds that was written in Markdown. Headings and lists alone read the same as plain text.
LINK = re.compile(r"\[[^\]\n]+\]\((?:https?://|mailto:|#)[^)\s]*\)")
RULED_TABLE = re.compile(r"^\s*\|?\s*:?-{3,}:?\s*\|[\s:|-]*$", re.MULTILINE)
FENCE = re.compile(r"^(?:```|~~~)\w*$", re.MULTILINE)
HASH_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
STRONG = re.compile(r"(?<!\*)\*\*(?=[^\s*])[^*\n]+(?<=[^\s*])\*\*(?!\*)")


def _kind_of_text(data: bytes) -> Kind:
    text = decode(data)
    # A page in an encoding of its own says which; the words at its head are plain in nearly all of them.
    head = (text or data[:4000].decode("latin-1")).lstrip("\ufeff \t\r\n")[:4000]
    if WEB_PAGE.match(head):
        return Kind.HTML
    if text is None:
        raise Unreadable(NOT_A_DOCUMENT if b"\x00" in data else NO_ENCODING)
    if XML.match(head):
        raise Unreadable(NOT_READ["xml"])
    return Kind.MARKDOWN if _is_markdown(text) else Kind.TEXT


def _is_markdown(text: str) -> bool:
    if LINK.search(text) or RULED_TABLE.search(text) or FENCE.search(text):
        return True
    return bool(STRONG.search(text) and HASH_HEADING.search(text))
