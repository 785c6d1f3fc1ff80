"""Every kind of record leaves a history: entering, changing and removing one each leave a trace, or are refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Membership
from accounts.roles import CONSOLE, Role
from evidence.campaigns.models import Likeness
from evidence.documents.models import Passage
from evidence.history.changes import KINDS
from evidence.submissions.actions import Contact, decide_publication, keep_contact_details
from inquiry.actions import add_principle, cite_work
from inquiry.models import Inquiry
from inquiry.models.records import Record
from tests.builders import a_person, a_recommendation, a_submission, an_inquiry, missions
from tests.inquiry.test_apart import all_of_it

pytestmark = pytest.mark.django_db

# Derived from the words of submissions, and made again from them.
DERIVED = {Likeness}
RECORDS: list[Any] = [m for m in apps.get_models() if issubclass(m, Record) and m not in DERIVED]
RECORDS += [Inquiry, Membership, Invitation]
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
    when = next(f.column for f in row._meta.concrete_fields if f.name in ("created_at", "since", "invited_at"))
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


# The words of the first never change, and their document tells of them, as its submission does of a reference. What
# somebody keeps for themselves is nobody else's to read.
TOLD_BY_ANOTHER = {"documents.Passage", "submissions.AllottedReference", "lists.SavedList"}


def test_every_kind_of_record_has_a_history_page(client: Client, everything: Inquiry) -> None:
    client.force_login(a_person(everything))
    assert {name for name, _ in KINDS.values()} == {model._meta.label for model in RECORDS} - TOLD_BY_ANOTHER
    for kind, (name, called) in KINDS.items():
        model: Any = apps.get_model(name)
        told = model.told_in_history() if hasattr(model, "told_in_history") else Q()
        row = model._base_manager.filter(told, **{"pk" if model is Inquiry else "inquiry": everything.pk}).latest("pk")
        answer = client.get(reverse("history:record", args=[everything.code, kind, row.pk]))
        assert answer.status_code == 200, kind
        assert f"History of a {called}".lower() in answer.content.decode().lower()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
def test_contact_details_and_consents_are_told_to_the_secretariat_alone(
    client: Client, everything: Inquiry, role: Role
) -> None:
    client.force_login(a_person(everything, role))
    for kind in KINDS:
        model: Any = apps.get_model(KINDS[kind][0])
        row = model._base_manager.latest("pk")
        assert client.get(reverse("history:record", args=[everything.code, kind, row.pk])).status_code == 403


def test_the_latest_changes_are_those_of_every_kind(client: Client) -> None:
    inquiry = an_inquiry()
    principle = add_principle(inquiry=inquiry, title="Neighbourhoods lead", by=CONSOLE)
    submission = a_submission(inquiry, text=None)
    keep_contact_details(submission=submission, contact=Contact(phone="01234"), by=CONSOLE)
    pk = principle.pk
    principle.delete()
    client.force_login(a_person(inquiry))
    shown = client.get(reverse("history:newest", args=[inquiry.code])).content.decode()
    for told in ("Inquiry", "Principle", "Submitter", "Step of a submission", "Contact details", "Role of a person"):
        assert f">{told} " in shown, told
    assert f"Principle {pk}</a> removed" in shown
    assert "01234" not in shown


def test_the_history_of_a_record_is_reached_from_its_page(client: Client) -> None:
    inquiry = an_inquiry()
    submission = a_submission(inquiry, text=None)
    contact = keep_contact_details(submission=submission, contact=Contact(phone="01234"), by=CONSOLE)
    recommendation, theme = a_recommendation(inquiry), missions(inquiry)[0]
    work = cite_work(inquiry=inquiry, key="Key", author="Example", year="2022", by=CONSOLE)
    pages = (
        ("submissions:detail", submission.number, "submission", submission.pk),
        ("submissions:detail", submission.number, "contact", contact.pk),
        ("review:recommendation", recommendation.pk, "recommendation", recommendation.pk),
        ("review:theme", theme.pk, "theme", theme.pk),
        ("review:addressee_edit", recommendation.addressee_id, "addressee", recommendation.addressee_id),
        ("inquiry:reference_edit", work.pk, "reference", work.pk),
    )
    clerk, adviser = a_person(inquiry), a_person(inquiry, Role.ADVISER)
    for page, key, kind, pk in pages:
        link = reverse("history:record", args=[inquiry.code, kind, pk])
        client.force_login(clerk)
        assert link in client.get(reverse(page, args=[inquiry.code, key])).content.decode(), page
        client.force_login(adviser)
        assert link not in client.get(reverse(page, args=[inquiry.code, key])).content.decode(), page
