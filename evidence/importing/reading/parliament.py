"""Written evidence as the UK Parliament's Committees API gives it, read in the child process: items, and bodies."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from typing import Any

from evidence.documents.reading.kinds import Unreadable
from evidence.documents.reading.passages import clean
from evidence.documents.reading.plain import decode
from evidence.importing.reading.rows import LONGEST_ORGANISATION, LONGEST_PERSON, LONGEST_TITLE, MOST_NAMES, MOST_ROWS

Json = dict[str, Any]

BROKEN = "This is not JSON that can be read: it is damaged, or was cut short. Save it once more, and send that."
NESTED = "This JSON is nested deeper than any list of evidence is. Look for the right file, and send it again."
NO_EVIDENCE = (
    "This JSON holds no written evidence. It should be an object with “items”, or a document with “fileName” and "
    "“data”, as the Committees API gives them."
)
TOO_MANY = f"This JSON holds more than {MOST_ROWS:,} items. Split it, and send the parts."
NO_BASE64 = "“{name}” cannot be decoded: its base64 is damaged. Save its document once more."
NO_DATA = "“{name}” holds no document: its data is empty. Save its document once more."
# As published first: it is what others cite. The rest are the same words in another form.
FORMATS = ("pdf", "originalformat", "html")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T.*)?")


def read(data: bytes) -> Iterator[tuple[Json, bytes]]:
    """Items as ``{"item": …}``, and bodies as ``{"body": …}`` with their bytes.

    :raises Unreadable: with a sentence that says what to do.
    """
    held = _loaded(data)
    if isinstance(held, dict) and "items" not in held and "fileName" in held:
        yield _body(held, item=None)
        return
    items = held.get("items") if isinstance(held, dict) else held
    if isinstance(held, dict) and "items" not in held and ("internalReference" in held or "witnesses" in held):
        items = [held]
    if not isinstance(items, list):
        raise Unreadable(NO_EVIDENCE)
    if len(items) > MOST_ROWS:
        raise Unreadable(TOO_MANY)
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            yield {"item": {"number": number, "wrong": ["It is not an object, as an item of evidence is."]}}, b""
            continue
        files = _files(item)
        for file in files:
            if "data" in file:
                yield _body(file, item=number)
        yield {"item": _row(number, item), "ids": _ids(item), "files": [_file(file) for file in files]}, b""


def _loaded(data: bytes) -> Any:
    text = decode(data)
    if text is None:
        raise Unreadable(BROKEN)
    try:
        return json.loads(text)
    except RecursionError as error:
        raise Unreadable(NESTED) from error
    except ValueError as error:
        raise Unreadable(BROKEN) from error


def _text(value: Any, longest: int = LONGEST_TITLE) -> str:
    """What is written, when it is words or a number, in one line."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return clean(str(value)[: longest * 4])[:longest].strip()


def _dicts(value: Any) -> list[Json]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _files(item: Json) -> list[Json]:
    document = item.get("document")
    files = _dicts(document.get("files")) if isinstance(document, dict) else []
    return [each for _, each in sorted(enumerate(files), key=lambda pair: (_rank(pair[1]), pair[0]))]


def _rank(file: Json) -> int:
    form = _text(file.get("fileDataFormat")).casefold()
    return FORMATS.index(form) if form in FORMATS else len(FORMATS)


def _file(file: Json) -> Json:
    return {"name": _text(file.get("fileName")), "format": _text(file.get("fileDataFormat"))}


def _body(body: Json, item: int | None) -> tuple[Json, bytes]:
    name = _text(body.get("fileName")) or "document"
    data = body.get("data")
    told: Json = {"name": name, "item": item}
    try:
        held = base64.b64decode("".join(data.split()), validate=True) if isinstance(data, str) else b""
    except (binascii.Error, ValueError):
        return {"body": told | {"wrong": NO_BASE64.format(name=name)}}, b""
    if not held:
        return {"body": told | {"wrong": NO_DATA.format(name=name)}}, b""
    return {"body": told}, held


def _ids(item: Json) -> list[str]:
    """The numbers by which a body that was saved apart may be called; nought is none."""
    ids = (item.get("id"), item.get("submissionId"))
    return [str(each) for each in ids if isinstance(each, int) and not isinstance(each, bool) and 0 < each < 10**15]


def _row(number: int, item: Json) -> Json:
    anonymous = item.get("anonymous") is True
    names, notes = _names(item)
    published, title = "", ""
    if found := _DAY.fullmatch(_text(item.get("publicationDate"))):
        published = found[1]
    if anonymous:
        title = _text(item.get("anonymousWitnessText"))
        if names:
            notes.append("It is anonymous: its names are kept for the secretariat alone.")
    elif not names:
        notes.append("It names no submitter. Add them on its page.")
    return {
        "number": number,
        "reference": _text(item.get("internalReference")),
        "names": names[:MOST_NAMES],
        "requested": "anonymised" if anonymous else "full",
        "decision": ("anonymised" if anonymous else "full") if published else "",
        "published": published,
        "title": title,
        "notes": notes,
    }


def _names(item: Json) -> tuple[list[Json], list[str]]:
    names: list[Json] = []
    notes: list[str] = []
    for witness in _dicts(item.get("witnesses")):
        found = _submitter(witness)
        if not found:
            notes.append("A submitter without a name is left out.")
        names += [name for name in found if name not in names]
    return names, list(dict.fromkeys(notes))


def _submitter(witness: Json) -> list[Json]:
    """A person, once for each body that they write for; or the bodies alone."""
    member = witness.get("memberInfo")
    name = _text(witness.get("name"), LONGEST_PERSON)
    if not name and isinstance(member, dict):
        name = _text(member.get("displayAs") or member.get("listAs") or member.get("name"), LONGEST_PERSON)
    bodies = [_text(each.get("name"), LONGEST_ORGANISATION) for each in _dicts(witness.get("organisations"))]
    bodies = list(dict.fromkeys(body for body in bodies if body))
    of_a_body = _text(witness.get("submitterType")).casefold() == "organisation"
    if not bodies:
        alone = {"organisation": name} if of_a_body else {"text": name, "kind": "person"}
        return [alone] if name else []
    if not name or name.casefold() in (body.casefold() for body in bodies):
        return [{"organisation": body} for body in bodies]
    return [{"text": name, "organisation": body, "kind": "person"} for body in bodies]
