"""Word documents as passages."""

import json

import pytest

from evidence.documents.reading import Kind, passages
from evidence.documents.reading.pandoc import run_pandoc
from evidence.documents.reading.runner import read
from tests.documents.making import word, word_parts


def reading(markdown):
    return read(word(markdown), Kind.DOCX)


def lines(markdown):
    return [(p.kind, p.number, p.text) for p in reading(markdown).passages]


def test_headings_paragraphs_lists_and_tables_are_kept_in_order():
    assert lines(
        "---\ntitle: Our evidence\nauthor: Town Team\n---\n\n# About us\n\nWe *run* a [café](https://example.org).\n\n"
        "- one\n    - under one\n- two\n\n| Year | Sum |\n|---|---|\n| 2021 | 5 |\n\n> Quoted.\n"
    ) == [
        ("heading", "", "Our evidence"),
        ("paragraph", "1", "Town Team"),
        ("heading", "", "About us"),
        ("paragraph", "2", "We run a café."),
        ("item", "", "one"),
        ("item", "", "under one"),
        ("item", "", "two"),
        ("row", "", "Year | Sum"),
        ("row", "", "2021 | 5"),
        ("paragraph", "3", "Quoted."),
    ]


def test_depth_is_kept():
    read_ = reading("# One\n\n## Two\n\nText.\n\n- a\n    - b\n        - c\n").passages
    assert [(p.kind, p.level) for p in read_] == [
        ("heading", 1),
        ("heading", 2),
        ("paragraph", 0),
        ("item", 1),
        ("item", 2),
        ("item", 3),
    ]


def test_numbered_paragraphs_that_run_through_the_document_give_their_numbers():
    found = reading(
        "# A\n\n1. First words.\n\n2. Second words.\n\n# B\n\n3. Third words.\n\n- a bullet\n\n4. Fourth.\n"
    )
    assert [(p.kind, p.number, p.text) for p in found.passages if p.number] == [
        ("paragraph", "1", "First words."),
        ("paragraph", "2", "Second words."),
        ("paragraph", "3", "Third words."),
        ("paragraph", "4", "Fourth."),
    ]
    assert found.notes == ()


def test_a_list_inside_prose_keeps_its_labels():
    found = lines("Much longer words of an ordinary paragraph stand here.\n\n1. yes\n2. no\n\n" + "More words. " * 20)
    assert [line[:2] for line in found] == [("paragraph", "1"), ("item", ""), ("item", ""), ("paragraph", "2")]
    assert found[1][2] == "1. yes"


def test_letters_and_roman_numbers_stay_readable():
    found = lines("Prose.\n\nc. see\nd. dee\n\nMore prose in the middle here.\n\niv) four\nv) five\n")
    assert [line[2] for line in found if line[0] == "item"] == ["c. see", "d. dee", "iv) four", "v) five"]


def test_typed_numbers_are_numbers_too():
    found = [p.number for p in reading("3\\.1 One thing here.\n\n3\\.2 Another thing.\n\n3\\.3 The last.\n").passages]
    assert found == ["3.1", "3.2", "3.3"]


def test_numbers_that_start_again_are_not_cited():
    found = reading("# A\n\n1\\. One.\n\n2\\. Two.\n\n3\\. Three.\n\n# B\n\n1\\. Again.\n\n2\\. And again.\n")
    assert [p.number for p in found.passages if p.kind == "paragraph"] == ["1", "2", "3", "4", "5"]
    assert [p.text for p in found.passages][-1] == "2. And again."
    assert found.notes == (passages.NUMBERS_RESTART,)


def test_a_year_at_the_start_does_not_break_the_numbering():
    paragraphs = "\n\n".join(f"{n}\\. Words of paragraph {n}." for n in range(1, 9))
    found = reading(f"2022\\. That was the year.\n\n{paragraphs}\n")
    assert [p.number for p in found.passages] == ["", *"12345678"]


def test_footnotes_stand_at_the_end_of_their_paragraph():
    assert lines("Rents rose^[ONS, *Private rents*, 2022.] by half^[In five years.] here.\n\nNext.")[0][2] == (
        "Rents rose by half here. (Footnote: ONS, Private rents, 2022.) (Footnote: In five years.)"
    )


def test_tracked_changes_are_accepted():
    text = 'We [do not]{.deletion author="A" date="2022-01-01T00:00:00Z"}[do]{.insertion author="A" '
    text += 'date="2022-01-01T00:00:00Z"} agree.'
    assert lines(text)[0][2] == "We do agree."


def test_text_is_composed_and_without_what_cannot_be_seen():
    body = "<w:p><w:r><w:t>Cafe\u0301\u00a0 \u202eso\u00adcial\u200b 👩‍👩‍👧\t end</w:t></w:r></w:p>"
    assert [p.text for p in read(word_parts(body), Kind.DOCX).passages] == ["Café social 👩‍👩‍👧 end"]


def test_the_clerk_is_told_of_length_and_of_missing_numbers():
    assert reading("Word " * 3200).notes == (passages.NO_NUMBERS, "It has 3,200 words, over 3,000.")


def test_a_paragraph_too_long_for_a_row_is_cut_between_words():
    found = reading("wordy " * 20_000).passages
    assert [p.number for p in found] == ["1", "", "", ""]
    assert all(len(p.text) <= passages.LONGEST for p in found)
    assert " ".join(p.text for p in found) == ("wordy " * 20_000).strip()


def test_what_is_done_is_said():
    said = []
    read(word("Hello."), Kind.DOCX, lambda percent, what: said.append((percent, what)))
    assert said[0][0] < said[-1][0] <= 100
    assert all(what for _, what in said)


def counted(style, start):
    """A Word document with a list of one item that is counted so."""
    item = [{"t": "Plain", "c": [{"t": "Str", "c": "one"}]}]
    counting = [start, {"t": style}, {"t": "Period"}]
    blocks = [{"t": "OrderedList", "c": [counting, [item]]}]
    tree = json.dumps({"pandoc-api-version": [1, 23], "meta": {}, "blocks": blocks})
    return run_pandoc(["-f", "json", "-t", "docx", "-o", "-"], tree.encode())


@pytest.mark.parametrize(
    ("style", "start", "text"),
    [
        ("LowerAlpha", 27, "aa. one"),
        ("UpperRoman", 400, "CCCC. one"),
        ("LowerAlpha", 1_000_000_000, "1000000000. one"),
        ("LowerRoman", 1_000_000_000, "1000000000. one"),
    ],
)
def test_letters_count_a_list_as_long_as_it_is_one(style, start, text):
    (passage,) = read(counted(style, start), Kind.DOCX).passages
    assert passage.text == text
