"""PDFs as passages: what the page added is gone, and what it broke is whole again."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from evidence.documents.reading import Kind, Unreadable, kinds, ocr, passages, runner
from evidence.documents.reading.runner import read
from tests.documents.making import pdf

LONG = (
    "Neighbourhoods that were left behind have waited for a generation, and responsibilities handed to them without "
    "resources are disappointments in preparation; organisations understand communities when communities are the "
    "organisations. Investment follows infrastructure, infrastructure follows participation. "
)


def found(markup, **settings):
    return read(pdf(markup, **settings), Kind.PDF)


def lines(markup, **settings):
    return [(p.kind, p.number, p.text) for p in found(markup, **settings).passages]


def test_paragraphs_headings_and_items():
    assert lines("= Summary\nFirst words.\n\nSecond words.\n\n- one\n- two\n\n== Detail\nThird words.") == [
        ("heading", "", "Summary"),
        ("paragraph", "1", "First words."),
        ("paragraph", "2", "Second words."),
        ("item", "", "one"),
        ("item", "", "two"),
        ("heading", "", "Detail"),
        ("paragraph", "3", "Third words."),
    ]


def test_running_heads_page_numbers_and_line_end_hyphens_go():
    reading = found("\n\n".join(f"{n}. {LONG * 2}" for n in range(1, 13)).replace("1.", "1\\.", 1), heads=True)
    assert max(p.page for p in reading.passages) >= 4
    assert [p.number for p in reading.passages] == [str(n) for n in range(1, 13)]
    assert {p.text for p in reading.passages} == {(LONG * 2).strip()}


def test_numbers_at_the_foot_of_a_page_that_do_not_count_pages_are_kept():
    low = "#set page(margin: 8mm)\n"
    feet = ("The year was\n\n2023", "And then\n\n1987", "The last\n\n3")
    texts = [p.text for p in found(low + "\n#pagebreak()\n".join(f"#v(1fr)\n{foot}" for foot in feet)).passages]
    assert texts == ["The year was", "2023", "And then", "1987", "The last"]


def test_rows_at_the_same_place_of_every_page_are_kept():
    pages = "\n#pagebreak()\n".join(f"{n * 7} {n * n} rows\n\n{n * 11} more" for n in range(2, 9))
    words = " ".join(p.text for p in found(f"#set page(margin: 8mm)\n{pages}").passages)
    assert words == " ".join(f"{n * 7} {n * n} rows {n * 11} more" for n in range(2, 9))


def test_a_paragraph_across_a_page_break_is_one_and_begins_where_it_begins():
    reading = found(f"{LONG * 2}\n\n{LONG * 4}\n\nThe end.", height="100mm", heads=True)
    assert [p.text for p in reading.passages] == [(LONG * 2).strip(), (LONG * 4).strip(), "The end."]
    assert reading.passages[1].page == 1
    assert reading.passages[2].page >= 2


def test_a_hyphen_that_belongs_to_the_word_stays():
    set_narrow = "#set text(hyphenate: false)\nWe asked about well-being twice. And again of the well-being of all."
    assert lines(set_narrow, width="78mm")[0][2].count("well-being") == 2


def test_the_sources_own_numbers_are_taken_out_of_the_text():
    markup = "3.1 First of these.\n\n3.2 Second of these.\n\n#h(0pt)12) Third of these."
    assert lines(markup) == [
        ("paragraph", "3.1", "First of these."),
        ("paragraph", "3.2", "Second of these."),
        ("paragraph", "12", "Third of these."),
    ]


def test_a_list_inside_numbered_paragraphs_does_not_break_the_numbering():
    markup = "\n\n".join(f"#h(0pt){n}. {LONG}" for n in range(1, 9))
    markup += "\n\n#h(0pt)1. a list\n\n" + "\n\n".join(f"#h(0pt){n}. {LONG}" for n in range(9, 12))
    assert [p.number for p in found(markup).passages if p.number] == [str(n) for n in range(1, 12)]
    assert "1. a list" in [p.text for p in found(markup).passages]


def test_numbers_that_start_again_are_not_cited():
    section = "\n\n#h(0pt)1. One thing.\n\n#h(0pt)2. Another thing."
    reading = found(f"= First{section}\n= Second{section}")
    assert [p.number for p in reading.passages if p.kind == "paragraph"] == ["1", "2", "3", "4"]
    assert passages.NUMBERS_RESTART in reading.notes


def test_lettered_items_are_items_and_keep_their_letter():
    markup = '#h(0pt)1. First of all:\n#enum(numbering: "(a)", [buses], [trains])\n\n#h(0pt)2. Second.'
    assert lines(markup) == [
        ("paragraph", "1", "First of all:"),
        ("item", "", "(a) buses"),
        ("item", "", "(b) trains"),
        ("paragraph", "2", "Second."),
    ]


def test_first_line_indents_begin_paragraphs():
    markup = f"#set par(first-line-indent: (amount: 1.5em, all: true), spacing: .65em)\n{LONG}\n\n{LONG}\n\n{LONG}"
    assert [p.text for p in found(markup).passages] == [LONG.strip()] * 3


def test_footnotes_follow_the_page_and_do_not_cut_paragraphs():
    markup = f"{LONG}#footnote[Office for National Statistics, 2022.] {LONG * 4}\n\nThe end."
    texts = [p.text for p in found(markup, height="100mm", heads=True).passages]
    assert texts[0].startswith("Neighbourhoods")
    assert texts[0].endswith("participation.")
    assert any(text.startswith("Footnote: ") and "Statistics" in text for text in texts)
    assert texts[-1] == "The end."


def test_ragged_text_double_spaced():
    markup = f"#set par(justify: false, leading: 1.6em, spacing: 3em)\n{LONG}\n\n{LONG}"
    assert [p.text for p in found(markup).passages] == [LONG.strip()] * 2


def test_two_columns():
    markup = f"#set page(columns: 2)\n{LONG}\n\n{LONG}\n\n{LONG}"
    assert [p.text for p in found(markup, width="210mm").passages] == [LONG.strip()] * 3


def test_other_scripts():
    assert lines("Η γειτονιά μας, наш район, naïve café.")[0][2] == "Η γειτονιά μας, наш район, naïve café."


@pytest.fixture
def scan(monkeypatch, tmp_path):
    """A page without text, on a machine without OCRmyPDF until ``program`` puts a stand-in there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    blank = pypdfium2.PdfDocument.new()
    blank.new_page(300, 400)
    data = io.BytesIO()
    blank.save(data)
    return data.getvalue()


def program(folder, *lines):
    """A stand-in for OCRmyPDF. It is given the scan and where to put what it makes of it."""
    script = "\n".join(
        ["#!/bin/sh", "PATH=/usr/bin:/bin", 'for last; do before="$target"; target="$last"; done', *lines, ""]
    )
    (folder / "ocrmypdf").write_text(script)
    (folder / "ocrmypdf").chmod(0o755)


def scan_refused(scan):
    with pytest.raises(Unreadable) as refused:
        read(scan, Kind.PDF)
    return refused.value.sentence


def test_a_scan_says_so(scan):
    assert scan_refused(scan) == kinds.SCAN


def test_a_scan_is_read_where_its_words_can_be_recognised(scan, tmp_path):
    (tmp_path / "words.pdf").write_bytes(pdf("The words of the scan."))
    program(tmp_path, 'test -s "$before" || exit 1', f'cp {tmp_path}/words.pdf "$target"')
    said = []
    found = read(scan, Kind.PDF, lambda percent, what: said.append(what))
    assert [p.text for p in found.passages] == ["The words of the scan."]
    assert found.notes[0] == ocr.RECOGNISED
    assert ocr.DOING in said


@pytest.mark.parametrize(
    "line", ["exit 8", "exit 0", 'cp "$before" "$target"', 'echo nonsense > "$target"', "kill -SEGV $$"]
)
def test_a_scan_whose_words_are_not_recognised_says_so(scan, tmp_path, line):
    program(tmp_path, line)
    assert scan_refused(scan) == ocr.NOT_RECOGNISED


def test_recognising_has_its_limit_and_leaves_nothing_running(scan, tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "SECONDS_FOR_A_SCAN", 1.5)
    program(tmp_path, f"echo $$ > {tmp_path}/pid", "sleep 60")
    assert scan_refused(scan) == runner.TOO_SLOW
    pid = (tmp_path / "pid").read_text().strip()
    assert not Path(f"/proc/{pid}").exists() or " Z " in Path(f"/proc/{pid}/stat").read_text()


def test_pages_without_text_are_named():
    reading = found(f"{LONG}\n#set page(header: none, footer: none)\n#pagebreak()\n#rect()\n#pagebreak()\n{LONG}")
    assert "These pages hold no text and may be scans: 2." in reading.notes


def test_a_page_that_is_broken_does_not_lose_the_others():
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("One page.\n#pagebreak()\nTwo pages."))) as document:
        document.pages[0].Contents = pikepdf.Stream(document, b"\xff\xfe BT ( \x00 <<< [[[ q q q")
        document.save(data)
    assert [p.text for p in read(data.getvalue(), Kind.PDF).passages] == ["Two pages."]


def test_a_document_that_breaks_no_words_keeps_its_hyphens():
    by_themselves = "".join(f"Line {n} of this document is set by itself\\\n" for n in range(150))
    markup = (
        f"#set text(hyphenate: false)\n{by_themselves}the policy was altogether quite and very much top-down and no"
    )
    assert "top-down" in " ".join(text for _, _, text in lines(markup, width="82mm"))
