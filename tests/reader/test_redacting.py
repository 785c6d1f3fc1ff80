"""Words redacted and given back, by the secretariat alone."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.roles import CONSOLE, Role
from evidence.documents.models import Passage, Redaction
from evidence.quotes.models import Quote
from evidence.submissions.models import Submission
from inquiry.models import Inquiry
from tests import builders
from tests.reader.placing import address, redacted, selected

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


@pytest.fixture
def inquiry() -> Inquiry:
    return builders.an_inquiry()


@pytest.fixture
def submission(inquiry: Inquiry) -> Submission:
    return builders.a_submission(inquiry)


def open_words(submission: Submission) -> list[str]:
    return list(
        Passage.objects.filter(document__submission_file__submission=submission)
        .order_by("position")
        .values_list("open_text", flat=True)
    )


def test_selected_words_are_redacted_in_each_passage(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    client.force_login(builders.a_person(inquiry))
    place = selected(submission, "the key.|We asked", passage=0, last=1)
    answer = client.post(address(submission, "redact"), place | {"reason": "Names a house."}, headers=HTMX)
    first = builders.passages(submission)[0]
    assert answer["HX-Redirect"] == address(submission, at=first.pk) + f"#p-{first.pk}"
    assert open_words(submission)[:2] == [
        "Our street has a hall and nobody has ████████",
        "████████ for a youth worker for six years.",
    ]
    assert set(Redaction.objects.values_list("reason", flat=True)) == {"Names a house."}
    page = client.get(address(submission)).content.decode()
    assert page.count("Names a house.") == 4


def test_words_copied_from_a_passage_are_redacted(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    client.force_login(builders.a_person(inquiry))
    form = address(submission, "redact", passage=builders.passages(submission)[0].pk)
    assert "Our street has a hall" in client.get(form).content.decode()
    answer = client.post(form, {"text": "a hall", "reason": "Names a house."})
    assert answer.status_code == 302
    assert open_words(submission)[0] == "Our street has ██████ and nobody has the key."


def test_a_redaction_has_a_reason(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    client.force_login(builders.a_person(inquiry))
    answer = client.post(address(submission, "redact"), selected(submission, "a hall"), headers=HTMX)
    assert (answer.status_code, Redaction.objects.count()) == (422, 0)
    assert "Say why the words are redacted." in answer.content.decode()
    form = address(submission, "redact", passage=builders.passages(submission)[0].pk)
    page = client.post(form, {"text": "a hall", "reason": " "}).content.decode()
    assert "Say why the words are redacted." in page
    assert "a hall</textarea>" in page


def test_no_words_are_no_redaction(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    client.force_login(builders.a_person(inquiry))
    place = selected(submission, "a hall")
    for wrong in ({"end": place["start"]}, {"end": 4000}, {"first_passage": ""}):
        data = place | wrong | {"reason": "Names a house."}
        answer = client.post(address(submission, "redact"), data, headers=HTMX)
        assert answer.status_code == 422
        assert "Names a house." in answer.content.decode()
    assert not Redaction.objects.exists()


def test_redacted_words_are_given_back(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    redacted(submission, "a hall")
    redaction = Redaction.objects.get()
    client.force_login(builders.a_person(inquiry))
    answer = client.post(f"/{inquiry.code}/read/redactions/{redaction.pk}/lift/")
    assert answer.status_code == 302
    assert open_words(submission)[0] == "Our street has a hall and nobody has the key."


def test_a_quote_of_redacted_words_leaves_every_list_outside_the_secretariat(
    inquiry: Inquiry, submission: Submission
) -> None:
    touching = builders.a_written_quote(submission, start=4, end=21)
    beside = builders.a_written_quote(submission, start=22, end=44)
    redacted(submission, "a hall")
    for role in (Role.MEMBER, Role.ADVISER):
        assert list(Quote.objects.visible_to(builders.a_person(inquiry, role))) == [beside]
    assert set(Quote.objects.visible_to(builders.a_person(inquiry, Role.CLERK))) == {touching, beside}
    assert set(Quote.objects.visible_to(CONSOLE)) == {touching, beside}


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
def test_others_neither_redact_nor_lift(client: Client, inquiry: Inquiry, submission: Submission, role: Role) -> None:
    redacted(submission, "a hall")
    redaction = Redaction.objects.get()
    client.force_login(builders.a_person(inquiry, role))
    place = selected(submission, "nobody") | {"reason": "Because."}
    assert client.post(address(submission, "redact"), place).status_code == 403
    assert client.post(f"/{inquiry.code}/read/redactions/{redaction.pk}/lift/").status_code == 403
    assert list(Redaction.objects.all()) == [redaction]


def test_a_redaction_of_another_inquiry_is_not_there(client: Client, inquiry: Inquiry, submission: Submission) -> None:
    redacted(submission, "a hall")
    other = builders.an_inquiry()
    client.force_login(builders.a_person(other))
    assert client.post(f"/{other.code}/read/redactions/{Redaction.objects.get().pk}/lift/").status_code == 404
    assert Redaction.objects.exists()
