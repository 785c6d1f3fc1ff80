"""What ClamAV finds keeps a file from being read and taken away; without it, files say that they were not scanned."""

import io
import socket
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, NotAllowed, Role
from evidence.documents import scanning
from evidence.documents.actions import log_download, read_again, read_document
from evidence.documents.models import Document
from evidence.documents.scanning import NotScanned, scan
from evidence.submissions.actions import receive_submission
from evidence.submissions.models import Submission
from inquiry.models import Inquiry
from inquiry.models.jobs import JobState
from tests.builders import a_person, an_inquiry
from tests.documents.clamd import CALLED, VIRUS, listening
from tests.documents.making import a_mail


def test_a_verdict_is_asked_over_tcp_and_over_a_socket(tmp_path: Path) -> None:
    for at in (None, tmp_path / "clamd.ctl"):
        with listening(at) as (address, heard):
            assert scan(io.BytesIO(b"Words. " * 50_000), address) == ""
            assert scan(io.BytesIO(b"Words " + VIRUS), address) == CALLED
            assert heard == [b"Words. " * 50_000, b"Words " + VIRUS]


def test_a_scanner_that_takes_less_says_so() -> None:
    with (
        listening(longest=1000) as (address, _),
        pytest.raises(NotScanned, match="larger than the virus scanner takes"),
    ):
        scan(io.BytesIO(b"Words. " * 1_000_000), address)


def test_a_scanner_that_is_away_or_says_nonsense_gives_no_verdict(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        for address in (f"127.0.0.1:{taken.getsockname()[1]}", str(tmp_path / "nothing")):
            with pytest.raises(NotScanned, match="could not be asked"):
                scan(io.BytesIO(b"Words."), address)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        mute.listen()
        scanning_for = pytest.raises(NotScanned, match="could not be asked")
        with pytest.MonkeyPatch.context() as patch, scanning_for:
            patch.setattr(scanning, "SECONDS", 0.2)
            scan(io.BytesIO(b"Words."), f"127.0.0.1:{mute.getsockname()[1]}")


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry("LUI")


@pytest.fixture
def scanner(settings: Any) -> Any:
    with listening() as (address, heard):
        settings.CLAMD_ADDRESS = address
        yield heard


def received(inquiry: Inquiry, data: bytes, name: str = "letter.txt") -> Document:
    submission = receive_submission(inquiry=inquiry, submitters=[], files=[(name, data)], by=CONSOLE, accept=True)
    return Document.objects.get(submission_file__submission=submission)


def page_of(client: Client, document: Document) -> str:
    number = Submission.objects.get(files__document=document).number
    return client.get(reverse("submissions:detail", args=["LUI", number])).content.decode()


def status(client: Client, document: Document) -> int:
    answer = client.get(reverse("documents:file", args=["LUI", document.pk]))
    if answer.streaming:
        list(answer.streaming_content)
    return answer.status_code


@pytest.mark.django_db
def test_what_is_infected_is_not_read_and_nobody_can_take_it(client: Client, inquiry: Inquiry, scanner: list) -> None:
    document = received(inquiry, b"Words " + VIRUS)
    read_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.scan, document.scan_found) == (JobState.FAILED, "infected", CALLED)
    assert not document.passages.exists()
    clerk = a_person(inquiry)
    client.force_login(clerk)
    shown = page_of(client, document)
    assert f"Infected: {CALLED}" in shown
    assert "ask for the evidence in another file" in shown
    assert "Download as received" not in shown
    assert "letter.txt" in shown
    assert status(client, document) == 404
    with pytest.raises(NotAllowed):
        log_download(document=document, by=clerk)
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert CALLED not in page_of(client, document)


@pytest.mark.django_db
def test_what_is_clean_says_so_and_what_waits_cannot_be_taken_yet(
    client: Client, inquiry: Inquiry, scanner: list
) -> None:
    document = received(inquiry, b"Words.")
    client.force_login(a_person(inquiry))
    assert status(client, document) == 404
    assert "Not scanned" in page_of(client, document)
    read_document(document.pk)
    assert scanner == [b"Words."]
    assert status(client, document) == 200
    assert "No virus found" in page_of(client, document)


@pytest.mark.django_db
def test_without_a_scanner_the_secretariat_is_told(client: Client, inquiry: Inquiry) -> None:
    document = received(inquiry, b"Words " + VIRUS)
    read_document(document.pk)
    client.force_login(a_person(inquiry))
    assert "Not scanned" in page_of(client, document)
    assert status(client, document) == 200
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert "Not scanned" not in page_of(client, document)


@pytest.mark.django_db
def test_a_scanner_that_is_away_leaves_the_file_unread_until_it_is_asked_again(
    inquiry: Inquiry, settings: Any, tmp_path: Path
) -> None:
    settings.CLAMD_ADDRESS = str(tmp_path / "nothing")
    document = received(inquiry, b"Words.")
    read_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.scan) == (JobState.FAILED, "")
    assert "could not be asked" in document.error
    with listening() as (address, _):
        settings.CLAMD_ADDRESS = address
        read_again(document=document, by=CONSOLE)
        read_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.scan) == (JobState.DONE, "clean")


@pytest.mark.django_db
def test_a_scanner_that_was_taken_away_does_not_make_a_file_clean(
    inquiry: Inquiry, scanner: list, settings: Any
) -> None:
    document = received(inquiry, b"Words " + VIRUS)
    read_document(document.pk)
    settings.CLAMD_ADDRESS = ""
    read_again(document=document, by=CONSOLE)
    read_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.scan) == (JobState.FAILED, "infected")
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(state=JobState.DONE)


@pytest.mark.django_db
def test_nothing_is_taken_out_of_an_infected_message(inquiry: Inquiry, scanner: list) -> None:
    document = received(inquiry, a_mail("See attached.", files=[("letter.txt", b"Words.")]) + VIRUS, "mail.eml")
    read_document(document.pk)
    assert Document.objects.count() == 1
