"""An appendix put together, beside its own queries run bare; and written for print and for Word, beside the programs
that write them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import typst
from django.db import connection

from accounts.roles import CONSOLE
from bench.fiction.generate import generate
from bench.fiction.sizes import Size
from bench.measuring import Amount, Line, Row, grown, side_by_side
from inquiry.models import Inquiry
from report.assembly import assemble
from report.formats import docx, html, pdf
from report.formats.reference import reference_document
from report.structure import Appendix

NAME = "appendix"
ASSEMBLY, PRINT, WORD = 3.0, 1.5, 1.2
MADE_ON = date(2031, 6, 1)
SUBMISSIONS, PASSAGES_EACH, SESSIONS = 2_500, 12, 8
# A document of this size takes long enough to be told apart in two tries.
TRIES = 2
Query = tuple[str, object]


def measure(amount: Amount) -> Iterator[Line]:
    """An inquiry of 2,500 submissions and 5,000 quotes, and one of half that, as far as their like is to be had."""
    submissions = min(SUBMISSIONS, amount.passages // PASSAGES_EACH)
    few, many = (_invented(code, count) for code, count in (("BENA", submissions // 2), ("BENB", submissions)))
    half, whole = (_assembly(inquiry, amount.repeats) for inquiry in (few, many))
    yield from (half, whole, grown(NAME, half, whole, 2))
    appendix = _appendix(many)
    tries = min(TRIES, amount.repeats)
    yield _print(appendix, tries)
    yield _word(appendix, tries)


def _invented(code: str, submissions: int) -> Inquiry:
    passages = PASSAGES_EACH * submissions
    size = Size(sessions=SESSIONS, submissions=submissions, passages=passages + 40, quotes=2 * submissions)
    return generate(code=code, size=size, seed=1, say=lambda _: None)


def _appendix(inquiry: Inquiry) -> Appendix:
    return assemble(inquiry, by=CONSOLE, made_on=MADE_ON, layout="appg")


def _assembly(inquiry: Inquiry, repeats: int) -> Line:
    queries = _asked_by(lambda: _appendix(inquiry))
    ours, theirs = side_by_side(lambda: _appendix(inquiry), lambda: _run(queries), repeats)
    held = f"{inquiry.quotes.count():,} quotes and {inquiry.submissions.count():,} submissions"
    return Line(NAME, f"{held} put together", ours, "its queries run bare", theirs, ASSEMBLY)


def _asked_by(work: Callable[[], object]) -> list[Query]:
    """The queries that the work asks."""
    asked: list[Query] = []

    def note(execute: Callable[..., object], sql: str, params: object, *rest: object) -> object:
        asked.append((sql, params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        work()
    return asked


def _run(queries: list[Query]) -> None:
    """The same rows, fetched and looked at no further."""
    with connection.cursor() as cursor:
        for sql, params in queries:
            cursor.execute(sql, params)  # type: ignore[arg-type]
            cursor.fetchall()


def _print(appendix: Appendix, tries: int) -> Line:
    source = pdf.HOUSE.read_bytes() + pdf.TEMPLATE.read_bytes()
    inputs = {
        "appendix": json.dumps(appendix.to_dict(), ensure_ascii=False),
        "fonts": json.dumps(pdf.FONTS),
    }
    midnight = datetime.combine(appendix.made_on, datetime.min.time(), UTC)
    fonts = typst.Fonts(include_system_fonts=False)

    def compiled() -> bytes:
        return typst.compile(source, font_paths=fonts, sys_inputs=inputs, pdf_standards="ua-1", timestamp=midnight)

    ours, theirs = side_by_side(lambda: pdf.render(appendix), compiled, tries)
    return Line(NAME, "the larger one as PDF/UA", ours, "Typst compiling the finished source", theirs, PRINT)


def _word(appendix: Appendix, tries: int) -> Line:
    page = docx.page_for_word(html.document(appendix))
    ours, theirs = side_by_side(
        lambda: docx.render(appendix), lambda: docx.in_style(page, "docx", reference_document()), tries
    )
    return Line(NAME, "the larger one as DOCX", ours, "pandoc converting the finished page", theirs, WORD)


ROW = Row(NAME, measure)
