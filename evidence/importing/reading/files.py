"""Rows from files that are named by reference: “SMD0006.pdf”, “SMD 6 - Name.docx”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from evidence.documents.reading.passages import clean
from evidence.importing.reading.rows import LONGEST_PERSON, Name, Row
from evidence.submissions.references import read_reference

NO_REFERENCE = "Its name holds no reference of this inquiry. Name it like {code}0006.pdf, or {code} 6 - Name.pdf."
_OTHER_CODE = re.compile(r"([A-Z]{2,6}) ?0*\d{3,6}(?!\d)")
_NAME = re.compile(r"\s*[-–—]\s*(?P<name>[^\W\d].*)")
# What stands after the reference of a second file is not a name.
_PART = re.compile(
    r"\(?(?:annex|appendix|attachment|supplement|additional|further|part|version|final|copy|draft|redacted|written|"
    r"evidence|submission|letter|cover|report)",
    re.IGNORECASE,
)


@dataclass
class _Found:
    reference: str
    name: str = ""
    files: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


def reference_in(called: str, code: str) -> tuple[str, str]:
    """The reference that a file's name holds, in any form, and the name after it; nothing where there is none."""
    stem = re.sub(r"[\s_]+", " ", PurePosixPath(called).stem).strip()
    found = re.search(rf"(?<![^\W_]){re.escape(code)}[\s\-/]*0*\d{{1,6}}(?!\d)", stem, re.IGNORECASE)
    found = found or _OTHER_CODE.match(stem)
    if not found:
        return "", ""
    named = _NAME.fullmatch(stem[found.end() :])
    name = clean(named["name"]) if named else ""
    return found[0], "" if _PART.match(name) else name[:LONGEST_PERSON]


def rows_of(files: Iterable[tuple[str, str]], code: str) -> Iterator[Row]:
    """A row for each reference, with its files; ``files`` are what each is called and the name to open it by."""
    found: dict[object, _Found] = {}
    for called, name in files:
        reference, submitter = reference_in(called, code)
        key = read_reference(reference) or (called, name)
        row = found.setdefault(key, _Found(reference))
        row.name = row.name or submitter
        row.files.append(name)
        row.labels.append(PurePosixPath(called).name)
    for number, row in enumerate(found.values(), start=1):
        yield Row(
            number=number,
            label=", ".join(row.labels),
            reference=row.reference,
            names=(Name(row.name),) if row.name else (),
            files=tuple(row.files),
            wrong=() if row.reference else (NO_REFERENCE.format(code=code),),
        )
