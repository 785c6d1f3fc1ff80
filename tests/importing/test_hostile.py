"""Lists and archives that mean harm, or are merely broken: a sentence, and nothing saved."""

import io
import struct
import zipfile

import pytest

from evidence.documents.models import Document
from evidence.importing.models import Batch
from evidence.importing.reading.rows import LONGEST_TEXT, MOST_ROWS
from evidence.submissions.models import AllottedReference, Submission
from evidence.witnesses.models import Organisation, Witness
from inquiry.models import Inquiry
from tests.builders import an_inquiry
from tests.documents.making import archive
from tests.importing.making import Ended, importing, table, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry("SMD")


def nothing_was_saved() -> bool:
    kept = (Submission, AllottedReference, Witness, Organisation, Document, Batch)
    return not any(model.objects.exists() for model in kept)


def refused(ended: Ended, sentence: str) -> None:
    assert (ended.status, ended.out) == (2, "")
    assert sentence in ended.complaints
    assert ended.complaints.endswith((".", "”."))
    assert nothing_was_saved()


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (b"", "There is nothing in it."),
        (b"\n \n", "There is nothing in it."),
        (b"submitter\n", "headings, and no row below"),
        (b"\x00\x01\x02\x03" * 50, "encoding that could not be told"),
        (b"\x81\x8d\x8f\x90 list\n" * 9, "encoding that could not be told"),
        (b'submitter,text\nAnn,"never closed\nBob,x\n', "in or after line 3 a quotation mark"),
        (b"submitter,submitter\nAnn,Bob\n", "Two columns are called “submitter”."),
        (b"submitter" + b",x" * 250 + b"\n", "more than 200 columns"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "in the old format (.xls)"),
        (b"PK\x03\x04 and no archive", "damaged or was cut short"),
    ],
)
def test_a_list_that_is_none(inquiry, tmp_path, made, sentence):
    refused(importing(inquiry, tmp_path, made), sentence)


def test_a_million_rows(inquiry, tmp_path):
    refused(importing(inquiry, tmp_path, "submitter\n" + "Ann\n" * 1_000_000), f"more than {MOST_ROWS:,} rows")


def test_a_cell_at_the_far_end_of_a_workbook_fills_no_memory(inquiry, tmp_path):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    refused(importing(inquiry, tmp_path, xlsx([["submitter"]], after=far), name="list.xlsx"), "could not be read")


def test_a_workbook_that_is_broken_inside(inquiry, tmp_path):
    made = xlsx([["submitter"], ["Ann"]]).replace(b"workbook", b"workbonk")
    ended = importing(inquiry, tmp_path, made, name="list.xlsx")
    assert ended.status == 2
    assert nothing_was_saved()


def test_a_text_without_end(inquiry, tmp_path):
    made = table({"submitter": "Ann", "text": "word " * (LONGEST_TEXT // 4)})
    ended = importing(inquiry, tmp_path, made, "--json")
    assert "more than 1,000,000 characters" in ended.told["refused"][0]["why"]
    assert nothing_was_saved()


@pytest.mark.parametrize(
    "cell", ["=cmd|'/C calc'!A0", "+SUM(A1)", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)", "＝HYPERLINK(x)"]
)
def test_a_formula_is_no_name(inquiry, tmp_path, cell):
    ended = importing(inquiry, tmp_path, table({"submitter": cell}), "--json")
    assert ended.told["refused"] == [
        {"row": 2, "why": "The submitter begins like a formula. Put the words themselves there."}
    ]
    assert nothing_was_saved()


def test_what_only_looks_a_little_like_a_formula_is_kept(inquiry, tmp_path):
    made = table({"submitter": "+Plus Example Trust", "text": "- one\n- two"}, {"submitter": "@Home Example Group"})
    assert importing(inquiry, tmp_path, made).status == 0


def test_a_row_that_has_slipped_is_not_read_as_something_else(inquiry, tmp_path):
    ended = importing(inquiry, tmp_path, "reference,submitter\nSMD0001,Example, Trust\n", "--json")
    assert "more cells than there are headings" in ended.told["refused"][0]["why"]


def test_an_archive_of_zeros(inquiry, tmp_path, settings):
    settings.ATTEST_IMPORT_LIMIT = 10 << 20
    zeros = archive({"SMD0001.txt": bytes(11 << 20)})
    assert len(zeros) < 20_000
    refused(importing(inquiry, tmp_path, zeros, name="pack.zip"), "unpacks to more than 10 MB")


def test_one_file_that_unpacks_to_too_much(inquiry, tmp_path, settings):
    settings.ATTEST_UPLOAD_LIMIT = 1 << 20
    ended = importing(inquiry, tmp_path, archive({"SMD0001.txt": bytes(2 << 20)}), "--json", name="pack.zip")
    assert "“SMD0001.txt” is larger than 1 MB." in ended.told["refused"][0]["why"]
    assert nothing_was_saved()


def test_an_archive_that_lies_about_its_sizes(inquiry, tmp_path):
    made = bytearray(archive({"SMD0001.txt": b"word " * 4000}))
    for sign, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", made, made.find(sign) + place, 10)
    ended = importing(inquiry, tmp_path, bytes(made), "--json", name="pack.zip")
    assert "is damaged in its archive" in ended.told["refused"][0]["why"]
    assert nothing_was_saved()


def test_an_archive_that_is_cut_short(inquiry, tmp_path):
    refused(
        importing(inquiry, tmp_path, archive({"SMD0001.txt": "Words."})[:-30], name="pack.zip"), "damaged or was cut"
    )


@pytest.mark.parametrize(
    "name", ["../SMD0001.txt", "/etc/SMD0001.txt", "in/../../SMD0001.txt", "..\\SMD0001.txt", "C:\\x"]
)
def test_names_that_lead_out_of_an_archive(inquiry, tmp_path, name):
    refused(importing(inquiry, tmp_path, archive({name: "Words."}), name="pack.zip"), "leads out of it")


def test_a_name_without_end_is_cut(inquiry, tmp_path):
    assert importing(inquiry, tmp_path, archive({f"SMD0001 {'x' * 400}.txt": "Words."}), name="pack.zip").status == 0
    assert len(Document.objects.get().name) == 255


def test_a_link_in_an_archive_is_no_file(inquiry, tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        link = zipfile.ZipInfo("SMD0001.txt")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    refused(importing(inquiry, tmp_path, out.getvalue(), name="pack.zip"), "There is nothing in it.")


def test_an_archive_with_a_password(inquiry, tmp_path):
    made = bytearray(archive({"SMD0001.txt": "Words."}))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.find(sign) + place] |= 1
    refused(importing(inquiry, tmp_path, bytes(made), name="pack.zip"), "locked with a password")


def test_an_archive_with_more_names_than_memory(inquiry, tmp_path):
    made = bytearray(archive({"SMD0001.txt": "Words."}))
    struct.pack_into("<I", made, made.rfind(b"PK\x05\x06") + 12, 1 << 30)
    refused(importing(inquiry, tmp_path, bytes(made), name="pack.zip"), "more than 20,000 files")


def test_the_same_name_twice_in_an_archive(inquiry, tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("in/SMD0001.txt", "Words.")
        packed.writestr("in//SMD0001.txt", "Other words.")
    refused(importing(inquiry, tmp_path, out.getvalue(), name="pack.zip"), "holds “in/SMD0001.txt” twice")


def test_an_archive_in_an_archive_is_a_file_of_no_known_kind(inquiry, tmp_path):
    made = archive({"SMD0001.zip": archive({"SMD0001.txt": "Words."})})
    ended = importing(inquiry, tmp_path, made, "--json", name="pack.zip")
    assert ended.told["refused"][0]["why"].startswith("“SMD0001.zip”: ")


def test_several_lists_at_once(inquiry, tmp_path):
    made = archive({"a.csv": "submitter\nAnn\n", "b.csv": "submitter\nBob\n"})
    refused(
        importing(inquiry, tmp_path, made, name="pack.zip"), "There are several lists among the files: a.csv, b.csv."
    )


def test_what_markup_and_control_signs_a_name_holds_is_words(inquiry, tmp_path):
    made = table({"submitter": "<script>alert(1)</script>\x07 Example\u200b", "text": "A long letter. " * 20})
    assert importing(inquiry, tmp_path, made).status == 0
    assert Witness.objects.get().name == "<script>alert(1)</script> Example"
