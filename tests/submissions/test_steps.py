"""The steps of a submission's life, as its page offers them."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.documents.actions import redact
from evidence.submissions.actions import decide_publication, return_submission
from evidence.submissions.models import Submission
from inquiry.models import Inquiry
from tests.builders import a_person, a_session, a_submission, a_written_quote, an_inquiry, passages
from tests.editing import edit, on, seen_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry(client: Client) -> Inquiry:
    """An inquiry whose clerk has signed in."""
    found = an_inquiry("LUI")
    client.force_login(a_person(found, name="Example Clerk"))
    return found


def url(step: str, submission: Submission) -> str:
    return reverse(f"submissions:{step}", args=["LUI", submission.number])


def shown(client: Client, submission: Submission) -> str:
    return client.get(url("detail", submission)).content.decode()


def state(submission: Submission) -> str:
    return Submission.objects.get(pk=submission.pk).state


def test_from_receipt_to_publication(client: Client, inquiry: Inquiry) -> None:
    submission = a_submission(inquiry, state="received")
    assert "Only the secretariat sees it until it is accepted." in shown(client, submission)
    client.post(url("accept", submission))
    assert state(submission) == "accepted"
    edit(
        client,
        url("decide", submission),
        {"treatment": "full", **on("decided_on", "2023-05-02"), "meeting": "Third meeting", "reason": "All agreed."},
    )
    assert state(submission) == "decided"
    page = client.post(url("publish", submission), on("published_on", "2023-06-01"), follow=True).content.decode()
    assert state(submission) == "published"
    for words in ("1 June 2023", "Third meeting", "All agreed.", "Example Clerk", "Decide again"):
        assert words in page


def test_a_returned_one_comes_back_under_its_reference(client: Client, inquiry: Inquiry) -> None:
    submission = a_submission(inquiry, state="received")
    assert "Fill in the reason." in client.post(url("return", submission), {"reason": ""}).content.decode()
    client.post(url("return", submission), {"reason": "It is a template letter."})
    page = shown(client, submission)
    assert "It is a template letter." in page
    assert "It came back" in page
    client.post(url("receive_again", submission))
    assert state(submission) == "received"


def test_withdrawing_is_confirmed_first_and_says_what_it_takes_along(client: Client, inquiry: Inquiry) -> None:
    submission = a_submission(inquiry)
    a_written_quote(submission)
    asks = client.get(url("withdraw", submission)).content.decode()
    assert "Withdraw LUI0001?" in asks
    assert "1 quote from it will leave every list and export." in asks
    assert state(submission) == "accepted"
    client.post(url("withdraw", submission), {"reason": "At their wish."})
    page = shown(client, submission)
    assert "Withdrawn. Only the secretariat sees it" in page
    for words in ("Decide on publication</a>", ">Withdraw</a>", "Add a file or text"):
        assert words not in page


def test_redacted_needs_redactions_and_nothing_typed_is_lost(client: Client, inquiry: Inquiry) -> None:
    submission = a_submission(inquiry)
    decision = {"treatment": "redacted", **on("decided_on", "2023-05-02"), "meeting": "Typed once"}
    refused = edit(client, url("decide", submission), decision).content.decode()
    assert "Nothing is redacted yet." in refused
    assert "Typed once" in refused
    assert state(submission) == "accepted"
    redact(passage=passages(submission)[0], start=0, end=3, reason="A name.", by=CONSOLE)
    edit(client, url("decide", submission), decision)
    assert state(submission) == "decided"


def test_a_confidential_one_is_not_offered_for_publication(client: Client, inquiry: Inquiry) -> None:
    submission = a_submission(inquiry, state="decided", treatment="confidential")
    page = shown(client, submission)
    assert "Note that it is published" not in page
    assert "Decide again" in page
    refused = client.post(url("publish", submission), on("published_on", "2023-05-02")).content.decode()
    assert "so it is not published" in refused


def test_where_the_text_names_an_anonymous_submitter_the_clerk_is_told(client: Client, inquiry: Inquiry) -> None:
    text = "1. I am Jane Example of this street.\n\n2. We have no key.\n"
    submission = a_submission(inquiry, person="Dr Jane Example", submitter="", text=text, requested="anonymised")
    telling = passages(submission)[0]
    warning = "Its text still names who submitted it."
    for page in (shown(client, submission), client.get(url("decide", submission)).content.decode()):
        assert warning in page
        assert f"#p-{telling.pk}" in page
    start = telling.received_text.index("Jane")
    redact(passage=telling, start=start, end=start + len("Jane Example"), reason="A name.", by=CONSOLE)
    assert warning not in shown(client, submission)


def test_a_step_that_no_longer_fits_says_why(client: Client, inquiry: Inquiry) -> None:
    submission = a_submission(inquiry, state="received")
    return_submission(submission=submission, reason="A template letter.", by=CONSOLE)
    page = client.post(url("accept", submission), follow=True).content.decode()
    assert "LUI0001 is returned, so it cannot become accepted now." in page


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
@pytest.mark.parametrize("step", ["accept", "return", "receive_again", "decide", "publish", "withdraw"])
def test_only_the_secretariat_takes_steps(client: Client, inquiry: Inquiry, role: Role, step: str) -> None:
    submission = a_submission(inquiry)
    client.force_login(a_person(inquiry, role))
    answer = client.post(
        url(step, submission), {"reason": "Why not.", "treatment": "full", **on("decided_on", "2023-05-02")}
    )
    assert answer.status_code == 403
    assert state(submission) == "accepted"


@pytest.mark.parametrize("step", ["accept", "receive_again"])
def test_a_link_takes_no_step(client: Client, inquiry: Inquiry, step: str) -> None:
    submission = a_submission(inquiry, state="received")
    assert client.get(url(step, submission)).status_code == 405


@pytest.mark.parametrize("files", [1, 3])
def test_the_queries_of_its_page_do_not_grow(
    client: Client, inquiry: Inquiry, files: int, django_assert_num_queries
) -> None:
    a_session(inquiry, witnesses=(("Jane Example", "Example Trust"),))
    submission = a_submission(inquiry, person="Jane Example", text=None)
    for n in range(files):
        a_text(client, submission, f"{n}. Words of letter {n}.")
    with django_assert_num_queries(21):
        shown(client, submission)


def a_text(client: Client, submission: Submission, text: str) -> None:
    client.post(url("add_files", submission), {"text": text})


def test_who_is_second_to_decide_is_told_what_was_decided(client: Client, inquiry: Inquiry) -> None:
    submission = a_submission(inquiry)
    decision = {
        "treatment": "full",
        **on("decided_on", "2023-05-02"),
        "seen": seen_at(client, url("decide", submission)),
    }
    decide_publication(submission=submission, treatment="confidential", meeting="The first", by=CONSOLE)
    answer = client.post(url("decide", submission), decision)
    told = answer.content.decode()
    assert f"Somebody else decided on {submission.reference} while you were writing." in told
    assert "The first" in told
    submission.refresh_from_db()
    assert submission.decision == "confidential"
    client.post(url("decide", submission), decision | {"seen": answer.context["form"]["seen"].value()})
    submission.refresh_from_db()
    assert submission.decision == "full"
