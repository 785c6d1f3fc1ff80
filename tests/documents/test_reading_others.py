"""OpenDocument, RTF, web pages and Markdown as passages."""

import re
import subprocess

import pytest

from evidence.documents.reading import Kind, Unreadable, kinds, odt, rtf
from evidence.documents.reading.identifying import identify
from evidence.documents.reading.runner import read
from tests.documents.making import odt as odt_of
from tests.documents.making import odt_parts, word

MARKDOWN = (
    "# About us\n\nWe *run* a [café](https://example.org) – “yes”.\n\n1. First point.\n2. Second point.\n\n"
    "- one\n    - under one\n\n| Year | Sum |\n|---|---|\n| 2021 | 5 |\n\nRents rose. 😀\n"
)


def reading(data):
    data = data if isinstance(data, bytes) else data.encode()
    return read(data, identify(data))


def lines(data):
    return [(p.kind, p.text) for p in reading(data).passages]


def words(data):
    return [p.text for p in reading(data).passages]


def refusal(data):
    with pytest.raises(Unreadable) as refused:
        reading(data)
    return refused.value.sentence


def by_office(data, ending, folder):
    """The Word document as LibreOffice saves it in another kind."""
    (folder / "one.docx").write_bytes(data)
    home = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", home, "--headless", "--convert-to", ending, "--outdir", str(folder), str(folder / "one.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"one.{ending}").read_bytes()


def test_markdown_keeps_headings_lists_tables_and_every_sign():
    assert lines(MARKDOWN + "\nIt cost $5 and $10 :+1:\n\n<div>In a <b>box</b>.<script>no()</script></div>\n") == [
        ("heading", "About us"),
        ("paragraph", "We run a café – “yes”."),
        ("item", "1. First point."),
        ("item", "2. Second point."),
        ("item", "one"),
        ("item", "under one"),
        ("row", "Year | Sum"),
        ("row", "2021 | 5"),
        ("paragraph", "Rents rose. 😀"),
        ("paragraph", "It cost $5 and $10 :+1:"),
        ("paragraph", "In a box."),
    ]


@pytest.mark.parametrize("ending", ["odt", "rtf", "html"])
def test_what_an_office_program_saves_is_read_whole_and_in_order(ending, tmp_path):
    data = by_office(word(MARKDOWN), ending, tmp_path)
    found = reading(data)
    said = " ".join(p.text for p in found.passages)
    order = ["About us", "café", "“yes”", "First point", "Second point", "under one", "2021 | 5", "Rents rose. 😀"]
    assert [place for place in map(said.find, order) if place < 0] == []
    assert sorted(order, key=said.find) == order
    kinds_of = {p.text: p.kind for p in found.passages}
    assert (kinds_of["About us"], kinds_of["Year | Sum"], kinds_of["under one"]) == ("heading", "row", "item")


def test_numbered_paragraphs_give_their_numbers():
    for data in (odt_of("1. First words.\n2. Second words.\n"), "<ol><li>First words.<li>Second words.</ol>"):
        assert [(p.number, p.text) for p in reading(data).passages] == [("1", "First words."), ("2", "Second words.")]
    typed = r"{\rtf1\ansi 3.1 First words.\par 3.2 Second words.\par}"
    assert [(p.number, p.text) for p in reading(typed).passages] == [("3.1", "First words."), ("3.2", "Second words.")]


def test_words_that_stand_outside_the_text_of_an_open_document_are_not_lost():
    found = reading(
        odt_parts(
            "<text:tracked-changes><text:p>Struck out.</text:p></text:tracked-changes>"
            "<text:p>We<text:s/>said<text:tab/>so.<draw:frame><draw:text-box><text:p>In a box.</text:p>"
            "</draw:text-box></draw:frame>"
            "<office:annotation><text:p>A remark.</text:p></office:annotation></text:p>"
        )
    )
    assert [p.text for p in found.passages] == ["We said so.", "In a box."]
    assert odt.APART in found.notes


def test_rich_text_keeps_letters_notes_tables_and_headings():
    found = reading(
        rb"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0 Arial;}}{\stylesheet{\s1\sb240 heading 1;}{\s2 Normal;}}"
        rb"{\info{\author Jane Example}{\title A title nobody sees}}"
        rb"\pard\s1 About us\par\pard\s2 \ldblquote caf\'e9\rdblquote  {\v unseen} \u8364?5 \u-10179?\u-8704?"
        rb"{\footnote\pard A note.\par} end\par"
        rb"\trowd\cellx1\cellx2\intbl Year\cell Sum\cell\row\pard "
        rb"{\field{\*\fldinst{HYPERLINK \"https://example.org\"}}{\fldrslt{our page}}}\par"
        rb"{\pntext\'b7\tab}An item\par}"
    )
    assert [(p.kind, p.text) for p in found.passages][:3] == [
        ("heading", "About us"),
        ("paragraph", "“café” €5 😀 (Footnote: A note. ) end"),
        ("row", "Year | Sum"),
    ]
    assert "our page" in found.passages[3].text
    assert "example.org" not in repr(found)
    assert "Jane" not in repr(found)


def test_rich_text_with_objects_is_read_without_them():
    found = reading(
        r"{\rtf1 Before.\par {\object\objemb{\*\objclass Package}{\*\objdata " + "01050000" * 4000 + r"}} After.\par}"
    )
    assert [p.text for p in found.passages] == ["Before.", "After."]
    assert rtf.OBJECTS in found.notes


@pytest.mark.parametrize(
    "data",
    [
        "{\\rtf1 " + "{" * 100_000 + "deep" + "}" * 100_000 + "}",
        "{\\rtf1 deep" + "{\\footnote " * 20_000,
        "{\\rtf1 deep}}}}}}" + "}" * 1000,
        "{\\rtf1 deep" + "{\\stylesheet" * 5000,
    ],
)
def test_rich_text_that_nests_without_end_harms_nobody(data):
    assert words(data)[0].startswith("deep")


@pytest.mark.parametrize("data", [r"{\rtf1\ansicpg99999 a\'e9 b}", r"{\rtf1\u99999999? a b}", r"{\rtf1\uc a b}"])
def test_rich_text_with_numbers_that_mean_nothing_is_read_or_refused(data):
    sentence = ""
    try:
        found = words(data)
    except Unreadable as refused:
        found, sentence = [], refused.sentence
    assert found or sentence == kinds.BROKEN_RTF


def test_a_web_page_is_its_words_and_nothing_that_it_asks_for():
    page = (
        "<!DOCTYPE html [<!ENTITY boom 'ha'>]><html><head><title>Not a word</title><base href='http://example.org/'>"
        "<style>p{}</style><script>document.write('no')</script></head><body onload='no()'><h1>Our street</h1>"
        "<p>One &eacute; &#8364; &boom;<img src='http://example.org/x.png'><iframe src='file:///etc/passwd'></iframe></p>"
        "<ol start=3><li>three<li>four</ol></body></html>"
    )
    assert lines(page) == [
        ("heading", "Our street"),
        ("paragraph", "One é € &boom;"),
        ("paragraph", "three"),
        ("paragraph", "four"),
    ]


@pytest.mark.parametrize("name", ["iso-8859-5", "shift_jis", "windows-1252", "no-such-thing"])
def test_a_web_page_in_an_encoding_of_its_own(name):
    encoding = "utf-8" if name == "no-such-thing" else name
    text = {"iso-8859-5": "Наша улица", "shift_jis": "私たちの通り"}.get(name, "Our café")
    page = f"<html><head><meta charset={name}></head><p>{text}</p></html>"
    assert words(page.encode(encoding)) == [text]


def test_a_web_page_that_nests_without_end_is_refused():
    assert refusal("<html>" + "<blockquote>" * 20_000 + "deep") == kinds.BROKEN_HTML


def test_no_other_kind_takes_the_worker_along(monkeypatch):
    monkeypatch.setattr("evidence.documents.reading.runner.LONGEST_LINE", 10)
    for data in (odt_parts(), b"{\\rtf1 Hello}", b"<html>Hello</html>", b"[a](https://example.org)"):
        kind = identify(data)
        with pytest.raises(Unreadable) as refused:
            read(data, kind)
        assert re.search(r"send that\.$", refused.value.sentence), kind
    assert Kind.EML not in (Kind.ODT, kind)
