"""Anonymised evidence is read and printed by nobody else until somebody has looked for names in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.refusals import Refused
from accounts.roles import CONSOLE, NotAllowed, Role
from evidence.documents.actions import lift_redaction, redact
from evidence.documents.models import Document, Redaction
from evidence.quotes.models import Quote
from evidence.submissions.actions import (
    SubmitterEntry,
    add_file,
    change_submission,
    clear_names,
    decide_publication,
    publish_submission,
    record_consent,
    withdraw_consent,
)
from evidence.submissions.models import Submission
from inquiry.models import Inquiry
from report.actions import ask_for_export, make_export
from report.models import Export
from tests.builders import a_person, a_session, a_spoken_quote, a_submission, a_written_quote, an_inquiry, passages

pytestmark = pytest.mark.django_db
TEXT = "This is the evidence of Anon Alliance.\n\nNobody has the key."


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


def anonymised(inquiry: Inquiry, *, cleared: bool = False) -> Submission:
    submission = a_submission(inquiry, submitter="Anon Alliance", text=TEXT, state="decided", treatment="anonymised")
    if not cleared:
        Submission.objects.filter(pk=submission.pk).update(cleared_at=None)
        submission.refresh_from_db()
    return submission


def readers(inquiry: Inquiry) -> list[Any]:
    return [a_person(inquiry, role) for role in (Role.MEMBER, Role.ADVISER)]


def test_until_then_it_is_for_the_secretariat_and_is_not_printed(client: Client, inquiry: Inquiry) -> None:
    submission = anonymised(inquiry)
    quote = a_written_quote(submission)
    for reader in readers(inquiry):
        client.force_login(reader)
        assert not Submission.objects.visible_to(reader).exists()
        for name, key in (("submissions:detail", submission.number), ("review:quote", quote.pk)):
            assert client.get(reverse(name, args=[inquiry.code, key])).status_code == 404
    assert not Quote.objects.may_be_printed().exists()
    client.force_login(a_person(inquiry))
    shown = client.get(reverse("report:appendix", args=[inquiry.code])).content.decode()
    assert f"Nobody has looked for names in {submission.reference}" in shown
    with pytest.raises(Refused, match="Look for names in"):
        publish_submission(submission=submission, by=CONSOLE)


def test_a_clerk_redacts_the_name_and_says_that_none_is_left(client: Client, inquiry: Inquiry) -> None:
    submission = anonymised(inquiry)
    client.force_login(a_person(inquiry))
    address = reverse("submissions:clear", args=[inquiry.code, submission.number])
    refused = client.post(address, {"because": ""}).content.decode()
    assert "The name of who submitted it still stands in its text." in refused
    redact(passage=passages(submission)[0], start=24, end=37, reason="The submitter.", by=CONSOLE)
    answer = client.post(address, {"because": ""}, follow=True).content.decode()
    assert "looked for names in it on" in answer
    submission.refresh_from_db()
    assert submission.cleared_by is not None
    for reader in readers(inquiry):
        assert Submission.objects.visible_to(reader).get().submitted_by == "Anonymous"
    assert publish_submission(submission=submission, by=CONSOLE).state == "published"


def test_a_name_that_may_stay_needs_a_reason(inquiry: Inquiry) -> None:
    submission = clear_names(submission=anonymised(inquiry), because="A street is called so.", by=CONSOLE)
    assert submission.cleared_because == "A street is called so."


def test_names_are_looked_for_when_the_files_are_read(inquiry: Inquiry) -> None:
    submission = anonymised(inquiry)
    add_file(submission=submission, name="more.txt", data=b"More of it.", by=CONSOLE)
    with pytest.raises(Refused, match="still being read"):
        clear_names(submission=submission, because="x", by=CONSOLE)


def test_only_anonymised_evidence_is_cleared_and_only_by_the_secretariat(inquiry: Inquiry) -> None:
    with pytest.raises(Refused, match="is not anonymised"):
        clear_names(submission=a_submission(inquiry), by=CONSOLE)
    with pytest.raises(NotAllowed):
        clear_names(submission=anonymised(inquiry), because="x", by=a_person(inquiry, Role.ADVISER))


def another_file(submission: Submission) -> None:
    add_file(submission=submission, name="more.txt", data=b"Anon Alliance adds this.", by=CONSOLE)


def another_submitter(submission: Submission) -> None:
    submitters = [SubmitterEntry(organisation="Anon Alliance"), SubmitterEntry(person="Ann Example")]
    change_submission(submission=submission, submitters=submitters, by=CONSOLE)


def a_lifted_redaction(submission: Submission) -> None:
    lift_redaction(redaction=Redaction.objects.get(), by=CONSOLE)


def a_moved_redaction(submission: Submission) -> None:
    Redaction.objects.update(start=0, end=1)


def a_file_read_again(submission: Submission) -> None:
    Document.objects.update(state="waiting")


@pytest.mark.parametrize(
    "done", [another_file, another_submitter, a_lifted_redaction, a_moved_redaction, a_file_read_again]
)
def test_what_may_bring_a_name_in_takes_it_back(inquiry: Inquiry, done: Callable[[Submission], None]) -> None:
    submission = anonymised(inquiry)
    redact(passage=passages(submission)[0], start=24, end=37, reason="The submitter.", by=CONSOLE)
    clear_names(submission=submission, by=CONSOLE)
    other = anonymised(inquiry, cleared=True)
    done(submission)
    submission.refresh_from_db()
    assert (submission.cleared_at, submission.cleared_because) == (None, "")
    other.refresh_from_db()
    if done is not a_file_read_again:
        assert other.cleared_at


def a_made_export(inquiry: Inquiry) -> Export:
    export = ask_for_export(inquiry=inquiry, format="csv", by=CONSOLE)
    make_export(export.pk)
    export.refresh_from_db()
    return export


def test_a_decision_recalls_what_holds_the_submission_and_only_when_it_closes(inquiry: Inquiry) -> None:
    submission = a_submission(inquiry, state="decided", treatment="full")
    before = a_made_export(inquiry)
    later = a_submission(inquiry)
    decide_publication(submission=later, treatment="confidential", by=CONSOLE)
    decide_publication(submission=submission, treatment="full", by=CONSOLE)
    before.refresh_from_db()
    assert before.recalled_at is None
    decide_publication(submission=submission, treatment="anonymised", by=CONSOLE)
    before.refresh_from_db()
    assert submission.reference in before.recalled_because


def test_a_withdrawn_consent_holds_written_evidence_back_until_the_next_decision(inquiry: Inquiry) -> None:
    submission = a_submission(inquiry, state="decided", treatment="full")
    quote = a_written_quote(submission)
    consent = record_consent(of=submission, to="publish", wording="Yes.", given_on=dt.date(2023, 1, 1), by=CONSOLE)
    export = a_made_export(inquiry)
    withdraw_consent(consent=consent, by=CONSOLE)
    export.refresh_from_db()
    assert export.snapshot.marked_at
    assert not Quote.objects.may_be_printed().exists()
    decide_publication(submission=submission, treatment="full", by=CONSOLE)
    assert Quote.objects.may_be_printed().get() == quote


def test_a_witness_who_takes_a_consent_back_is_not_printed_until_it_is_given_again(inquiry: Inquiry) -> None:
    quote = a_spoken_quote(a_session(inquiry, witnesses=(("Ann Example", ""), ("Bob Example", ""))))
    asked = {"of": quote.appearance, "to": "quoted", "wording": "Yes.", "by": CONSOLE}
    consent = record_consent(given_on=dt.date(2023, 1, 1), **asked)
    export = a_made_export(inquiry)
    withdraw_consent(consent=consent, withdrawn_on=dt.date(2023, 2, 1), by=CONSOLE)
    export.refresh_from_db()
    assert export.snapshot.marked_at
    assert not Quote.objects.may_be_printed().exists()
    record_consent(given_on=dt.date(2023, 3, 1), **asked)
    assert Quote.objects.may_be_printed().get() == quote
