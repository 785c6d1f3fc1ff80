"""What was chosen for an import, opened as a list; nothing is written in here."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from accounts.refusals import Refused
from evidence.importing.judging import decision_words, sector_words
from evidence.importing.models import Batch, ColumnMeaning
from evidence.importing.reading.columns import Vocabulary
from evidence.importing.reading.lists import Listing, open_list
from evidence.importing.reading.sources import Archive, Folder, Single, Source, inside
from inquiry.models import Inquiry


@contextmanager
def listing_of(batch: Batch) -> Iterator[Listing]:
    """The list of an import that was chosen on a page.

    :raises Unreadable: with a sentence that says what to do.
    :raises NeedsColumns: when a person has to name the columns.
    """
    storage, kept = batch.source.storage, str(batch.source.name)
    with storage.open(kept) as file:
        if inside(file) == "archive":
            source: Source = Archive(file, settings.ATTEST_IMPORT_LIMIT)
            main = ""
        else:
            source, main = Single(batch.name, lambda: storage.open(kept), batch.size), batch.name
        with _listing(batch.inquiry, source, main) as listing:
            yield listing


@contextmanager
def listing_at(inquiry: Inquiry, path: Path) -> Iterator[Listing]:
    """The list in a file or a folder of this machine; what it names is looked for beside it, and nowhere else.

    :raises Refused: when it is not there.
    :raises Unreadable: with a sentence that says what to do.
    :raises NeedsColumns: when it does not tell who submitted.
    """
    if path.is_dir():
        with _listing(inquiry, Folder(path), "") as listing:
            yield listing
        return
    try:
        file = path.open("rb")
    except OSError as error:
        raise Refused(f"{path.name} cannot be opened: {error.strerror}.") from error
    with file:
        alone = inside(file) != "archive"
        source: Source = Folder(path.parent, deep=False) if alone else Archive(file, settings.ATTEST_IMPORT_LIMIT)
        with _listing(inquiry, source, path.name if alone else "") as listing:
            yield listing


@contextmanager
def _listing(inquiry: Inquiry, source: Source, main: str) -> Iterator[Listing]:
    meanings = ColumnMeaning.objects.filter(inquiry=inquiry).values_list("heading", "column")
    words = Vocabulary(sector_words(), decision_words(), timezone.localdate(), dict(meanings))
    with tempfile.TemporaryDirectory(prefix="attest-import-") as folder:
        yield open_list(source, Path(folder), code=inquiry.code, words=words, main=main)
