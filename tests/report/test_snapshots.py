"""What an export was made from: frozen, made again, compared, marked, recalled."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.refusals import Refused
from accounts.roles import CONSOLE, Role
from evidence.quotes.actions import remove_quote
from evidence.submissions.actions import record_consent, withdraw_consent, withdraw_submission
from evidence.tags.actions import tag_recommendation
from inquiry.models import Inquiry, Recommendation
from report import tasks
from report.actions import ask_for_export, ask_from_snapshot
from report.layouts import USUAL
from report.models import Export, Snapshot
from tests.builders import (
    HEARD,
    a_heard_quote,
    a_person,
    a_recommendation,
    a_session,
    a_submission,
    a_transcript,
    a_written_quote,
    an_inquiry,
)
from tests.report.exporting import finished, kinds, made, page, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


def test_an_export_freezes_what_it_was_made_from_and_who_and_what_was_left_out(inquiry):
    a_written_quote(a_submission(inquiry, submitter="Example Trust", state="published"))
    a_submission(inquiry, submitter="Hidden Trust", state="decided", treatment="confidential")
    clerk = a_person(inquiry)
    snapshot = made(inquiry, by=clerk, layout="commons", parts=["written", "themes"]).snapshot
    assert (snapshot.layout, snapshot.parts, snapshot.taken_by) == ("commons", ["written", "themes"], clerk)
    assert [part.kind for part in snapshot.appendix().parts] == ["published", "themes"]
    assert ["Hidden Trust" in one.what for one in snapshot.appendix().left_out] == [True]
    assert made(inquiry).snapshot.parts == list(USUAL["appg"])


@pytest.mark.parametrize("format", ["html", "json", "csv", "pdf", "docx", "odt", "xlsx"])
def test_the_same_snapshot_gives_the_same_bytes_after_its_file_expired(inquiry, format, settings):
    quote = a_written_quote(a_submission(inquiry, text="Our hall is shut.", state="published"))
    first = made(inquiry, format)
    bytes_then = read(first)
    remove_quote(quote=quote, by=CONSOLE)
    Export.objects.update(finished_at=timezone.now() - dt.timedelta(days=settings.ATTEST_EXPORT_DAYS + 1))
    tasks.let_files_expire()
    first.refresh_from_db()
    assert (first.file.name, first.expired_at is None) == ("", False)
    again = finished(ask_from_snapshot(snapshot=first.snapshot, format=format, by=CONSOLE))
    assert again.snapshot == first.snapshot
    assert read(again) == bytes_then
    assert b"Our hall is shut." in bytes_then or format not in ("html", "json", "csv")
    assert made(inquiry, format).snapshot.digest != first.snapshot.digest


def test_a_file_stays_for_as_long_as_the_setting_says(inquiry, settings):
    export = made(inquiry)
    settings.ATTEST_EXPORT_DAYS = 2
    Export.objects.update(finished_at=timezone.now() - dt.timedelta(days=1, hours=23))
    tasks.let_files_expire()
    export.refresh_from_db()
    assert default_storage.exists(export.file.name)
    settings.ATTEST_EXPORT_DAYS = 1
    name = export.file.name
    tasks.let_files_expire()
    assert not default_storage.exists(name)


def test_an_expired_file_is_told_and_made_again_on_its_page(client, inquiry):
    export = made(inquiry)
    Export.objects.update(finished_at=timezone.now() - dt.timedelta(days=99))
    tasks.let_files_expire()
    client.force_login(a_person(inquiry))
    shown = client.get(page("detail", inquiry.code, export.pk)).content.decode()
    assert "The file was kept until" in shown
    assert client.get(page("download", inquiry.code, export.pk)).status_code == 404
    assert "Expired" in client.get(page("exports", inquiry.code)).content.decode()
    asked = client.post(page("snapshot", inquiry.code, export.snapshot_id), {"format": "html"})
    assert asked.url == page("detail", inquiry.code, Export.objects.latest("pk").pk)
    assert Export.objects.latest("pk").snapshot == export.snapshot


def test_another_format_of_a_snapshot_needs_its_texts(inquiry):
    quote = a_written_quote(a_submission(inquiry, state="published"))
    without, with_texts = made(inquiry).snapshot, made(inquiry, "qdpx").snapshot
    assert not without.content["sources"]
    assert quote.text in with_texts.content["sources"][0]["text"]
    with pytest.raises(Refused, match="without the texts"):
        ask_from_snapshot(snapshot=without, format="qdpx", by=CONSOLE)
    assert finished(ask_from_snapshot(snapshot=with_texts, format="docx", by=CONSOLE)).state == "done"


def test_a_snapshot_cannot_be_changed(inquiry):
    snapshot = made(inquiry).snapshot
    for change in ({"digest": "0" * 64}, {"layout": "lords"}, {"parts": []}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Snapshot.objects.filter(pk=snapshot.pk).update(**change)


def test_the_content_of_a_snapshot_can_only_be_emptied(inquiry):
    snapshot = made(inquiry).snapshot
    with pytest.raises(DatabaseError), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(content={"title": "Another"})
    Export.objects.recall("It should not have left.")
    snapshot.refresh_from_db()
    assert snapshot.content == {}
    with pytest.raises(DatabaseError), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(content={"title": "Another"})


def withdrawn_consent(of: Any) -> None:
    consent = record_consent(of=of, to="quoted", wording="Yes.", given_on=dt.date(2023, 3, 1), by=CONSOLE)
    withdraw_consent(consent=consent, by=CONSOLE)


@pytest.mark.parametrize("layout", ["appg", "commons", "lords"])
@pytest.mark.parametrize("parts", [[], ["themes"], ["sessions"], ["written"]])
def test_a_consent_that_is_withdrawn_marks_the_exports_that_hold_the_item_and_no_others(client, inquiry, layout, parts):
    submission = a_submission(inquiry, submitter="Ann Trust", state="published")
    session = a_session(inquiry, witnesses=HEARD)
    quotes = [a_written_quote(submission), a_heard_quote(a_transcript(session), 1)]
    without = made(inquiry, parts=["references", "events"], layout=layout)
    export = made(inquiry, parts=parts, layout=layout)
    withdrawn_consent(submission if parts != ["sessions"] else quotes[1].appearance)
    without.refresh_from_db()
    export.refresh_from_db()
    assert (export.snapshot.marked_at is None, without.snapshot.marked_at) == (False, None)
    assert read(export)
    with pytest.raises(Refused, match=r"A consent was withdrawn after this was made\. No more files"):
        ask_from_snapshot(snapshot=export.snapshot, format="html", by=CONSOLE)
    statuses = {}
    for role in (Role.CLERK, Role.ADVISER, Role.MEMBER):
        client.force_login(a_person(inquiry, role))
        for name, key in (("download", export.pk), ("detail", export.pk), ("snapshot", export.snapshot_id)):
            answer = client.get(page(name, inquiry.code, key))
            statuses[role, name] = answer.status_code
            if answer.streaming:
                list(answer.streaming_content)
    assert {role for (role, _), status in statuses.items() if status == 200} == {Role.CLERK}
    assert set(statuses.values()) == {200, 404}


def test_what_is_being_made_when_a_consent_is_withdrawn_is_not_kept(inquiry):
    submission = a_submission(inquiry, state="published")
    export = ask_for_export(inquiry=inquiry, format="csv", by=CONSOLE)
    withdrawn_consent(submission)
    export = finished(export)
    assert (export.state, export.error, export.file.name) == (
        "failed",
        "A consent was withdrawn after this was made.",
        "",
    )


def test_what_is_withdrawn_empties_every_export_of_its_snapshot(inquiry, django_capture_on_commit_callbacks):
    submission = a_submission(inquiry, text="MARKER said no.", state="published")
    a_written_quote(submission)
    first = made(inquiry)
    second = finished(ask_from_snapshot(snapshot=first.snapshot, format="html", by=CONSOLE))
    names = [first.file.name, second.file.name]
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_submission(submission=submission, reason="Asked.", by=CONSOLE)
    assert not any(default_storage.exists(name) for name in names)
    assert not Export.objects.filter(recalled_at=None).exists()
    assert Snapshot.objects.get().content == {}
    with pytest.raises(Refused, match="It was recalled"):
        ask_from_snapshot(snapshot=first.snapshot, format="html", by=CONSOLE)


def test_a_cancelled_export_is_over_and_what_its_worker_makes_is_not_kept(client, inquiry):
    clerk = a_person(inquiry, name="Clara Clerk (fictional)")
    export = ask_for_export(inquiry=inquiry, format="csv", by=clerk)
    client.force_login(clerk)
    assert "Cancel" in client.get(page("detail", inquiry.code, export.pk)).content.decode()
    client.post(page("cancel", inquiry.code, export.pk))
    export = finished(export)
    assert (export.state, export.error, export.snapshot) == ("failed", "Clara Clerk (fictional) cancelled it.", None)
    shown = client.post(page("cancel", inquiry.code, export.pk), follow=True).content.decode()
    assert "It is over already" in shown
    again = client.post(page("again", inquiry.code, export.pk))
    assert again.url == page("detail", inquiry.code, Export.objects.latest("pk").pk)
    assert Export.objects.count() == 2


def test_asked_for_again_in_another_layout_or_of_other_parts_it_is_another(inquiry):
    asked = [{}, {"layout": "lords"}, {"parts": ["themes"]}, {"include_unchecked": True}, {"layout": "appg"}]
    exports = {ask_for_export(inquiry=inquiry, format="csv", by=CONSOLE, **choice).pk for choice in asked}
    assert len(exports) == 4


def test_a_recommendation_that_is_renumbered_after_the_preview_is_told(client, inquiry):
    recommendation = a_recommendation(inquiry, title="Open the hall")
    tag_recommendation(
        evidence=a_written_quote(a_submission(inquiry, state="published")),
        recommendation=recommendation,
        stance="supports",
        by=CONSOLE,
    )
    client.force_login(a_person(inquiry))
    before = made(inquiry)
    form = client.get(page("appendix", inquiry.code)).context["form"]
    Recommendation.objects.filter(pk=recommendation.pk).update(number=7)
    client.post(page("export", inquiry.code), form.initial | {"format": "csv"})
    export = finished(Export.objects.latest("pk"))
    assert "1.7,Open the hall" in read(export).decode("utf-8-sig")
    assert "1.1,Open the hall" not in read(export).decode("utf-8-sig")
    assert (
        "Something changed between the preview" in client.get(page("detail", inquiry.code, export.pk)).content.decode()
    )
    assert kinds(before.snapshot, export.snapshot) == [("changed", "Recommendations and their evidence")]
    unchanged = client.get(page("appendix", inquiry.code)).context["form"].initial
    client.post(page("export", inquiry.code), unchanged | {"format": "html"})
    assert not finished(Export.objects.latest("pk")).differs_from_preview
