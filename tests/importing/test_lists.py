"""Lists of submissions, imported by the command."""

import pytest

from evidence.documents.models import Document
from evidence.submissions.models import AllottedReference, Submission
from evidence.witnesses.models import Organisation, Witness
from inquiry.models import Inquiry
from tests.builders import a_submission, an_inquiry
from tests.importing.making import Ended, importing, ods, table, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry("SMD")


def logged(inquiry: Inquiry) -> dict[str, tuple[str, str, str, str]]:
    """What was logged: from whom, received when, its state and the decision."""
    found = Submission.objects.filter(inquiry=inquiry).with_submitters()
    return {s.reference: (s._names, s.said_received, s.state, s.decision) for s in found}


def test_a_list_is_imported_with_the_references_that_it_gives(inquiry, tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "six.txt").write_text("1. Our hall is shut.\n")
    made = table(
        {
            "reference": "SMD 6",
            "submitter": "Dr Jane Example",
            "organisation": "Example Trust",
            "file": "letters/six.txt",
        },
        {"reference": "smd020", "submitter": "Example Council", "sector": "local government", "received": "3/4/2022"},
        {"submitter": "Ann Example; Bob Example", "received": "April 2022", "decision": "anonymised"},
        {"reference": "9", "submitter": "Sam Example", "text": "1. We asked.\n\n2. Nobody came.\n", "decision": "full"},
        {"submitter": "Example Society", "received": "2021", "decision": "Confidential"},
    )
    ended = importing(inquiry, tmp_path, made, "--json")
    assert (ended.status, ended.complaints) == (0, "Row 4: Others read it once somebody has looked for names in it.\n")
    assert ended.told == {
        "rows": 5,
        "created": 5,
        "unchanged": 0,
        "refused": [],
        "references": ["SMD0006", "SMD0020", "SMD0021", "SMD0009", "SMD0022"],
        "dry_run": False,
    }
    assert logged(inquiry) == {
        "SMD0006": ("Dr Jane Example, Example Trust", "", "received", ""),
        "SMD0009": ("Sam Example", "", "decided", "full"),
        "SMD0020": ("Example Council", "3 April 2022", "received", ""),
        "SMD0021": ("Ann Example; Bob Example", "April 2022", "decided", "anonymised"),
        "SMD0022": ("Example Society", "2021", "decided", "confidential"),
    }
    assert Organisation.objects.get(name="Example Council").sector == "local_government"
    assert set(Witness.objects.values_list("name", flat=True)) == {
        "Dr Jane Example",
        "Ann Example",
        "Bob Example",
        "Sam Example",
    }
    kept = dict(Document.objects.values_list("submission_file__submission__number", "name"))
    assert kept == {6: "six.txt", 9: "SMD0009.txt"}
    assert a_submission(inquiry, text=None).number == 23


def test_a_dry_run_says_the_same_and_saves_nothing(inquiry, tmp_path):
    made = table({"submitter": "Ann Example"}, {"reference": "SMD0007", "submitter": "Bob Example"})
    ended = importing(inquiry, tmp_path, made, "--json", "--dry-run")
    assert ended.status == 0
    assert ended.told["dry_run"] is True
    assert ended.told["references"] == ["SMD0008", "SMD0007"]
    assert not Submission.objects.exists()
    assert not Witness.objects.exists()
    assert not AllottedReference.objects.exists()


def test_the_same_list_again_changes_nothing_and_says_so(inquiry, tmp_path):
    made = table(
        {"reference": "SMD0003", "submitter": "Ann Example", "decision": "full", "text": "Words of ours."},
        {"submitter": "Example Trust"},
        {"submitter": "Example Trust"},
    )
    importing(inquiry, tmp_path, made)
    before = logged(inquiry)
    again = importing(inquiry, tmp_path, made, "--json")
    assert again.status == 0
    assert (again.told["created"], again.told["unchanged"], again.told["references"]) == (0, 3, [])
    assert "Nothing to import: all 3 rows are here already." in importing(inquiry, tmp_path, made).out
    assert logged(inquiry) == before
    third = importing(inquiry, tmp_path, made + ",Example Trust,,,,,,\r\n", "--json")
    assert (third.told["created"], third.told["unchanged"]) == (1, 3)


def test_all_of_it_comes_in_or_nothing(inquiry, tmp_path):
    made = table(
        {"reference": "SMD0001", "submitter": "Ann Example"},
        {"reference": "SMD0002", "submitter": ""},
        {"reference": "LUI0003", "submitter": "Bob Example"},
        {"reference": "smd 1", "submitter": "Cat Example"},
        {"submitter": "Dan Example", "file": "gone.pdf"},
        {"submitter": "Eve Example", "received": "30 February 2022"},
        {"submitter": "Fay Example", "decision": "perhaps"},
        {"submitter": "Gus Example", "sector": "circus"},
        {"reference": "none", "submitter": "Hal Example"},
        {"reference": "SMD0000", "submitter": "Ida Example"},
        {"submitter": '=HYPERLINK("x")'},
        {"submitter": "Jo; Kim; Lee", "organisation": "One; Two"},
        {"submitter": "Mo Example", "received": "1/2/23"},
        {"submitter": "Nan Example", "received": "2999-01-01"},
        {"submitter": "Ola Example", "file": "../list.csv"},
    )
    ended = importing(inquiry, tmp_path, made, "--json")
    assert ended.status == 2
    assert not Submission.objects.exists()
    why = {each["row"]: each["why"] for each in ended.told["refused"]}
    assert list(why) == list(range(3, 17))
    for row, said in {
        3: "does not say who submitted",
        4: "of another inquiry",
        5: "SMD0001 stands in row 2 already.",
        6: "There is no file “gone.pdf”",
        7: "is no date that there is",
        8: "“perhaps” is no decision",
        9: "“circus” is no sector",
        10: "“none” is not a reference such as SMD0006.",
        11: "lies between 1 and",
        12: "begins like a formula",
        13: "names 2 organisations beside 3 submitters",
        14: "in four figures",
        15: "has not come yet",
        16: "lies outside of the list’s folder",
    }.items():
        assert said in why[row]
        assert f"Row {row}: {why[row]}" in ended.complaints
    assert "Nothing was imported: 14 rows are refused." in ended.complaints


def test_what_differs_from_the_record_is_refused_and_a_missing_file_is_added(inquiry, tmp_path):
    a_submission(inquiry, submitter="Example Trust", text=None)
    (tmp_path / "letter.txt").write_text("1. Words that came later.\n")
    differs = importing(inquiry, tmp_path, table({"reference": "SMD0001", "submitter": "Another Trust"}), "--json")
    assert "SMD0001 is there already, with another submitter." in differs.told["refused"][0]["why"]
    row = {"reference": "SMD0001", "submitter": "example trust", "file": "letter.txt"}
    added = importing(inquiry, tmp_path, table(row), "--json")
    assert (added.status, added.told["created"], added.told["added"]) == (0, 0, 1)
    assert Document.objects.get().submission_file.submission.number == 1
    again = importing(inquiry, tmp_path, table(row), "--json")
    assert again.told["unchanged"] == 1


def test_what_is_to_be_redacted_waits_where_no_member_sees_it(inquiry, tmp_path):
    made = table({"submitter": "Ann Example", "decision": "redacted", "text": "A secret."})
    ended = importing(inquiry, tmp_path, made)
    assert ended.status == 0
    assert "It waits as received, for the secretariat alone: redact its words" in ended.complaints
    assert logged(inquiry) == {"SMD0001": ("Ann Example", "", "received", "")}
    assert "redact its words" in Submission.objects.get().steps.get().reason
    assert importing(inquiry, tmp_path, made, "--json").told["unchanged"] == 1


def test_the_same_words_from_many_are_kept_once_and_all_are_logged(inquiry, tmp_path):
    text = "We ask you to open the hall."
    made = table({"submitter": "Ann Example", "text": text}, {"submitter": "Bob Example", "text": text})
    ended = importing(inquiry, tmp_path, made, "--json")
    assert ended.told["references"] == ["SMD0001", "SMD0002"]
    assert "Row 3: Its text is word for word what came with SMD0001, and is kept there once." in ended.complaints
    assert Document.objects.get().submission_file.submission.number == 1
    assert "word for word what came with SMD0001" in Submission.objects.get(number=2).steps.get().reason
    assert importing(inquiry, tmp_path, made, "--json").told["unchanged"] == 2


def test_rows_without_a_decision_are_accepted_when_that_is_asked_for(inquiry, tmp_path):
    made = table({"submitter": "Ann Example"}, {"submitter": "Bob Example", "decision": "redacted"})
    importing(inquiry, tmp_path, made, "--accept")
    assert [state for _, _, state, _ in logged(inquiry).values()] == ["accepted", "received"]


TXT = "letters/six.txt"
NAMES = "Café Trust (fictional); Zoë Example – “the” baker’s"


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", "\t"), ("cp1252", ",")],
)
def test_a_list_in_any_of_the_usual_encodings_is_read(inquiry, tmp_path, encoding, delimiter):
    made = table({"submitter": NAMES, "received": "2023-05-02"}, delimiter=delimiter)
    assert importing(inquiry, tmp_path, made.encode(encoding)).status == 0
    assert logged(inquiry) == {"SMD0001": (NAMES, "2 May 2023", "received", "")}


def test_a_list_of_names_alone_is_a_list(inquiry, tmp_path):
    ended = importing(inquiry, tmp_path, "Submitter\nExample Trust, of Example Street\nAnn Example\n", "--json")
    assert ended.told["created"] == 2
    assert {names for names, *_ in logged(inquiry).values()} == {"Example Trust, of Example Street", "Ann Example"}


@pytest.mark.parametrize("made", [xlsx, ods])
def test_a_spreadsheet_is_read_as_it_reads(inquiry, tmp_path, made):
    rows = [["Evidence to the inquiry"], ["Ref. no", "Name", "Date received"], ["6", "Example Trust", "2022-04-03"], []]
    rows += [["", "", ""], ["SMD 7", "Ann Example", "4 April 2022"]]
    ended = importing(inquiry, tmp_path, made(rows), "--json", name=f"list.{made.__name__}")
    assert (ended.status, ended.told["rows"], ended.told["references"]) == (0, 2, ["SMD0006", "SMD0007"])
    assert logged(inquiry)["SMD0006"] == ("Example Trust", "3 April 2022", "received", "")


def test_numbers_in_a_workbook_are_whole_and_rows_count_as_it_shows_them(inquiry, tmp_path):
    rows = [["reference", "submitter", "received"], [6, "Example Trust", 2022], [], ["x", "Ann Example", "=TODAY()"]]
    ended = importing(inquiry, tmp_path, xlsx(rows), "--json", name="list.xlsx")
    assert [each["row"] for each in ended.told["refused"]] == [4]
    rows[3][0] = 7
    assert importing(inquiry, tmp_path, xlsx(rows), name="list.xlsx").status == 0
    assert logged(inquiry)["SMD0006"] == ("Example Trust", "2022", "received", "")


def test_a_hundred_thousand_empty_rows_say_nothing(inquiry, tmp_path):
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 100_003))
    tall = xlsx([["submitter"], ["Ann Example"]], after=empty)
    ended = importing(inquiry, tmp_path, tall, "--json", name="list.xlsx")
    assert (ended.status, ended.told["rows"]) == (0, 1)


def test_a_column_that_nothing_is_taken_from_is_told(inquiry, tmp_path):
    ended = importing(inquiry, tmp_path, "submitter,Telephone\nAnn Example,01234\n")
    assert "Not used: the column “Telephone”." in ended.complaints


def test_a_list_that_does_not_tell_who_submitted_says_what_it_has(inquiry, tmp_path):
    ended = importing(inquiry, tmp_path, "Alpha,Beta\na,b\n")
    assert ended.status == 2
    assert "The list has no column “submitter”. Its columns are: “Alpha”, “Beta”." in ended.complaints


def test_an_inquiry_that_is_not_there_and_a_file_that_is_not_there(inquiry, tmp_path):
    assert "cannot be opened: No such file or directory." in Ended(inquiry, tmp_path / "no.csv").complaints
    inquiry.code = "NOT"
    assert importing(inquiry, tmp_path, "submitter\nAnn\n").complaints == "There is no inquiry with the code NOT."


def test_names_that_the_inquiry_knows_are_found_whatever_their_capitals(inquiry, tmp_path):
    a_submission(inquiry, submitter="Wherever", person="Ann Example", text=None)
    importing(inquiry, tmp_path, table({"submitter": "WHEREVER"}, {"submitter": "ann example"}))
    assert Organisation.objects.count() == Witness.objects.count() == 1


def test_references_that_were_given_are_never_given_again(inquiry, tmp_path):
    gone = a_submission(inquiry, text=None)
    Submission.objects.filter(pk=gone.pk).delete()
    ended = importing(inquiry, tmp_path, table({"reference": "SMD0001", "submitter": "Ann Example"}), "--json")
    assert "SMD0001 was given to a submission that is gone." in ended.told["refused"][0]["why"]
    ended = importing(inquiry, tmp_path, table({"submitter": "Ann Example"}), "--json")
    assert ended.told["references"] == ["SMD0002"]
