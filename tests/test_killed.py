"""A worker that is killed in the middle of any job has saved nothing by half; another takes it up, and does it once.

The job of an import has a test of its own, beside its others.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.roles import CONSOLE
from evidence.acknowledgements.actions import acknowledge
from evidence.acknowledgements.models import Acknowledgement
from evidence.acknowledgements.tasks import sweep as sweep_acknowledgements
from evidence.campaigns.actions import LOCK
from evidence.campaigns.models import Likeness
from evidence.campaigns.tasks import sweep as sweep_comparisons
from evidence.documents.actions import keep_document
from evidence.documents.models import Passage
from evidence.documents.tasks import sweep as sweep_documents
from evidence.submissions.actions import Contact, keep_contact_details
from evidence.transcripts.actions import draft_transcript
from evidence.transcripts.tasks import sweep as sweep_drafts
from inquiry.models.jobs import JobState
from report.actions import ask_for_export
from report.tasks import sweep as sweep_exports
from tests import builders
from tests.killing import killed_at_work, long_silent, message_lost

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 5_000


def seen_at_work(job: Any) -> Callable[[], bool]:
    return type(job).objects.filter(pk=job.pk, state=JobState.RUNNING).exists


def done_once_in_the_end(job: Any, sweep: Callable[[], None], made: Callable[[], int], wanted: int) -> None:
    """A sweep that comes by has it done, and the next one leaves it be."""
    assert made() == 0
    long_silent(job)
    for _ in range(2):
        sweep()
        job.refresh_from_db()
        assert (job.state, job.attempts, made()) == (JobState.DONE, 2, wanted)


def test_the_reading_of_a_document() -> None:
    text = "\n\n".join(f"{n}. Example paragraph {n} of many." for n in range(1, MANY + 1))
    with message_lost():
        document = keep_document(inquiry=builders.an_inquiry(), name="long.txt", data=text.encode(), by=CONSOLE)
    killed_at_work("evidence.documents.actions.read_document", document.pk, seen_at_work(document))
    done_once_in_the_end(document, sweep_documents, Passage.objects.filter(document=document).count, MANY)


def test_the_reading_of_a_transcript() -> None:
    table = "question,speaker,text\n" + "".join(f"Q{n},Chair,Example question {n}?\n" for n in range(1, MANY + 1))
    session = builders.a_session(builders.an_inquiry())
    with message_lost():
        draft = draft_transcript(session=session, name="long.csv", data=table.encode(), corrected=False, by=CONSOLE)
    killed_at_work("evidence.transcripts.actions.read_draft", draft.pk, seen_at_work(draft))

    def turns() -> int:
        draft.refresh_from_db()
        return len(draft.reading.get("passages", ()))

    done_once_in_the_end(draft, sweep_drafts, turns, MANY)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_making_of_an_export(kind: str) -> None:
    inquiry = builders.an_inquiry()
    builders.a_written_quote(builders.a_submission(inquiry, state="published"))
    with message_lost():
        export = ask_for_export(inquiry=inquiry, format=kind, by=CONSOLE)
    killed_at_work("report.actions.make_export", export.pk, seen_at_work(export))

    def files() -> int:
        export.refresh_from_db()
        return int(bool(export.file) and export.file.storage.exists(export.file.name))

    done_once_in_the_end(export, sweep_exports, files, 1)


def test_the_comparing_of_a_submission() -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry, text=builders.PETITION)
    Likeness.objects.all().delete()

    def waits() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            return bool(cursor.fetchone()[0])

    with transaction.atomic(), connection.cursor() as cursor:
        # It has read the words, and comes no further while somebody else compares.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, inquiry.pk])
        killed_at_work("evidence.campaigns.actions.compare_with_others", submission.pk, waits)
    assert not Likeness.objects.exists()
    for _ in range(2):
        sweep_comparisons()
        assert Likeness.objects.filter(submission=submission).count() == 1


@pytest.fixture
def silent_mail_server() -> Iterator[int]:
    """A port at which somebody takes calls, and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_the_sending_of_an_acknowledgement(silent_mail_server: int, mailoutbox: list[Any]) -> None:
    submission = builders.a_submission(builders.an_inquiry())
    keep_contact_details(submission=submission, contact=Contact(email="ann@example.org"), by=CONSOLE)
    with message_lost():
        kept = acknowledge(submission=submission, by=CONSOLE)
    killed_at_work("evidence.acknowledgements.actions.send", kept.pk, seen_at_work(kept), mail_port=silent_mail_server)
    # Nothing had been handed over to the mail server, so it is sent by whoever takes it up.
    done_once_in_the_end(kept, sweep_acknowledgements, lambda: len(mailoutbox), 1)
    assert Acknowledgement.objects.count() == 1
