"""The life of a submission, as the database keeps it and as the actions tell it."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts.refusals import Refused
from accounts.roles import CONSOLE, NotAllowed, Role
from evidence.documents.actions import redact
from evidence.submissions import actions
from evidence.submissions.life import TRANSITIONS, State
from evidence.submissions.models import Consent, PublicationDecision, StateChange, Submission, SubmissionFile
from tests.builders import a_person, a_submission, a_written_quote, an_inquiry, passages

pytestmark = pytest.mark.django_db


def in_state(state: str) -> Submission:
    """A submission that was brought to the state step by step."""
    inquiry = an_inquiry()
    if state == State.RETURNED:
        submission = a_submission(inquiry, state=State.RECEIVED)
        return actions.return_submission(submission=submission, reason="A template letter.", by=CONSOLE)
    if state == State.WITHDRAWN:
        return actions.withdraw_submission(submission=a_submission(inquiry), reason="At their wish.", by=CONSOLE)
    return a_submission(inquiry, state=state)


def decide(submission: Submission, treatment: str) -> PublicationDecision:
    """A decision and nothing else."""
    return PublicationDecision.objects.create(
        inquiry=submission.inquiry, submission=submission, treatment=treatment, decided_on=dt.date(2023, 3, 1)
    )


@pytest.mark.parametrize("state", State.values)
def test_the_database_lets_only_those_states_follow_that_may(state: str) -> None:
    submission = in_state(state)
    for other in State:
        if other == state:
            continue
        attempt = Submission.objects.filter(pk=submission.pk)
        if other in TRANSITIONS[State(state)]:
            # What a decision must be is another constraint's affair.
            with transaction.atomic():
                decide(submission, "full")
                attempt.update(state=other, decision="full")
                transaction.set_rollback(True)
        else:
            with pytest.raises(DatabaseError), transaction.atomic():
                attempt.update(state=other, decision="full")


def test_round_the_actions_a_state_that_may_not_follow_is_an_integrity_error() -> None:
    submission = in_state(State.RECEIVED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(state=State.PUBLISHED, decision="full")


def test_a_submission_begins_as_received() -> None:
    with pytest.raises(IntegrityError, match="begins as received"), transaction.atomic():
        Submission.objects.create(inquiry=an_inquiry(), state=State.ACCEPTED, received_precision="")


def test_decided_needs_a_decision() -> None:
    submission = in_state(State.ACCEPTED)
    with pytest.raises(IntegrityError, match="decided_has_a_decision"), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(state=State.DECIDED)


def test_confidential_evidence_is_never_published() -> None:
    submission = a_submission(an_inquiry(), state=State.DECIDED, treatment="confidential")
    with pytest.raises(Refused, match="confidential"):
        actions.publish_submission(submission=submission, by=CONSOLE)
    with pytest.raises(IntegrityError, match="confidential_is_not_published"), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(state=State.PUBLISHED)


def test_a_published_one_cannot_be_made_confidential_without_a_new_decision() -> None:
    submission = a_submission(an_inquiry(), state=State.PUBLISHED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(decision="confidential")
    actions.decide_publication(submission=submission, treatment="confidential", by=CONSOLE)
    submission.refresh_from_db()
    assert (submission.state, submission.decision, submission.published_on) == (State.DECIDED, "confidential", None)


def test_what_was_decided_and_done_stands() -> None:
    submission = a_submission(an_inquiry(), state=State.DECIDED)
    for rows in (PublicationDecision.objects, StateChange.objects):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            rows.filter(submission=submission).update(reason="Another.")


def test_a_decision_tells_who_when_where_and_why() -> None:
    inquiry = an_inquiry()
    clerk = a_person(inquiry)
    submission = a_submission(inquiry)
    actions.decide_publication(
        submission=submission,
        treatment="anonymised",
        decided_on=dt.date(2023, 5, 2),
        meeting="Third meeting",
        reason="They live next door.",
        by=clerk,
    )
    decision = submission.decisions.get()
    assert (decision.decided_by, decision.decided_on) == (clerk, dt.date(2023, 5, 2))
    assert (decision.meeting, decision.reason) == ("Third meeting", "They live next door.")


def test_redacted_needs_a_redaction() -> None:
    submission = a_submission(an_inquiry())
    with pytest.raises(Refused, match="Nothing is redacted yet"):
        actions.decide_publication(submission=submission, treatment="redacted", by=CONSOLE)
    assert not submission.decisions.exists()
    redact(passage=passages(submission)[0], start=0, end=3, reason="A name.", by=CONSOLE)
    actions.decide_publication(submission=submission, treatment="redacted", by=CONSOLE)
    submission.refresh_from_db()
    assert submission.state == State.DECIDED


def test_telling_more_than_they_asked_for_needs_a_reason() -> None:
    submission = a_submission(an_inquiry(), requested="anonymised")
    with pytest.raises(Refused, match="Say why it is decided otherwise"):
        actions.decide_publication(submission=submission, treatment="full", by=CONSOLE)
    actions.decide_publication(submission=submission, treatment="confidential", by=CONSOLE)
    actions.decide_publication(submission=submission, treatment="full", reason="They now agree.", by=CONSOLE)


@pytest.mark.parametrize("step", [actions.return_submission, actions.withdraw_submission])
def test_returning_and_withdrawing_need_a_reason(step) -> None:
    submission = in_state(State.RECEIVED)
    with pytest.raises(Refused, match="Say why"):
        step(submission=submission, reason=" ", by=CONSOLE)
    step(submission=submission, reason="At their wish.", by=CONSOLE)
    assert submission.steps.last().reason == "At their wish."


def test_a_withdrawn_one_keeps_its_reference_and_comes_back_never() -> None:
    submission = in_state(State.WITHDRAWN)
    assert submission.reference
    with pytest.raises(Refused, match="is withdrawn, so it cannot become accepted now"):
        actions.accept_submission(submission=submission, by=CONSOLE)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
def test_only_the_secretariat_receives_and_decides(role: Role) -> None:
    inquiry = an_inquiry()
    person, submission = a_person(inquiry, role), a_submission(inquiry)
    with pytest.raises(NotAllowed):
        actions.receive_submission(inquiry=inquiry, submitters=[], by=person)
    with pytest.raises(NotAllowed):
        actions.decide_publication(submission=submission, treatment="full", by=person)
    with pytest.raises(NotAllowed):
        actions.withdraw_submission(submission=submission, reason="Why not.", by=person)


def test_a_consent_is_recorded_and_taken_back_once() -> None:
    submission = a_submission(an_inquiry(), text=None)
    consent = actions.record_consent(
        of=submission, to="publish", wording="Publish it.", given_on=dt.date(2023, 1, 1), by=CONSOLE
    )
    actions.withdraw_consent(consent=consent, by=CONSOLE)
    with pytest.raises(Refused, match="withdrawn already"):
        actions.withdraw_consent(consent=consent, by=CONSOLE)
    assert Consent.objects.get().withdrawn_on


def test_a_submission_is_treated_as_was_last_decided_whoever_writes() -> None:
    submission = a_submission(an_inquiry(), state="decided", treatment="confidential")
    rows, says = Submission.objects.filter(pk=submission.pk), "treated as was last decided"
    with pytest.raises(IntegrityError, match=says), transaction.atomic():
        rows.update(decision="full")
    with pytest.raises(IntegrityError, match=says), transaction.atomic():
        Submission.objects.create(inquiry=submission.inquiry, decision="full", received_precision="")
    decide(submission, "anonymised")
    for earlier in ("confidential", "full", ""):
        with pytest.raises(IntegrityError, match=says), transaction.atomic():
            rows.update(decision=earlier)
    rows.update(decision="anonymised")


def test_a_file_stays_with_the_submission_that_it_came_with() -> None:
    inquiry = an_inquiry()
    published, closed = a_submission(inquiry), a_submission(inquiry, requested="confidential")
    quote = a_written_quote(published)
    for change in ({"submission": closed}, {"document": closed.files.get().document}):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            SubmissionFile.objects.filter(submission=published).update(**change)
    assert quote.first_passage.document.submission_file.submission == published
