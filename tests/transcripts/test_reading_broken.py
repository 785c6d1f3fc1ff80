"""Files that are no transcripts, and files that mean harm: each is a sentence, and takes nothing with it."""

import os
import subprocess
import sys

import pytest

from evidence.documents.reading import Unreadable, kinds
from evidence.documents.reading.runner import ROOT, TOO_SLOW
from evidence.transcripts.reading import building, runner
from evidence.transcripts.reading.reader import read_transcript
from evidence.transcripts.reading.runner import read_in_child
from tests.documents.making import archive, pdf, word
from tests.transcripts import layouts


def refusal(data, read=read_transcript):
    with pytest.raises(Unreadable) as refused:
        read(data)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", kinds.EMPTY),
        (b"\xff\xfe\n ", kinds.EMPTY),
        (b"%PDF-1.7\ncut short", kinds.BROKEN_PDF),
        (b"PK\x03\x04 broken", kinds.BROKEN_WORD),
        (archive({"a.txt": "Chair: Hello."}), kinds.NOT_READ["zip"]),
        (b"\x89PNG\x00", kinds.NOT_READ["picture"]),
        (b"The harbour was quiet.\n\nNobody spoke: not a word.", building.NO_SPEAKERS),
        (b"question,speaker,text\n", building.NO_SPEAKERS),
        (b"WEBVTT\n", building.NO_SPEAKERS),
        (b"a,b\x00\x01\x02", kinds.NOT_A_DOCUMENT),
    ],
)
def test_what_is_no_transcript_is_refused_with_a_sentence(data, sentence):
    assert refusal(data) == sentence


def test_a_document_in_which_nobody_speaks():
    assert refusal(word("# Report\n\nThe harbour was quiet.")) == building.NO_SPEAKERS
    assert refusal(pdf("The harbour was quiet.")) == building.NO_SPEAKERS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding):
    transcript = read_transcript("Q1 Chair: “Café” — naïve?\r\n\r\nDr Roe: Sí.\r\n".encode(encoding))
    assert [turn.text for turn in transcript.turns] == ["“Café” — naïve?", "Sí."]


def test_emoji_and_marks_that_combine_are_kept_and_invisible_signs_are_not():
    transcript = read_transcript("Q1 Chair: 👩‍👩‍👧 cafe\u0301 in\u00advisible \u202eover.".encode())
    assert transcript.turns[0].text == "👩‍👩‍👧 café invisible over."


def test_ten_megabytes_are_read_in_turns_that_fit():
    transcript = read_transcript(b"Q1 Chair: " + b"word " * 2_000_000)
    assert sum(len(turn.text) + 1 for turn in transcript.turns) == 10_000_000
    assert max(len(turn.text) for turn in transcript.turns) <= 40_000
    assert {turn.speaker for turn in transcript.turns} == {"Chair"}


def test_more_people_than_there_can_be():
    table = "speaker,text\n" + "".join(f"Speaker {n},Hello\n" for n in range(1_001))
    assert refusal(table.encode()) == building.TOO_MANY
    members = "; ".join(f"Member {chr(65 + n % 26)}{n}" for n in range(1_001))
    assert refusal(f"Members present: {members}\n\nQ1 Chair: Hello.".encode()) == building.TOO_MANY


@pytest.mark.parametrize(
    "text",
    [
        "Q" * 200_000,
        "(" * 200_000,
        "A " * 200_000 + ":",
        "Witnesses: " + "a, and " * 50_000,
        "Members present: " + "," * 200_000,
        "\n".join(["1", "", "Head 1", ""] * 30_000),
        "Oral evidence: " + "HC 1 " * 50_000,
        "<v " * 100_000,
    ],
)
def test_text_made_to_be_slow_is_not(text):
    transcript = read_transcript(f"{text}\n\nQ1 Chair: Hello.".encode())
    assert transcript.turns[-1].text == "Hello."


def test_a_child_reads_the_same_and_says_how_far_it_is():
    said = []
    for data in (
        word(layouts.COMMONS),
        layouts.LORDS.encode(),
        b"WEBVTT\n\n00:01.500 --> 00:02.000\n<v Chair>Hello",
    ):
        assert read_in_child(data, lambda *step: said.append(step)) == read_transcript(data)
    assert (92, "Telling who speaks") in said


def test_a_childs_refusal_is_the_readers_own():
    assert refusal(b"Nobody speaks.", read_in_child) == building.NO_SPEAKERS
    assert refusal(b"%PDF-1.7 cut short", read_in_child) == kinds.BROKEN_PDF


def test_a_child_that_dies_or_takes_too_long_is_a_sentence(monkeypatch, tmp_path):
    with pytest.raises(Unreadable) as refused:
        read_in_child(b"Chair: Hello.", seconds=0.01)
    assert refused.value.sentence == TOO_SLOW
    crash = tmp_path / "python"
    crash.write_text('#!/bin/sh\necho \'{"passage": ["Half", "Chair", 1, null, null, 1, "turn"]}\'\nkill -SEGV $$\n')
    crash.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(crash))
    assert refusal(b"Chair: Hello.", read_in_child) == runner.BROKEN


def test_reading_needs_no_django():
    code = (
        "import sys, evidence.transcripts.reading.__main__;"
        "from evidence.transcripts.reading.runner import read_in_child;"
        "print(read_in_child(b'Chair: Hello.').turns[0].text, 'django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={"PATH": os.defpath}, capture_output=True, text=True, check=True
    )
    assert done.stdout == "Hello. False\n"
