"""What is done with written evidence: it is received, accepted or returned, decided on, published, withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusals import ChangedMeanwhile, Refused, refusals_of_the_database
from accounts.roles import Console, Verb, recorded, require
from evidence.documents.actions import keep_document
from evidence.documents.models import Document, Redaction
from evidence.submissions.life import NEEDS_A_REASON, TRANSITIONS, State, Treatment, more_open
from evidence.submissions.models import (
    Channel,
    Consent,
    ContactDetails,
    PublicationDecision,
    StateChange,
    Submission,
    SubmissionFile,
    Submitter,
)
from evidence.submissions.naming import named_in_text
from evidence.witnesses.actions import name_organisation, name_witness
from evidence.witnesses.models import Appearance
from inquiry.changes import change, enter, locked, refuse_if_changed, sign
from inquiry.dates import Precision
from inquiry.models import Inquiry


@dataclass(frozen=True)
class SubmitterEntry:
    """A submitter as entered: a person, a body, or a person for a body."""

    person: str = ""
    organisation: str = ""
    sector: str = ""
    lived_experience: bool = False


@dataclass(frozen=True)
class Contact:
    """How to reach the submitters."""

    email: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class ConsentEntry:
    """What the submitters agreed to, in which words, and when."""

    to: str
    wording: str
    given_on: dt.date


@transaction.atomic
def receive_submission(
    *,
    inquiry: Inquiry,
    submitters: Sequence[SubmitterEntry],
    by: User | Console,
    received_on: dt.date | None = None,
    received_precision: str = Precision.DAY,
    channel: str = Channel.OTHER,
    contact: Contact | None = None,
    files: Iterable[tuple[str, bytes]] = (),
    consents: Sequence[ConsentEntry] = (),
    accept: bool = False,
    number: int | None = None,
    note: str = "",
    **details: Any,
) -> Submission:
    """Logs written evidence as it comes, under the inquiry's next reference, with its files kept as received.

    ``details`` are those of the record: its title, what is asked for it, whether it speaks from lived experience.
    ``accept`` takes it as evidence at once. ``number`` is that of a reference which was given elsewhere and is kept;
    ``note`` stands with the receipt in the inquiry's record.
    """
    require(by, Verb.LOG_EVIDENCE, inquiry)
    known = received_precision if received_on else Precision.UNKNOWN
    received = {"received_on": received_on, "received_precision": known, "channel": channel}
    submission = _entered(inquiry, number, **received, **details)
    _note_step(submission, State.RECEIVED, note, by)
    _enter_submitters(submission, submitters, by)
    if contact and (contact.email or contact.phone or contact.address):
        keep_contact_details(submission=submission, contact=contact, by=by)
    add_files(submission=submission, files=files, by=by)
    record_consents(of=submission, consents=consents, by=by)
    return accept_submission(submission=submission, by=by) if accept else submission


def _entered(inquiry: Inquiry, number: int | None, **details: Any) -> Submission:
    """The record itself, under the reference that the database allots, or under the one that it had elsewhere."""
    had = {} if number is None else {"number": number}
    submission = enter(Submission, inquiry=inquiry, **had, **details)
    submission.refresh_from_db(fields=["number"])
    return submission


def _enter_submitters(submission: Submission, entries: Sequence[SubmitterEntry], by: User | Console) -> None:
    for position, entry in enumerate(entries):
        inquiry = submission.inquiry
        witness = organisation = None
        if entry.person:
            witness = name_witness(inquiry=inquiry, name=entry.person, lived_experience=entry.lived_experience, by=by)
        if entry.organisation:
            organisation = name_organisation(inquiry=inquiry, name=entry.organisation, sector=entry.sector, by=by)
        with refusals_of_the_database():
            who = {"witness": witness, "organisation": organisation, "position": position}
            Submitter.objects.create(inquiry=inquiry, submission=submission, **who)


@transaction.atomic
def change_submission(
    *,
    submission: Submission,
    by: User | Console,
    submitters: Sequence[SubmitterEntry] | None = None,
    seen: str | None = None,
    **details: Any,
) -> Submission:
    """Corrects how a submission was logged. Its reference stands, and its state has actions of its own.

    ``seen`` is the ``as_logged`` of what the person had before them.
    """
    require(by, Verb.LOG_EVIDENCE, submission.inquiry)
    submission = _locked(submission)
    refuse_if_changed(submission, seen, as_logged(submission))
    if submitters is not None and list(submitters) != entries_of(submission):
        submission.submitters.all().delete()
        _enter_submitters(submission, submitters, by)
    return change(submission, **details) if details else submission


def entries_of(submission: Submission) -> list[SubmitterEntry]:
    """The submitters as they would be entered."""
    return [
        SubmitterEntry(
            person=each.witness.name if each.witness else "",
            organisation=each.organisation.name if each.organisation else "",
            sector=each.organisation.entered_sector if each.organisation else "",
            lived_experience=each.witness.lived_experience if each.witness else submission.lived_experience,
        )
        for each in submission.submitters.select_related("witness", "organisation")
    ]


def as_logged(submission: Submission) -> str:
    """The sign of how a submission was logged."""
    return sign(
        submission.title,
        submission.requested,
        submission.received_on,
        submission.received_precision,
        submission.channel,
        entries_of(submission),
    )


@transaction.atomic
def add_file(*, submission: Submission, name: str, data: bytes, by: User | Console) -> Document:
    """Keeps a file that came with a submission, and has it read."""
    document = keep_document(inquiry=submission.inquiry, name=name, data=data, by=by)
    _attach(submission, document, submission.files.count())
    return document


def _attach(submission: Submission, document: Document, position: int) -> None:
    SubmissionFile.objects.create(
        inquiry=submission.inquiry, submission=submission, document=document, position=position
    )


@transaction.atomic
def add_files(*, submission: Submission, files: Iterable[tuple[str, bytes]], by: User | Console) -> None:
    """Keeps all of these files, or none of them."""
    first = submission.files.count()
    for place, (name, data) in enumerate(files, first):
        _attach(submission, keep_document(inquiry=submission.inquiry, name=name, data=data, by=by), place)


@transaction.atomic
def keep_contact_details(
    *, submission: Submission, contact: Contact, by: User | Console, seen: str | None = None
) -> ContactDetails:
    """Keeps how to reach the submitters, apart from the evidence.

    ``seen`` is the ``sign`` of the ``contact_of`` that the person had before them.
    """
    require(by, Verb.LOG_EVIDENCE, submission.inquiry)
    _locked(submission)
    kept = ContactDetails.objects.filter(submission=submission).first() or ContactDetails()
    refuse_if_changed(kept, seen, sign(contact_of(submission)))
    known = {"inquiry": submission.inquiry, **asdict(contact)}
    return ContactDetails.objects.update_or_create(submission=submission, defaults=known)[0]


def contact_of(submission: Submission) -> Contact:
    """How to reach the submitters, as it would be entered."""
    kept = ContactDetails.objects.filter(submission=submission).first()
    return Contact(kept.email, kept.phone, kept.address) if kept else Contact()


@transaction.atomic
def accept_submission(*, submission: Submission, by: User | Console) -> Submission:
    """Takes a submission as evidence to the inquiry; members can read it from now on, as its submitters asked."""
    return _step(submission, State.ACCEPTED, "", by)


@transaction.atomic
def return_submission(*, submission: Submission, reason: str, by: User | Console) -> Submission:
    """Sends a submission back to whoever wrote it, with the reason."""
    return _step(submission, State.RETURNED, reason, by)


@transaction.atomic
def receive_again(*, submission: Submission, by: User | Console) -> Submission:
    """Notes that a returned submission has come back, under its reference."""
    return _step(submission, State.RECEIVED, "", by)


@transaction.atomic
def decide_publication(
    *,
    submission: Submission,
    treatment: str,
    by: User | Console,
    decided_on: dt.date | None = None,
    meeting: str = "",
    reason: str = "",
    seen: str | None = None,
) -> PublicationDecision:
    """Records what was decided on publication: who, when, at which meeting and why. A later decision supersedes.

    ``seen`` is the ``sign_of_decisions`` that the person had before them.
    """
    require(by, Verb.DECIDE, submission.inquiry)
    submission = _locked(submission)
    if seen is not None and seen != sign_of_decisions(submission):
        raise ChangedMeanwhile(f"Somebody else decided on {submission.reference} while you were writing.")
    _refuse_what_cannot_be_decided(submission, treatment, reason)
    before = submission.treatment
    when = {"decided_on": decided_on or timezone.localdate(), "decided_by": recorded(by), "meeting": meeting}
    decision = submission.decisions.create(inquiry=submission.inquiry, treatment=treatment, reason=reason, **when)
    decided = {"decision": treatment, "consent_withdrawn": False}
    if submission.state == State.DECIDED:
        change(submission, **decided)
    else:
        _step(submission, State.DECIDED, reason, by, **decided, published_on=None)
    if more_open(before, than=treatment):
        _recall(submission, f"The decision on {submission.reference} changed after this was made.")
    return decision


def _refuse_what_cannot_be_decided(submission: Submission, treatment: str, reason: str) -> None:
    if more_open(treatment, than=submission.requested) and not reason.strip():
        raise Refused(
            f"{submission.reference} was sent in with the wish “{submission.get_requested_display().lower()}”. "
            "Say why it is decided otherwise.",
            about="reason",
        )
    redactions = Redaction.objects.filter(passage__document__submission_file__submission=submission)
    if treatment == Treatment.REDACTED and not redactions.exists():
        raise Refused(
            "Nothing is redacted yet. Open the submission in the reader and redact the words first.", about="treatment"
        )


def sign_of_decisions(submission: Submission) -> str:
    """The sign of what was decided on the submission so far."""
    return sign(list(submission.decisions.values_list("pk", flat=True)))


def _recall(submission: Submission, why: str) -> None:
    """Recalls the exports that hold it: every part that names or quotes it gives its reference, or the list does."""
    submission.inquiry.exports.recall(why, holding=submission.reference)


@transaction.atomic
def clear_names(*, submission: Submission, by: User | Console, because: str = "") -> Submission:
    """Notes that somebody has looked for names in anonymised evidence and found none, or none that must go.

    From then on others read it. Where a submitter's name still stands in the text, ``because`` says why it may.
    """
    require(by, Verb.DECIDE, submission.inquiry)
    submission = _locked(submission)
    if submission.treatment != Treatment.ANONYMISED:
        raise Refused(f"{submission.reference} is not anonymised, so there is nothing to look for.")
    if Document.objects.filter(submission_file__submission=submission).unfinished().exists():
        raise Refused("Its files are still being read. Look for names when they have been.")
    if named_in_text(submission) and not because.strip():
        raise Refused("The name of who submitted it still stands in its text. Redact it, or say why it may stay.")
    return change(submission, cleared_at=timezone.now(), cleared_by=recorded(by), cleared_because=because.strip())


@transaction.atomic
def publish_submission(
    *, submission: Submission, by: User | Console, published_on: dt.date | None = None
) -> Submission:
    """Notes that a submission was published, as decided. A confidential one never is."""
    locked = _locked(submission)
    if locked.decision == Treatment.CONFIDENTIAL:
        raise Refused("It was decided to keep this submission confidential, so it is not published.")
    if locked.waits_for_clearing:
        raise Refused(f"Look for names in {locked.reference} first, and say that none is left: it is anonymised.")
    return _step(submission, State.PUBLISHED, "", by, published_on=published_on or timezone.localdate())


@transaction.atomic
def withdraw_submission(*, submission: Submission, reason: str, by: User | Console) -> Submission:
    """Takes a submission out of the evidence. It keeps its reference; exports that hold its words are recalled."""
    withdrawn = _step(submission, State.WITHDRAWN, reason, by)
    _recall(submission, f"{submission.reference} was withdrawn after this was made.")
    return withdrawn


@transaction.atomic
def record_consent(
    *, of: Submission | Appearance, to: str, wording: str, given_on: dt.date, by: User | Console
) -> Consent:
    """Records what the submitters, or a witness who was heard, agreed to, in which words, and when."""
    require(by, Verb.LOG_EVIDENCE, of.inquiry)
    return Consent.objects.create(
        inquiry=of.inquiry,
        submission=of if isinstance(of, Submission) else None,
        appearance=of if isinstance(of, Appearance) else None,
        to=to,
        wording=wording,
        given_on=given_on,
        recorded_by=recorded(by),
    )


@transaction.atomic
def record_consents(*, of: Submission | Appearance, consents: Sequence[ConsentEntry], by: User | Console) -> None:
    """Records all that the submitters, or a witness, agreed to in the same words."""
    for consent in consents:
        record_consent(of=of, by=by, **asdict(consent))


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: User | Console, withdrawn_on: dt.date | None = None) -> Consent:
    """Records that a consent was taken back.

    Written evidence waits for another decision on publication before it is printed again; words that a witness spoke
    are not printed until they consent again. Exports that hold them are marked, and are for the secretariat alone.
    """
    require(by, Verb.LOG_EVIDENCE, consent.inquiry)
    if consent.withdrawn_on:
        raise Refused("This consent was withdrawn already.")
    why = "A consent was withdrawn after this was made."
    if consent.submission:
        change(_locked(consent.submission), consent_withdrawn=True)
        consent.inquiry.exports.mark(why, holding=consent.submission.reference)
    else:
        consent.inquiry.exports.mark(why, holding=f"appearance-{consent.appearance_id}")
    return change(consent, withdrawn_on=withdrawn_on or timezone.localdate())


def next_states(submission: Submission) -> tuple[State, ...]:
    """What can follow the submission's state."""
    return TRANSITIONS[State(submission.state)]


def _step(submission: Submission, state: State, reason: str, by: User | Console, **details: Any) -> Submission:
    require(by, Verb.DECIDE, submission.inquiry)
    submission = _locked(submission)
    if state not in next_states(submission):
        raise Refused(
            f"{submission.reference} is {submission.get_state_display().lower()}, "
            f"so it cannot become {state.label.lower()} now."
        )
    if state in NEEDS_A_REASON and not reason.strip():
        raise Refused(f"Say why {submission.reference} is {state.label.lower()}.")
    _note_step(submission, state, reason, by)
    return change(submission, state=state, **details)


def _note_step(submission: Submission, state: State, reason: str, by: User | Console) -> None:
    StateChange.objects.create(
        inquiry=submission.inquiry,
        submission=submission,
        state=state,
        reason=reason.strip(),
        taken_by=recorded(by),
    )


def _locked(submission: Submission) -> Submission:
    return locked(submission, "inquiry")
