"""What the UK Parliament's Committees API gives. Its people and bodies are fictional here."""

import json

import pytest

from evidence.documents.models import Document
from evidence.submissions.models import Submission
from evidence.witnesses.models import Organisation, Witness
from inquiry.models import Inquiry
from tests.builders import an_inquiry
from tests.documents.making import archive
from tests.importing.making import Ended, a_file, body, importing, item, witness

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry("SMD")


def told(inquiry: Inquiry) -> dict[str, tuple[str, str, str, str]]:
    found = Submission.objects.filter(inquiry=inquiry).with_submitters()
    return {s.reference: (s._names, s.state, s.decision, s.requested) for s in found}


def texts() -> dict[int, bytes]:
    kept = {}
    for document in Document.objects.select_related("submission_file__submission"):
        with document.file.open("rb") as file:
            kept[document.submission_file.submission.number] = file.read()
    return kept


def a_list(*items: dict, **more: object) -> str:
    return json.dumps({"items": items, "totalResults": len(items), **more})


def test_items_become_published_submissions_with_the_documents_saved_beside_them(inquiry, tmp_path):
    (tmp_path / "6.json").write_text(body("SMD0006.txt", b"1. Words of six."))
    (tmp_path / "other.json").write_text(body("smd0020.TXT", b"1. Words of twenty."))
    (tmp_path / "SMD0021.txt").write_text("Words of 21.")
    (tmp_path / "unrelated.json").write_text('{"version": 1}')
    (tmp_path / "broken.json").write_text('{"version": ')
    listed = a_list(
        item("SMD0006", witness(None, "Example Trust", kind="Organisation"), files=["SMD0006.txt"], id=61),
        item("smd 20", witness("Dr Jane Example", "Example Council", None), files=["SMD0020.txt"]),
        item("SMD021", witness("Sam Example"), witness("Ann Example", None), document=None),
        item(None, witness(None, None, memberInfo={"displayAs": "Lord Example"}), files=["gone.pdf"]),
        item("SMD0007", anonymous=True, anonymousWitnessText="A teacher (fictional)", document={"files": None}),
        item("SMD0008", witness("Example Society", None, kind="Organisation"), publicationDate=None),
    )
    ended = importing(inquiry, tmp_path, listed, "--json", name="items.json")
    assert ended.status == 0
    assert ended.told["references"] == ["SMD0006", "SMD0020", "SMD0021", "SMD0022", "SMD0007", "SMD0008"]
    assert told(inquiry) == {
        "SMD0006": ("Example Trust", "published", "full", "full"),
        "SMD0007": ("Submitter not recorded", "decided", "anonymised", "anonymised"),
        "SMD0008": ("Example Society", "received", "", "full"),
        "SMD0020": ("Dr Jane Example, Example Council", "published", "full", "full"),
        "SMD0021": ("Sam Example; Ann Example", "published", "full", "full"),
        "SMD0022": ("Lord Example", "published", "full", "full"),
    }
    assert texts() == {6: b"1. Words of six.", 20: b"1. Words of twenty.", 21: b"Words of 21."}
    assert Submission.objects.get(number=7).title == "A teacher (fictional)"
    assert str(Submission.objects.get(number=6).published_on) == "2023-03-01"
    assert "Row 4: Its document, “gone.pdf”, is not among the files." in ended.complaints
    again = importing(inquiry, tmp_path, listed, "--json", name="items.json")
    assert (again.status, again.told["unchanged"], again.told["created"]) == (0, 6, 0)


def test_documents_can_stand_in_the_items_themselves_and_the_published_form_goes_first(inquiry, tmp_path):
    inside = json.loads(body("SMD0001.txt", b"As published.")) | {"fileDataFormat": "Pdf"}
    original = json.loads(body("letter.txt", b"As sent.")) | {"fileDataFormat": "OriginalFormat"}
    listed = a_list(item("SMD0001", witness("Ann Example"), files=[original, inside]))
    assert importing(inquiry, tmp_path, listed, name="items.json").status == 0
    assert texts() == {1: b"As published."}


def test_bodies_of_one_name_are_told_apart_by_their_own_files(inquiry, tmp_path):
    items = [
        item(f"SMD000{n}", witness(f"Body {n}", kind="Organisation"), files=["doc.txt"], id=70 + n) for n in (1, 2)
    ]
    for n in (1, 2):
        (tmp_path / f"evidence-7{n}.json").write_text(body("doc.txt", b"Words of %d." % n))
    assert importing(inquiry, tmp_path, a_list(*items), name="items.json").status == 0
    assert texts() == {1: b"Words of 1.", 2: b"Words of 2."}


def test_bodies_that_cannot_be_told_apart_are_refused(inquiry, tmp_path):
    for n in (1, 2):
        (tmp_path / f"saved {'ab'[n - 1]}.json").write_text(body("doc.txt", b"Words of %d." % n))
    ended = importing(inquiry, tmp_path, a_list(item("SMD0001", files=["doc.txt"])), name="items.json")
    assert "Several saved documents are called “doc.txt”" in ended.complaints


def test_an_archive_of_several_pages_of_items_is_one_list(inquiry, tmp_path):
    pages = {
        "page-1.json": a_list(item("SMD0001", witness("Ann Example"), files=["SMD0001.txt"])),
        "page-2.json": a_list(item("SMD0002", witness("Ann Example"), witness("Ann Example"))),
        "bodies/1.json": body("SMD0001.txt", b"Words."),
    }
    ended = importing(inquiry, tmp_path, archive(pages), "--json", name="saved.zip")
    assert (ended.told["rows"], ended.told["references"]) == (2, ["SMD0001", "SMD0002"])
    assert told(inquiry)["SMD0002"][0] == "Ann Example"
    assert texts() == {1: b"Words."}


def test_bodies_without_items_go_by_the_reference_in_their_name(inquiry, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text(body("SMD0004.txt", b"Words."))
    assert Ended(inquiry, tmp_path / "in", "--json").told["references"] == ["SMD0004"]
    assert texts() == {4: b"Words."}
    assert Document.objects.get().name == "SMD0004.txt"


def test_a_body_that_is_chosen_alone_comes_alone(inquiry, tmp_path):
    (tmp_path / "other.json").write_text(body("SMD0005.txt", b"Other words."))
    ended = importing(inquiry, tmp_path, body("SMD0004.txt", b"Words."), "--json", name="a.json")
    assert ended.told["references"] == ["SMD0004"]


def test_bodies_by_the_hundred_are_read_by_few_children(inquiry, tmp_path):
    items = [item(f"SMD{n:04}", witness(f"Body {n}", kind="Organisation"), files=[f"{n}.txt"]) for n in range(1, 251)]
    for n in range(1, 251):
        (tmp_path / f"body {n}.json").write_text(body(f"{n}.txt", b"Words of %d." % n))
    ended = importing(inquiry, tmp_path, a_list(*items), "--json", "--dry-run", name="items.json")
    assert (ended.told["created"], ended.complaints) == (250, "")


def test_a_person_for_two_bodies_stands_for_both(inquiry, tmp_path):
    listed = a_list(item("SMD0001", witness("Ann Example", "One Trust", "Two Trust")))
    importing(inquiry, tmp_path, listed, name="items.json")
    assert told(inquiry)["SMD0001"][0] == "Ann Example, One Trust; Ann Example, Two Trust"
    assert (Witness.objects.count(), Organisation.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        ('{"items": [', "damaged, or was cut short"),
        ("[" * 100_000, "nested deeper than any list"),
        ('{"items": [{"id": %s}]}' % ("9" * 5000), "damaged"),
        ('{"items": {"a": 1}}', "holds no written evidence"),
        ('{"name": "x"}', "holds no written evidence"),
        ('{"items": ["x", 3]}', "It is not an object"),
        ('{"items": [{"internalReference": {"a": 1}, "witnesses": "x", "document": 3}]}', ""),
        (a_list(item("SMD0001"), item("smd 1")), "SMD0001 stands in row 1 already."),
        (a_list(item("LUI0001")), "a reference of another inquiry"),
        (a_list(item("SMD0001", files=[a_file("a.txt") | {"data": "%%%"}])), "its base64 is damaged"),
        (a_list(item("SMD0001", files=[a_file("a.txt") | {"data": 7}])), "its data is empty"),
        ('{"items": [], "items2": 1e999}', ""),
    ],
)
def test_json_that_is_not_what_it_should_be_is_told_in_a_sentence(inquiry, tmp_path, made, sentence):
    ended = importing(inquiry, tmp_path, made, name="items.json")
    assert sentence in ended.complaints
    assert ended.status == (2 if sentence else 0)
    assert not sentence or not Submission.objects.exists()
