"""Exports: asked for, made by the worker, taken away, recalled."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.roles import CONSOLE, Role
from evidence.documents.actions import redact
from evidence.sessions.actions import change_session, entries_of, put_under_the_rule
from evidence.submissions.actions import withdraw_submission
from evidence.submissions.models import Submission
from inquiry.jobs import ATTEMPTS
from inquiry.models import Rule, Session
from report import tasks
from report.actions import ask_for_export, make_export
from report.models import Export, ExportDownload, Format, Snapshot
from tests.builders import a_person, a_session, a_spoken_quote, a_submission, a_written_quote, an_inquiry, passages

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry():
    return an_inquiry()


def page(name: str, *args: object) -> str:
    return reverse(f"report:{name}", args=args)


@pytest.mark.parametrize("format", Format.values)
def test_a_clerk_asks_for_a_file_and_takes_it_away(client, inquiry, format):
    a_written_quote(a_submission(inquiry, text="Our hall is shut.", state="published"))
    client.force_login(a_person(inquiry))
    asked = client.post(page("export", inquiry.code), {"format": format})
    export = Export.objects.get()
    assert asked.url == page("detail", inquiry.code, export.pk)
    assert "Waiting for the worker" in client.get(asked.url).content.decode()
    tasks.make_export(export.pk)
    assert page("download", inquiry.code, export.pk) in client.get(asked.url).content.decode()
    answer = client.get(page("download", inquiry.code, export.pk))
    content = b"".join(answer.streaming_content)
    export.refresh_from_db()
    assert export.size == len(content) > 80
    assert export.snapshot.taken_by == export.asked_by
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert ExportDownload.objects.get().downloaded_by.email


def test_the_same_records_make_the_same_digest(inquiry):
    a_written_quote(a_submission(inquiry, state="published"))
    digests = set()
    for _ in range(2):
        export = ask_for_export(inquiry=inquiry, format="csv", by=CONSOLE)
        make_export(export.pk)
        export.refresh_from_db()
        with export.file.open("rb") as file:
            digests.add((export.snapshot.digest, file.read()))
    assert len(digests) == 1


def test_asked_for_twice_while_the_first_is_waiting_it_is_made_once(inquiry):
    clerk = a_person(inquiry)
    first, second = (ask_for_export(inquiry=inquiry, format="csv", by=clerk) for _ in range(2))
    assert first == second
    make_export(first.pk)
    make_export(first.pk)
    assert Export.objects.get().attempts == 1


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER, Role.ADMINISTRATOR, Role.CLERK])
def test_a_member_may_take_an_export_but_not_ask_for_one(client, inquiry, role):
    export = ask_for_export(inquiry=inquiry, format="csv", by=CONSOLE)
    make_export(export.pk)
    client.force_login(a_person(inquiry, role))
    taken = client.get(page("download", inquiry.code, export.pk))
    assert b"Evidence sessions" not in b"".join(taken.streaming_content)
    assert taken.status_code == 200
    asked = client.post(page("export", inquiry.code), {"format": "csv"})
    assert asked.status_code == (403 if role == Role.MEMBER else 302)


def test_a_stranger_finds_no_export(client, inquiry):
    export = ask_for_export(inquiry=inquiry, format="csv", by=CONSOLE)
    make_export(export.pk)
    client.force_login(a_person(an_inquiry()))
    for name in ("detail", "progress", "download"):
        assert client.get(page(name, inquiry.code, export.pk)).status_code == 404


def test_an_unknown_format_is_refused_in_a_sentence(client, inquiry):
    client.force_login(a_person(inquiry))
    answer = client.post(page("export", inquiry.code), {"format": "exe"})
    assert "exe is not one of the available choices" in answer.content.decode()
    assert not Export.objects.exists()


def recalled(export: Export) -> bool:
    name = Export.objects.get(pk=export.pk).file.name
    return not name and not default_storage.exists(f"{export.inquiry.code}/exports/{export.pk}.csv")


def redacted(submission: Submission, session: Session) -> None:
    redact(passage=passages(submission)[0], start=0, end=6, reason="Names a child.", by=CONSOLE)


def withdrawn(submission: Submission, session: Session) -> None:
    withdraw_submission(submission=submission, reason="The author asked.", by=CONSOLE)


def under_the_rule(submission: Submission, session: Session) -> None:
    put_under_the_rule(session=session, by=CONSOLE)


def made_private(submission: Submission, session: Session) -> None:
    change_session(session=session, rule=Rule.PRIVATE, by=CONSOLE)


def a_panel_made_private(submission: Submission, session: Session) -> None:
    (panel,) = entries_of(session)
    change_session(session=session, panels=[replace(panel, rule=Rule.PRIVATE)], by=CONSOLE)


@pytest.mark.parametrize("done", [redacted, withdrawn, under_the_rule, made_private, a_panel_made_private])
def test_what_may_no_longer_leave_takes_the_exports_that_hold_it_back(
    client, inquiry, done, django_capture_on_commit_callbacks
):
    submission = a_submission(inquiry, text="MARKER said no.", state="published")
    a_written_quote(submission)
    session = a_session(inquiry, witnesses=(("Ann MARKER", ""),))
    a_spoken_quote(session)
    export = ask_for_export(inquiry=inquiry, format="csv", by=CONSOLE)
    make_export(export.pk)
    assert "MARKER" in str(Snapshot.objects.get().content)
    with django_capture_on_commit_callbacks(execute=True):
        done(submission, session)
    assert recalled(export)
    assert Snapshot.objects.get().content == {}
    client.force_login(a_person(inquiry))
    assert client.get(page("download", inquiry.code, export.pk)).status_code == 404
    assert "Recalled" in client.get(page("detail", inquiry.code, export.pk)).content.decode()
    again = client.post(page("again", inquiry.code, export.pk))
    assert Export.objects.count() == 2
    assert again.status_code == 302


def test_what_is_undone_takes_no_file(inquiry):
    export = ask_for_export(inquiry=inquiry, format="csv", by=CONSOLE)
    make_export(export.pk)
    with transaction.atomic():
        Export.objects.recall("It should not have left.")
        transaction.set_rollback(True)
    export.refresh_from_db()
    assert export.recalled_at is None
    assert default_storage.exists(export.file.name)


def test_a_recall_ends_the_job_that_makes_the_file(inquiry):
    export = ask_for_export(inquiry=inquiry, format="csv", by=CONSOLE)
    Export.objects.recall("It should not be made.")
    make_export(export.pk)
    export.refresh_from_db()
    assert (export.state, export.error, export.file.name) == ("failed", "It should not be made.", "")
    assert not Export.objects.dropped()


def test_a_file_that_is_gone_is_told(client, inquiry):
    export = ask_for_export(inquiry=inquiry, format="csv", by=CONSOLE)
    make_export(export.pk)
    export.refresh_from_db()
    default_storage.delete(export.file.name)
    client.force_login(a_person(inquiry))
    assert client.get(page("download", inquiry.code, export.pk)).status_code == 404
    assert not ExportDownload.objects.exists()


def test_a_recalled_export_is_not_listed_for_a_member(client, inquiry):
    export = ask_for_export(inquiry=inquiry, format="csv", by=CONSOLE)
    make_export(export.pk)
    Export.objects.recall("It should not have left.")
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert client.get(page("detail", inquiry.code, export.pk)).status_code == 404
    assert "Nothing has been exported yet" in client.get(page("exports", inquiry.code)).content.decode()


def test_a_job_that_its_worker_dropped_is_taken_up_again_and_given_up_after_three(inquiry):
    export = ask_for_export(inquiry=inquiry, format="csv", by=CONSOLE)
    long_ago = timezone.now() - dt.timedelta(hours=1)
    Export.objects.filter(pk=export.pk).update(state="running", seen_at=long_ago, attempts=1)
    assert list(Export.objects.dropped()) == [export]
    make_export(export.pk)
    assert Export.objects.get().state == "done"
    Export.objects.filter(pk=export.pk).update(state="running", seen_at=long_ago, attempts=ATTEMPTS)
    tasks.sweep()
    export.refresh_from_db()
    assert export.state == "failed"
    assert "begun 3 times" in export.error


def test_a_job_under_way_is_left_to_its_worker(inquiry):
    export = ask_for_export(inquiry=inquiry, format="csv", by=CONSOLE)
    Export.objects.filter(pk=export.pk).update(state="running", seen_at=timezone.now())
    make_export(export.pk)
    assert Export.objects.get().state == "running"


def test_the_role_is_asked_again_when_the_worker_makes_the_file(inquiry):
    adviser = a_person(inquiry, Role.ADVISER)
    export = ask_for_export(inquiry=inquiry, format="csv", by=adviser)
    adviser.memberships.all().delete()
    make_export(export.pk)
    export.refresh_from_db()
    assert export.state == "failed"
    assert "You have no role here" in export.error


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_exports_asks_as_often_for_one_row_as_for_three(client, inquiry, rows, django_assert_num_queries):
    for _ in range(rows):
        make_export(ask_for_export(inquiry=inquiry, format="csv", by=CONSOLE).pk)
    client.force_login(a_person(inquiry))
    with django_assert_num_queries(7):
        client.get(page("exports", inquiry.code))


def test_the_preview_shows_what_would_be_printed_and_what_is_left_out(client, inquiry):
    a_spoken_quote(a_session(inquiry, witnesses=(("Ann Example", ""),)), text="Nobody checked this.", against="")
    a_written_quote(a_submission(inquiry, text="Our hall is shut.", state="published"))
    client.force_login(a_person(inquiry))
    shown = client.get(page("appendix", inquiry.code)).content.decode()
    assert "Our hall is shut." in shown
    assert "Nobody has checked it" in shown
    assert (
        "Nobody checked this." in client.get(page("appendix", inquiry.code) + "?include_unchecked=on").content.decode()
    )


def test_any_column_of_exports_sorts(client, inquiry):
    clerk = a_person(inquiry, name="Clara Clerk (fictional)")
    first = ask_for_export(inquiry=inquiry, format="html", by=CONSOLE)
    second = ask_for_export(inquiry=inquiry, format="csv", by=clerk)
    make_export(second.pk)
    client.force_login(clerk)

    def order(sort: str) -> list[Any]:
        return list(client.get(page("exports", inquiry.code) + f"?sort={sort}").context["page"])

    for sort in ("asked", "-format", "-state"):
        assert order(sort) == [first, second], sort
    for sort in ("", "bogus", "-asked", "format", "by", "-by", "state", "size", "-size"):
        assert order(sort) == [second, first], sort
    shown = client.get(page("exports", inquiry.code)).content.decode()
    for words in ("Command line", "Clara Clerk (fictional)", "Under way", "Ready"):
        assert words in shown
