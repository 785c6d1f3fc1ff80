"""Statements that are put together once give what the query would, to whoever sends them."""

from __future__ import annotations

import gc
import weakref
from threading import Thread
from typing import Any

import pytest
from django.db import connections
from django.db.models import F

from accounts.models import Membership
from accounts.roles import Role
from accounts.statements import among, kept_for, number_given, records_kept_for, records_of
from evidence.submissions.models import Submission
from inquiry.models import Inquiry
from tests.builders import a_person, a_submission, an_inquiry

pytestmark = pytest.mark.django_db


def submissions() -> Any:
    rows = Submission.objects.filter(among("keys"), inquiry=number_given("inquiry"))
    return rows.annotate(said=F("title")).select_related("inquiry").defer("title").order_by("number")


def test_records_are_those_of_the_query_with_what_is_beside_them(django_assert_num_queries: Any) -> None:
    inquiry = an_inquiry()
    made = [a_submission(inquiry, title=f"Title {n}") for n in range(3)]
    kept = records_of(submissions())
    with django_assert_num_queries(2):
        found = kept.found(keys=[each.pk for each in made[1:]], inquiry=inquiry.pk)
        assert found == made[1:]
        assert [(each.said, each.reference, each.inquiry.title) for each in found] == [
            (each.title, each.reference, inquiry.title) for each in made[1:]
        ]
        assert [each.get_deferred_fields() for each in found] == [{"title"}] * 2
        assert kept.found(keys=[made[0].pk], inquiry=inquiry.pk + 1) == []


def test_a_name_that_is_not_given_is_missed_at_once() -> None:
    with pytest.raises(KeyError, match="inquiry"):
        records_of(submissions()).found(keys=[1])


def test_what_can_find_nothing_is_not_asked(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert records_of(Submission.objects.none()).found() == []


def test_whoever_has_another_role_has_other_statements() -> None:
    inquiry = an_inquiry()
    a_submission(inquiry, requested="confidential")
    person = a_person(inquiry, Role.CLERK)

    def seen() -> list[Any]:
        reader = person.__class__.objects.get(pk=person.pk)
        return records_kept_for(reader, "a test", lambda: Submission.objects.visible_to(reader))

    assert len(seen()) == 1
    Membership.objects.filter(user=person).update(role=Role.MEMBER)
    assert seen() == []
    Membership.objects.filter(user=person).delete()
    assert seen() == []


def test_a_thread_that_put_a_statement_together_leaves_no_connection_behind() -> None:
    """The web server ends threads that have nothing to do, and what is kept stays."""
    wrappers: list[Any] = []

    def put_together() -> None:
        kept_for(None, "a test in a thread", lambda: records_of(Inquiry.objects.filter(pk=number_given("key"))))
        wrappers.append(weakref.ref(connections["default"]))

    thread = Thread(target=put_together)
    thread.start()
    thread.join()
    gc.collect()
    assert [wrapper() for wrapper in wrappers] == [None]
    inquiry = an_inquiry()
    assert kept_for(None, "a test in a thread", lambda: None).found(key=inquiry.pk) == [inquiry]
