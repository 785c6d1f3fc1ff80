"""Plain text as passages."""

import pytest

from evidence.documents.reading import Kind
from evidence.documents.reading.identifying import identify
from evidence.documents.reading.runner import read


def lines(text):
    data = text if isinstance(text, bytes) else text.encode()
    return [(p.kind, p.number, p.text) for p in read(data, identify(data)).passages]


SENTENCE = "The café’s “regulars” paid £5 – naïve, perhaps."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding):
    assert lines(SENTENCE.encode(encoding)) == [("paragraph", "1", SENTENCE)]


def test_utf_16_needs_its_mark():
    assert lines(b"\xfe\xff" + SENTENCE.encode("utf-16-be")) == [("paragraph", "1", SENTENCE)]


def test_paragraphs_by_blank_lines_when_wrapped_by_hand():
    assert lines("We wrote this in an editor that\r\nwraps its lines.\r\n\r\nThis is the second\r\nof two.\r\n") == [
        ("paragraph", "1", "We wrote this in an editor that wraps its lines."),
        ("paragraph", "2", "This is the second of two."),
    ]


def test_paragraphs_by_lines_when_not_wrapped():
    long = "This sentence goes on well beyond the width of a screen, because nobody wrapped it, and so it is one line."
    assert [line[2] for line in lines(f"{long} {long}\nShort one.\n{long} {long}")] == [
        f"{long} {long}",
        "Short one.",
        f"{long} {long}",
    ]


def test_headings_items_and_numbers():
    assert lines(
        "OUR EVIDENCE\n\nSummary\n=======\n\n1. First paragraph,\n   wrapped.\n2. Second paragraph.\n\n"
        "- an item\n- another\n\n## Next\n\n3. Third.\n"
    ) == [
        ("heading", "", "OUR EVIDENCE"),
        ("heading", "", "Summary"),
        ("paragraph", "1", "First paragraph, wrapped."),
        ("paragraph", "2", "Second paragraph."),
        ("item", "", "an item"),
        ("item", "", "another"),
        ("heading", "", "Next"),
        ("paragraph", "3", "Third."),
    ]


def test_a_pasted_sentence_is_a_paragraph():
    assert lines("We need buses.") == [("paragraph", "1", "We need buses.")]


def test_pages_and_form_feeds():
    assert lines("One page.\f\nNext page.")[-1][2] == "Next page."


def test_a_number_too_long_to_be_cited_stays_in_the_text():
    lines = [f"1.1.1.1.1.1.1.1.1.1.{n} Some words that stand in this paragraph." for n in range(1, 8)]
    found = read("\n\n".join(lines).encode(), Kind.TEXT).passages
    assert [each.text for each in found] == lines
    assert [each.number for each in found] == [str(n) for n in range(1, 8)]
