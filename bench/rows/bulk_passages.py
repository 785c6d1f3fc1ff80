"""Passages brought in by the hundred thousand, beside a bare COPY into a table that has the same indexes alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from django.db import connection, transaction
from django.utils import timezone

from bench.fiction.setting import Setting, set_up
from bench.fiction.words import paragraph
from bench.measuring import Amount, Line, Row, side_by_side
from evidence.documents.actions import keep_passages
from evidence.documents.models import Document
from evidence.documents.reading import Kind, ReadPassage
from inquiry.copying import tell_how_tables_have_grown

NAME = "bulk-passages"
BUDGET = 2.0
A_DOCUMENT = 500
BARE = """
CREATE TABLE bench_passages (
    LIKE documents_passage INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING GENERATED INCLUDING INDEXES
)
"""
COLUMNS = (
    "inquiry_id, created_at, document_id, position, kind, level, number, page, speaker, question, time_code, "
    "received_text, open_text"
)


def measure(amount: Amount) -> Iterator[Line]:
    """As many passages as an inquiry of the size has, in documents as long as a session's transcript."""
    setting = set_up("BULK", 1)
    passages = [
        ReadPassage("paragraph", str(n), paragraph(setting.rng, setting.rng.randint(15, 95)))
        for n in range(1, amount.passages + 1)
    ]
    parts = [passages[start : start + A_DOCUMENT] for start in range(0, len(passages), A_DOCUMENT)]
    documents = iter(_documents(setting, 2 * (amount.repeats + 1) * len(parts)))
    # As it is where an inquiry has been at work for a while.
    tell_how_tables_have_grown([Document])
    with connection.cursor() as cursor:
        cursor.execute(BARE)
    ours, theirs = side_by_side(
        lambda: _brought_in(documents, parts), lambda: _copied(documents, parts), amount.repeats
    )
    yield Line(NAME, f"{len(passages):,} passages brought in", ours, "bare COPY with the same indexes", theirs, BUDGET)


def _documents(setting: Setting, count: int) -> list[Document]:
    """Documents whose files have been received, and wait for their words."""
    return Document.objects.bulk_create(
        Document(
            inquiry=setting.inquiry,
            sha256=hashlib.sha256(str(number).encode()).hexdigest(),
            size=1,
            name="fictional.txt",
            kind=Kind.TEXT,
        )
        for number in range(count)
    )


def _brought_in(documents: Iterator[Document], parts: Sequence[Sequence[ReadPassage]]) -> None:
    """As a job does that has read a file: a transaction for each document."""
    for part in parts:
        keep_passages(document=next(documents), passages=part)


def _copied(documents: Iterator[Document], parts: Sequence[Sequence[ReadPassage]]) -> None:
    """The same rows, in one statement, held by no rule but the indexes."""
    now = timezone.now()
    statement = f"COPY bench_passages ({COLUMNS}) FROM STDIN"
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(statement) as copy:
        for part in parts:
            document = next(documents)
            mine = (document.inquiry_id, now, document.pk)
            for position, each in enumerate(part, start=1):
                said = (each.kind, each.level, each.number, each.page, each.speaker, each.question, each.time_code)
                copy.write_row((*mine, position, *said, each.text, each.text))


ROW = Row(NAME, measure)
