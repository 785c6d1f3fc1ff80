"""What is done with acknowledgements: they are worded, asked for, and sent; never twice."""

from __future__ import annotations

from django.core import mail
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import CONSOLE, Console, NotAllowed, Verb, recorded, require
from evidence.acknowledgements.models import Acknowledgement, Wording
from evidence.acknowledgements.wording import SUBJECT, TEXT, about, filled, one_line, unknown_places
from evidence.submissions.life import State
from evidence.submissions.models import ContactDetails, Submission
from inquiry.changes import change, enter, refuse_if_changed, sign
from inquiry.dates import say_date
from inquiry.jobs import send_on_commit, sweep, working_on
from inquiry.mailing import NotTaken, hand_over, mail_server
from inquiry.models import Inquiry
from inquiry.models.jobs import JobState

SEND = "evidence.acknowledgements.tasks.send"
UNSURE = (
    "It may have been sent: what became of it at the mail server is not known. "
    "Ask the submitter before you have it sent again."
)
NO_ADDRESS = "There is no e-mail address among the contact details any more. Nothing was sent."


def wording_of(inquiry: Inquiry) -> Wording:
    """What the inquiry's acknowledgements say: its own words, or those that Attest brings along."""
    return Wording.objects.filter(inquiry=inquiry).first() or Wording(inquiry=inquiry, subject=SUBJECT, text=TEXT)


@transaction.atomic
def word_acknowledgements(
    *, inquiry: Inquiry, subject: str, text: str, by: User | Console, seen: str | None = None
) -> Wording:
    """Says what the inquiry's acknowledgements say from now on.

    ``seen`` is the ``sign_of`` what the person had before them.
    """
    require(by, Verb.EDIT_INQUIRY, inquiry)
    if unknown := unknown_places(subject + text):
        raise Refused(f"Nothing is known for {{{unknown[0]}}}.")
    Inquiry.objects.select_for_update(no_key=True).get(pk=inquiry.pk)
    wording = wording_of(inquiry)
    refuse_if_changed(wording, seen, sign_of_wording(wording))
    if wording.pk:
        return change(wording, subject=subject, text=text)
    return enter(Wording, inquiry=inquiry, subject=subject, text=text)


def sign_of_wording(wording: Wording) -> str:
    return sign(wording.subject, wording.text)


def message_to(submission: Submission, wording: Wording) -> tuple[str, str]:
    """The subject and the text for a submission, which goes to its submitters: they are named, as they know."""
    inquiry = submission.inquiry
    names = "; ".join(each.described for each in submission.submitters.select_related("witness", "organisation"))
    said = {
        **about(inquiry),
        "reference": submission.reference,
        "submitter": names or "Sir or Madam",
        "received": say_date(submission.received_on, submission.received_precision)
        or say_date(timezone.localdate(submission.created_at), "day"),
    }
    return one_line(filled(wording.subject, said)), filled(wording.text, said)


def why_not(submission: Submission) -> str:
    """Why a submission cannot be acknowledged now, or nothing. Ask with its contact details and acknowledgement."""
    reference = submission.reference
    kept = getattr(submission, "acknowledgement", None)
    if kept and kept.sent_at:
        return f"{reference} was acknowledged on {timezone.localtime(kept.sent_at):%-d %B %Y}."
    if kept and kept.is_unsure:
        return f"The acknowledgement of {reference} may have been sent. Settle that on its page."
    if kept and not kept.is_over:
        return f"The acknowledgement of {reference} is on its way."
    if submission.state in (State.WITHDRAWN, State.RETURNED):
        return f"{reference} is {submission.get_state_display().lower()}."
    contact = getattr(submission, "contact", None)
    if not (contact and contact.email):
        return f"{reference} has no e-mail address among its contact details."
    return ""


@transaction.atomic
def acknowledge(*, submission: Submission, by: User | Console) -> Acknowledgement:
    """Has a submission acknowledged, at the e-mail address among its contact details. A second time is refused."""
    require(by, Verb.LOG_EVIDENCE, submission.inquiry)
    # Two clerks at once: the second waits here, and is then told.
    submission = (
        Submission.objects.select_for_update(of=("self",), no_key=True).select_related("inquiry").get(pk=submission.pk)
    )
    if why := why_not(submission):
        raise Refused(why)
    kept = Acknowledgement.objects.filter(submission=submission).first()
    if kept is None:
        kept = Acknowledgement.objects.create(inquiry=submission.inquiry, submission=submission, asked_by=recorded(by))
    else:
        _afresh(kept, by)
    send_on_commit(SEND, kept.pk)
    return kept


def _afresh(kept: Acknowledgement, by: User | Console) -> None:
    asked = {"asked_by": recorded(by), "asked_at": timezone.now(), "handed_over_at": None}
    Acknowledgement.objects.filter(pk=kept.pk).update(state=JobState.WAITING, error="", attempts=0, **asked)


@transaction.atomic
def settle(*, acknowledgement: Acknowledgement, arrived: bool, by: User | Console) -> None:
    """Says of an acknowledgement that may have been sent whether it arrived; if it did not, it is sent again."""
    require(by, Verb.LOG_EVIDENCE, acknowledgement.inquiry)
    kept = Acknowledgement.objects.select_for_update(of=("self",)).get(pk=acknowledgement.pk)
    if not kept.is_unsure:
        raise Refused("There is nothing to settle: it is known what became of this acknowledgement.")
    if arrived:
        Acknowledgement.objects.filter(pk=kept.pk).update(
            state=JobState.DONE, error="", sent_at=kept.handed_over_at, progress=100
        )
    else:
        _afresh(kept, by)
        send_on_commit(SEND, kept.pk)


def send(pk: int) -> None:
    """Sends an acknowledgement that was asked for. Once: it is noted before the mail server is given it."""
    jobs = Acknowledgement.objects.all()
    if not jobs.claim(pk):
        return
    kept = Acknowledgement.objects.select_related("inquiry", "asked_by", "submission__inquiry").get(pk=pk)
    with working_on(jobs, pk, Refused, NotAllowed):
        require(kept.asked_by or CONSOLE, Verb.LOG_EVIDENCE, kept.inquiry)
        _send(kept)


def _send(kept: Acknowledgement) -> None:
    contact = ContactDetails.objects.filter(submission=kept.submission).first()
    if not (contact and contact.email):
        raise Refused(NO_ADDRESS)
    subject, text = message_to(kept.submission, wording_of(kept.inquiry))
    message = mail.EmailMessage(subject, text, to=[contact.email])
    with mail_server(message):
        _hand_over(kept, message)


def _hand_over(kept: Acknowledgement, message: mail.EmailMessage) -> None:
    mine = Acknowledgement.objects.filter(pk=kept.pk, attempts=kept.attempts)
    if not mine.filter(handed_over_at=None, state=JobState.RUNNING).update(handed_over_at=timezone.now()):
        # Another worker took it up, because this one was silent for too long.
        return
    try:
        hand_over(message, unsure=UNSURE, called=f"acknowledgement {kept.pk}")
    except NotTaken:
        mine.update(handed_over_at=None)
        raise
    now = timezone.now()
    mine.update(state=JobState.DONE, error="", progress=100, sent_at=now, finished_at=now)


def pick_up() -> None:
    """Sends again what nobody works on, unless it may be on its way: then it says so, and waits for a person."""
    waiting = Acknowledgement.objects.filter(handed_over_at=None)
    sweep(waiting, SEND)
    for each in Acknowledgement.objects.dropped().exclude(handed_over_at=None).only("pk"):
        Acknowledgement.objects.fail(each.pk, UNSURE)
