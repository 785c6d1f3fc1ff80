"""An import on its pages: chosen, columns named, shown, confirmed, and undone as one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import CONSOLE, Role
from evidence.documents.actions import redact
from evidence.documents.models import Document
from evidence.importing.actions import work_on
from evidence.importing.models import Batch, BatchRow, ColumnMeaning
from evidence.importing.tasks import sweep
from evidence.submissions.actions import (
    Contact,
    accept_submission,
    add_file,
    keep_contact_details,
    record_consent,
)
from evidence.submissions.models import AllottedReference, Submission
from evidence.tags.actions import tag_theme
from evidence.witnesses.models import Organisation, Witness
from inquiry.models import Inquiry
from tests.builders import a_person, a_submission, a_written_quote, an_inquiry, missions, passages
from tests.documents.making import archive
from tests.importing.making import importing, table

pytestmark = pytest.mark.django_db

LIST = table(
    {"reference": "SMD0003", "submitter": "Ann Example", "organisation": "Example Trust", "text": "1. The hall.\n"},
    {"submitter": "Bob Example", "received": "2022", "decision": "full"},
)


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry("SMD")


@pytest.fixture
def clerk(inquiry: Inquiry, client: Client) -> User:
    person = a_person(inquiry, name="Clara Clerk (fictional)")
    client.force_login(person)
    return person


def address(name: str, *keys: Any) -> str:
    return reverse(f"importing:{name}", args=["SMD", *keys])


def choose(client: Client, captured: Any, *files: tuple[str, str | bytes], **details: Any) -> Batch:
    """What a clerk sends from the page, and what the worker does of it."""
    sent = [SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data) for name, data in files]
    with captured(execute=True):
        answer = client.post(address("add"), {"chosen": sent, **details})
    assert answer.status_code == 302, answer.content.decode()
    return Batch.objects.latest("pk")


def press(client: Client, captured: Any, button: str, batch: Batch) -> str:
    """What the page says once the worker is done."""
    with captured(execute=True):
        assert client.post(address(button, batch.pk)).status_code == 302
    batch.refresh_from_db()
    return page(client, batch)


def page(client: Client, batch: Batch, asked: str = "") -> str:
    return client.get(address("detail", batch.pk) + asked).content.decode()


def test_nothing_is_saved_before_the_word_is_given_and_then_all_of_it(
    client, inquiry, clerk, django_capture_on_commit_callbacks
):
    batch = choose(client, django_capture_on_commit_callbacks, ("list.csv", LIST))
    shown = page(client, batch)
    assert "2 rows: 2 new submissions" in shown
    assert "Nothing is saved yet." in shown
    assert "SMD0003" in shown
    assert "SMD0004" in shown
    assert shown.count("new person") == 2
    assert "new organisation" in shown
    assert not Submission.objects.exists()
    shown = press(client, django_capture_on_commit_callbacks, "confirm", batch)
    assert "2 submissions imported" in shown
    assert (batch.stage, batch.imported_by, batch.new, bool(batch.source)) == ("imported", clerk, 2, False)
    assert [s.reference for s in Submission.objects.select_related("inquiry")] == ["SMD0003", "SMD0004"]
    first, second = Submission.objects.all()
    assert first.steps.get().reason == "Imported from “list.csv”, row 2."
    assert (first.steps.get().taken_by, second.decision) == (clerk, "full")
    assert Document.objects.get().passages.get().received_text == "The hall."
    assert "Clara Clerk" in client.get(reverse("history:record", args=["SMD", "submission", first.pk])).content.decode()
    assert not BatchRow.objects.exclude(said={}, label="").exists()


def test_the_same_again_changes_nothing_and_offers_no_button(
    client, inquiry, clerk, django_capture_on_commit_callbacks
):
    batch = choose(client, django_capture_on_commit_callbacks, ("list.csv", LIST))
    press(client, django_capture_on_commit_callbacks, "confirm", batch)
    again = choose(client, django_capture_on_commit_callbacks, ("other-name.csv", LIST))
    shown = page(client, again)
    assert "Everything in it is here already" in shown
    assert address("confirm", again.pk) not in shown
    shown = press(client, django_capture_on_commit_callbacks, "confirm", again)
    assert "There is nothing to import." in shown
    assert Submission.objects.count() == 2


def test_refused_rows_are_shown_with_their_reason_and_nothing_can_be_imported(
    client, inquiry, clerk, django_capture_on_commit_callbacks
):
    made = table({"submitter": "Ann Example"}, {"submitter": "Bob Example", "file": "gone.pdf"})
    batch = choose(client, django_capture_on_commit_callbacks, ("list.csv", made))
    shown = page(client, batch)
    assert "1 of 2 rows is refused, so nothing can be imported yet." in shown
    assert "There is no file “gone.pdf” beside the list." in shown
    assert "Some rows are refused" in press(client, django_capture_on_commit_callbacks, "confirm", batch)
    assert "Ann Example" not in page(client, batch, "?outcome=refused")
    assert not Submission.objects.exists()
    with pytest.raises(DatabaseError, match="imported_whole_or_not_at_all"), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(stage="importing")


def test_a_list_is_chosen_with_its_files_and_an_archive_of_more(
    client, inquiry, clerk, django_capture_on_commit_callbacks
):
    made = table({"submitter": "Ann Example", "file": "a.txt"}, {"submitter": "Bob Example", "file": "letters/b.txt"})
    packed = archive({"b.txt": "Words of Bob."})
    batch = choose(
        client, django_capture_on_commit_callbacks, ("list.csv", made), ("a.txt", "Words of Ann."), ("more.zip", packed)
    )
    assert batch.name == "3 files"
    press(client, django_capture_on_commit_callbacks, "confirm", batch)
    assert list(Document.objects.order_by("name").values_list("name", flat=True)) == ["a.txt", "b.txt"]


def test_columns_are_named_once_and_remembered_with_their_history(
    client, inquiry, clerk, django_capture_on_commit_callbacks
):
    made = "Wer,Wann,<b>Rest</b>\nAnn Example,2022-03-04,x\n"
    batch = choose(client, django_capture_on_commit_callbacks, ("list.csv", made))
    assert batch.stage == "columns"
    form = client.get(address("detail", batch.pk), follow=True).content.decode()
    assert "Such as: Ann Example" in form
    assert "<b>Rest</b>" not in form
    wrong = client.post(address("columns", batch.pk), {"column_0": "submitter", "column_1": "submitter"})
    assert "Two columns cannot both be “Submitter”." in wrong.content.decode()
    missing = client.post(address("columns", batch.pk), {"column_0": "file"})
    assert "Say which column tells who submitted" in missing.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("columns", batch.pk), {"column_0": "submitter", "column_1": "received", "column_2": ""})
    batch.refresh_from_db()
    assert (batch.stage, batch.new, batch.left_out) == ("checked", 1, ["the column “<b>Rest</b>”"])
    next_time = choose(client, django_capture_on_commit_callbacks, ("more.csv", made.replace("Ann", "Bob")))
    assert (next_time.stage, next_time.new) == ("checked", 1)
    assert "Change what the columns mean" in page(client, next_time)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("columns", next_time.pk), {"column_0": "submitter", "column_1": "", "column_2": ""})
    wann = ColumnMeaning.objects.get(heading="wann")
    assert [event.column for event in wann.events.order_by("pgh_id")] == ["received", ""]


def test_what_changed_between_showing_and_importing_is_shown_again(
    client, inquiry, clerk, django_capture_on_commit_callbacks
):
    batch = choose(
        client, django_capture_on_commit_callbacks, ("list.csv", table({"reference": "1", "submitter": "A"}))
    )
    a_submission(inquiry, submitter="Somebody else", text=None)
    shown = press(client, django_capture_on_commit_callbacks, "confirm", batch)
    assert "Nothing was imported" in shown
    assert "SMD0001 is there already, with another submitter." in shown
    assert Submission.objects.count() == 1
    press(client, django_capture_on_commit_callbacks, "check_again", batch)
    assert (batch.stage, batch.refused) == ("checked", 1)
    press(client, django_capture_on_commit_callbacks, "discard", batch)
    assert (batch.stage, bool(batch.source)) == ("discarded", False)


def test_what_cannot_be_read_says_so_and_can_be_let_go_of(client, inquiry, clerk, django_capture_on_commit_callbacks):
    batch = choose(client, django_capture_on_commit_callbacks, ("list.csv", b"\x00\x01\x02" * 99))
    storage, name = batch.source.storage, batch.source.name
    assert storage.exists(name)
    assert "in an encoding that could not be told" in page(client, batch)
    assert "was let go of" in press(client, django_capture_on_commit_callbacks, "discard", batch)
    assert not storage.exists(name)


def test_choosing_nothing_or_too_much_says_so(client, inquiry, clerk, settings):
    assert "Choose a list, an archive, or the files themselves." in client.post(address("add")).content.decode()
    settings.ATTEST_IMPORT_LIMIT = 3
    sent = {"chosen": SimpleUploadedFile("list.csv", b"submitter\n")}
    assert "Import it in parts." in client.post(address("add"), sent).content.decode()
    assert not Batch.objects.exists()


def imported(client: Client, captured: Any) -> Batch:
    batch = choose(client, captured, ("list.csv", LIST))
    press(client, captured, "confirm", batch)
    return batch


def test_an_import_is_undone_as_one_and_its_references_stay_given(
    client, inquiry, clerk, django_capture_on_commit_callbacks
):
    a_submission(inquiry, submitter="Example Trust", text=None)
    batch = imported(client, django_capture_on_commit_callbacks)
    kept = Document.objects.get().file
    asked = client.get(address("undo", batch.pk)).content.decode()
    assert "no submission ever gets one of them again" in asked
    shown = press(client, django_capture_on_commit_callbacks, "undo", batch)
    assert "This import was undone." in shown
    assert (batch.stage, batch.undone_by) == ("undone", clerk)
    assert Submission.objects.get().number == 1
    assert not Document.objects.exists()
    assert not kept.storage.exists(kept.name)
    assert not Witness.objects.exists()
    assert Organisation.objects.get().name == "Example Trust"
    assert set(AllottedReference.objects.values_list("number", flat=True)) == {1, 3, 4}
    again = choose(client, django_capture_on_commit_callbacks, ("list.csv", LIST))
    assert (again.new, again.refused) == (1, 1)
    assert "SMD0003 was given to a submission that is gone." in page(client, again)
    assert a_submission(inquiry, text=None).number == 5


def the_first() -> Submission:
    return Submission.objects.select_related("inquiry").get(number=3)


def quoted(inquiry: Inquiry) -> None:
    a_written_quote(the_first())


def tagged(inquiry: Inquiry) -> None:
    tag_theme(evidence=the_first(), theme=missions(inquiry)[0], by=CONSOLE)


def accepted(inquiry: Inquiry) -> None:
    accept_submission(submission=the_first(), by=CONSOLE)


def blacked_out(inquiry: Inquiry) -> None:
    redact(passage=passages(the_first())[0], start=0, end=2, reason="A name.", by=CONSOLE)


def consented(inquiry: Inquiry) -> None:
    record_consent(of=the_first(), to="publish", wording="Yes.", given_on=dt.date(2023, 3, 1), by=CONSOLE)


def reached(inquiry: Inquiry) -> None:
    keep_contact_details(submission=the_first(), contact=Contact(email="ann@example.org"), by=CONSOLE)


def given_more(inquiry: Inquiry) -> None:
    add_file(submission=the_first(), name="more.txt", data=b"More words.", by=CONSOLE)


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (quoted, "SMD0003 has quotes."),
        (tagged, "SMD0003 has tags."),
        (accepted, "SMD0003 was changed since."),
        (blacked_out, "“SMD0003.txt” has redactions."),
        (consented, "SMD0003 has consents."),
        (reached, "SMD0003 has contact details."),
        (given_more, "SMD0003 was changed since."),
    ],
)
def test_what_something_builds_on_is_not_undone(
    client, inquiry, clerk, django_capture_on_commit_callbacks, build, said
):
    batch = imported(client, django_capture_on_commit_callbacks)
    build(inquiry)
    assert said in client.get(address("undo", batch.pk)).content.decode()
    shown = press(client, django_capture_on_commit_callbacks, "undo", batch)
    assert said in shown
    assert batch.stage == "imported"
    assert Submission.objects.count() == 2


def test_what_is_built_while_it_is_undone_stops_it(client, inquiry, clerk, django_capture_on_commit_callbacks):
    batch = imported(client, django_capture_on_commit_callbacks)
    client.post(address("undo", batch.pk))
    quoted(inquiry)
    work_on(batch.pk)
    batch.refresh_from_db()
    assert (batch.stage, batch.undone_by) == ("imported", None)
    assert "It could not be undone: SMD0003 has quotes." in page(client, batch)
    assert Submission.objects.count() == 2


def test_files_that_an_import_added_are_taken_away_again(client, inquiry, clerk, django_capture_on_commit_callbacks):
    a_submission(inquiry)
    batch = choose(
        client, django_capture_on_commit_callbacks, ("SMD 1.txt", "1. Later words."), ("SMD2.txt", "2. New.")
    )
    press(client, django_capture_on_commit_callbacks, "confirm", batch)
    assert (batch.new, batch.added) == (1, 1)
    press(client, django_capture_on_commit_callbacks, "undo", batch)
    assert batch.stage == "undone"
    assert Submission.objects.get().files.count() == 1


def test_a_lost_worker_is_replaced_and_the_work_done_once(client, inquiry, clerk, django_capture_on_commit_callbacks):
    batch = choose(client, django_capture_on_commit_callbacks, ("list.csv", LIST))
    client.post(address("confirm", batch.pk))
    assert Batch.objects.claim(batch.pk)
    work_on(batch.pk)
    assert not Submission.objects.exists()
    Batch.objects.filter(pk=batch.pk).update(seen_at=timezone.now() - dt.timedelta(minutes=5))
    sweep()
    batch.refresh_from_db()
    assert (batch.stage, batch.attempts, Submission.objects.count()) == ("imported", 2, 2)
    work_on(batch.pk)
    assert Submission.objects.count() == 2


def test_what_was_checked_and_left_is_let_go_of(client, inquiry, clerk, django_capture_on_commit_callbacks):
    batch = choose(client, django_capture_on_commit_callbacks, ("list.csv", LIST))
    sweep()
    batch.refresh_from_db()
    assert batch.stage == "checked"
    Batch.objects.filter(pk=batch.pk).update(asked_at=timezone.now() - dt.timedelta(days=31))
    sweep()
    batch.refresh_from_db()
    assert (batch.stage, bool(batch.source), batch.sample) == ("discarded", False, [])


def test_stages_follow_each_other_whoever_writes(client, inquiry, clerk, django_capture_on_commit_callbacks):
    batch = choose(client, django_capture_on_commit_callbacks, ("list.csv", LIST))
    for stage in ("imported", "undone", "nonsense"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Batch.objects.filter(pk=batch.pk).update(stage=stage, source="")


def test_a_member_and_an_adviser_see_nothing_of_imports(client, inquiry, clerk, django_capture_on_commit_callbacks):
    batch = choose(client, django_capture_on_commit_callbacks, ("list.csv", LIST))
    for role in (Role.MEMBER, Role.ADVISER):
        person = a_person(inquiry, role)
        client.force_login(person)
        assert client.get(address("detail", batch.pk)).status_code == 403
        assert not Batch.objects.visible_to(person).exists()
        assert not BatchRow.objects.visible_to(person).exists()
        assert "Import" not in client.get(reverse("submissions:list", args=["SMD"])).content.decode()
    client.force_login(a_person(an_inquiry()))
    assert client.get(address("detail", batch.pk)).status_code == 404


def test_an_import_of_the_command_is_among_them(client, inquiry, clerk, tmp_path, django_capture_on_commit_callbacks):
    assert "Nothing was imported yet" in client.get(address("list")).content.decode()
    importing(inquiry, tmp_path, LIST)
    batch = Batch.objects.get()
    shown = client.get(address("list")).content.decode()
    assert "list.csv" in shown
    assert "Command line" in shown
    press(client, django_capture_on_commit_callbacks, "undo", batch)
    assert batch.stage == "undone"
    assert not Submission.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("stage", ["checked", "imported"])
def test_the_number_of_queries_does_not_grow(
    client, inquiry, clerk, django_capture_on_commit_callbacks, django_assert_num_queries, rows, stage
):
    made = table(*({"submitter": f"Body {n} Trust", "text": f"Words {n}."} for n in range(rows)))
    batch = choose(client, django_capture_on_commit_callbacks, ("list.csv", made))
    if stage == "imported":
        press(client, django_capture_on_commit_callbacks, "confirm", batch)
    with django_assert_num_queries(8 if stage == "checked" else 10):
        page(client, batch)
    with django_assert_num_queries(7):
        client.get(address("list"))


def test_the_work_says_how_far_it_is(client, inquiry, clerk):
    sent = SimpleUploadedFile("list.csv", LIST.encode())
    client.post(address("add"), {"chosen": sent})
    batch = Batch.objects.get()
    waiting = client.get(address("progress", batch.pk))
    assert "Looking at what would become of each row" in waiting.content.decode()
    assert "HX-Refresh" not in waiting
    work_on(batch.pk)
    assert client.get(address("progress", batch.pk))["HX-Refresh"] == "true"
