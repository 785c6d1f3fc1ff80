"""Asking who is at work raises no error where nobody is: each would be paid for by all that is still to be checked."""

from __future__ import annotations

import pghistory
import pytest
from django.db import connection, transaction

from evidence.witnesses.models import Organisation
from tests.builders import an_inquiry

pytestmark = pytest.mark.django_db


def traced() -> list[bool]:
    """Whether each organisation, as it was entered, is known to be somebody's doing."""
    events = Organisation._meta.get_field("events").related_model.objects.order_by("pk")
    return [event.pgh_context_id is not None for event in events]


def test_neither_of_the_two_questions_that_each_row_asks_is_answered_by_an_error():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('pgtrigger.ignore'), prosrc FROM pg_proc WHERE proname = %s",
            ["_pgh_attach_context"],
        )
        ((ignored, source),) = cursor.fetchall()
    assert ignored == "{}"
    assert "EXCEPTION" not in source


def test_a_change_is_traced_to_whoever_is_at_work_and_to_nobody_afterwards():
    inquiry = an_inquiry()
    Organisation.objects.create(inquiry=inquiry, name="Before")
    with transaction.atomic(), pghistory.context(user=None, url="/example"):
        Organisation.objects.create(inquiry=inquiry, name="During")
    with connection.cursor() as cursor:
        # As a connection is left by a transaction in which somebody was.
        cursor.execute(
            "SELECT set_config('pghistory.context_id', '', false), set_config('pghistory.context_metadata', '', false)"
        )
    Organisation.objects.create(inquiry=inquiry, name="After")
    assert traced() == [False, True, False]


def test_what_is_learnt_of_a_request_on_the_way_is_added_to_its_trace():
    inquiry = an_inquiry()
    with pghistory.context(url="/example") as tracker:
        Organisation.objects.create(inquiry=inquiry, name="One")
        with pghistory.context(user=7):
            Organisation.objects.create(inquiry=inquiry, name="Two")
        with connection.cursor() as cursor:
            cursor.execute("SELECT metadata FROM pghistory_context WHERE id = %s", [tracker.id])
            assert cursor.fetchone() == ('{"url": "/example", "user": 7}',)
