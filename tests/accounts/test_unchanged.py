"""Numbers of all evidence are counted once, until something changes that they could depend on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from threading import Event
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import tasks, unchanged
from accounts.models import Change
from accounts.roles import CONSOLE, Role
from accounts.statements import Statement
from evidence.notes.actions import set_mark
from evidence.quotes.actions import remove_quote
from evidence.sessions.actions import change_session
from evidence.submissions.actions import decide_publication
from evidence.submissions.life import Treatment
from evidence.tags.actions import tag_theme
from tests.builders import (
    a_heard_quote,
    a_person,
    a_session,
    a_submission,
    a_transcript,
    a_written_quote,
    an_inquiry,
    missions,
)

outside_of_a_transaction = pytest.mark.django_db(transaction=True)


class Scene:
    """A member who reads an inquiry's quotes: one that was heard, and one that was written."""

    def __init__(self) -> None:
        self.inquiry = an_inquiry()
        self.session = a_session(self.inquiry, title="Buses after seven")
        self.quote = a_heard_quote(a_transcript(self.session))
        self.submission = a_submission(self.inquiry, state="decided")
        a_written_quote(self.submission)
        self.theme = missions(self.inquiry, 1)[0]
        self.member = a_person(self.inquiry, Role.MEMBER)
        self.browser = Client()
        self.browser.force_login(self.member)

    def opened(self, browser: Client | None = None) -> tuple[str, bool]:
        """The page of quotes, made anew, and whether its numbers were counted for it."""
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as captured:
            answer = (browser or self.browser).get(reverse("review:quotes", args=[self.inquiry.code]))
        counts = [each["sql"] for each in captured.captured_queries if 'COUNT("quotes_listed"' in each["sql"]]
        return answer.content.decode(), bool(counts)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@outside_of_a_transaction
def test_they_are_counted_once(scene: Scene) -> None:
    first, counted = scene.opened()
    assert counted
    assert "Written evidence (1)" in first
    again, counted = scene.opened()
    assert not counted
    assert "Written evidence (1)" in again


def confidential(scene: Scene) -> None:
    decide_publication(submission=scene.submission, treatment=Treatment.CONFIDENTIAL, by=CONSOLE)


def private(scene: Scene) -> None:
    change_session(session=scene.session, rule="private", by=CONSOLE)


def removed(scene: Scene) -> None:
    remove_quote(quote=scene.quote, by=CONSOLE)


def past_the_actions(scene: Scene) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE submissions_submission SET state = 'withdrawn' WHERE id = %s", [scene.submission.pk])


@outside_of_a_transaction
@pytest.mark.parametrize(
    ("change", "gone"),
    [
        (confidential, "Written evidence (1)"),
        (past_the_actions, "Written evidence (1)"),
        (private, "Buses after seven (1)"),
        (removed, "Buses after seven (1)"),
    ],
)
def test_what_may_not_be_counted_any_more_is_counted_no_more(
    scene: Scene, change: Callable[[Scene], None], gone: str
) -> None:
    assert gone in scene.opened()[0]
    assert not scene.opened()[1]
    change(scene)
    page, counted = scene.opened()
    assert counted
    assert gone not in page
    assert gone not in scene.opened()[0]


@outside_of_a_transaction
def test_a_tag_is_counted_at_once(scene: Scene) -> None:
    assert "Not tagged (2)" in scene.opened()[0]
    tag_theme(evidence=scene.quote, theme=scene.theme, by=CONSOLE)
    assert "Not tagged (1)" in scene.opened()[0]


@outside_of_a_transaction
def test_reading_changes_no_number(scene: Scene) -> None:
    scene.opened()
    set_mark(evidence=scene.quote, way="read", on=True, by=scene.member)
    assert not scene.opened()[1]


@outside_of_a_transaction
def test_each_has_the_numbers_of_their_rights(scene: Scene) -> None:
    confidential(scene)
    clerk = Client()
    clerk.force_login(a_person(scene.inquiry, Role.CLERK))
    assert "Written evidence (1)" in scene.opened(clerk)[0]
    assert "Written evidence" not in scene.opened()[0]
    scene.member.memberships.update(role=Role.CLERK)
    assert "Written evidence (1)" in scene.opened()[0]


@contextmanager
def meanwhile(change: Callable[[], Any], *, keep: bool) -> Iterator[None]:
    """Somebody else has changed something in a transaction that ends only after what is done here."""
    changed, done = Event(), Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                change()
                changed.set()
                assert done.wait(30)
                transaction.set_rollback(not keep)
        finally:
            changed.set()
            connection.close()

    with ThreadPoolExecutor(1) as other:
        held = other.submit(hold)
        try:
            assert changed.wait(30)
            yield
        finally:
            done.set()
        held.result()


@outside_of_a_transaction
def test_a_change_counts_from_when_its_transaction_ends(scene: Scene) -> None:
    with meanwhile(lambda: confidential(scene), keep=True):
        assert "Written evidence (1)" in scene.opened()[0]
        assert not scene.opened()[1]
    page, counted = scene.opened()
    assert counted
    assert "Written evidence" not in page


@outside_of_a_transaction
def test_what_is_taken_back_was_never_counted(scene: Scene) -> None:
    with meanwhile(lambda: confidential(scene), keep=False):
        scene.opened()
    assert "Written evidence (1)" in scene.opened()[0]


@outside_of_a_transaction
def test_they_are_counted_anew_after_a_while(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.opened()
    monkeypatch.setattr(unchanged, "KEPT_FOR", dt.timedelta(0))
    assert scene.opened()[1]


@outside_of_a_transaction
def test_no_more_are_kept_than_there_is_room_for(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "MOST", 1)
    scene.opened()
    page, counted = scene.opened()
    assert counted
    assert "Written evidence (1)" in page


@outside_of_a_transaction
def test_within_a_transaction_all_is_found_anew() -> None:
    found = count()
    with unchanged.while_answering():
        assert unchanged.found_once("one", lambda: [next(found)]) == [0]
        assert unchanged.found_once("one", lambda: [next(found)]) == [0]
        with transaction.atomic():
            assert unchanged.found_once("one", lambda: [next(found)]) == [1]
        assert unchanged.found_once("one", lambda: [next(found)]) == [0]
    assert unchanged.found_once("one", lambda: [next(found)]) == [2]


@pytest.mark.django_db
def test_every_table_tells_but_those_that_are_passed_over() -> None:
    silent = set(connection.introspection.table_names()) - telling()
    ours = {
        model._meta.db_table
        for app in ("accounts", "inquiry", "evidence", "report")
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.split(".")[0] == app and not model._meta.proxy
    }
    assert {table for table in silent & ours if not table.endswith("event")} == {
        *("accounts_change", "documents_download", "report_exportdownload", "report_packdownload"),
        *("notes_mark", "notes_note", "notes_mention", "notes_digest"),
        *("lists_savedlist", "lists_takenlist", "search_word", "search_gathered", "accounts_user"),
        *("importing_batch", "importing_batchrow", "transcripts_draft", "report_export", "report_snapshot"),
    }
    assert not unchanged.passed_over() & telling()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM notes_mark",
        'SELECT 1 FROM "django_session"',
        "SELECT now()",
        "SELECT age(created_at) FROM inquiry_theme",
        "SELECT 'today'::date",
        "SELECT transaction_timestamp()",
    ],
)
def test_what_nobody_would_tell_of_is_not_kept(sql: str) -> None:
    with pytest.raises(ValueError, match="nobody tells"):
        Statement(sql).numbers()


@outside_of_a_transaction
@pytest.mark.parametrize("how", ["DELETE FROM inquiry_theme", "TRUNCATE inquiry_theme CASCADE"])
def test_what_is_deleted_is_told(how: str) -> None:
    assert found([1]) == [1]
    do(how)
    assert found([2]) == [2]


def found(rows: list[int]) -> list[int]:
    """What the next request is given, which would find these."""
    with unchanged.while_answering():
        return unchanged.found_once("one", lambda: rows)


def do(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@outside_of_a_transaction
def test_what_is_as_long_as_the_evidence_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "LONGEST", 1)
    assert found([1, 1]) == [1, 1]
    assert found([2]) == [2]
    assert found([3]) == [2]


@outside_of_a_transaction
def test_a_server_that_has_crashed_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found([1]) == [1]
    with unchanged.while_answering() as (_, server), connection.cursor() as cursor:
        # It comes up again with the same start, and with statistics that begin anew.
        cursor.execute("SELECT stats_reset::text FROM pg_stat_archiver")
        assert server.endswith(f" {cursor.fetchone()[0]}")
    monkeypatch.setattr(unchanged, "_latest", replace(unchanged._latest, server=f"{server} before"))
    assert found([2]) == [2]


@outside_of_a_transaction
def test_where_a_table_does_not_tell_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(unchanged, "_latest", unchanged.Since())
    do(f"ALTER TABLE tags_tag DISABLE TRIGGER {unchanged.TELLS}")
    try:
        assert [found([1]), found([2])] == [[1], [2]]
        assert "Nobody tells when tags_tag changes" in caplog.text
    finally:
        do(f"ALTER TABLE tags_tag ENABLE TRIGGER {unchanged.TELLS}")


@outside_of_a_transaction
def test_what_a_backup_tells_of_transactions_to_come_is_no_change() -> None:
    to_come = 2**40
    Change.objects.create(transaction=to_come)
    assert [found([1]), found([2])] == [[1], [1]]
    tasks.forget_changes()
    assert not Change.objects.filter(pk=to_come).exists()


@outside_of_a_transaction
def test_a_change_without_a_search_path_is_told() -> None:
    assert found([1]) == [1]
    do("SET search_path = ''; DELETE FROM public.inquiry_theme; RESET search_path")
    assert found([2]) == [2]


@pytest.mark.django_db
def test_a_table_that_is_not_watched_any_more_stops_telling(monkeypatch: pytest.MonkeyPatch) -> None:
    before = unchanged.watched()
    monkeypatch.setattr(unchanged, "watched", lambda: before - {"tags_tag"})
    unchanged.have_tables_tell()
    assert "tags_tag" not in telling()
    monkeypatch.setattr(unchanged, "watched", lambda: before)
    unchanged.have_tables_tell()
    assert "tags_tag" in telling()


def telling() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [unchanged.TELLS])
        return {table for (table,) in cursor.fetchall()}


@pytest.mark.django_db
def test_every_view_reads_tables_that_tell() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT read.relname FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid"
            " JOIN pg_class view ON view.oid = r.ev_class AND view.relkind = 'v'"
            " JOIN pg_class read ON read.oid = d.refobjid"
            " WHERE d.refclassid = 'pg_class'::regclass AND view.relnamespace = current_schema()::regnamespace"
            " AND read.oid <> view.oid"
        )
        read = {table for (table,) in cursor.fetchall()}
    assert "tags_listed" in read
    assert read <= unchanged.watched()


@pytest.mark.django_db
def test_changes_are_remembered_for_a_day() -> None:
    now = timezone.now()
    for number, age in ((1, 25), (2, 23)):
        Change.objects.create(transaction=number, at=now - dt.timedelta(hours=age))
    tasks.forget_changes()
    assert set(Change.objects.filter(transaction__lte=2).values_list("pk", flat=True)) == {2}
