"""The items of the Committees API, each with the document that was saved beside it."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from evidence.documents.reading.kinds import Unreadable
from evidence.importing.reading.child import Lines, refuse
from evidence.importing.reading.files import reference_in
from evidence.importing.reading.rows import Row
from evidence.importing.reading.sources import Source, WithBodies, unpacked
from evidence.submissions.references import read_reference

MOST_BYTES = 200_000_000
AT_ONCE = 200
TOO_LARGE = "“{name}” is larger than {limit} MB. Save its items in parts, and its documents apart."
SEVERAL = "Several saved documents are called “{name}”, and none of their files is called by its reference."


@dataclass
class _Body:
    """A document in base64: what it is called, the file that holds it, and the name to open it by, or what is wrong."""

    called: str
    beside: str
    key: str = ""
    wrong: str = ""

    def is_of(self, reference: tuple[str, int] | None, ids: Sequence[str], code: str) -> bool:
        stem = PurePosixPath(self.beside).stem
        if set(re.split(r"\D+", stem)) & set(ids):
            return True
        called = (reference_in(name, code)[0] for name in (stem, self.called))
        return reference is not None and any(name and read_reference(name) == reference for name in called)


@dataclass
class Collected:
    """What the JSON files of a source hold."""

    items: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    bodies: list[_Body] = field(default_factory=list)
    within: dict[tuple[str, int], list[_Body]] = field(default_factory=lambda: defaultdict(list))


def collect(source: WithBodies, names: Sequence[str], main: str) -> Collected:
    """Reads the JSON files; the items of ``main`` alone where it is named, and documents from all."""
    held = Collected()
    for number, some in enumerate(_batches(source, names)):
        chosen, folder = source.folder / f"chosen-{number}", source.folder / f"bodies-{number}"
        chosen.mkdir()
        folder.mkdir()
        for place, name in enumerate(some):
            with unpacked(source, name) as file, (chosen / str(place)).open("wb") as copy:
                shutil.copyfileobj(file, copy, 1 << 20)
        _take_in(held, source, some, folder, Lines(folder / "lines", "evidence", str(chosen), str(folder)), main)
        shutil.rmtree(chosen)
    return held


def _batches(source: Source, names: Sequence[str]) -> Iterator[list[str]]:
    """The files that one child reads: many small ones, or one large one."""
    batch: list[str] = []
    weighs = 0
    for name in names:
        size = source.size(name)
        if size > MOST_BYTES:
            raise Unreadable(TOO_LARGE.format(name=name, limit=MOST_BYTES // 1_000_000))
        if batch and (weighs + size > MOST_BYTES or len(batch) == AT_ONCE):
            yield batch
            batch, weighs = [], 0
        batch.append(name)
        weighs += size
    if batch:
        yield batch


def _take_in(held: Collected, source: WithBodies, names: Sequence[str], folder: Path, lines: Lines, main: str) -> None:
    name = ""
    for line in lines:
        if "file" in line:
            name = names[line["file"]]
        elif told := line.get("body"):
            body = _Body(told["name"], name, wrong=told.get("wrong", ""))
            if "at" in told:
                body.key = source.add(body.called, folder / told["at"])
            if told["item"] is None:
                held.bodies.append(body)
            else:
                held.within[name, told["item"]].append(body)
        elif not main or name == main:
            # What lies beside the list that was chosen may be anything.
            refuse(line)
            held.items.append((name, line))


def rows_of(held: Collected, source: Source, code: str) -> Iterator[Row]:
    """A row for each item, numbered on through all files."""
    plain = _by_reference(source, code)
    for number, (name, line) in enumerate(held.items, start=1):
        row = Row.of(dict(line["item"]))
        within = held.within.get((name, row.number), [])
        if not row.wrong:
            row = _with_document(row, line, within, held.bodies, source, plain, code)
        yield row.but(number=number, label=f"item {number}" if len({n for n, _ in held.items}) == 1 else f"{name}")


def _by_reference(source: Source, code: str) -> dict[tuple[str, int] | None, str]:
    """The files beside the items that are named by reference."""
    named = ((read_reference(reference_in(name, code)[0]), name) for name in source.names())
    return {reference: name for reference, name in named if reference and not name.lower().endswith(".json")}


def _with_document(
    row: Row,
    line: dict[str, Any],
    within: Sequence[_Body],
    bodies: Sequence[_Body],
    source: Source,
    plain: dict[tuple[str, int] | None, str],
    code: str,
) -> Row:
    """The first of its formats that is there; the others are the same words once more."""
    reference = read_reference(row.reference)
    if reference and not reference[0]:
        reference = code, reference[1]
    mine = [body for body in bodies if body.is_of(reference, line["ids"], code)]
    for file in line["files"]:
        called = [body for body in (*within, *bodies) if body.called.casefold() == file["name"].casefold()]
        found = [b for b in called if b in within] or [b for b in called if b in mine] or called
        if len(found) > 1 and found[0] not in within and found[0] not in mine:
            return row.but(wrong=(SEVERAL.format(name=file["name"]),))
        if found:
            return _taking(row, found[0])
        if file["name"] and (beside := _plain(source, file["name"])):
            return row.but(files=(beside,))
    if within or mine:
        return _taking(row, [*within, *mine][0])
    if reference in plain:
        return row.but(files=(plain[reference],))
    listed = next((file["name"] for file in line["files"] if file["name"]), "")
    missing = f"Its document, “{listed}”, is not among the files." if listed else "It has no document."
    return row.but(notes=(*row.notes, f"{missing} It can be added later."))


def _taking(row: Row, body: _Body) -> Row:
    return row.but(wrong=(body.wrong,)) if body.wrong else row.but(files=(body.key,))


def _plain(source: Source, called: str) -> str | None:
    try:
        return source.find(called)
    except Unreadable:
        return None
