"""A whole inquiry from a folder, all of it or nothing."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.roles import CONSOLE
from evidence.loading.trial import LEVELLING_UP
from evidence.quotes.citations import cite
from evidence.quotes.models import Quote
from evidence.submissions.models import Submission
from evidence.witnesses.models import Witness
from inquiry.models import Inquiry, Session, Theme
from tests.builders import a_person, an_inquiry, an_invitation

pytestmark = pytest.mark.django_db
DATA = json.loads((LEVELLING_UP / "inquiry.json").read_text())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LEVELLING_UP, tmp_path / "inquiry"))


def change(folder: Path, **changes: object) -> None:
    (folder / "inquiry.json").write_text(json.dumps(DATA | changes))


def test_the_levelling_up_inquiry_is_loaded_as_it_is_known():
    call_command("load_inquiry", LEVELLING_UP, stdout=io.StringIO())
    inquiry = Inquiry.objects.get(code="LUI")
    assert Theme.objects.leaves().filter(inquiry=inquiry).count() == 12
    sessions = list(Session.objects.in_order())
    assert [(s.number, s.said_date) for s in sessions[:4]] == [
        (1, "April 2022"),
        (2, "July 2022"),
        (3, "November 2022"),
        (4, "January 2023"),
    ]
    assert [s.rule for s in sessions[4:]] == ["chatham_house"] * 3
    assert [tag.theme.number for tag in sessions[0].tags.order_by("theme__position")] == ["5", "6", "7", "8"]
    assert [cite(quote) for quote in Quote.objects.with_source().order_by("pk")] == [
        q["citation"] for q in DATA["quotes"]
    ]
    assert set(Quote.objects.values_list("verdict", flat=True)) == {"checked"}
    assert [s.submitted_by for s in Submission.objects.visible_to(CONSOLE).with_submitters()] == ["Power to Change"]
    assert list(inquiry.addressees.values_list("name", flat=True)) == [g["addressee"] for g in DATA["recommendations"]]
    assert inquiry.recommendations.count() == 10
    assert inquiry.referenceworks.get().key == "OCSI 2022a"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "lui"}, "capital letters"),
        ({"title": None}, "cannot be null"),
        ({"sessions": [{"title": "No kind", "rule": "on_record"}]}, "not of the expected form"),
        ({"sessions": [{"title": "T", "kind": "evidence", "rule": "on_record", "date": "soon"}]}, "cannot be loaded"),
        ({"sessions": [{"title": "T", "kind": "evidence", "rule": "secret"}]}, "secret"),
        ({"quotes": [{"session": 9, "witness": "A", "text": "T"}]}, "session 9, which is not in the list"),
        ({"quotes": [DATA["quotes"][0] | {"citation": "Somebody else"}]}, "should be cited as “Somebody else”"),
        ({"quotes": [DATA["quotes"][0] | {"session": "two"}]}, "session two"),
    ],
)
def test_what_contradicts_itself_is_refused_in_a_sentence_and_nothing_is_loaded(folder, changes, sentence):
    change(folder, **changes)
    with pytest.raises(CommandError, match=sentence):
        call_command("load_inquiry", folder)
    assert not Inquiry.objects.exists()
    assert not Witness.objects.exists()


SESSION = {"title": "T", "kind": "evidence", "rule": "on_record", "number": 1}
BARE: dict[str, object] = {"quotes": [], "references": [], "recommendations": [], "written_evidence_known": []}
WORK = {"key": "A 2022", "author": "A", "year": "2022"}


def asking(**item: object) -> dict[str, object]:
    """One addressee with one recommendation."""
    return {"recommendations": [{"group": "1", "addressee": "A", "items": [{"number": "1.1", "title": "T"} | item]}]}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "t" * 301}, "title: Ensure this value has at most 300 characters"),
        ({"sessions": [SESSION, SESSION]}, "There is a session 1 already"),
        ({"sessions": [SESSION | {"kind": "workshop"}]}, "Only evidence sessions have a number"),
        ({"sessions": [SESSION | {"number": -1}]}, "number: Ensure this value is greater"),
        ({"sessions": [SESSION | {"number": 99999}]}, "number: Ensure this value is less"),
        ({"sessions": [SESSION | {"title": "a\x00b"}]}, "NUL"),
        ({"sessions": [SESSION | {"themes": ["99"]}]}, "theme 99, which is in no framework"),
        ({"written_evidence_known": [{"from": "x" * 400, "year": "2022"}]}, "name: Ensure this value has at most 300"),
        ({"written_evidence_known": [{"from": "X", "year": "2022", "sector": "nobody"}]}, "sector: Value 'nobody'"),
        ({"written_evidence_known": [{"from": "X", "year": "9" * 30}]}, "cannot be loaded"),
        (asking(title="t" * 400), "title: Ensure this value has at most 300"),
        (asking(title=""), "title: This field cannot be blank"),
        (asking(status="dreamt"), "status: Value 'dreamt'"),
        (asking(number="2.1"), "stands under 1"),
        ({"references": [WORK | {"key": "a" * 80}]}, "key: Ensure this value has at most 60"),
        ({"references": [WORK | {"pages": "1-2"}]}, "not of the expected form"),
        ({"references": [WORK, WORK]}, "is another work’s key already"),
        ({"sessions": [SESSION], "quotes": [{"session": 1, "witness": "", "text": "T"}]}, "name: This field cannot be"),
        ({"sessions": [SESSION], "quotes": [{"session": 1, "witness": "Ann", "text": ""}]}, "cannot be loaded"),
    ],
)
def test_values_that_cannot_stand_are_refused_in_a_sentence_and_nothing_is_loaded(folder, changes, sentence):
    change(folder, **BARE | changes)
    with pytest.raises(CommandError, match=sentence):
        call_command("load_inquiry", folder)
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    ("framework", "sentence"),
    [
        ({"levels": []}, "The framework names no levels"),
        ({"levels": ["A"], "name": "F" * 300}, "the name has 300 characters"),
        ({"levels": ["A"], "themes": [{"number": "1", "title": "t"}] * 2}, "Two themes have the number 1"),
        ({"levels": ["A"], "themes": [{"number": "1" * 11, "title": "t"}]}, "the number has 11 characters"),
        ({"levels": [], "themes": [{"number": "1", "title": "t"}]}, "The framework names no levels"),
    ],
)
def test_a_framework_that_cannot_stand_is_refused_in_a_sentence(folder, framework, sentence):
    (folder / "framework.json").write_text(json.dumps({"name": "F", "themes": []} | framework))
    with pytest.raises(CommandError, match=sentence):
        call_command("load_inquiry", folder)
    assert not Inquiry.objects.exists()


def test_a_witness_is_one_person_however_the_name_is_spaced(folder):
    quotes = [
        {"session": 1, "witness": name, "organisation": "Example Trust", "text": text}
        for name, text in ((" Ann  Example ", "One."), ("Ann Example", "Two."))
    ]
    change(folder, **BARE | {"sessions": [SESSION], "quotes": quotes})
    call_command("load_inquiry", folder, stdout=io.StringIO())
    assert Witness.objects.get().name == "Ann Example"
    assert Quote.objects.count() == 2


def test_a_quote_under_the_rule_is_refused_and_nothing_is_loaded(folder):
    sessions = [DATA["sessions"][0], DATA["sessions"][1] | {"rule": "chatham_house"}, *DATA["sessions"][2:]]
    change(folder, sessions=sessions)
    with pytest.raises(CommandError, match="Chatham House Rule"):
        call_command("load_inquiry", folder)
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize("content", ["", "{", "[]", "\xff"])
def test_a_file_that_is_no_inquiry_is_refused(folder, content):
    (folder / "inquiry.json").write_text(content, encoding="latin-1")
    with pytest.raises(CommandError, match=r"inquiry\.json"):
        call_command("load_inquiry", folder)


def test_a_folder_without_an_inquiry_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"There is no inquiry\.json"):
        call_command("load_inquiry", tmp_path)


def trial_people() -> list[list[str]]:
    """Role, e-mail and password of each, as they are shown."""
    shown = io.StringIO()
    call_command("load_trial", stdout=shown)
    return [line.split() for line in shown.getvalue().splitlines() if "@" in line]


def test_the_trial_people_can_sign_in_with_the_passwords_that_are_shown_once():
    people = trial_people()
    assert [role for role, _, _ in people] == ["Clerk", "Member", "Adviser", "Administrator"]
    for role, email, password in people:
        person = authenticate(username=email, password=password)
        assert person is not None
        assert list(person.roles.values()) == [role.lower()]


def test_trial_people_who_are_alone_get_new_passwords():
    before = trial_people()
    after = trial_people()
    assert [email for _, email, _ in before] == [email for _, email, _ in after]
    for _, email, password in before:
        assert authenticate(username=email, password=password) is None
    for _, email, password in after:
        assert authenticate(username=email, password=password)
    assert (Inquiry.objects.count(), User.objects.count()) == (1, 4)


def test_an_installation_with_other_people_is_left_alone():
    _, email, password = trial_people()[0]
    a_person(Inquiry.objects.get())
    shown = io.StringIO()
    call_command("load_trial", stdout=shown)
    assert "nothing was loaded" in shown.getvalue()
    assert authenticate(username=email, password=password)
    assert User.objects.count() == 5


def test_an_installation_to_which_somebody_is_invited_gets_no_trial_people():
    an_invitation(an_inquiry("EXA"))
    call_command("load_trial", stdout=io.StringIO())
    assert (Inquiry.objects.count(), User.objects.count()) == (1, 0)


def test_an_inquiry_is_created_and_its_first_administrator_invited(client):
    call_command("create_inquiry", code="EXA", title="Example", body="Example Group", stdout=io.StringIO())
    shown = io.StringIO()
    call_command(
        "add_person", inquiry="EXA", email="a@example.org", name="Ann Example", role="administrator", stdout=shown
    )
    link = shown.getvalue().strip()
    assert "Ann Example" in client.get(link).content.decode()
    client.post(link, {"password": "a long enough phrase"})
    assert authenticate(username="a@example.org", password="a long enough phrase")
    assert client.get(link).status_code == 410


@pytest.mark.parametrize(("code", "sentence"), [("exa", "capital letters"), ("EXA", "already")])
def test_a_code_that_cannot_be_is_refused(code, sentence):
    call_command("create_inquiry", code="EXA", title="Example", body="Example Group", stdout=io.StringIO())
    with pytest.raises(CommandError, match=sentence):
        call_command("create_inquiry", code=code, title="Example", body="Example Group")


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        ({"email": "nonsense"}, "email: Enter a valid email address"),
        ({"email": "a" * 300 + "@example.org"}, "email: "),
        ({"email": ""}, "email: This field cannot be blank"),
        ({"name": ""}, "name: This field cannot be blank"),
        ({"name": "x" * 300}, "name: Ensure this value has at most 200"),
        ({"inquiry": "NIX"}, "no inquiry with the code NIX"),
    ],
)
def test_a_person_who_cannot_be_is_refused_in_a_sentence(details, sentence):
    an_inquiry("EXA")
    person = {"inquiry": "EXA", "email": "a@example.org", "name": "Ann Example", "role": "clerk"} | details
    with pytest.raises(CommandError, match=sentence):
        call_command("add_person", **person)
    assert not User.objects.exists()


@pytest.mark.parametrize("format", ["html", "docx", "pdf", "csv"])
def test_the_appendix_is_written_to_a_file(tmp_path, format):
    call_command("load_inquiry", LEVELLING_UP, stdout=io.StringIO())
    file = tmp_path / f"appendix.{format}"
    call_command("export_appendix", inquiry="LUI", layout="appg", format=format, output=file, stderr=io.StringIO())
    assert file.stat().st_size > 1000
    assert list(tmp_path.iterdir()) == [file]


def test_an_appendix_that_cannot_be_written_is_told_in_a_sentence(tmp_path):
    call_command("load_inquiry", LEVELLING_UP, stdout=io.StringIO())
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_appendix", inquiry="LUI", format="csv", output=tmp_path / "no" / "a.csv")
    with pytest.raises(CommandError, match="no inquiry with the code NIX"):
        call_command("export_appendix", inquiry="NIX", format="csv", output=tmp_path / "a.csv")
