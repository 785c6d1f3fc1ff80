"""The kind of a file is told from its content, and what can't be read is refused with what to do."""

import io
import zipfile

import pikepdf
import pytest

from evidence.documents.reading import Kind, Unreadable, archives, kinds
from evidence.documents.reading.identifying import OLE, identify
from evidence.documents.reading.runner import read
from tests.documents.making import WORD_WITH_MACROS, a_mail, archive, odt, odt_parts, pdf, word, word_parts


def refusal(data):
    with pytest.raises(Unreadable) as refused:
        read(data, identify(data))
    return refused.value.sentence


def test_kinds_are_told_from_content():
    assert identify(pdf("Hello")) is Kind.PDF
    assert identify(b"X-Mail: gateway\r\n\r\n" + pdf("Hello")) is Kind.PDF
    assert identify(word("Hello")) is Kind.DOCX
    assert identify(b"Hello") is Kind.TEXT
    assert identify(odt("Hello")) is Kind.ODT
    assert identify(b"\xef\xbb\xbf{\\rtf1\\ansi Hello}") is Kind.RTF
    assert identify(a_mail("Hello")) is Kind.EML
    assert identify(b"From someone Mon Jan  1 00:00:00 2024\n" + a_mail("Hello")) is Kind.EML


@pytest.mark.parametrize(
    "page",
    [
        b"\n<!DOCTYPE html><html><body>Hello</body></html>",
        b"\xef\xbb\xbf<HTML lang=en><p>Hello</p></HTML>",
        b"<?xml version='1.0' encoding='iso-8859-5'?><!DOCTYPE html PUBLIC 'x'><html>\xe0\x81</html>",
        b"<!-- saved from url=(0014)about:internet -->\n<html><body>Hello</body></html>",
        "<!doctype html><p>Hello</p>".encode("utf-16"),
        b"<p class=x>A piece of a page</p>",
    ],
)
def test_a_web_page_is_told_from_its_first_mark(page):
    assert identify(page) is Kind.HTML


@pytest.mark.parametrize(
    "text",
    [
        "See [our site](https://example.org).",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "# About us\n\nWe **never** had a key.\n",
        "Before.\n\n```\ncode\n```\n",
    ],
)
def test_markdown_is_told_from_marks_that_plain_text_has_not(text):
    assert identify(text.encode()) is Kind.MARKDOWN


@pytest.mark.parametrize(
    "text",
    [
        "# 1 Summary\n\nWords.\n",
        "*** CONFIDENTIAL ***\n\nWords with a * star and ** two.\n",
        "From: Jane Example\nTo: The inquiry\nSubject: Our hall\nDate: 1 March 2023\n\nDear all,\n",
        "Note: we write as residents.\n\nSee [1] (and [2]).\n",
        "I <3 my street. <Jane> said so.\n",
    ],
)
def test_what_people_type_is_plain_text(text):
    assert identify(text.encode()) is Kind.TEXT


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00" * 1000])
def test_an_empty_file_is_refused(data):
    assert refusal(data) == kinds.EMPTY


def test_documents_that_read_as_nothing_are_empty():
    assert refusal(word("")) == kinds.EMPTY
    assert refusal("\u200b\u00ad".encode()) == kinds.EMPTY


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<?xml version='1.0'?><feed><title>Hello</title></feed>", kinds.NOT_READ["xml"]),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><text>Hello</text></svg>", kinds.NOT_READ["xml"]),
        (OLE + b"\x00" * 500 + "__substg1.0_1000001F".encode("utf-16-le"), kinds.OUTLOOK),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", kinds.NOT_READ["picture"]),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", kinds.NOT_A_DOCUMENT),
        (b"text and \x00 nothing", kinds.NOT_A_DOCUMENT),
        (b"\x81\x8d caf\xe9", kinds.NO_ENCODING),
        (b"\x01\x02\x03\x04\x05\x06 beep", kinds.NO_ENCODING),
        (OLE + b"\x00" * 500 + "WordDocument".encode("utf-16-le"), kinds.OLD_WORD),
        (OLE + b"\x00" * 500 + "EncryptedPackage".encode("utf-16-le"), kinds.LOCKED_WORD),
        (archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), kinds.NOT_READ["office"]),
        (archive({"one.txt": "Hello"}), kinds.NOT_READ["zip"]),
        (word_parts(content_type="application/vnd.openxmlformats.spreadsheetml.sheet"), kinds.NOT_READ["office"]),
    ],
)
def test_other_files_are_refused_whatever_their_name(data, sentence):
    assert refusal(data) == sentence


def test_macros_are_refused():
    assert refusal(word_parts(content_type=WORD_WITH_MACROS)) == kinds.MACROS
    assert refusal(word_parts(**{"word/vbaProject.bin": "Sub AutoOpen()"})) == kinds.MACROS
    assert refusal(odt_parts(**{"Basic/Standard/Module1.xml": "Sub Main"})) == kinds.MACROS_ODT
    assert refusal(odt_parts(**{"Scripts/python/run.py": "import os"})) == kinds.MACROS_ODT
    assert identify(odt_parts(**{"Basic/": ""})) is Kind.ODT


def test_locked_files_are_refused():
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("Secret"))) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert refusal(locked.getvalue()) == kinds.LOCKED_PDF
    manifest = '<manifest:manifest><manifest:encryption-data manifest:checksum="x"/></manifest:manifest>'
    assert refusal(odt_parts(**{"META-INF/manifest.xml": manifest})) == kinds.LOCKED_ODT
    assert refusal(a_mail("x", kind="application/pkcs7-mime; smime-type=enveloped-data")) == kinds.LOCKED_MAIL


def test_a_pdf_that_only_forbids_copying_can_be_read():
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("Plain to see.", heads=False))) as document:
        document.save(saved, encryption=pikepdf.Encryption(owner="o", user=""))
    assert [passage.text for passage in read(saved.getvalue(), Kind.PDF).passages] == ["Plain to see."]


def test_a_bomb_of_zeros_is_refused_before_it_goes_off(monkeypatch):
    monkeypatch.setattr(archives, "UNPACKED_BYTES", 3_000_000)
    zeros = b"\x00" * 1_000_000
    assert refusal(word_parts(**{f"word/media/{n}.png": zeros for n in range(4)})) == kinds.TOO_LARGE_INSIDE
    assert refusal(odt_parts(**{f"Pictures/{n}.png": zeros for n in range(4)})) == kinds.TOO_LARGE_INSIDE


def test_a_bomb_that_lies_about_its_size_is_refused(monkeypatch):
    data = bytearray(word_parts(**{"word/media/1.png": b"\x00" * 1_000_000}))
    size = (1_000_000).to_bytes(4, "little")
    at = data.rfind(size)
    data[at : at + 4] = (10).to_bytes(4, "little")
    assert refusal(bytes(data)) in (kinds.BROKEN_WORD, kinds.TOO_LARGE_INSIDE)


def test_too_many_parts_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "PARTS", 10)
    assert refusal(word_parts(**{f"word/{n}.bin": "x" for n in range(20)})) == kinds.TOO_LARGE_INSIDE


def test_entities_are_refused():
    laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    assert refusal(word_parts("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", before=laughs)) == kinds.BROKEN_WORD
    assert refusal(odt_parts("<text:p>&b;</text:p>", before=laughs)) == kinds.BROKEN_ODT


def test_an_old_manifest_may_declare_its_type():
    manifest = '<?xml version="1.0"?><!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//x" "Manifest.dtd"><x/>'
    assert identify(odt_parts(**{"META-INF/manifest.xml": manifest})) is Kind.ODT


def test_damaged_files_are_refused():
    whole = word("Hello there, this is evidence. " * 50)
    assert refusal(whole[: len(whole) // 2]) == kinds.BROKEN_WORD
    assert refusal(word_parts("<w:p><w:r>")) == kinds.BROKEN_WORD
    flipped = bytearray(whole)
    with zipfile.ZipFile(io.BytesIO(whole)) as zipped:
        at = zipped.getinfo("word/document.xml").header_offset + 60
    flipped[at] ^= 0xFF
    assert refusal(bytes(flipped)) == kinds.BROKEN_WORD
    assert refusal(b"%PDF-1.7\nnothing that a PDF has") == kinds.BROKEN_PDF
    assert refusal(pdf("Hello")[:900]) == kinds.BROKEN_PDF
    assert refusal(odt_parts("<text:p><text:span>")) == kinds.BROKEN_ODT
    assert refusal(odt("Words. " * 500)[:-400]) in (kinds.BROKEN_ODT, kinds.BROKEN_WORD)
    assert refusal(archive({"mimetype": "application/vnd.oasis.opendocument.text"})) == kinds.BROKEN_ODT
