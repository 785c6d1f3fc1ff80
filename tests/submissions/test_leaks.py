"""What members and advisers must not learn from the pages of written evidence, with something there to learn."""

import datetime as dt
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.documents.actions import read_document
from evidence.documents.models import Document
from evidence.submissions.actions import (
    ConsentEntry,
    Contact,
    SubmitterEntry,
    accept_submission,
    clear_names,
    decide_publication,
    receive_submission,
    return_submission,
    withdraw_submission,
)
from evidence.submissions.models import Submission
from inquiry.models import Inquiry
from tests.builders import a_person, a_submission, an_inquiry
from tests.telling import without_the_box, without_tokens

pytestmark = pytest.mark.django_db

OTHERS = [Role.MEMBER, Role.ADVISER]
ASKED = [
    "",
    "?q=Wren",
    "?q=Hollow",
    "?q=keyholder",
    "?sort=from",
    "?sort=-from",
    "?sector=residents",
    "?state=withdrawn",
]
ASKED += ["?decision=anonymised", "?decision=confidential", "?requested=anonymised", "?reading=read", "?channel=post"]
SECRETS = ("Wren", "Hollow", "keyholder", "wren@example.org", "01987", "Hushed Row", "Call me first", "Typed reason")


def a_secret(inquiry: Inquiry, treatment: str) -> Submission:
    """A submission full of what must not be told, decided or asked to be treated so."""
    submission = receive_submission(
        inquiry=inquiry,
        submitters=[SubmitterEntry(person="Mx Wren Secret", organisation="Hollow Residents", sector="residents")],
        title="Evidence of the keyholder",
        channel="post",
        requested="full",
        contact=Contact("wren@example.org", "01987 654321", "1 Hushed Row"),
        consents=[ConsentEntry("publish", "Call me first.", dt.date(2023, 1, 1))],
        files=[("wren-secret.txt", b"1. Our street has a hall and no key.\n")],
        accept=True,
        by=CONSOLE,
    )
    read_document(Document.objects.get(submission_file__submission=submission).pk)
    if treatment == "withdrawn":
        return withdraw_submission(submission=submission, reason="Typed reason", by=CONSOLE)
    decide_publication(submission=submission, treatment=treatment, reason="Typed reason", by=CONSOLE)
    if treatment == "anonymised":
        clear_names(submission=submission, by=CONSOLE)
    return Submission.objects.select_related("inquiry").get(pk=submission.pk)


def document(submission: Submission) -> Document:
    return Document.objects.get(submission_file__submission=submission)


def told(body: str) -> list[str]:
    """The secrets in a page; what was typed into the search box comes back to who typed it, so that is no secret."""
    return [secret for secret in SECRETS if secret.lower() in without_tokens(body).lower()]


@pytest.mark.parametrize(("role", "treatment"), list(product(OTHERS, ["confidential", "withdrawn"])))
def test_what_is_not_for_them_does_not_exist_for_members_and_advisers(
    client: Client, role: Role, treatment: str
) -> None:
    inquiry = an_inquiry()
    a_submission(inquiry, submitter="Example Body")
    secret = a_secret(inquiry, treatment)
    client.force_login(a_person(inquiry, role))
    for asked in ASKED:
        response = client.get(reverse("submissions:list", args=[inquiry.code]) + asked)
        body = response.content.decode()
        assert not told(without_the_box(body)), asked
        assert secret.reference not in body
        assert secret.pk not in [each.pk for each in response.context["page"]]
        assert "Confidential (1)" not in body
        assert "Withdrawn (1)" not in body
        counted = [line["count"] for line in response.context["rail"] if line["label"] == "Submissions"]
        assert counted == [1]
    for name in ("detail", "edit", "decide", "withdraw", "contact"):
        response = client.get(reverse(f"submissions:{name}", args=[inquiry.code, secret.number]))
        assert response.status_code in (403, 404)
        assert not told(response.content.decode())
    for name in ("file", "progress"):
        response = client.get(reverse(f"documents:{name}", args=[inquiry.code, document(secret).pk]))
        assert response.status_code == 404
        assert not told(response.content.decode())


@pytest.mark.parametrize("role", OTHERS)
def test_an_anonymised_submitter_is_anonymous_everywhere(client: Client, role: Role) -> None:
    inquiry = an_inquiry()
    a_submission(inquiry, submitter="Alpha Body")
    secret = a_secret(inquiry, "anonymised")
    client.force_login(a_person(inquiry, role))
    for asked in ASKED:
        response = client.get(reverse("submissions:list", args=[inquiry.code]) + asked)
        assert not told(without_the_box(response.content.decode())), asked
        found = [each.number for each in response.context["page"]]
        hidden = asked.startswith(("?q", "?sector")) or asked in ("?state=withdrawn", "?decision=confidential")
        assert (secret.number in found) != hidden, asked
    page = client.get(reverse("submissions:detail", args=[inquiry.code, secret.number]))
    body = page.content.decode()
    assert "Anonymous" in body
    assert "Anonymised" in body
    assert "File 1" in body
    assert not told(body)
    assert client.get(reverse("documents:file", args=[inquiry.code, document(secret).pk])).status_code == 404
    progress = client.get(reverse("documents:progress", args=[inquiry.code, document(secret).pk]))
    assert progress.status_code == 200
    assert not told(progress.content.decode())


@pytest.mark.parametrize("role", OTHERS)
def test_sorting_by_name_does_not_tell_where_an_anonymous_name_stands(client: Client, role: Role) -> None:
    inquiry = an_inquiry()
    for name in ("Aaa", "Zzz"):
        a_submission(inquiry, submitter=name, text=None, requested="anonymised")
    a_submission(inquiry, submitter="Mmm", text=None)
    client.force_login(a_person(inquiry, role))
    for sort, order in (("from", [1, 2, 3]), ("-from", [3, 1, 2])):
        page = client.get(reverse("submissions:list", args=[inquiry.code]) + f"?sort={sort}").context["page"]
        assert [each.number for each in page] == order


@pytest.mark.parametrize("role", OTHERS)
def test_contacts_consents_and_reasons_are_for_the_secretariat(client: Client, role: Role) -> None:
    inquiry = an_inquiry()
    open_to_all = a_secret(inquiry, "full")
    client.force_login(a_person(inquiry, role))
    body = client.get(reverse("submissions:detail", args=[inquiry.code, open_to_all.number])).content.decode()
    assert "Wren Secret" in body
    for secret in ("wren@example.org", "01987", "Hushed Row", "Call me first", "Typed reason", "Contact details"):
        assert secret not in body
    client.force_login(a_person(inquiry, Role.CLERK))
    body = client.get(reverse("submissions:detail", args=[inquiry.code, open_to_all.number])).content.decode()
    for known in ("wren@example.org", "01987", "Hushed Row", "Call me first", "Typed reason"):
        assert known in body


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("state", ["received", "returned"])
def test_what_was_not_accepted_is_not_seen(client: Client, role: Role, state: str) -> None:
    inquiry = an_inquiry()
    submission = a_submission(inquiry, state="received")
    if state == "returned":
        return_submission(submission=submission, reason="A template letter.", by=CONSOLE)
    client.force_login(a_person(inquiry, role))
    assert client.get(reverse("submissions:detail", args=[inquiry.code, submission.number])).status_code == 404
    assert "No submissions to read yet" in client.get(reverse("submissions:list", args=[inquiry.code])).content.decode()
    if state == "received":
        accept_submission(submission=submission, by=CONSOLE)
        assert client.get(reverse("submissions:detail", args=[inquiry.code, submission.number])).status_code == 200


def test_a_clerk_of_another_inquiry_is_a_stranger(client: Client) -> None:
    secret = a_secret(an_inquiry(), "full")
    client.force_login(a_person(an_inquiry(), Role.ADMINISTRATOR))
    for url in (
        reverse("submissions:detail", args=[secret.inquiry.code, secret.number]),
        reverse("documents:file", args=[secret.inquiry.code, document(secret).pk]),
    ):
        response = client.get(url)
        assert response.status_code == 404
        assert not told(response.content.decode())


def test_a_document_is_not_reached_through_the_address_of_another_inquiry(client: Client) -> None:
    mine, other = an_inquiry(), a_secret(an_inquiry(), "full")
    client.force_login(a_person(mine, Role.ADMINISTRATOR))
    assert client.get(reverse("documents:file", args=[mine.code, document(other).pk])).status_code == 404
