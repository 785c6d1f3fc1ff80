"""Whatever submissions an inquiry has: written down as a list and imported elsewhere, they are the same."""

from __future__ import annotations

import datetime as dt
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from django.test import TestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyCase

from evidence.documents.models import Document
from evidence.submissions.models import Submission
from inquiry.dates import Precision, say_date
from inquiry.models import Inquiry
from tests.builders import an_inquiry
from tests.importing.making import importing, ods, table, xlsx

assert issubclass(PropertyCase, TestCase)

LETTERS = st.characters(codec="utf-8", categories=["L", "N"]) | st.sampled_from(" .,'’-&()\"")
NAME = st.text(LETTERS, min_size=1, max_size=30).map(lambda text: f"X {text} z")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]) | st.sampled_from('\n,;"'), max_size=80)
DATES = st.dates(dt.date(1990, 1, 1), dt.date(2024, 12, 31))


@st.composite
def submitters(draw: Any) -> list[tuple[str, str]]:
    """People, bodies, and people for bodies; no name twice."""
    names = draw(st.lists(NAME, min_size=1, max_size=3, unique_by=str.lower))
    return [(name, draw(st.sampled_from(["", f"{name} Trust"]))) for name in names]


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "number": st.none() | st.integers(1, 99_999),
            "submitters": submitters(),
            "date": st.none() | st.tuples(DATES, st.sampled_from([Precision.DAY, Precision.MONTH, Precision.YEAR])),
            "decision": st.sampled_from(["", "full", "anonymised", "confidential"]),
            "text": WORDS,
            "form": st.integers(0, 5),
        }
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row["number"] or object(),
)


def reference_written(number: int, form: int) -> str:
    forms = ("SMD{:04}", "SMD {}", "smd{:03}", "SMD-{}", "{}", "Smd/{:05}")
    return forms[form].format(number)


def date_written(date: dt.date, precision: str, form: int) -> str:
    day, month = f"{date.day}/{date.month}/", f"{date.month}/"
    figures = {Precision.DAY: day, Precision.MONTH: month, Precision.YEAR: ""}[Precision(precision)] + str(date.year)
    iso = date.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[Precision(precision)]]
    return (say_date(date, precision), figures, iso)[form % 3]


def written(row: dict[str, Any]) -> dict[str, str]:
    """The row as a list has it."""
    return {
        "reference": reference_written(row["number"], row["form"]) if row["number"] else "",
        "submitter": "; ".join(name for name, _ in row["submitters"]),
        "organisation": "; ".join(body for _, body in row["submitters"])
        if any(b for _, b in row["submitters"])
        else "",
        "received": date_written(row["date"][0], row["date"][1], row["form"]) if row["date"] else "",
        "decision": row["decision"],
        "text": row["text"],
    }


def said(inquiry: Inquiry) -> list[tuple[Any, ...]]:
    """What the inquiry has."""
    texts: dict[int, str] = {}
    for document in Document.objects.filter(inquiry=inquiry).select_related("submission_file"):
        with document.file.open("rb") as file:
            texts[document.submission_file.submission_id] = file.read().decode()
    return [
        (s._names, s.said_received, s.decision, texts.get(s.pk, ""), s.number)
        for s in Submission.objects.filter(inquiry=inquiry).with_submitters()
    ]


def tidy(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


class RoundTrip(PropertyCase):
    @settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
    @given(rows=ROWS, kind=st.sampled_from(["csv", "csv;", "xlsx", "ods"]))
    def test_what_is_written_down_comes_in_as_it_was(self, rows: list[dict[str, Any]], kind: str) -> None:
        inquiry = Inquiry.objects.filter(code="SMD").first() or an_inquiry("SMD")
        lines = [written(row) for row in rows]
        columns = ("reference", "submitter", "organisation", "received", "decision", "text")
        if kind.startswith("csv"):
            made: str | bytes = table(*lines, columns=columns, delimiter=kind[3:] or ",")
        else:
            cells = [list(columns), *([line[name] for name in columns] for line in lines)]
            made = xlsx(cells) if kind == "xlsx" else ods(cells)
        with tempfile.TemporaryDirectory() as folder:
            ended = importing(inquiry, Path(folder), made, "--json", name=f"list.{kind.rstrip(';')}")
            assert ended.status == 0, ended.complaints
            assert ended.told["created"] == len(rows)
            self.same(inquiry, rows, ended.told["references"], kind)
            again = importing(inquiry, Path(folder), made, "--json", name=f"list.{kind.rstrip(';')}")
            assert (again.told["created"], again.told["unchanged"]) == (0, len(rows)), again.complaints

    def same(self, inquiry: Inquiry, rows: list[dict[str, Any]], references: list[str], kind: str) -> None:
        found = {inquiry.reference(number): rest for *rest, number in said(inquiry)}
        assert sorted(found) == sorted(references)
        once: set[str] = set()
        for row, reference in zip(rows, references, strict=True):
            names, received, decision, text = found[reference]
            wanted = "; ".join(", ".join(tidy(part) for part in pair if part) for pair in row["submitters"])
            assert names.lower() == wanted.lower()
            assert received == (say_date(*row["date"]) if row["date"] else "")
            assert decision == row["decision"]
            if row["number"]:
                assert reference == inquiry.reference(row["number"])
            if kind.startswith("csv"):
                text_sent = row["text"].replace("\r\n", "\n").replace("\r", "\n").strip()
                assert text == ("" if text_sent in once else text_sent)
                once.add(text_sent)
