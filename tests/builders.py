"""Fictional records for tests, made by the product's own actions."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from typing import Any

from accounts.actions import add_person, invite, set_password
from accounts.models import Invitation, User
from accounts.roles import CONSOLE, Role
from evidence.documents.actions import read_document
from evidence.documents.models import Document, Passage
from evidence.hearing.actions import bring_in
from evidence.importing.actions import choose_files, import_batch, work_on
from evidence.importing.models import Batch
from evidence.quotes.actions import record_quote, take_quote
from evidence.quotes.models import Quote
from evidence.sessions.actions import AppearanceEntry, PanelEntry, log_session
from evidence.submissions.actions import (
    SubmitterEntry,
    accept_submission,
    clear_names,
    decide_publication,
    publish_submission,
    receive_submission,
)
from evidence.submissions.life import State, Treatment
from evidence.submissions.models import Submission
from evidence.transcripts.actions import Settled
from evidence.transcripts.models import Transcript
from evidence.transcripts.reading.reader import read_transcript
from evidence.transcripts.seating import voices_of
from inquiry.actions import ThemeEntry, add_framework, create_inquiry, name_addressee, write_recommendation
from inquiry.models import Inquiry, Recommendation, Session, Theme
from report.readiness.actions import accept_warnings
from report.readiness.findings import Asked
from report.readiness.models import Acceptance
from report.readiness.table import BY_CODE

PASSWORD = "a long and fictional phrase"
_serial = itertools.count(1)
LETTER = "1. Our street has a hall and nobody has the key.\n\n2. We asked for a youth worker for six years.\n"


def an_inquiry(code: str = "", **details: Any) -> Inquiry:
    n = next(_serial)
    code = code or "T" + "".join(chr(65 + (n // 26**i) % 26) for i in range(3))
    details = {"title": "Inquiry into example things", "body": "Example Group (fictional)", "style": "appg"} | details
    return create_inquiry(code=code, by=CONSOLE, **details)


def a_person(inquiry: Inquiry, role: str = Role.CLERK, name: str = "Example Person") -> User:
    email = f"{role}-{next(_serial)}@example.org"
    return add_person(inquiry=inquiry, email=email, name=name, role=Role(role), by=CONSOLE).user


def with_a_password(person: User) -> User:
    set_password(person=person, password=PASSWORD, by=CONSOLE)
    return person


def an_invitation(inquiry: Inquiry, email: str = "", name: str = "Ina Vited", role: str = Role.MEMBER) -> Invitation:
    email = email or f"invited-{next(_serial)}@example.org"
    return invite(inquiry=inquiry, email=email, name=name, role=Role(role), by=CONSOLE)[0]


def a_session(
    inquiry: Inquiry, *, number: int | None = 1, witnesses: tuple[tuple[str, str], ...] = (), **details: Any
) -> Session:
    """A session with one panel; ``witnesses`` are (name, organisation)."""
    entries = [AppearanceEntry(name=name, organisation=body) for name, body in witnesses]
    details = {"title": f"Example session {number or ''}".strip(), "number": number} | details
    return log_session(inquiry=inquiry, panels=[PanelEntry(appearances=entries)], by=CONSOLE, **details)


def a_submission(
    inquiry: Inquiry,
    *,
    submitter: str = "Example Residents Association",
    person: str = "",
    text: str | None = LETTER,
    state: str = State.ACCEPTED,
    treatment: str = "",
    **details: Any,
) -> Submission:
    """A submission brought to ``state``, its text (made unlike any other) read into passages; cleared of names."""
    details = {"received_on": dt.date(2023, 3, 1)} | details
    files = [] if text is None else [(f"letter-{next(_serial)}.txt", f"{text}\n\nLetter {next(_serial)}.\n".encode())]
    submission = receive_submission(
        inquiry=inquiry,
        submitters=[SubmitterEntry(person=person, organisation=submitter)] if submitter or person else [],
        files=files,
        by=CONSOLE,
        **details,
    )
    for document in Document.objects.filter(submission_file__submission=submission):
        read_document(document.pk)
    if state != State.RECEIVED:
        submission = accept_submission(submission=submission, by=CONSOLE)
    if state in (State.DECIDED, State.PUBLISHED):
        decide_publication(submission=submission, treatment=treatment or "full", by=CONSOLE)
    submission.refresh_from_db()
    if submission.treatment == Treatment.ANONYMISED:
        clear_names(submission=submission, because="An example.", by=CONSOLE)
    if state == State.PUBLISHED:
        submission = publish_submission(submission=submission, by=CONSOLE)
    return Submission.objects.select_related("inquiry").get(pk=submission.pk)


PETITION = "We ask the inquiry to see that the hall in our street is opened again, and its key kept by residents."
SPOKEN = (
    "question,speaker,text\n"
    "Q1,Chair,What would help?\n"
    ",Ann Example,A hall would help. Nobody has the key.\n"
    ",Bob Example,And a youth worker 🌍 who stays.\n"
    "Q2,Chair,Who decides?\n"
    ",Ann Example,We were never asked.\n"
)
HEARD = (("Ann Example", "Example Trust"), ("Bob Example", "Example Council"))


def a_transcript(session: Session, spoken: str = SPOKEN, *, corrected: bool = False) -> Transcript:
    """A transcript taken in; ``spoken`` is a table of question, speaker and text. Whoever is no witness is a member."""
    data = spoken.encode()
    reading = read_transcript(data)
    voices = [voice for voice in voices_of(session, reading) if not (voice.witness or voice.name)]
    settled = [Settled(voice.printed, voice.panel, name=f"{voice.printed} (fictional)") for voice in voices]
    name = f"transcript-{next(_serial)}.csv"
    choice = {"corrected": corrected, "settled": settled, "by": CONSOLE}
    return bring_in(session=session, name=name, data=data, reading=reading, **choice).transcript


def turns(transcript: Transcript) -> list[Passage]:
    return list(Passage.objects.filter(document=transcript.document_id).order_by("position"))


def a_heard_quote(transcript: Transcript, turn: int = 1, words: str = "") -> Quote:
    """Words of a turn, or all of it, taken from where they stand."""
    place = turns(transcript)[turn]
    words = words or place.received_text
    start = place.received_text.index(words)
    return take_quote(first_passage=place, start=start, last_passage=place, end=start + len(words), by=CONSOLE)


def an_import(inquiry: Inquiry, *, imported: bool = False) -> Batch:
    """A list of which it is shown what would become of it; or a letter that was imported."""
    n = next(_serial)
    name, data = f"list-{n}.csv", f"Submitter,Telephone\nExample Body {n} (fictional),01234\n"
    if imported:
        name, data = f"{inquiry.code}{900 + n}.txt", f"1. Imported letter {n}.\n"
    batch = choose_files(inquiry=inquiry, files=[(name, io.BytesIO(data.encode()))], by=CONSOLE)
    work_on(batch.pk)
    if imported:
        batch.refresh_from_db()
        import_batch(batch=batch, by=CONSOLE)
        work_on(batch.pk)
    return Batch.objects.get(pk=batch.pk)


def passages(submission: Submission) -> list[Passage]:
    return list(Passage.objects.filter(document__submission_file__submission=submission).order_by("position"))


def a_written_quote(submission: Submission, *, passage: int = 0, start: int = 0, end: int | None = None) -> Quote:
    place = passages(submission)[passage]
    end = len(place.received_text) if end is None else end
    return take_quote(first_passage=place, start=start, last_passage=place, end=end, by=CONSOLE)


def a_spoken_quote(session: Session, text: str = "We know our street.", against: str = "a published report") -> Quote:
    appearance = session.panels.get().appearances.all()[0]
    return record_quote(appearance=appearance, text=text, checked_against=against, by=CONSOLE)


def missions(inquiry: Inquiry, count: int = 3) -> list[Theme]:
    """A framework of one objective with ``count`` missions."""
    entries = [ThemeEntry(str(n), f"Example mission {n}", aim=f"Aim of mission {n}.") for n in range(1, count + 1)]
    framework = add_framework(
        inquiry=inquiry,
        name=f"Example framework {next(_serial)}",
        levels=["Objective", "Mission"],
        themes=[ThemeEntry("A", "Example objective", themes=entries)],
        by=CONSOLE,
    )
    return list(framework.themes.filter(depth=1))


def a_recommendation(inquiry: Inquiry, title: str = "Open the hall", **details: Any) -> Recommendation:
    addressee = inquiry.addressees.first() or name_addressee(
        inquiry=inquiry, number=1, name="Example government", by=CONSOLE
    )
    return write_recommendation(addressee=addressee, title=title, by=CONSOLE, **details)


def an_acceptance(inquiry: Inquiry) -> Acceptance:
    """Of the first recommendation that is a draft."""
    asked = Asked(CONSOLE, inquiry)
    draft = BY_CODE["drafts"].find(asked)[0]
    (accepted,) = accept_warnings(
        inquiry=inquiry, code="drafts", findings={draft.key: draft.sign}, reason="It is agreed tomorrow.", by=CONSOLE
    )
    return accepted
