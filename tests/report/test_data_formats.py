"""Formats for other programs: workbooks, data, references, and coded projects."""

from __future__ import annotations

import io
import json as plain
import re
import zipfile
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import python_calamine
import rispy

from inquiry.spreadsheets import FORMULA, cell
from report.formats import bibliography, csv, json, refi, xlsx
from report.structure import (
    Appendix,
    Code,
    Evidence,
    Marked,
    Recommendation,
    ReferencesPart,
    Source,
    Theme,
    ThemeGroup,
    ThemesPart,
)
from tests.config.conftest import ROOT
from tests.report.reading import MARKUP
from tests.report.sample import commons, empty, filled_with, lords, sample

EVERY = pytest.mark.parametrize(
    "appendix",
    [sample(), commons(), lords(), empty(), filled_with("Words & <words>"), sample(parts=())],
    ids=["appg", "commons", "lords", "empty", "odd", "nothing"],
)
HOSTILE = ["=1+1", "@cite{x}", "\\\\input{x} {y} $z$ 100% #1 a_b ~ ^", "TY  - BOOK\nER  - ", "<i>x</i> &amp;", "שלום {"]


def sheets(appendix: Appendix) -> dict[str, list[list[str]]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(xlsx.render(appendix)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


# --- workbooks ------------------------------------------------------------------------------------------------------


@EVERY
@pytest.mark.parametrize(
    "render",
    [
        xlsx.render,
        json.render,
        bibliography.bibtex,
        bibliography.ris,
        bibliography.csljson,
        refi.codebook,
        refi.project,
    ],
)
def test_the_same_appendix_gives_the_same_bytes(appendix, render):
    assert render(appendix) == render(Appendix.from_dict(appendix.to_dict()))


def test_a_workbook_has_a_sheet_for_every_part_with_columns_of_its_own():
    found = sheets(sample())
    assert list(found) == [
        *("Evidence sessions", "Chatham House Rule", "Written evidence", "Evidence by theme", "Recommendations"),
        "References",
    ]
    assert found["Written evidence"][:2] == [
        ["Reference", "Submitted by", "Date"],
        ["LUI0012", "Power to Change", "2023"],
    ]
    published = sheets(commons())["Published written evidence"]
    assert published[:2] == [["No.", "Submitted by", "Reference"], ["1", "Dr Ann O’Neill", "SMD0021"]]
    assert sheets(lords())["Evidence in alphabetical order"][1] == [
        "Example Science Ltd (fictional)",
        "Hannah Example, Managing Director",
        "",
        "QQ 1–31, SMD0006",
    ]
    (answer,) = [row for row in sheets(sample())["Recommendations"] if "answer" in row]
    assert any(said.startswith("What was asked for has been paid for since.") for said in answer)


def test_one_part_alone_is_a_table_of_its_own_columns():
    (written,) = [part for part in sample().parts if part.kind == "written"]
    lines = csv.render(sample(parts=(written,))).decode("utf-8-sig").splitlines()
    assert lines[:2] == ["Reference,Submitted by,Date", "LUI0012,Power to Change,2023"]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", "{=1}", "http://example.org"])
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(start):
    data = xlsx.render(filled_with(start))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name).decode()
            assert "<f>" not in content
            assert "<hyperlink" not in content
    for rows in sheets(filled_with(start)).values():
        assert not any(str(value).startswith(FORMULA) for row in rows for value in row)


def test_a_text_longer_than_a_cell_holds_goes_on_beside_it():
    theme = Theme("1", "C", (Evidence("word " * 8000, "A citation"),))
    rows = sheets(sample(parts=(ThemesPart(items=(ThemeGroup("A", "B", (theme,)),)),)))["Evidence by theme"]
    assert rows[1][3] + rows[1][7] == "word " * 8000


# --- data -----------------------------------------------------------------------------------------------------------


def test_the_documented_schema_is_the_structures_own():
    documented = plain.loads((ROOT / "docs/appendix.schema.json").read_text())
    assert documented == json.schema(), "Write it anew: python -m report.formats.json > docs/appendix.schema.json"


@EVERY
def test_data_keeps_to_the_schema_and_comes_back_equal(appendix):
    data = plain.loads(json.render(appendix))
    jsonschema.validate(data, json.schema(), cls=jsonschema.Draft202012Validator)
    assert Appendix.from_dict(data) == replace(appendix, left_out=(), sources=(), codes=())


@pytest.mark.parametrize("text", [*MARKUP, "مرحبا (بالعالم) 123"])
def test_text_is_kept_as_typed_in_data_and_in_workbooks(text):
    appendix = filled_with(text)
    assert json.render(appendix).decode().count(plain.dumps(text, ensure_ascii=False)) >= 20
    typed = [value for rows in sheets(appendix).values() for row in rows[1:] for value in row]
    assert typed.count(cell(text)) >= 20


def test_the_schema_refuses_what_is_not_in_it():
    data = plain.loads(json.render(sample())) | {"left_out": []}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json.schema(), cls=jsonschema.Draft202012Validator)


# --- references -----------------------------------------------------------------------------------------------------


def test_references_and_evidence_are_items():
    items = {item["id"]: item for item in plain.loads(bibliography.csljson(commons()))}
    assert items["SMD0021"]["author"] == [{"literal": "Dr Ann O’Neill"}]
    (work,) = [item for item in items.values() if item.get("publisher") == "Local Trust"]
    assert (work["type"], work["issued"]) == ("report", {"date-parts": [[2022]], "literal": "2022a"})
    heard = [item for item in items.values() if item["type"] == "hearing"]
    assert [item["number"] for item in heard] == ["Q1-31", "Q1-31", "Q1-31", "Q32", "Q32"]
    assert {item["issued"]["literal"] for item in heard} == {"Wednesday 18 June 2014"}


def test_ris_is_read_back():
    found = rispy.loads(bibliography.ris(commons()).decode())
    items = plain.loads(bibliography.csljson(commons()))
    assert [(one["id"], one["title"]) for one in found] == [(one["id"], one["title"]) for one in items]
    assert {one["year"] for one in found if "year" in one} == {"2014", "2022a", "2023"}
    assert not re.search(rb"^\d", bibliography.ris(commons()), re.MULTILINE)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_is_no_markup_of_a_reference(text):
    appendix = filled_with(text)
    plain_items = plain.loads(bibliography.csljson(appendix))
    assert all(item["author"] == [{"literal": text}] for item in plain_items)
    found = rispy.loads(bibliography.ris(appendix).decode())
    assert [one["authors"] for one in found] == [[" ".join(text.split())]] * len(plain_items)
    bibtex = bibliography.bibtex(appendix).decode()
    entries = re.findall(r"^@", bibtex, re.MULTILINE)
    assert len(entries) == len(plain_items)
    bare = re.sub(r"\\[{}]|\\[a-z]+\{\}", "", bibtex)
    assert bare.count("{") == bare.count("}")


def test_an_anonymous_submitter_is_anonymous_in_references():
    assert "Anonymous" in bibliography.bibtex(sample()).decode()


def test_nothing_is_listed_twice():
    works = sample().parts[-1]
    assert isinstance(works, ReferencesPart)
    ids = [item["id"] for item in plain.loads(bibliography.csljson(sample()))]
    assert len(ids) == len(set(ids))


# --- coded projects -------------------------------------------------------------------------------------------------

GUID = re.compile(r"[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}")
# What the standard's schema allows below each element, in its order, and which attributes an element must have.
CHILDREN = {
    "Project": ["Users", "CodeBook", "Sources", "Description"],
    "Users": ["User"],
    "CodeBook": ["Codes"],
    "Codes": ["Code"],
    "Code": ["Description", "Code"],
    "Sources": ["TextSource"],
    "TextSource": ["PlainTextSelection", "Coding"],
    "PlainTextSelection": ["Description", "Coding"],
    "Coding": ["CodeRef"],
}
NEEDED = {
    "Project": {"name"},
    "User": {"guid"},
    "Code": {"guid", "name", "isCodable"},
    "TextSource": {"guid"},
    "PlainTextSelection": {"guid", "startPosition", "endPosition"},
    "Coding": {"guid"},
    "CodeRef": {"targetGUID"},
}
NOT_EMPTY = {"Users", "Codes", "Sources", "Coding"}


def coded() -> Appendix:
    """Two quotes in a text with letters outside the first plane, one of them on two codes."""
    first = Evidence("Nobody has the key.", "LUI0001 para 1", key="quote-1")
    second = Evidence("we asked 🌍 for six years", "LUI0001 para 2", key="quote-2")
    text = "Our street 🌍 has a hall. Nobody has the key.\n\nAnd we asked 🌍 for six years."
    places = tuple(
        Marked(one.key, text.index(one.text), text.index(one.text) + len(one.text)) for one in (first, second)
    )
    whole = Evidence("", "LUI0001", key="LUI0001", source="LUI0001")
    themes = (
        ThemeGroup("D", "Power", (Theme("12", "Leading", (first, second, whole), key="theme-2"),), key="theme-1"),
        ThemeGroup("E", "Alone", (Theme("E", "Alone", (second,), key="theme-3"),), key="theme-3"),
    )
    source = Source("document-1", "LUI0001 Example Trust", text, places, ("LUI0001",), "LUI0001")
    return sample(parts=(ThemesPart(items=themes),), sources=(source,))


def parsed(xml: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(xml)


def named(tag: str) -> str:
    return tag.split("}")[1]


def keeps_to_the_standard(root: ElementTree.Element) -> None:
    guids = []
    for element in root.iter():
        name = named(element.tag)
        below = [named(child.tag) for child in element]
        order = CHILDREN.get(name, [])
        assert below == sorted(below, key=order.index), name
        assert set(below) <= set(order), name
        assert below or name not in NOT_EMPTY, name
        assert NEEDED.get(name, set()) <= set(element.attrib), name
        guids += [element.get("guid")] if element.get("guid") else []
        for attribute, value in element.attrib.items():
            if attribute.lower().endswith(("guid", "creatinguser")):
                assert GUID.fullmatch(value), (name, attribute)
    assert len(guids) == len(set(guids))
    codes = {element.get("guid") for element in root.iter() if named(element.tag) == "Code"}
    assert {element.get("targetGUID") for element in root.iter() if named(element.tag) == "CodeRef"} <= codes


@EVERY
def test_codebooks_and_projects_keep_to_the_standard(appendix):
    book = parsed(refi.codebook(appendix))
    assert book.tag == "{urn:QDA-XML:codebook:1.0}CodeBook"
    keeps_to_the_standard(book)
    with zipfile.ZipFile(io.BytesIO(refi.project(appendix))) as archive:
        project = parsed(archive.read("project.qde"))
        assert project.tag == "{urn:QDA-XML:project:1.0}Project"
        keeps_to_the_standard(project)
        paths = [one.get("plainTextPath", "") for one in project.iter() if named(one.tag) == "TextSource"]
        assert {path.replace("internal://", "sources/") for path in paths} == set(archive.namelist()) - {"project.qde"}


def test_quotes_are_selected_where_they_stand_in_code_points():
    with zipfile.ZipFile(io.BytesIO(refi.project(coded()))) as archive:
        project = parsed(archive.read("project.qde"))
        (text,) = [archive.read(name).decode() for name in archive.namelist() if name.startswith("sources/")]
    codes = {one.get("guid"): one.get("name") for one in project.iter() if named(one.tag) == "Code"}
    found = {}
    for one in project.iter():
        if named(one.tag) == "PlainTextSelection":
            words = text[int(one.get("startPosition", "")) : int(one.get("endPosition", ""))]
            found[words] = [codes[ref.get("targetGUID")] for ref in one.iter() if named(ref.tag) == "CodeRef"]
    assert found == {
        "Nobody has the key.": ["12 · Leading"],
        "we asked 🌍 for six years": ["12 · Leading", "E · Alone"],
    }


def test_a_submission_that_is_tagged_as_a_whole_is_coded_as_a_whole():
    with zipfile.ZipFile(io.BytesIO(refi.project(coded()))) as archive:
        project = parsed(archive.read("project.qde"))
    codes = {one.get("guid"): one.get("name") for one in project.iter() if named(one.tag) == "Code"}
    (source,) = [one for one in project.iter() if named(one.tag) == "TextSource"]
    refs = [ref.get("targetGUID") for ref in source.findall("{*}Coding/{*}CodeRef")]
    assert [codes[ref] for ref in refs] == ["12 · Leading"]


def names_of(element: ElementTree.Element) -> list[Any]:
    """The codes below an element, each with whether it can be coded and those below it."""
    codes = [one for one in element if named(one.tag) == "Code"]
    return [(one.get("name"), one.get("isCodable"), names_of(one)) for one in codes]


def test_every_theme_in_force_is_a_code_whether_it_has_evidence_or_not():
    codes = (
        Code("theme-1", "D · Power", "What power is.", (Code("theme-2", "12 · Leading"), Code("theme-4", "13 · Bare"))),
        Code("theme-3", "E · Alone"),
    )
    retired = ThemeGroup("X", "Old", (Theme("7", "Gone", (), key="theme-9"),), key="theme-8")
    (themes,) = coded().parts
    assert isinstance(themes, ThemesPart)
    whole = replace(coded(), codes=codes, parts=(replace(themes, items=(*themes.items, retired)),))
    book = parsed(refi.codebook(whole))
    keeps_to_the_standard(book)
    assert names_of(book[0]) == [
        ("D · Power", "false", [("12 · Leading", "true", []), ("13 · Bare", "true", [])]),
        ("E · Alone", "true", []),
        ("X · Old", "false", [("7 · Gone", "true", [])]),
    ]
    assert [one.text for one in book.iter() if named(one.tag) == "Description"] == ["What power is."]
    # The selections of the project find their codes where the tree has put them.
    with zipfile.ZipFile(io.BytesIO(refi.project(whole))) as archive:
        assert parsed(archive.read("project.qde")).findall(".//{*}CodeRef")


def test_the_same_thing_has_the_same_identifier_in_another_file_of_the_inquiry():
    later = replace(coded(), parts=(*coded().parts, *sample().parts[4:5]))
    first, second = (
        {one.get("guid") for one in parsed(refi.codebook(appendix)).iter() if one.get("guid")}
        for appendix in (coded(), later)
    )
    assert first < second
    assert isinstance(later.parts[1].items[0].recommendations[0], Recommendation)
