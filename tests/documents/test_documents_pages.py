"""A file as received through its one door, and the progress of its reading."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, NotAllowed, Role
from evidence.documents.actions import log_download, redact
from evidence.documents.models import Document, Download
from evidence.submissions.actions import decide_publication, receive_submission
from evidence.submissions.models import Submission
from inquiry.models.jobs import JobState
from tests.builders import a_person, a_submission, an_inquiry, passages

pytestmark = pytest.mark.django_db


def its_document(submission: Submission) -> Document:
    return Document.objects.get(submission_file__submission=submission)


def url(name: str, document: Document) -> str:
    return reverse(f"documents:{name}", args=[document.inquiry.code, document.pk])


def take(client: Client, document: Document) -> Any:
    """Takes the file to its end, as a browser does; ``data`` is what came."""
    response = client.get(url("file", document))
    response.data = b"".join(response.streaming_content) if response.streaming else b""
    return response


@pytest.mark.parametrize("role", Role)
def test_evidence_taken_in_full_can_be_had_as_received_and_who_took_it_is_noted(client: Client, role: Role) -> None:
    inquiry = an_inquiry()
    document = its_document(a_submission(inquiry, text="1. Words as received.\r\n"))
    person = a_person(inquiry, role)
    client.force_login(person)
    response = take(client, document)
    assert response.data.startswith(b"1. Words as received.\r\n")
    assert response["Content-Disposition"] == f'attachment; filename="{document.name}"'
    assert response["Content-Type"] == "text/plain"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    taken = Download.objects.get()
    assert (taken.document, taken.downloaded_by) == (document, person)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
@pytest.mark.parametrize("treatment", ["anonymised", "redacted", "confidential"])
def test_the_file_of_evidence_that_is_held_back_is_for_the_secretariat(
    client: Client, role: Role, treatment: str
) -> None:
    inquiry = an_inquiry()
    submission = a_submission(inquiry)
    if treatment == "redacted":
        redact(passage=passages(submission)[0], start=0, end=3, reason="A name.", by=CONSOLE)
    decide_publication(submission=submission, treatment=treatment, by=CONSOLE)
    document, person = its_document(submission), a_person(inquiry, role)
    client.force_login(person)
    response = take(client, document)
    assert response.status_code == 404
    assert document.name not in response.content.decode()
    with pytest.raises(NotAllowed):
        log_download(document=document, by=person)
    assert not Download.objects.exists()
    client.force_login(a_person(inquiry, Role.CLERK))
    assert take(client, document).status_code == 200


def test_one_redaction_keeps_the_file_back_before_any_decision(client: Client) -> None:
    inquiry = an_inquiry()
    submission = a_submission(inquiry)
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert take(client, its_document(submission)).status_code == 200
    redact(passage=passages(submission)[0], start=0, end=3, reason="A name.", by=CONSOLE)
    assert take(client, its_document(submission)).status_code == 404


def test_a_name_in_any_script_is_given_back(client: Client) -> None:
    inquiry = an_inquiry()
    receive_submission(
        inquiry=inquiry, submitters=[], files=[("Tystiolaeth ŷ “neuadd”\r\nX-Evil: 1.txt", b"Words.")], by=CONSOLE
    )
    document = Document.objects.get()
    assert document.name == "Tystiolaeth ŷ “neuadd”X-Evil: 1.txt"
    client.force_login(a_person(inquiry))
    header = take(client, document)["Content-Disposition"]
    assert header.startswith("attachment; filename*=utf-8''Tystiolaeth%20%C5%B7")


def test_a_download_is_written_down_for_good() -> None:
    submission = a_submission(an_inquiry())
    taken = log_download(document=its_document(submission), by=CONSOLE)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Download.objects.filter(pk=taken.pk).update(downloaded_by=None)


def test_a_file_that_is_gone_is_said_to_be_gone(client: Client) -> None:
    inquiry = an_inquiry()
    document = its_document(a_submission(inquiry))
    document.file.storage.delete(document.file.name)
    client.force_login(a_person(inquiry))
    assert take(client, document).status_code == 404
    assert not Download.objects.exists()


def test_a_page_asks_how_far_the_reading_is_until_it_is_over(client: Client) -> None:
    inquiry = an_inquiry()
    document = its_document(a_submission(inquiry))
    client.force_login(a_person(inquiry))
    mine = Document.objects.filter(pk=document.pk)
    mine.update(state=JobState.WAITING, doing="", progress=0)
    assert "Waiting to be read" in client.get(url("progress", document)).content.decode()
    mine.update(state=JobState.RUNNING, doing="Reading page 3 of 12", progress=25)
    running = client.get(url("progress", document)).content.decode()
    assert "Reading page 3 of 12" in running
    assert 'hx-trigger="every 1s"' in running
    mine.update(state=JobState.DONE)
    done = client.get(url("progress", document)).content.decode()
    assert "Read and quote" in done
    assert "hx-trigger" not in done


def test_a_member_reads_and_is_not_told_why_a_reading_failed(client: Client) -> None:
    inquiry = an_inquiry()
    document = its_document(a_submission(inquiry))
    Document.objects.fail(document.pk, "It is locked with a password.")
    client.force_login(a_person(inquiry, Role.MEMBER))
    shown = client.get(url("progress", document)).content.decode()
    assert "cannot be read here yet" in shown
    assert "locked" not in shown
    assert "Read it again" not in shown
    client.force_login(a_person(inquiry, Role.CLERK))
    shown = client.get(url("progress", document)).content.decode()
    assert "It is locked with a password." in shown
    assert "Read it again" in shown


def test_polling_costs_little(client: Client, django_assert_num_queries) -> None:
    inquiry = an_inquiry()
    address = url("progress", its_document(a_submission(inquiry)))
    client.force_login(a_person(inquiry))
    with django_assert_num_queries(5):
        client.get(address)


def test_a_reading_that_failed_is_tried_again(client: Client) -> None:
    inquiry = an_inquiry()
    submission = a_submission(inquiry)
    document = its_document(submission)
    client.force_login(a_person(inquiry))
    page = client.post(url("read_again", document), follow=True).content.decode()
    assert "Only a file whose reading failed can be read again." in page
    Document.objects.filter(pk=document.pk).update(state=JobState.FAILED, error="Broken.", attempts=3)
    client.post(url("read_again", document))
    document.refresh_from_db()
    assert (document.state, document.attempts, document.error) == (JobState.WAITING, 0, "")


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
def test_only_the_secretariat_has_a_file_read_again(client: Client, role: Role) -> None:
    inquiry = an_inquiry()
    document = its_document(a_submission(inquiry))
    Document.objects.fail(document.pk, "Broken.")
    client.force_login(a_person(inquiry, role))
    assert client.post(url("read_again", document)).status_code == 403
    document.refresh_from_db()
    assert document.state == JobState.FAILED
