"""A worker that is killed in the middle of an import leaves nothing behind, and the import is carried out once."""

import datetime as dt
import io
import os
import subprocess
import sys
import time

import pytest
from django.db import connection
from django.utils import timezone

from accounts.roles import CONSOLE
from evidence.importing.actions import choose_files
from evidence.importing.models import Batch
from evidence.importing.tasks import sweep
from evidence.submissions.models import AllottedReference, Submission
from inquiry.models.jobs import JobState
from tests import database
from tests.builders import an_inquiry
from tests.config.conftest import ROOT

ROWS = 300
WORK = "import sys, django; django.setup(); from evidence.importing.actions import work_on; work_on(int(sys.argv[1]))"


def a_worker(pk: int) -> subprocess.Popen[bytes]:
    address = database.address_of(connection.settings_dict["NAME"])
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": address}
    return subprocess.Popen([sys.executable, "-c", WORK, str(pk)], cwd=ROOT, env=surroundings)


def until_rows_are_written(pk: int) -> None:
    for _ in range(600):
        if "Row" in Batch.objects.get(pk=pk).doing:
            return
        time.sleep(0.05)
    raise AssertionError("The worker has not begun.")


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_has_saved_nothing_and_another_does_it_once():
    listed = "submitter\n" + "".join(f"Example Body {n}\n" for n in range(ROWS))
    batch = choose_files(inquiry=an_inquiry(), files=[("list.csv", io.BytesIO(listed.encode()))], by=CONSOLE)
    # As confirmed, but for the message that would start a worker in this process.
    Batch.objects.filter(pk=batch.pk).update(stage="importing", state=JobState.WAITING, attempts=0)
    with a_worker(batch.pk) as worker:
        until_rows_are_written(batch.pk)
        worker.kill()
    assert not Submission.objects.exists()
    assert not AllottedReference.objects.exists()
    Batch.objects.filter(pk=batch.pk).update(seen_at=timezone.now() - dt.timedelta(minutes=10))
    sweep()
    batch.refresh_from_db()
    assert (batch.stage, batch.attempts, Submission.objects.count()) == ("imported", 2, ROWS)
    sweep()
    assert Submission.objects.count() == ROWS
