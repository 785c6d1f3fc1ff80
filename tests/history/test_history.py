"""Every change has a who, a when and a before, and only the secretariat reads them."""

from __future__ import annotations

import pghistory
import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.urls import reverse
from pghistory.models import Context

from accounts.roles import CONSOLE, Role
from evidence.quotes.actions import edit_quote
from evidence.quotes.models import Quote
from evidence.submissions.models import Submission
from tests.builders import a_person, a_session, a_submission, a_written_quote, an_inquiry
from tests.editing import edit

pytestmark = pytest.mark.django_db


def text(client, name, *args) -> str:
    return client.get(reverse(f"history:{name}", args=args)).content.decode()


def test_a_change_is_told_with_who_and_what_it_was_before(client):
    inquiry = an_inquiry()
    quote = a_written_quote(a_submission(inquiry))
    clerk = a_person(inquiry, name="Clara Clerk (fictional)")
    client.force_login(clerk)
    typed = {"text": "Our street has […] the key."}
    edit(client, reverse("review:quote_edit", args=[inquiry.code, quote.pk]), typed)
    page = text(client, "record", inquiry.code, "quote", quote.pk)
    assert "Changed by Clara Clerk (fictional)" in page
    assert f"<del>{quote.text}</del> <ins>Our street has […] the key.</ins>" in page
    assert "<del>Verbatim</del> <ins>Edited</ins>" in page
    assert "Entered by Command line" in page


def test_a_bulk_update_round_the_orm_is_told_too(client):
    inquiry = an_inquiry()
    submission = a_submission(inquiry)
    Submission.objects.filter(pk=submission.pk).update(title="Changed in bulk")
    client.force_login(a_person(inquiry))
    assert "Changed in bulk" in text(client, "record", inquiry.code, "submission", submission.pk)


def test_a_record_that_was_removed_keeps_its_history(client):
    inquiry = an_inquiry()
    session = a_session(inquiry, title="A session entered by mistake")
    pk = session.pk
    session.delete()
    client.force_login(a_person(inquiry))
    page = text(client, "record", inquiry.code, "session", pk)
    assert "Removed by Command line" in page
    assert "A session entered by mistake" in page


def test_history_can_only_be_added_to():
    inquiry = an_inquiry()
    quote = a_written_quote(a_submission(inquiry))
    events = Quote._meta.get_field("events").related_model._base_manager.filter(pgh_obj_id=quote.pk)
    for wrong in (lambda: events.update(text="forged"), lambda: events.delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            wrong()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
def test_history_is_for_the_secretariat(client, role):
    inquiry = an_inquiry()
    session = a_session(inquiry)
    client.force_login(a_person(inquiry, role))
    for address in (
        reverse("history:newest", args=[inquiry.code]),
        reverse("history:record", args=[inquiry.code, "session", session.pk]),
    ):
        assert client.get(address).status_code == 403


def test_no_history_of_another_inquiry(client):
    other = an_inquiry()
    session = a_session(other, title="MARKER")
    inquiry = an_inquiry()
    client.force_login(a_person(inquiry))
    assert client.get(reverse("history:record", args=[inquiry.code, "session", session.pk])).status_code == 404
    assert client.get(reverse("history:record", args=[inquiry.code, "user", 1])).status_code == 404
    assert "MARKER" not in text(client, "newest", inquiry.code)


def test_an_inquiry_begins_with_its_own_history(client):
    inquiry = an_inquiry()
    client.force_login(a_person(inquiry))
    assert f"Inquiry {inquiry.pk}</a> entered" in text(client, "newest", inquiry.code)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_one_change_as_for_three(client, rows, django_assert_num_queries):
    inquiry = an_inquiry()
    submission = a_submission(inquiry)
    quote = a_written_quote(submission)
    for n in range(rows):
        edit_quote(quote=quote, text=f"Edited {n}", by=CONSOLE)
    client.force_login(a_person(inquiry))
    with django_assert_num_queries(10):
        text(client, "record", inquiry.code, "quote", quote.pk)
    with django_assert_num_queries(6):
        text(client, "newest", inquiry.code)


def at_work_on(trace: str) -> None:
    with connection.cursor() as sql:
        sql.execute("SELECT set_config('pghistory.context_id', %s, true)", [trace])


def test_who_made_a_change_is_not_rewritten(client):
    inquiry = an_inquiry()
    clerk, other = a_person(inquiry), a_person(inquiry)
    client.force_login(clerk)
    client.post(reverse("submissions:accept", args=[inquiry.code, a_submission(inquiry, state="received").number]))
    traces = Context.objects.filter(metadata__user=clerk.pk)
    forged = {"user": other.pk}
    at_work_on("")
    for wrong in (lambda: traces.update(metadata=forged), lambda: traces.update(metadata={}), lambda: traces.delete()):
        with pytest.raises(DatabaseError, match=r"not rewritten|Cannot delete"), transaction.atomic():
            wrong()
    at_work_on(str(traces.get().pk))
    traces.update(metadata=forged)
    assert traces.get().metadata["user"] == clerk.pk


def test_a_request_says_on_the_way_who_is_at_work():
    inquiry, submission = an_inquiry(), None
    with pghistory.context(user=None, url="/sign-in/"):
        submission = a_submission(inquiry)
        pghistory.context(user=7)
        Submission.objects.filter(pk=submission.pk).update(title="Changed")
        pghistory.context(user=None)
        Submission.objects.filter(pk=submission.pk).update(title="Changed again")
    assert Context.objects.get().metadata == {"user": 7, "url": "/sign-in/"}
