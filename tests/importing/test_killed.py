"""A worker that is killed in the middle of an import leaves nothing behind, and the import is carried out once."""

import io

import pytest

from accounts.roles import CONSOLE
from evidence.importing.actions import choose_files
from evidence.importing.models import Batch
from evidence.importing.tasks import sweep
from evidence.submissions.models import AllottedReference, Submission
from inquiry.models.jobs import JobState
from tests.builders import an_inquiry
from tests.killing import killed_at_work, long_silent

ROWS = 300


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_has_saved_nothing_and_another_does_it_once():
    listed = "submitter\n" + "".join(f"Example Body {n}\n" for n in range(ROWS))
    batch = choose_files(inquiry=an_inquiry(), files=[("list.csv", io.BytesIO(listed.encode()))], by=CONSOLE)
    # As confirmed, but for the message that would start a worker in this process.
    Batch.objects.filter(pk=batch.pk).update(stage="importing", state=JobState.WAITING, attempts=0)
    rows_are_written = Batch.objects.filter(pk=batch.pk, doing__contains="Row").exists
    killed_at_work("evidence.importing.actions.work_on", batch.pk, rows_are_written)
    assert not Submission.objects.exists()
    assert not AllottedReference.objects.exists()
    long_silent(batch)
    sweep()
    batch.refresh_from_db()
    assert (batch.stage, batch.attempts, Submission.objects.count()) == ("imported", 2, ROWS)
    sweep()
    assert Submission.objects.count() == ROWS
