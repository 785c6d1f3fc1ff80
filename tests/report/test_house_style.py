"""The house style: a Word document that somebody brings, and one that is not, or would do harm."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.refusals import Refused
from accounts.roles import CONSOLE, Role
from report.actions import ask_for_export, ask_from_snapshot, bring_house_style, make_export
from report.formats import docx, html, odt
from report.formats.house_style import check, looks
from report.formats.reference import completed, reference_document, text_width
from report.models import Export, HouseStyle
from tests.builders import a_person, a_submission, an_inquiry
from tests.report.exporting import read
from tests.report.reading import MARKUP, words_of_html
from tests.report.sample import commons, empty, filled_with, lords, sample


def changed(document: bytes, *, without: tuple[str, ...] = (), **parts: Any) -> bytes:
    """A Word document with parts replaced (a function of what stands there), added or left away."""
    named = {name.replace("__", "/").replace("_dot_", "."): change for name, change in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in without:
                change = named.pop(name, None)
                target.writestr(name, change(source.read(name)) if callable(change) else source.read(name))
        for name, content in named.items():
            target.writestr(name, content)
    return out.getvalue()


def in_red(document: bytes) -> bytes:
    def red(xml: bytes) -> bytes:
        return re.sub(rb'(w:styleId="Heading1".*?<w:color w:val=")1D4E89', rb"\1AA0000", xml, count=1, flags=re.DOTALL)

    return changed(document, word__styles_dot_xml=red)


def relating(target: str, kind: str) -> Any:
    relation = f'<Relationship Id="rId99" Type="http://example.org/{kind}" Target="{target}" TargetMode="External"/>'
    return lambda xml: xml.replace(b"</Relationships>", relation.encode() + b"</Relationships>")


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "word/document.xml", "word/styles.xml"):
            archive.writestr(name, b" " * 20 * 1024 * 1024)
    return out.getvalue()


def many() -> bytes:
    return changed(reference_document(), **{f"word__media__{n}_dot_xml": b"<a/>" for n in range(600)})


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'
HOSTILE = {
    "nothing": (lambda: b"", "is not a Word document"),
    "a text": (lambda: b"Dear all", "is not a Word document"),
    "an old Word file": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "is not a Word document"),
    "cut short": (lambda: reference_document()[:4000], "is not a Word document"),
    "another archive": (
        lambda: changed(reference_document(), without=("word/document.xml",)),
        "is not a Word document",
    ),
    "too large": (lambda: b"PK" + b"0" * 11 * 1024 * 1024, "larger than 10 MB"),
    "a bomb": (bomb, "unpacks to more than 50 MB"),
    "thousands of parts": (many, "unpacks to more than 50 MB"),
    "macros": (lambda: changed(reference_document(), word__vbaProject_dot_bin=b"x"), "macros"),
    "a macro type": (
        lambda: changed(
            reference_document(), **{"[Content_Types]_dot_xml": lambda xml: xml.replace(b"main+xml", b"macroEnabled")}
        ),
        "macros",
    ),
    "an object": (lambda: changed(reference_document(), word__embeddings__a_dot_bin=b"x"), "embedded objects"),
    "a far template": (
        lambda: changed(
            reference_document(),
            word___rels__document_dot_xml_dot_rels=relating("http://example.org/evil.dotm", "attachedTemplate"),
        ),
        "another place",
    ),
    "a far picture": (
        lambda: changed(
            reference_document(), word___rels__document_dot_xml_dot_rels=relating("//example.org/a.png", "image")
        ),
        "another place",
    ),
    "laughs": (lambda: changed(reference_document(), word__styles_dot_xml=lambda _: LAUGHS), "damaged"),
    "not XML": (lambda: changed(reference_document(), word__styles_dot_xml=lambda _: b"<w:styles"), "damaged"),
    "a path out": (lambda: changed(reference_document(), **{"..__..__evil_dot_xml": b"<a/>"}), "damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_word_document_or_a_hostile_one_is_refused_in_a_sentence(name):
    data, why = HOSTILE[name]
    with pytest.raises(Refused, match=why):
        check(data())


def test_ours_passes_and_so_does_a_link_in_it():
    check(reference_document())
    link = relating("https://example.org/", "officeDocument/2006/relationships/hyperlink")
    check(changed(reference_document(), word___rels__document_dot_xml_dot_rels=link))


def test_word_takes_the_styles_of_the_document():
    style = in_red(reference_document())
    made = docx.render(sample(), style)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b"AA0000" in archive.read("word/styles.xml")
    assert made == docx.render(sample(), style)
    assert docx.render(sample(), reference_document()) == docx.render(sample())


def test_opendocument_takes_the_look_of_the_word_styles():
    with zipfile.ZipFile(io.BytesIO(odt.render(sample(), in_red(reference_document())))) as archive:
        assert archive.namelist()[0] == "mimetype"
        styles = archive.read("styles.xml").decode()
    assert 'fo:color="#AA0000"' in styles[styles.index('style:name="Heading_20_1"') :][:700]
    assert looks(in_red(reference_document()))["heading 1"].colour == "AA0000"


def test_a_document_that_has_none_of_our_styles_gets_them(words_of):
    def bare(xml: bytes) -> bytes:
        return re.sub(rb'<w:style [^>]*w:styleId="(?:BlockText|QuotationSource|Small)[^"]*".*?</w:style>', b"", xml)

    style = changed(reference_document(), word__styles_dot_xml=bare)
    with zipfile.ZipFile(io.BytesIO(completed(style))) as archive:
        assert archive.read("word/styles.xml").count(b'w:styleId="BlockText"') == 1
    assert words_of(docx.render(commons(), style), "docx") == words_of_html(html.render(commons()))


def test_tables_are_as_wide_as_the_text_of_the_document():
    narrow = changed(
        reference_document(), word__document_dot_xml=lambda xml: xml.replace(b'w:left="1701"', b'w:left="3701"')
    )
    assert text_width(narrow) == text_width(reference_document()) - 2000
    with zipfile.ZipFile(io.BytesIO(docx.render(sample(), narrow))) as archive:
        body = archive.read("word/document.xml").decode()
    for grid in re.findall(r"<w:tblGrid>.*?</w:tblGrid>", body):
        assert sum(map(int, re.findall(r'w:w="(\d+)"', grid))) <= text_width(narrow)


@pytest.mark.parametrize(
    "appendix",
    [sample(), commons(), lords(), empty(), filled_with(" ".join(MARKUP))],
    ids=["appg", "commons", "lords", "empty", "markup"],
)
def test_opendocument_says_what_the_page_says(appendix, words_of):
    made = odt.render(appendix)
    assert words_of(made, "odt") == words_of_html(html.render(appendix))
    assert made == odt.render(appendix)


def test_opendocument_keeps_no_trace_of_the_clock():
    with zipfile.ZipFile(io.BytesIO(odt.render(sample()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        meta = archive.read("meta.xml").decode()
    assert "2026-11-24T00:00:00" in meta
    assert "<dc:language>en-GB</dc:language>" in meta


# --- brought, and laid aside ----------------------------------------------------------------------------------------


def page(*args: object) -> str:
    return reverse("report:house_style", args=args)


@pytest.mark.django_db
def test_a_clerk_brings_a_style_and_snapshots_keep_theirs(client):
    inquiry = an_inquiry()
    a_submission(inquiry, state="published")
    client.force_login(a_person(inquiry))
    plain = ask_for_export(inquiry=inquiry, format="docx", by=CONSOLE)
    make_export(plain.pk)
    given = client.get(reverse("report:house_style_document", args=[inquiry.code]))
    brought = in_red(b"".join(given.streaming_content))
    answer = client.post(page(inquiry.code), {"document": SimpleUploadedFile("Our house.docx", brought)}, follow=True)
    assert "Our house.docx" in answer.content.decode()
    red = ask_for_export(inquiry=inquiry, format="docx", by=CONSOLE)
    make_export(red.pk)
    red.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(read(red))) as archive:
        assert b"AA0000" in archive.read("word/styles.xml")
    plain.refresh_from_db()
    again = ask_from_snapshot(snapshot=plain.snapshot, format="docx", by=CONSOLE)
    make_export(again.pk)
    again.refresh_from_db()
    assert read(again) == read(plain)
    client.post(page(inquiry.code), {"aside": "1"})
    assert not HouseStyle.objects.in_force().exists()
    assert "the style that comes along" in client.get(page(inquiry.code)).content.decode()
    assert Export.objects.get(pk=red.pk).snapshot.house_style.name == "Our house.docx"


@pytest.mark.django_db
def test_what_may_not_be_brought_is_said_beside_the_field(client):
    inquiry = an_inquiry()
    client.force_login(a_person(inquiry))
    for data, why in ((b"Dear all", "is not a Word document"), (bomb(), "unpacks to more"), (b"", "is empty")):
        answer = client.post(page(inquiry.code), {"document": SimpleUploadedFile("a.docx", data)})
        assert why in answer.content.decode()
    assert "Choose a Word document." in client.post(page(inquiry.code)).content.decode()
    assert not HouseStyle.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "looks_at_it", "brings"), [(Role.ADVISER, 200, 403), (Role.MEMBER, 403, 403)])
def test_only_the_secretariat_brings_a_style(client, role, looks_at_it, brings):
    inquiry = an_inquiry()
    client.force_login(a_person(inquiry, role))
    assert client.get(page(inquiry.code)).status_code == looks_at_it
    assert client.post(page(inquiry.code), {"aside": "1"}).status_code == brings


@pytest.mark.django_db
def test_a_style_is_never_changed():
    style = bring_house_style(inquiry=an_inquiry(), name="a.docx", data=reference_document(), by=CONSOLE)
    with pytest.raises(DatabaseError), transaction.atomic():
        HouseStyle.objects.filter(pk=style.pk).update(sha256="0" * 64)
