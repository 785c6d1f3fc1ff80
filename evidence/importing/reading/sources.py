"""Where a list and the files beside it come from: a folder, an archive, or what a JSON file holds in itself.

Names in here are labels: nothing is ever written to a path that a source has named.
"""

from __future__ import annotations

import io
import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from evidence.documents.reading.kinds import Unreadable

MOST_FILES = 20_000
# What an archive's table of contents may weigh, which is read into memory as a whole.
LONGEST_CONTENTS = 8_000_000
_END_OF_ARCHIVE = b"PK\x05\x06"
_FOR_VERY_LARGE_ONES = b"PK\x06\x07"
_LEFT_ALONE = re.compile(r"(?:^|/)(?:__MACOSX/|\.|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)

BROKEN = "This archive is damaged or was cut short. Pack it again, and send that."
LOCKED = "This archive is locked with a password. Pack it again without one, and send that."
TOO_MANY = f"This archive holds more than {MOST_FILES:,} files. Pack it in parts, and send those."
TOO_LARGE = "This archive unpacks to more than {limit} MB. Pack it in parts, and send those."
LEADS_OUT = "This archive holds a name that leads out of it: “{name}”. Pack it again from one folder."
TWICE = "This archive holds “{name}” twice. Pack it again, and send that."
TOO_MANY_BESIDE = f"This folder holds more than {MOST_FILES:,} files. Import it in parts."
OUTSIDE = "“{name}” lies outside of the list’s folder, and is not opened."


class Source(Protocol):
    """Files by their names."""

    def names(self) -> list[str]:
        """Every file, in order."""

    def find(self, written: str) -> str | None:
        """The file that the list means by this name, or nothing.

        :raises Unreadable: when it leads out of the source.
        """

    def size(self, name: str) -> int: ...

    def open(self, name: str) -> IO[bytes]: ...


def as_written(name: str) -> PurePosixPath:
    """A path as a list or an archive has it, with either kind of stroke.

    :raises ValueError: when it leads out of where it stands.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", name) or "\x00" in name:
        raise ValueError(name)
    return path


class Folder:
    """A folder on this machine, of which nothing outside is opened; with the folders in it, where it is ``deep``."""

    def __init__(self, root: Path, *, deep: bool = True) -> None:
        self.root, self.deep = root.resolve(), deep

    def names(self) -> list[str]:
        names = []
        for path in self.root.rglob("*") if self.deep else self.root.iterdir():
            name = path.relative_to(self.root).as_posix()
            if not _LEFT_ALONE.search(name) and self._inside(path):
                names.append(name)
            if len(names) > MOST_FILES:
                raise Unreadable(TOO_MANY_BESIDE)
        return sorted(names)

    def _inside(self, path: Path) -> bool:
        """Whether it is a file of this folder, wherever a link may lead."""
        found = path.resolve()
        return found.is_relative_to(self.root) and found.is_file()

    def find(self, written: str) -> str | None:
        try:
            path = self.root / as_written(written)
            led_out = not path.resolve().is_relative_to(self.root)
        except (ValueError, OSError):
            led_out = True
        if led_out:
            raise Unreadable(OUTSIDE.format(name=written[:100]))
        if not self._inside(path):
            return None
        return path.relative_to(self.root).as_posix()

    def size(self, name: str) -> int:
        return (self.root / name).stat().st_size

    def open(self, name: str) -> IO[bytes]:
        return (self.root / name).open("rb")


class Single:
    """One file that was sent alone."""

    def __init__(self, name: str, opened: Callable[[], IO[bytes]], size: int) -> None:
        self.name, self._opened, self._size = name, opened, size

    def names(self) -> list[str]:
        return [self.name]

    def find(self, written: str) -> str | None:
        return None

    def size(self, name: str) -> int:
        return self._size

    def open(self, name: str) -> IO[bytes]:
        return self._opened()


class Archive:
    """A ZIP archive. Its table of contents is believed only so far as it binds what is unpacked."""

    def __init__(self, file: IO[bytes], limit: int) -> None:
        try:
            _check_contents(file)
            self.zip = zipfile.ZipFile(file)
            self.entries = dict(self._files(self.zip.infolist()))
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
            raise Unreadable(BROKEN) from error
        if sum(entry.file_size for entry in self.entries.values()) > limit:
            raise Unreadable(TOO_LARGE.format(limit=limit // (1 << 20)))
        self.folded = _by_folded_name(self.entries)

    def _files(self, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
        if len(entries) > MOST_FILES:
            raise Unreadable(TOO_MANY)
        seen: set[str] = set()
        for entry in entries:
            try:
                name = as_written(entry.filename).as_posix()
            except ValueError:
                raise Unreadable(LEADS_OUT.format(name=entry.filename[:100])) from None
            if entry.is_dir() or stat.S_ISLNK(entry.external_attr >> 16) or _LEFT_ALONE.search(name):
                continue
            if entry.flag_bits & 0x1:
                raise Unreadable(LOCKED)
            if name in seen:
                raise Unreadable(TWICE.format(name=name[:100]))
            seen.add(name)
            yield name, entry

    def names(self) -> list[str]:
        return sorted(self.entries)

    def find(self, written: str) -> str | None:
        try:
            path = as_written(written)
        except ValueError:
            raise Unreadable(OUTSIDE.format(name=written[:100])) from None
        if path.as_posix() in self.entries:
            return path.as_posix()
        # A browser sends the files of a folder without it.
        return self.folded.get(path.as_posix().casefold()) or self.folded.get(path.name.casefold())

    def size(self, name: str) -> int:
        return self.entries[name].file_size

    def open(self, name: str) -> IO[bytes]:
        # Reads no more than the stated size, and fails where there is less or something else.
        return self.zip.open(self.entries[name])


def _by_folded_name(names: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """Files by their whole name without regard to capitals, and by its last part where only one has it."""
    last = Counter(PurePosixPath(name).name.casefold() for name in names)
    found = {PurePosixPath(name).name.casefold(): name for name in names}
    return {fold: name for fold, name in found.items() if last[fold] == 1} | {name.casefold(): name for name in names}


def _check_contents(file: IO[bytes]) -> None:
    """Refuses a table of contents that would fill the memory before its entries can be counted."""
    length = file.seek(0, io.SEEK_END)
    file.seek(max(0, length - (1 << 16) - 22))
    tail = file.read()
    # Python takes the one at the very end, or else the last that there is.
    places = {len(tail) - 22} if tail[-22:].startswith(_END_OF_ARCHIVE) else set()
    places.add(tail.rfind(_END_OF_ARCHIVE))
    if -1 in places:
        raise Unreadable(BROKEN)
    for place in places:
        weighs = int.from_bytes(tail[place + 12 : place + 16], "little")
        if weighs > LONGEST_CONTENTS or _FOR_VERY_LARGE_ONES in tail[:place][-20:]:
            raise Unreadable(TOO_MANY)
    file.seek(0)


def inside(file: IO[bytes]) -> str:
    """What kind of archive a file is: "workbook", "document" (which are archives inside), "archive"; or nothing."""
    file.seek(0)
    if not file.read(4).startswith(b"PK"):
        return ""
    try:
        _check_contents(file)
        with zipfile.ZipFile(file) as packed:
            names = set(packed.namelist())
            said = packed.open("mimetype").read(200) if "mimetype" in names else b""
    except (Unreadable, zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError, RuntimeError):
        return "archive"
    if "xl/workbook.xml" in names or b"opendocument.spreadsheet" in said:
        return "workbook"
    return "document" if said or "[Content_Types].xml" in names else "archive"


class WithBodies:
    """A source, and the documents that its JSON files hold in base64, unpacked beside it."""

    def __init__(self, source: Source, folder: Path) -> None:
        self.source, self.folder = source, folder
        self.bodies: dict[str, Path] = {}

    def add(self, name: str, kept: Path) -> str:
        """Takes a document in; gives the name by which it is found."""
        key = f"{len(self.bodies)}:{name}"
        self.bodies[key] = kept
        return key

    def called(self, name: str) -> str:
        return name.partition(":")[2] if name in self.bodies else name

    def names(self) -> list[str]:
        return self.source.names()

    def find(self, written: str) -> str | None:
        return self.source.find(written)

    def size(self, name: str) -> int:
        return self.bodies[name].stat().st_size if name in self.bodies else self.source.size(name)

    def open(self, name: str) -> IO[bytes]:
        return self.bodies[name].open("rb") if name in self.bodies else self.source.open(name)


@contextmanager
def unpacked(source: Source, name: str) -> Iterator[IO[bytes]]:
    """The file on its own, a piece at a time."""
    with tempfile.TemporaryFile() as file:
        with _told_in_a_sentence(name), source.open(name) as packed:
            shutil.copyfileobj(packed, file, 1 << 20)
        file.seek(0)
        yield file


def bytes_of(source: Source, name: str) -> bytes:
    """All of a file whose size is known to be borne."""
    with _told_in_a_sentence(name), source.open(name) as file:
        return file.read()


@contextmanager
def _told_in_a_sentence(name: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(f"“{name}” is damaged in its archive. Pack it again, and send that.") from error
