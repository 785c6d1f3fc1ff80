"""Documents named by reference, in a folder or an archive; and lists with the files that they name."""

import pytest

from evidence.documents.models import Document
from evidence.importing.reading.files import reference_in
from evidence.submissions.models import Submission
from inquiry.models import Inquiry
from tests.builders import a_submission, an_inquiry
from tests.documents.making import archive, pdf, word
from tests.importing.making import Ended, importing, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry("SMD")


def files() -> dict[int, list[str]]:
    """The files by the number of the submission that they came with."""
    kept: dict[int, list[str]] = {}
    for number, name in Document.objects.order_by("submission_file__position").values_list(
        "submission_file__submission__number", "name"
    ):
        kept.setdefault(number, []).append(name)
    return kept


def test_documents_go_to_the_submission_that_is_there_or_make_a_new_one(inquiry, tmp_path):
    a_submission(inquiry, submitter="Example Trust", text=None)
    pages = {
        "pack/SMD0001.txt": b"1. The hall is shut.",
        "pack/SMD 6 - Dr Jane Example.docx": word("We asked."),
        "pack/smd0006 annex.pdf": pdf("Nobody came."),
        "pack/smd020_Example.txt": b"2. Words.",
        "pack/SMD 7 – Example Council.txt": b"3. More words.",
        "__MACOSX/pack/._SMD0001.txt": b"\x00",
        "pack/.DS_Store": b"\x00",
    }
    ended = importing(inquiry, tmp_path, archive(pages), "--json", name="pack.zip")
    assert ended.status == 0
    told = ended.told
    assert (told["rows"], told["created"], told["added"], told["refused"]) == (4, 3, 1, [])
    assert sorted(told["references"]) == ["SMD0006", "SMD0007", "SMD0020"]
    assert files() == {
        1: ["SMD0001.txt"],
        6: ["SMD 6 - Dr Jane Example.docx", "smd0006 annex.pdf"],
        7: ["SMD 7 – Example Council.txt"],
        20: ["smd020_Example.txt"],
    }
    names = {s.number: s._names for s in Submission.objects.with_submitters()}
    assert names == {
        1: "Example Trust",
        6: "Dr Jane Example",
        7: "Example Council",
        20: "Submitter not recorded",
    }
    again = importing(inquiry, tmp_path, archive(pages), "--json", name="pack.zip")
    assert (again.told["unchanged"], again.told["created"]) == (4, 0)


def test_a_folder_is_read_like_an_archive(inquiry, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "SMD0003.txt").write_text("1. Words.")
    (tmp_path / "SMD0004.txt").write_text("2. Words.")
    ended = Ended(inquiry, tmp_path, "--json")
    assert (ended.told["references"], files()) == (["SMD0004", "SMD0003"], {3: ["SMD0003.txt"], 4: ["SMD0004.txt"]})


def test_a_document_that_is_chosen_alone_is_one(inquiry, tmp_path):
    for name, data in (("SMD0003.docx", word("Words.")), ("SMD 4.txt", b"Words."), ("SMD5.pdf", pdf("Words!"))):
        assert importing(inquiry, tmp_path, data, name=name).status == 0
    assert sorted(files()) == [3, 4, 5]


def test_a_list_in_an_archive_finds_its_files(inquiry, tmp_path):
    made = table(
        {"reference": "SMD0001", "submitter": "Ann Example", "file": "letters/a.txt"},
        {"reference": "SMD0002", "submitter": "Bob Example", "file": "B.TXT"},
    )
    pack = {"in/list.csv": made, "in/letters/a.txt": "Words of a.", "in/letters/b.txt": "Words of b.", "in/c.txt": "c"}
    ended = importing(inquiry, tmp_path, archive(pack), name="pack.zip")
    assert (ended.status, files()) == (0, {1: ["a.txt"], 2: ["b.txt"]})
    assert "Not used: “in/c.txt”." in ended.complaints


def test_a_name_without_a_reference_and_a_file_of_another_kind_are_refused(inquiry, tmp_path):
    pages = {
        "letter.txt": b"Words.",
        "LUI0007.txt": b"Words of others.",
        "SMD0004.exe": b"MZ\x00\x01",
        "SMD0005.txt": b"",
        "SMD0006.txt": b"Good words.",
    }
    ended = importing(inquiry, tmp_path, archive(pages), "--json", name="pack.zip")
    assert ended.status == 2
    why = [each["why"] for each in ended.told["refused"]]
    assert [text.split(" ")[0] for text in why] == ["“LUI0007”", "“SMD0004.exe”:", "“SMD0005.txt”:", "Its"]
    assert "of another inquiry" in why[0]
    assert "Name it like SMD0006.pdf, or SMD 6 - Name.pdf." in why[3]
    assert not Submission.objects.exists()


def test_a_file_that_came_before_is_not_added_to_another(inquiry, tmp_path):
    importing(inquiry, tmp_path, archive({"SMD0001.txt": "Words.", "SMD0002.txt": "Other words."}), name="pack.zip")
    ended = importing(inquiry, tmp_path, archive({"SMD0002.txt": "Words."}), "--json", name="pack.zip")
    assert ended.told["refused"] == [{"row": 1, "why": "“SMD0002.txt” is kept already, with SMD0001."}]
    ended = importing(inquiry, tmp_path, archive({"SMD0003.txt": "Words."}), name="pack.zip")
    assert "“SMD0003.txt” is word for word what came with SMD0001" in ended.complaints


def test_a_link_out_of_the_folder_is_not_followed(inquiry, tmp_path):
    (tmp_path / "secret.txt").write_text("A secret.")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "SMD0001.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "SMD0002.txt").write_text("Words.")
    (tmp_path / "in" / "list.csv").write_text(table({"submitter": "Ann Example", "file": "SMD0001.txt"}))
    assert "lies outside of the list’s folder" in Ended(inquiry, tmp_path / "in").complaints
    (tmp_path / "in" / "list.csv").unlink()
    assert Ended(inquiry, tmp_path / "in", "--json").told["references"] == ["SMD0002"]
    assert files() == {2: ["SMD0002.txt"]}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("SMD0006.pdf", ("SMD0006", "")),
        ("SMD 6 - Dr Jane Example.docx", ("SMD 6", "Dr Jane Example")),
        ("smd020 – Example Trust.odt", ("smd020", "Example Trust")),
        ("Evidence SMD-0012 final.pdf", ("SMD-0012", "")),
        ("SMD0006 - Annex A.pdf", ("SMD0006", "")),
        ("SMD_7_(2).pdf", ("SMD 7", "")),
        ("in/deep/SMD0009.txt", ("SMD0009", "")),
        ("LUI0012.pdf", ("LUI0012", "")),
        ("AXSMD0012.pdf", ("AXSMD0012", "")),
        ("2023 report.pdf", ("", "")),
        ("SMD1234567.pdf", ("", "")),
        ("SMD.pdf", ("", "")),
    ],
)
def test_a_reference_is_found_in_a_name_in_any_of_its_forms(name, found):
    assert reference_in(name, "SMD") == found
