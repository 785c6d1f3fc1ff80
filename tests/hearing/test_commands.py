"""Transcripts by command: told as one object, saved when agreed to, and taken out again turn by turn."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from evidence.quotes.models import Quote
from evidence.transcripts.models import Transcript
from evidence.witnesses.models import Appearance
from inquiry.models import Session
from tests.builders import HEARD, a_heard_quote, a_session, a_transcript, an_inquiry
from tests.hearing.test_bringing_in import PRINTED

pytestmark = pytest.mark.django_db


def told(name: str, *arguments: Any) -> str:
    out = io.StringIO()
    call_command(name, *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "hc1.txt"
    file.write_text(PRINTED)
    return file


def test_a_dry_run_tells_everything_and_saves_nothing(file: Path) -> None:
    an_inquiry("SMD")
    summary = json.loads(told("import_transcript", "--inquiry=SMD", "--session=1", file, "--dry-run", "--json"))
    assert summary == {
        "turns": 7,
        "questions": [1, 3],
        "missing_questions": [],
        "panels": [
            {
                "number": 1,
                "questions": [1, 2],
                "witnesses": [{"name": "Ann Marker", "role": "Director", "organisation": "Example Trust"}],
            },
            {
                "number": 2,
                "questions": [3, 3],
                "witnesses": [{"name": "Dr Bob Marker", "role": "Leader", "organisation": "Example Council"}],
            },
        ],
        "members": ["Alex Example", "Sam Sample"],
        "unmatched_speakers": ["The Stranger"],
        "date": "2025-06-03",
    }
    assert not Session.objects.exists()


def test_it_is_saved_when_agreed_to_and_comes_out_again(file: Path, tmp_path: Path) -> None:
    an_inquiry("SMD")
    asked = ("import_transcript", "--inquiry=SMD", "--session=1", file)
    with pytest.raises(CommandError, match="Nothing was saved"):
        told(*asked)
    assert not Transcript.objects.exists()
    told(*asked, "--yes", "--corrected")
    assert Transcript.objects.get().corrected
    assert Appearance.objects.count() == 2
    out = tmp_path / "turns.csv"
    told("export_passages", "--inquiry=SMD", "--session=1", "--format=csv", "-o", out)
    rows = list(csv.DictReader(io.StringIO(out.read_text())))
    assert list(rows[0]) == ["turn", "question", "speaker", "text"]
    assert [(row["turn"], row["question"], row["speaker"]) for row in rows[:3]] == [
        ("1", "Q1", "Chair"),
        ("2", "Q1", "Ann Marker"),
        ("3", "Q2", "Sam Sample"),
    ]
    with pytest.raises(CommandError, match="has this file already"):
        told(*asked, "--yes")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("import_transcript", "--inquiry=NOPE", "--session=1", "x"), "no inquiry with the code"),
        (("import_transcript", "--inquiry=SMD", "--session=1", "missing.pdf"), "cannot be read"),
        (("export_passages", "--inquiry=SMD", "--session=7", "-o", "x"), "no transcript of session 7"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(arguments: tuple[str, ...], why: str) -> None:
    an_inquiry("SMD")
    with pytest.raises(CommandError, match=why):
        told(*arguments)


def test_verify_quotes_tells_what_each_is() -> None:
    inquiry = an_inquiry("SMD")
    transcript = a_transcript(a_session(inquiry, witnesses=HEARD))
    a_heard_quote(transcript)
    wrong = a_heard_quote(transcript, 2)
    Quote.objects.filter(pk=wrong.pk).update(text="Nobody said this.")
    told_once = json.loads(told("verify_quotes", "--inquiry=SMD", "--json"))
    assert told_once["quotes"] == 2
    assert told_once["verdicts"] == {"verbatim": 1, "edited": 0, "mismatch": 1, "checked": 0, "unchecked": 0}
    assert (told_once["changed"], told_once["left_behind"]) == (0, 0)
    assert [quote["id"] for quote in told_once["to_mend"]] == [wrong.pk]
    assert "mismatch" in told("verify_quotes", "--inquiry=SMD")
