"""What was chosen, told from its content: a list, an archive or a folder with or without one, or documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath

from evidence.documents.reading.identifying import OLE
from evidence.documents.reading.kinds import Unreadable
from evidence.documents.reading.plain import decode
from evidence.importing.reading import evidence, files
from evidence.importing.reading.child import Lines, refuse
from evidence.importing.reading.columns import Vocabulary, columns_of, heading_key, is_known, row_of
from evidence.importing.reading.rows import Row
from evidence.importing.reading.sources import Source, WithBodies, inside, unpacked

TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".ods")
MOST_BYTES = 100_000_000
SEARCHED_FOR_HEADINGS = 10
SHOWN = 3

OLD_FORMAT = "This is a spreadsheet in the old format (.xls), or one with a password. Save it as .xlsx, and send that."
TOO_LARGE = "“{name}” is larger than {limit} MB. Split the list, or put its texts into files."
SEVERAL = "There are several lists among the files: {names}. Keep one of them."
EMPTY = "There is nothing in it. Look for the right file, and send it again."
NO_ROWS = "The list has headings, and no row below them."
TWO_ALIKE = "Two columns are called “{name}”. Give one of them another name."
TOO_MANY_CELLS = (
    "It has more cells than there are headings, so it cannot be told which is which. "
    "In a CSV, put quotation marks round a cell that holds the sign between columns."
)


class NeedsColumns(Exception):
    """A person has to say which column tells who submitted: the headings, and the first rows below them."""

    def __init__(self, headings: list[str], sample: list[list[str]]) -> None:
        super().__init__(
            "The list has no column “submitter”. Its columns are: " + ", ".join(f"“{each}”" for each in headings) + "."
        )
        self.headings, self.sample = headings, sample


@dataclass
class Listing:
    """The rows, as often as they are asked for, and where their files are; the headings and columns of a table."""

    rows: Callable[[], Iterator[Row]]
    source: Source
    of_files_alone: bool = False
    folder: str = ""
    headings: list[str] = field(default_factory=list)
    sample: list[list[str]] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    beside: list[str] = field(default_factory=list)

    def find(self, written: str) -> str | None:
        """The name by which a file is opened that a row names."""
        if not self.columns:
            return written
        return self.source.find(f"{self.folder}/{written}" if self.folder else written) or self.source.find(written)

    def called(self, key: str) -> str:
        """What a file is called, by the name by which it is opened."""
        return self.source.called(key) if isinstance(self.source, WithBodies) else key

    @property
    def left_out(self) -> list[str]:
        """The headings of columns that nothing is taken from."""
        used = set(self.columns.values())
        return [heading for place, heading in enumerate(self.headings) if heading and place not in used]


def open_list(source: Source, folder: Path, *, code: str, words: Vocabulary, main: str = "") -> Listing:
    """Finds the list among the files, or makes one of their names. ``main`` is the file that was chosen alone;
    ``folder`` is one of our own, for what has to be unpacked.

    :raises Unreadable: with a sentence that says what to do.
    :raises NeedsColumns: when a table does not tell who submitted.
    """
    if main:
        kind = _kind(source, main, code)
        if kind == "table":
            return _table(source, main, folder, words)
        if kind == "json":
            return _evidence(WithBodies(source, folder), main, code)
        return _files([(main, main)], source, code)
    names = source.names()
    if not names:
        raise Unreadable(EMPTY)
    own = [name for name in names if not files.reference_in(name, code)[0]]
    tables = [name for name in own if name.lower().endswith(TABLES)]
    if len(tables) > 1:
        raise Unreadable(SEVERAL.format(names=", ".join(tables[:5])))
    if tables:
        listing = _table(source, tables[0], folder, words)
        listing.beside = [name for name in names if name != tables[0]]
        return listing
    if any(name.lower().endswith(".json") for name in names):
        return _evidence(WithBodies(source, folder), "", code)
    return _files([(name, name) for name in names], source, code)


def _kind(source: Source, name: str, code: str) -> str:
    """What a file that was chosen alone is: a table, JSON, or a document."""
    with unpacked(source, name) as file:
        packed = inside(file)
        file.seek(0)
        start = file.read(1 << 16)
    if not start.strip():
        raise Unreadable(EMPTY)
    if start.startswith(OLE) and name.lower().endswith((*TABLES, ".xls")):
        raise Unreadable(OLD_FORMAT)
    if packed == "workbook" or name.lower().endswith(TABLES):
        return "table"
    if packed or b"%PDF-" in start[:1024] or files.reference_in(name, code)[0]:
        return "json" if name.lower().endswith(".json") else "document"
    text = decode(start[: start.rfind(b"\n") + 1] or start) or ""
    return "json" if text.lstrip().startswith(("{", "[")) else "table"


def _table(source: Source, name: str, folder: Path, words: Vocabulary) -> Listing:
    if source.size(name) > MOST_BYTES:
        raise Unreadable(TOO_LARGE.format(name=name, limit=MOST_BYTES // 1_000_000))
    with unpacked(source, name) as file:
        lines = Lines(folder / "table", "table", file=file)
    first = list(islice(_cells(lines), SEARCHED_FOR_HEADINGS))
    if not first:
        raise Unreadable(EMPTY)
    known = [sum(is_known(cell, words.remembered) for cell in cells) for _, cells in first]
    place = known.index(max(known))
    headings, below = first[place][1], first[place + 1 :]
    sample = [cells for _, cells in below[:SHOWN]]
    columns = columns_of(headings, words.remembered)
    _refuse_twins(headings, columns)
    if not {"submitter", "organisation"} & columns.keys():
        raise NeedsColumns(headings, sample)
    if not below:
        raise Unreadable(NO_ROWS)

    def rows() -> Iterator[Row]:
        for number, cells in islice(_cells(lines), place + 1, None):
            yield _row(number, cells, headings, columns, words)

    beside = PurePosixPath(name).parent.as_posix().removeprefix(".")
    return Listing(rows, source, folder=beside, headings=headings, sample=sample, columns=columns)


def _cells(lines: Lines) -> Iterator[tuple[int, list[str]]]:
    for line in lines:
        refuse(line)
        yield line["row"], line["cells"]


def _refuse_twins(headings: list[str], columns: dict[str, int]) -> None:
    keys = [heading_key(heading) for heading in headings]
    for place in columns.values():
        if keys.count(keys[place]) > 1:
            raise Unreadable(TWO_ALIKE.format(name=headings[place]))


def _row(number: int, cells: list[str], headings: list[str], columns: dict[str, int], words: Vocabulary) -> Row:
    row = row_of(number, cells, columns, words)
    return row.but(wrong=(TOO_MANY_CELLS, *row.wrong)) if len(cells) > len(headings) else row


def _evidence(source: WithBodies, main: str, code: str) -> Listing:
    names = source.names()
    json = [name for name in names if name.lower().endswith(".json") or name == main]
    held = evidence.collect(source, json, main)
    others = [name for name in names if name not in set(json)]
    if held.items:
        return Listing(lambda: evidence.rows_of(held, source, code), source, beside=others)
    bodies = [body for body in held.bodies if main in ("", body.beside)]
    for body in bodies:
        if body.wrong:
            raise Unreadable(body.wrong)
    named = [(body.called, body.key) for body in bodies]
    return _files(named if main else named + [(name, name) for name in others], source, code)


def _files(named: list[tuple[str, str]], source: Source, code: str) -> Listing:
    beside = [key for _, key in named]
    return Listing(lambda: files.rows_of(named, code), source, of_files_alone=True, beside=beside)
