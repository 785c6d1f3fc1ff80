"""A whole folder dropped at once on a submission."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.documents.actions import read_document, redact
from evidence.documents.models import Document
from evidence.submissions.actions import add_files
from evidence.submissions.models import Submission
from inquiry.models import Inquiry
from tests.builders import a_person, a_submission, an_inquiry

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry("LUI")


def a_folder(inquiry: Inquiry, files: int) -> Submission:
    submission = a_submission(inquiry, text=None)
    add_files(submission=submission, files=((f"{n}.txt", b"Words of letter %d." % n) for n in range(files)), by=CONSOLE)
    return submission


def page_of(client: Client, submission: Submission, **asked: Any) -> str:
    return client.get(reverse("submissions:detail", args=["LUI", submission.number]), asked).content.decode()


def progress_of(client: Client, submission: Submission) -> str:
    return client.get(reverse("submissions:files_progress", args=["LUI", submission.number])).content.decode()


def test_files_are_taken_together_and_what_computers_leave_is_not(client: Client, inquiry: Inquiry) -> None:
    submission = a_submission(inquiry, text=None)
    client.force_login(a_person(inquiry))
    files = [SimpleUploadedFile(f"{n}.txt", b"Words of letter %d." % n) for n in range(12)]
    files += [SimpleUploadedFile(name, b"\x00\x01 of the machine") for name in (".DS_Store", "Thumbs.db")]
    answer = client.post(reverse("submissions:add_files", args=["LUI", submission.number]), {"attached": files})
    assert answer.status_code == 302
    names = Document.objects.order_by("submission_file__position").values_list("name", flat=True)
    assert list(names) == [f"{n}.txt" for n in range(12)]


def test_one_bad_file_of_a_folder_is_named_and_nothing_is_taken(client: Client, inquiry: Inquiry) -> None:
    submission = a_submission(inquiry, text=None)
    client.force_login(a_person(inquiry))
    files = [SimpleUploadedFile("good.txt", b"Words."), SimpleUploadedFile("picture.png", b"\x89PNG\r\n\x1a\n\x00")]
    answer = client.post(reverse("submissions:add_files", args=["LUI", submission.number]), {"attached": files})
    assert "“picture.png”: This is a picture" in answer.content.decode()
    assert not Document.objects.exists()


def test_of_many_files_one_line_asks_how_far_they_are(client: Client, inquiry: Inquiry) -> None:
    submission = a_folder(inquiry, 8)
    client.force_login(a_person(inquiry))
    shown = page_of(client, submission)
    assert shown.count('hx-trigger="every 1s"') == 1
    assert "0 of 8." in shown
    documents = Document.objects.order_by("pk")
    for document in documents[:3]:
        read_document(document.pk)
    Document.objects.fail(documents[3].pk, "It is broken.")
    assert "4 of 8." in progress_of(client, submission)
    assert page_of(client, submission).count('hx-trigger="every 1s"') == 4
    for document in documents[4:]:
        read_document(document.pk)
    assert "Every file is read" in progress_of(client, submission)
    assert 'hx-trigger="every 1s"' not in page_of(client, submission)


def test_files_stand_fifty_to_a_page(client: Client, inquiry: Inquiry) -> None:
    submission = a_folder(inquiry, 53)
    client.force_login(a_person(inquiry))
    first, second = page_of(client, submission), page_of(client, submission, page=2)
    assert "49.txt" in first
    assert "50.txt" not in first
    assert "52.txt" in second
    last = Document.objects.latest("pk")
    read_document(last.pk)
    redact(passage=last.passages.get(), start=0, end=5, reason="A name.", by=CONSOLE)
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert "File 53" in page_of(client, submission, page=2)
    assert "52.txt" not in page_of(client, submission, page=2)


@pytest.mark.parametrize("files", [1, 3])
def test_asking_how_far_costs_the_same_for_any_number(
    client: Client, inquiry: Inquiry, files: int, django_assert_num_queries
) -> None:
    submission = a_folder(inquiry, files)
    client.force_login(a_person(inquiry))
    with django_assert_num_queries(6):
        progress_of(client, submission)
