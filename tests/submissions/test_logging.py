"""Logging a submission, and correcting how it was logged."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import CONSOLE, Role
from evidence.documents.models import Document
from evidence.submissions.actions import SubmitterEntry, change_submission, receive_submission
from evidence.submissions.models import Submission
from evidence.witnesses.models import Organisation, Witness
from inquiry.models import Inquiry
from tests.builders import a_person, a_submission, an_inquiry
from tests.editing import edit, on

pytestmark = pytest.mark.django_db

EMPTY_ROW = {"person": "", "organisation": "", "sector": ""}


def rows(*submitters: dict[str, str]) -> dict[str, Any]:
    """The submitters as a browser sends them."""
    data = {"submitters-TOTAL_FORMS": len(submitters), "submitters-INITIAL_FORMS": 0}
    for n, row in enumerate(submitters):
        data |= {f"submitters-{n}-{name}": value for name, value in (EMPTY_ROW | row).items()}
    return data


def asked(*submitters: dict[str, str], **details: Any) -> dict[str, Any]:
    """What a clerk sends from the page, as it stands when it is opened but for what is given here."""
    today = dt.date.today()  # noqa: DTZ011
    return {
        "received_0": today.day,
        "received_1": today.month,
        "received_2": today.year,
        "channel": "email",
        "requested": "full",
        **on("given_on", today.isoformat()),
        "accept": "on",
        **rows(*(submitters or [{"organisation": "Example Residents Association", "sector": "residents"}])),
        **details,
    }


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry("LUI")


@pytest.fixture
def clerk(inquiry: Inquiry, client: Client) -> User:
    person = a_person(inquiry)
    client.force_login(person)
    return person


def send(client: Client, inquiry: Inquiry, **details: Any) -> Any:
    return client.post(reverse("submissions:add", args=[inquiry.code]), details or asked(), follow=True)


@pytest.fixture
def logged(client: Client, inquiry: Inquiry, clerk: User) -> str:
    """All that the page asks for is sent; gives the page that follows."""
    letter = SimpleUploadedFile("letter.txt", b"1. Our street has a hall.\n")
    note = SimpleUploadedFile("note.txt", b"2. And nobody has the key.\n")
    response = send(
        client,
        inquiry,
        **asked(
            {"person": "Dr Jane Example", "organisation": "Example Trust", "sector": "civil_society"},
            {"person": "Sam Example", "lived_experience": "on"},
            received_0="",
            received_1="3",
            received_2="2023",
            channel="post",
            requested="anonymised",
            title="What our street would do",
            attached=[letter, note],
            text="Pasted words of a letter.\r\nA second line.",
            email="jane@example.org",
            phone="01234 567890",
            address="1 Example Street",
            agreed_to=["publish", "quoted"],
            wording="Please publish it.",
        ),
    )
    return response.content.decode()


def test_a_submission_is_logged_on_one_page(logged: str) -> None:
    submission = Submission.objects.get()
    assert "Logged as LUI0001." in logged
    assert (submission.state, submission.requested, submission.channel) == ("accepted", "anonymised", "post")
    assert (submission.said_received, submission.title) == ("March 2023", "What our street would do")
    assert submission.submitted_by == "Anonymous"
    assert submission.contact.email == "jane@example.org"
    assert {(c.to, c.wording) for c in submission.consents.all()} == {
        ("publish", "Please publish it."),
        ("quoted", "Please publish it."),
    }
    assert [step.state for step in submission.steps.all()] == ["received", "accepted"]


def test_who_submitted_it_is_entered_on_the_same_page(logged: str) -> None:
    submission = Submission.objects.get()
    assert submission._names == "Dr Jane Example, Example Trust; Sam Example"
    assert submission.lived_experience
    assert Witness.objects.get(name="Sam Example").lived_experience
    assert not Witness.objects.get(name="Dr Jane Example").lived_experience
    assert Organisation.objects.get().sector == "civil_society"


def test_files_and_pasted_words_are_kept_from_the_same_page(logged: str) -> None:
    names = list(Document.objects.order_by("submission_file__position").values_list("name", flat=True))
    assert names == ["letter.txt", "note.txt", "Pasted text.txt"]
    with Document.objects.get(name="Pasted text.txt").file.open() as file:
        assert file.read() == b"Pasted words of a letter.\nA second line."


def test_it_can_wait_as_received(client: Client, inquiry: Inquiry, clerk: User) -> None:
    details = asked()
    del details["accept"]
    send(client, inquiry, **details)
    assert Submission.objects.get().state == "received"


def test_who_submitted_is_needed_and_nothing_typed_is_lost(client: Client, inquiry: Inquiry, clerk: User) -> None:
    file = SimpleUploadedFile("letter.txt", b"Words.")
    details = asked(EMPTY_ROW, title="A title typed once", text="Words typed once", phone="01234", attached=file)
    shown = send(client, inquiry, **details).content.decode()
    said = "Say who submitted it: a person, an organisation, or both."
    assert f'<li><a href="#id_submitters-0-person">{said}</a></li>' in shown
    assert "A title typed once" in shown
    assert "Words typed once" in shown
    assert "01234" in shown
    assert "Choose “letter.txt” again" in shown[shown.index("<main") :].split('name="attached"')[0]
    assert not Submission.objects.exists()
    assert not Document.objects.exists()


def test_with_script_chosen_files_stay_chosen(client: Client, inquiry: Inquiry, clerk: User) -> None:
    url = reverse("submissions:add", args=[inquiry.code])
    details = asked(EMPTY_ROW, attached=SimpleUploadedFile("letter.txt", b"Words."))
    shown = client.post(url, details, headers={"HX-Request": "true", "HX-Target": "main"}).content.decode()
    assert "Say who submitted it" in shown
    assert "again: files do not come back" not in shown
    assert "hx-preserve" in shown[shown.index('name="attached"') - 20 :][:120]
    details = asked(attached=SimpleUploadedFile("letter.txt", b"Words."))
    gone = client.post(url, details, headers={"HX-Request": "true", "HX-Target": "main"})
    submission = Submission.objects.get()
    assert gone["HX-Redirect"] == reverse("submissions:detail", args=[inquiry.code, submission.number])
    assert submission.files.get().document.name == "letter.txt"


@pytest.mark.parametrize(
    ("month", "said"), [("March", "March 2023"), ("Sept.", "September 2023"), ("jun", "June 2023")]
)
def test_a_month_may_be_a_word(client: Client, inquiry: Inquiry, clerk: User, month: str, said: str) -> None:
    send(client, inquiry, **asked(received_0="", received_1=month, received_2="2023"))
    assert Submission.objects.get().said_received == said


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"received_2": "23"}, "Write the year in four figures"),
        ({"received_1": "13"}, "There is no such date"),
        ({"received_1": "ju"}, "There is no such date"),
        ({"received_1": ""}, "Give the month too"),
        ({"received_0": "", "received_1": "", "received_2": ""}, "Say when it was received, or in which month."),
        ({"received_2": "2999"}, "That day has not come yet"),
        ({"email": "nobody"}, "Enter a valid email address"),
        ({"wording": "Publish it."}, "Say what these words agree to"),
        ({"agreed_to": ["named"]}, "Write down the words that they agreed to"),
        ({"channel": "pigeon"}, "Select a valid choice"),
        ({"text": "<?xml version='1.0'?><words/>"}, "This is XML"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    client: Client, inquiry: Inquiry, clerk: User, wrong: dict[str, Any], sentence: str
) -> None:
    shown = send(client, inquiry, **asked(**{"title": "Typed once", **wrong})).content.decode()
    assert sentence in shown
    assert "Typed once" in shown
    assert not Submission.objects.exists()


def test_each_file_that_cannot_be_taken_is_named(client: Client, inquiry: Inquiry, clerk: User) -> None:
    files = [
        SimpleUploadedFile("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(40)),
        SimpleUploadedFile("empty.txt", b" "),
        SimpleUploadedFile("good.txt", b"Words."),
        SimpleUploadedFile("same.txt", b"Words."),
    ]
    shown = send(client, inquiry, **asked(attached=files)).content.decode()
    assert "“picture.png”: This is a picture" in shown
    assert "“same.txt” is in your choice twice." in shown
    assert not Document.objects.exists()
    assert "Leave these files out, and take the rest" in shown
    for file in files:
        file.seek(0)
    send(client, inquiry, **asked(attached=files, leave_out="on"))
    assert Document.objects.get().name == "good.txt"


def test_where_no_file_can_be_taken_none_is_left_out(client: Client, inquiry: Inquiry, clerk: User) -> None:
    empty = SimpleUploadedFile("empty.txt", b" ")
    shown = send(client, inquiry, **asked(attached=empty, leave_out="on")).content.decode()
    assert "“empty.txt”" in shown
    assert "Leave these files out" not in shown
    assert not Submission.objects.exists()


def test_a_file_that_the_inquiry_has_is_told_with_a_link_to_it(client: Client, inquiry: Inquiry, clerk: User) -> None:
    send(client, inquiry, **asked(attached=SimpleUploadedFile("letter.txt", b"The same words.")))
    shown = send(
        client, inquiry, **asked(attached=SimpleUploadedFile("again.txt", b"The same words."))
    ).content.decode()
    assert "The inquiry has this file already, as “letter.txt”." in shown
    assert '<a href="/LUI/submissions/1/">LUI0001</a>' in shown
    assert Submission.objects.count() == 1


def test_a_file_too_large_is_refused_in_a_sentence(
    client: Client, inquiry: Inquiry, clerk: User, settings: Any
) -> None:
    settings.ATTEST_UPLOAD_LIMIT = 1024 * 1024
    file = SimpleUploadedFile("long.txt", b"word " * 300_000)
    assert "“long.txt” is larger than 1 MB." in send(client, inquiry, **asked(attached=file)).content.decode()


def test_names_that_are_known_are_offered_and_found_again(client: Client, inquiry: Inquiry, clerk: User) -> None:
    a_submission(inquiry, submitter="Example Trust", person="Jane Example", text=None)
    a_submission(an_inquiry(), submitter="Body of another inquiry", text=None)
    shown = client.get(reverse("submissions:add", args=["LUI"])).content.decode()
    assert '<option value="Example Trust">' in shown
    assert '<option value="Jane Example">' in shown
    assert "Body of another inquiry" not in shown
    send(client, inquiry, **asked({"person": "jane example", "organisation": "EXAMPLE TRUST"}))
    assert Organisation.objects.filter(inquiry=inquiry).count() == 1
    assert Witness.objects.filter(inquiry=inquiry).count() == 1


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
@pytest.mark.parametrize("page", ["add", "edit", "add_files", "contact", "add_consent"])
def test_only_the_secretariat_logs(client: Client, inquiry: Inquiry, role: Role, page: str) -> None:
    submission = a_submission(inquiry, submitter="A name to keep", requested="anonymised")
    client.force_login(a_person(inquiry, role))
    url = reverse(f"submissions:{page}", args=[inquiry.code, *([] if page == "add" else [submission.number])])
    for response in (client.get(url), client.post(url)):
        assert response.status_code == 403
        assert "A name to keep" not in response.content.decode()


def test_how_it_was_logged_can_be_corrected(client: Client, inquiry: Inquiry, clerk: User) -> None:
    submission = a_submission(inquiry, submitter="Exmaple Trust", text=None)
    url = reverse("submissions:edit", args=[inquiry.code, submission.number])
    seen = client.get(url).context["form"]["seen"].value()
    details = asked({"organisation": "Example Trust"}, seen=seen, title="With a title", received_2="2022")
    assert "LUI0001 was changed." in client.post(url, details, follow=True).content.decode()
    submission = Submission.objects.get()
    assert (submission.submitted_by, submission.title) == ("Example Trust", "With a title")
    assert submission.received_on.year == 2022
    assert submission.state == "accepted"


def test_the_second_of_two_clerks_is_told_and_shown_both(client: Client, inquiry: Inquiry, clerk: User) -> None:
    submission = a_submission(inquiry, text=None)
    url = reverse("submissions:edit", args=[inquiry.code, submission.number])
    seen = client.get(url).context["form"]["seen"].value()
    change_submission(submission=submission, title="What the first clerk wrote", by=CONSOLE)
    mine = asked(seen=seen, title="What the second clerk wrote")
    response = client.post(url, mine)
    shown = response.content.decode()
    assert "Somebody else changed this submission while you were writing." in shown
    assert "What the first clerk wrote" in shown
    assert "What the second clerk wrote" in shown
    assert Submission.objects.get().title == "What the first clerk wrote"
    client.post(url, mine | {"seen": response.context["form"]["seen"].value()})
    assert Submission.objects.get().title == "What the second clerk wrote"


def test_more_files_and_text_can_follow(client: Client, inquiry: Inquiry, clerk: User) -> None:
    submission = a_submission(inquiry, text=None)
    url = reverse("submissions:add_files", args=[inquiry.code, submission.number])
    assert "Choose a file, or paste its text." in client.post(url, {"text": " "}).content.decode()
    client.post(url, {"text": "Words that came later."})
    assert submission.files.get().document.name == "Pasted text.txt"


def test_contact_details_and_consents_can_follow(client: Client, inquiry: Inquiry, clerk: User) -> None:
    submission = a_submission(inquiry, text=None)
    where = [inquiry.code, submission.number]
    contact = reverse("submissions:contact", args=where)
    edit(client, contact, {"email": "first@example.org"})
    response = edit(client, contact, {"email": "next@example.org"}, follow=True)
    assert submission.contact.email == "next@example.org"
    assert "next@example.org" in response.content.decode()
    url = reverse("submissions:add_consent", args=where)
    assert "Write down the words that they agreed to." in client.post(url, {"agreed_to": "named"}).content.decode()
    client.post(url, {"agreed_to": "named", "wording": "You can name me.", **on("given_on", "2023-05-02")})
    consent = submission.consents.get()
    assert consent.recorded_by == clerk
    back = reverse("submissions:withdraw_consent", args=[*where, consent.pk])
    assert "Withdraw the consent to be named?" in client.get(back).content.decode()
    client.post(back, on("withdrawn_on", "2023-06-01"))
    consent.refresh_from_db()
    assert consent.withdrawn_on == dt.date(2023, 6, 1)
    assert "withdrawn already" in client.post(back, on("withdrawn_on", "2023-06-01")).content.decode()


def test_an_address_too_long_to_keep_is_told(client: Client) -> None:
    inquiry = an_inquiry()
    submission = a_submission(inquiry)
    client.force_login(a_person(inquiry))
    long = "a" * 60 + "@" + "b." * 95 + "example"
    for name, args in (("contact", [submission.number]), ("add", [])):
        page = reverse(f"submissions:{name}", args=[inquiry.code, *args])
        assert "at most 254 characters" in client.post(page, {"email": long}).content.decode()


def test_one_submitter_in_two_spellings_is_told_in_a_sentence() -> None:
    submitters = [SubmitterEntry(organisation="OK Group"), SubmitterEntry(organisation="O\u212a Group")]
    with pytest.raises(Refused, match="The same submitter stands twice"):
        receive_submission(inquiry=an_inquiry(), submitters=submitters, by=CONSOLE)
