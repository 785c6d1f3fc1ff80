"""A file that kills its reader does not take the worker with it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evidence.documents.reading import Kind, Unreadable, kinds, runner
from evidence.documents.reading.runner import read
from tests.documents.making import pdf, word


def test_a_reader_that_takes_too_long_is_ended():
    with pytest.raises(Unreadable) as refused:
        read(word("Hello."), Kind.DOCX, seconds=0.01)
    assert refused.value.sentence == runner.TOO_SLOW


def test_a_reader_that_dies_is_a_sentence(monkeypatch, tmp_path):
    crash = tmp_path / "python"
    crash.write_text('#!/bin/sh\necho \'{"progress": [1, "x"]}\'\nkill -SEGV $$\n')
    crash.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(crash))
    with pytest.raises(Unreadable) as refused:
        read(b"%PDF-1.7", Kind.PDF)
    assert refused.value.sentence == runner.BROKEN[Kind.PDF]


def test_a_reader_that_prints_nonsense_without_end_is_ended(monkeypatch, tmp_path):
    flood = tmp_path / "python"
    flood.write_text("#!/bin/sh\nexec cat /dev/zero\n")
    flood.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(flood))
    with pytest.raises(Unreadable):
        read(b"Hello", Kind.TEXT)


def test_the_reader_knows_nothing_of_the_server(monkeypatch, tmp_path):
    told = tmp_path / "told"
    spy = tmp_path / "python"
    spy.write_text(f"#!/bin/sh\nenv > {told}\n")
    spy.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(spy))
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    with pytest.raises(Unreadable):
        read(b"Hello", Kind.TEXT)
    assert "hunter2" not in told.read_text()


def test_reading_needs_no_django():
    code = (
        "import sys; from evidence.documents.reading import Kind, __main__, identifying;"
        "from evidence.documents.reading import mail, ocr, odt, pdf, plain, rtf, web, word;"
        "from evidence.documents.reading.runner import read;"
        "print(read(b'Hello.', Kind.TEXT).passages[0].text, 'django' in sys.modules)"
    )
    root = Path(runner.__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env={"PATH": os.defpath}, capture_output=True, text=True, check=True
    )
    assert done.stdout == "Hello. False\n"


def test_many_pages_are_read_in_time():
    data = pdf("\n#pagebreak()\n".join(f"Words of page {n}." for n in range(5000)))
    reading = read(data, Kind.PDF)
    assert len(reading.passages) == 5000
    assert reading.passages[-1].page == 5000


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_pdf_that_was_cut_short_says_so(share):
    data = pdf("\n#pagebreak()\n".join(f"Words of page {n}." for n in range(40)))
    with pytest.raises(Unreadable) as refused:
        read(data[: int(len(data) * share)], Kind.PDF)
    assert refused.value.sentence == kinds.BROKEN_PDF


def test_more_text_than_can_be_taken_in_is_a_sentence(monkeypatch):
    monkeypatch.setattr(runner, "MOST_SAID", 1000)
    assert read(b"Some twenty letters.", Kind.TEXT).passages
    with pytest.raises(Unreadable) as refused:
        read(b"More letters than a thousand. " * 50, Kind.TEXT)
    assert refused.value.sentence == runner.TOO_BIG
