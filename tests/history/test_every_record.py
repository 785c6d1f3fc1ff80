"""Every kind of record leaves a history: entering, changing and removing one each leave a trace, or are refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import CONSOLE
from evidence.documents.models import Passage
from evidence.submissions.actions import decide_publication
from inquiry.models import Inquiry
from inquiry.models.records import Record
from tests.builders import a_submission, an_inquiry
from tests.inquiry.test_apart import all_of_it

pytestmark = pytest.mark.django_db

RECORDS: list[Any] = [m for m in apps.get_models() if issubclass(m, Record)] + [Inquiry, Membership]
# Written by the hundred thousand; what entered them is the history of their document.
ENTERED_IN_BULK = {Passage}


def events_of(model: Any) -> Any:
    return model._meta.get_field("events").related_model._base_manager


def traces(model: Any, pk: int, label: str) -> int:
    return events_of(model).filter(pgh_obj_id=pk, pgh_label=label).count()


@pytest.fixture
def everything() -> Inquiry:
    return all_of_it()


def test_entering_changing_and_removing_a_record_leave_a_trace_or_are_refused(everything: Inquiry) -> None:
    for model in RECORDS:
        row = model._base_manager.filter(**{"pk" if model is Inquiry else "inquiry": everything.pk}).latest("pk")
        assert (traces(model, row.pk, "insert") == 1) != (model in ENTERED_IN_BULK), model
        for label, write in (("update", change), ("delete", remove)):
            before = traces(model, row.pk, label)
            with transaction.atomic():
                refusal = refused(write, row)
                left = traces(model, row.pk, label) - before
                transaction.set_rollback(True)
            assert (left, "pgtrigger: Cannot" in refusal) in ((1, False), (0, True)), (model, label, refusal)


def refused(write: Callable[[Any], None], row: Any) -> str:
    """What the database says against it; nothing, where it does it."""
    try:
        with transaction.atomic():
            write(row)
    except DatabaseError as error:
        return str(error)
    return ""


def change(row: Any) -> None:
    """Round the ORM, as a script or a hand at the database would."""
    when = next(f.column for f in row._meta.concrete_fields if f.name in ("created_at", "since"))
    with connection.cursor() as sql:
        sql.execute(f'UPDATE {row._meta.db_table} SET "{when}" = %s WHERE id = %s', [timezone.now(), row.pk])


def remove(row: Any) -> None:
    """Round the ORM; what points at the row is looked at when the transaction ends, and it is rolled back here."""
    with connection.cursor() as sql:
        sql.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])


def test_what_goes_with_a_submission_leaves_its_trace_too() -> None:
    submission = a_submission(an_inquiry(), text=None)
    decision = decide_publication(submission=submission, treatment="full", reason="Agreed.", by=CONSOLE)
    steps = list(submission.steps.values_list("pk", flat=True))
    submission.delete()
    assert traces(type(decision), decision.pk, "delete") == 1
    changes = apps.get_model("submissions", "StateChange")
    assert [traces(changes, pk, "delete") for pk in steps] == [1] * len(steps)
