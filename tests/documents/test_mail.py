"""What comes with an e-mail becomes documents of the same submission; the e-mail itself stays with the secretariat."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.documents.actions import read_document
from evidence.documents.models import Document
from evidence.submissions.actions import add_file, receive_submission
from evidence.submissions.models import Submission
from inquiry.models import Inquiry
from inquiry.models.jobs import JobState
from tests.builders import a_person, a_submission, an_inquiry
from tests.documents.making import a_mail, word_parts

pytestmark = pytest.mark.django_db


def received(inquiry: Inquiry, *files: tuple[str, bytes], said: str = "Our evidence is attached.") -> Submission:
    mail = a_mail(said, files=files)
    submission = receive_submission(inquiry=inquiry, submitters=[], files=[("mail.eml", mail)], by=CONSOLE, accept=True)
    for document in documents(submission):
        read_document(document.pk)
    for document in documents(submission):
        read_document(document.pk)
    return submission


def documents(submission: Submission) -> list[Document]:
    return list(
        Document.objects.filter(submission_file__submission=submission)
        .with_words()
        .order_by("submission_file__position")
    )


def test_attachments_become_documents_of_the_submission() -> None:
    submission = received(an_inquiry(), ("../letter.txt", b"1. Our hall.\r\n"), ("page", b"<html>A page</html>"))
    mail, letter, page = documents(submission)
    assert [d.name for d in (mail, letter, page)] == ["mail.eml", "letter.txt", "page"]
    assert [d.kind for d in (mail, letter, page)] == ["eml", "text", "html"]
    assert [d.state for d in (mail, letter, page)] == [JobState.DONE] * 3
    assert (letter.came_in, page.came_in, mail.came_in) == (mail, mail, None)
    with letter.file.open() as file:
        assert file.read() == b"1. Our hall.\r\n"
    assert [p.received_text for p in mail.passages.all()] == ["Our evidence", "Our evidence is attached."]
    assert [p.received_text for p in letter.passages.all()] == ["Our hall."]


def test_what_cannot_be_taken_out_is_told_and_the_rest_is_taken() -> None:
    inquiry = an_inquiry()
    there = a_submission(inquiry, text=None)
    add_file(submission=there, name="petition.txt", data=b"The same words.", by=CONSOLE)
    submission = received(
        inquiry,
        ("petition (2).txt", b"The same words."),
        ("sums.docm", word_parts(**{"word/vbaProject.bin": "Sub AutoOpen()"})),
        ("letter.txt", b"Words."),
        ("inner.eml", a_mail("Inner words.", files=[("deep.txt", b"Deep words.")])),
    )
    mail, letter, inner = documents(submission)
    assert mail.intake_notes[0] == f"“petition (2).txt” is in the inquiry already, with {there}."
    assert mail.intake_notes[1].startswith("“sums.docm” was not taken: This document holds macros")
    assert (letter.name, inner.kind) == ("letter.txt", "eml")
    assert inner.intake_notes[0].startswith("“deep.txt” came in a message within a message")


def test_reading_a_message_again_takes_nothing_twice() -> None:
    submission = received(an_inquiry(), ("letter.txt", b"Words."))
    mail = documents(submission)[0]
    read_document(mail.pk)
    assert len(documents(submission)) == 2


def test_a_message_that_says_nothing_itself_has_nothing_to_read(client: Client) -> None:
    inquiry = an_inquiry()
    submission = received(inquiry, ("letter.txt", b"Words."), said="")
    mail, letter = documents(submission)
    assert (mail.has_words, letter.has_words) == (False, True)
    client.force_login(a_person(inquiry))
    page = client.get(reverse("submissions:detail", args=[inquiry.code, submission.number])).content.decode()
    assert reverse("reader:document", args=[inquiry.code, letter.pk]) in page
    assert reverse("reader:document", args=[inquiry.code, mail.pk]) not in page
    assert "The message says nothing itself" in page


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
def test_a_message_as_received_is_full_of_contact_details_and_is_for_the_secretariat(
    client: Client, role: Role
) -> None:
    inquiry = an_inquiry()
    mail, letter = documents(received(inquiry, ("letter.txt", b"Words.")))
    client.force_login(a_person(inquiry, role))
    assert taken(client, mail).status_code == 404
    assert taken(client, letter).status_code == 200
    read = client.get(reverse("reader:document", args=[inquiry.code, mail.pk])).content.decode()
    assert "Our evidence is attached." in read
    assert "jane@example.org" not in read
    client.force_login(a_person(inquiry))
    response = taken(client, mail)
    assert response["Content-Type"] == "application/octet-stream"


def taken(client: Client, document: Document) -> Any:
    """The file, taken to its end."""
    response = client.get(reverse("documents:file", args=[document.inquiry.code, document.pk]))
    if response.streaming:
        list(response.streaming_content)
    return response


@pytest.mark.parametrize(
    ("name", "data", "given"),
    [
        ("evidence.hta", b"<html><script>no()</script>Words</html>", "evidence.hta.html"),
        ("run.bat", b"Words and more words.", "run.bat.txt"),
        ("letter.MD", b"Words and other words.", "letter.MD"),
        ("letter", b"{\\rtf1 Words}", "letter.rtf"),
    ],
)
def test_a_file_is_handed_out_under_a_name_that_tells_what_it_is(
    client: Client, name: str, data: bytes, given: str
) -> None:
    inquiry = an_inquiry()
    submission = a_submission(inquiry, text=None)
    document = add_file(submission=submission, name=name, data=data, by=CONSOLE)
    client.force_login(a_person(inquiry))
    response = taken(client, document)
    assert response["Content-Disposition"] == f'attachment; filename="{given}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] not in ("text/html", "message/rfc822")
