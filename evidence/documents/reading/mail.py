"""E-mails: what they say themselves, and the files that came with them."""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from typing import Any, TypeVar, cast

from evidence.documents.reading.kinds import BROKEN_MAIL, LOCKED_MAIL, Unreadable
from evidence.documents.reading.passages import Attached, Draft, clean
from evidence.documents.reading.plain import decode
from evidence.documents.reading.plain import drafts as plain_drafts
from evidence.documents.reading.web import page_drafts

MOST_ATTACHED = 200
DEEPEST = 30
SIGNATURES = {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
LOCKED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
ONLY_ATTACHMENTS = "The message says nothing itself; what came with it stands beside it."
PICTURES = "It holds pictures, which were not taken out of it. They are in the message as received."
TOO_MANY = f"It holds more than {MOST_ATTACHED} files; the others were not taken out of it."

Value = TypeVar("Value")


def opened(data: bytes) -> tuple[list[Draft], list[str], list[Attached]]:
    """What the message says, notes on it, and what is attached to it; addresses are contact details, and stay out."""
    walk = _Walk()
    try:
        message = message_from_bytes(data, policy=policy.default)
        said = walk.message(cast(Message, message), 0)
    except RecursionError as error:
        raise Unreadable(BROKEN_MAIL) from error
    notes = [PICTURES] if walk.pictures else []
    if len(walk.attached) > MOST_ATTACHED:
        notes.append(TOO_MANY)
    if walk.attached and not said:
        notes.append(ONLY_ATTACHMENTS)
    return said, notes, walk.attached[:MOST_ATTACHED]


class _Walk:
    """One walk through a message and those inside it."""

    def __init__(self) -> None:
        self.attached: list[Attached] = []
        self.pictures = 0

    def message(self, message: Message, depth: int) -> list[Draft]:
        """What a message says, under its subject."""
        said = self.part(message, depth)
        subject = clean(_met(lambda: str(message["Subject"] or ""), ""))
        return [Draft("heading", subject, level=1 if depth == 0 else 2), *said] if said and subject else said

    def part(self, part: Message, depth: int) -> list[Draft]:
        kind = _met(part.get_content_type, "application/octet-stream")
        if depth > DEEPEST:
            raise Unreadable(BROKEN_MAIL)
        if kind in LOCKED:
            raise Unreadable(LOCKED_MAIL)
        if kind == "multipart/alternative" and part.is_multipart():
            return self.alternative(_inside(part), depth)
        if kind.startswith("message/") and part.is_multipart():
            return self.together(_inside(part), depth, self.message)
        if part.is_multipart():
            return self.together(_inside(part), depth, self.part)
        return self.leaf(part, kind)

    def together(
        self, parts: Iterable[Message], depth: int, read: Callable[[Message, int], list[Draft]]
    ) -> list[Draft]:
        return [draft for part in parts for draft in read(part, depth + 1)]

    def alternative(self, parts: list[Message], depth: int) -> list[Draft]:
        """The same words in several forms: the richest that says anything, which stands last."""
        said: list[Draft] = []
        for part in reversed(parts):
            found = self.part(part, depth + 1)
            said = said or found
        return said

    def leaf(self, part: Message, kind: str) -> list[Draft]:
        name = _name(part)
        main = kind.partition("/")[0]
        attached = _met(part.get_content_disposition, None) == "attachment" or bool(name)
        if kind in SIGNATURES:
            return []
        if main == "image":
            self.pictures += 1
            return []
        # A multipart that says no boundary, or a false one, is text as far as it can be told.
        if not attached and main in ("text", "multipart"):
            return _said(part, kind)
        data = _payload(part)
        if data.strip():
            self.attached.append(Attached(name or f"Attachment {len(self.attached) + 1}", data))
        return []


def _inside(part: Message) -> list[Message]:
    return [each for each in cast(list[Any], part.get_payload()) if isinstance(each, Message)]


def _said(part: Message, kind: str) -> list[Draft]:
    text = _text(part)
    if kind == "text/html":
        return _worth_saying(page_drafts(text))
    if kind not in ("text/plain", "text/markdown", "text/enriched") and not kind.startswith("multipart/"):
        return []
    if _met(lambda: part.get_param("format"), None) == "flowed":
        text = _unwrapped(text)
    return _worth_saying(plain_drafts(text))


def _worth_saying(drafts: Iterable[Draft]) -> list[Draft]:
    return [draft for draft in drafts if re.search(r"\w", clean(draft.text))]


def _unwrapped(text: str) -> str:
    """Lines that a mail program broke (RFC 3676) put together again: a blank at a line's end says that it goes on."""
    lines: list[str] = []
    goes_on = False
    for line in text.splitlines():
        if goes_on and line.strip():
            lines[-1] += line.removeprefix(" ")
        else:
            lines.append(line)
        goes_on = line.endswith(" ") and line != "-- " and bool(line.strip())
    return "\n".join(lines)


def _text(part: Message) -> str:
    """The text in the charset that is said, or in the one that it is in."""
    data = _payload(part)
    charset = _met(part.get_content_charset, None)
    if charset and charset not in ("us-ascii", "ascii"):
        with suppress(LookupError, ValueError):
            return data.decode(charset)
    return decode(data) or data.decode("utf-8", "replace")


def _payload(part: Message) -> bytes:
    found = _met(lambda: part.get_payload(decode=True), None)
    if isinstance(found, bytes):
        return found
    raw: Any = _met(lambda: cast(Any, part.get_payload()), "")
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def _name(part: Message) -> str:
    """The name that the sender gave a file, without the folders that it may pretend to lie in."""
    name = clean(_met(lambda: str(part.get_filename() or ""), ""))
    return re.split(r"[\\/]", name)[-1].strip(" .")[-200:]


def _met(ask: Callable[[], Value], otherwise: Value) -> Value:
    """What a message says of itself; headers that break the standard library's own reading of them say nothing."""
    try:
        return ask()
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, AssertionError):
        return otherwise
