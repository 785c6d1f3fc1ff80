"""The house style: a Word document that somebody brings, and one that is not, or would do harm."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.refusals import Refused
from accounts.roles import CONSOLE, Role
from report.actions import ask_for_export, ask_from_snapshot, bring_house_style, make_export
from report.formats import docx, html, odt
from report.formats.house_style import check, looks
from report.formats.page import Line, Page, layout, page_of
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


FOOTER = (
    '<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:p><w:pPr><w:tabs><w:tab w:val="center" w:pos="4513"/></w:tabs></w:pPr><w:r><w:t>Bills &amp; \\1</w:t></w:r>'
    '<w:r><w:tab/></w:r><w:fldSimple w:instr=" PAGE \\* MERGEFORMAT "><w:r><w:t>7</w:t></w:r></w:fldSimple>'
    '<w:r><w:t xml:space="preserve"> of </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText> NUMPAGES </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>99</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    '<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText> STYLEREF "heading 1" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    "<w:r><w:t>Shown last</w:t></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
)


def on_letter(document: bytes, footer: str = FOOTER) -> bytes:
    """On American paper, turned, with margins and a footer of its own."""

    def page(xml: bytes) -> bytes:
        xml = xml.replace(b'w:w="11906" w:h="16838"', b'w:w="15840" w:h="12240"')
        return xml.replace(b'w:left="1701"', b'w:left="1000"').replace(b'w:top="1588"', b'w:top="-1440"')

    return changed(document, word__document_dot_xml=page, word__footer90_dot_xml=lambda _: footer.encode())


def test_opendocument_takes_page_margins_and_footer_of_the_word_style():
    page = page_of(on_letter(reference_document()))
    sizes = (page.width, page.height, page.top, page.bottom, page.left, page.right, page.footer_at)
    assert sizes == (15840, 12240, 1440, 1474, 1000, 1701, 720)
    assert page.header == ()
    number = '<text:page-number text:select-page="current"/>'
    assert page.footer == (
        Line("start", f"Bills &amp; \\1<text:tab/>{number} of <text:page-count/>"),
        Line("end", "Shown last"),
    )
    with zipfile.ZipFile(io.BytesIO(odt.render(sample(), on_letter(reference_document())))) as archive:
        styles = archive.read("styles.xml").decode()
    (paper,) = re.findall("<style:page-layout-properties [^>]*>", styles)
    for size in ('page-width="792pt"', 'page-height="612pt"', 'margin-top="72pt"', 'margin-bottom="36pt"'):
        assert f"fo:{size}" in paper
    assert 'style:print-orientation="landscape"' in paper
    master = ElementTree.fromstring(styles).findall(".//{*}master-page/{*}footer/{*}p")
    assert ["".join(line.itertext()) for line in master] == ["Bills & \\1 of ", "Shown last"]
    fields = [each.tag.split("}")[1] for each in master[0]]
    assert fields == ["tab", "page-number", "page-count"]


def test_a_page_is_ours_where_the_style_says_nothing_of_it():
    bare = changed(
        reference_document(),
        word__document_dot_xml=lambda xml: re.sub(rb"<w:sectPr>.*?</w:sectPr>", b"", xml, flags=re.DOTALL),
    )
    assert page_of(bare) == Page()
    empty_footer = page_of(on_letter(reference_document(), FOOTER[: FOOTER.index("<w:p>")] + "<w:p/></w:ftr>"))
    assert empty_footer.footer == ()
    assert 'fo:margin-bottom="73.7pt"' in layout(empty_footer)
    lost = page_of(changed(reference_document(), without=("word/_rels/document.xml.rels",)))
    assert (lost.width, lost.footer) == (11906, ())


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
