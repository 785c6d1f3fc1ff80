"""Notes: who reads which, that they go where their evidence goes, and that only their writer changes them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.actions import remove_person
from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import CONSOLE, Role
from evidence.notes.actions import write_note
from evidence.notes.models import Mention, Note
from evidence.notes.places import waiting
from evidence.submissions.actions import withdraw_submission
from tests.builders import a_person, a_submission
from tests.editing import edit
from tests.review.scene import Scene, guarded, many, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return many(1)


def note(scene: Scene, by: User, shared_with: str = "everyone", on: Any = None, text: str = "Tellingly noted.") -> Note:
    return write_note(on=on or scene.quotes["spoken 0"], text=text, shared_with=shared_with, by=by)


def write(client: Client, scene: Scene, **typed: str) -> Any:
    address = reverse("notes:thread", args=[scene.inquiry.code, "quote", scene.quotes["spoken 0"].pk])
    return client.post(address, {"text": "Tellingly noted.", "shared_with": "everyone"} | typed)


@pytest.mark.parametrize(
    ("shared_with", "readers"),
    [
        ("private", set()),
        ("members", {Role.MEMBER, Role.CLERK, Role.ADMINISTRATOR}),
        ("everyone", set(Role)),
    ],
)
@pytest.mark.parametrize("writer", [Role.MEMBER, Role.ADVISER])
def test_who_reads_a_note(client: Client, scene: Scene, shared_with: str, readers: set[Role], writer: Role) -> None:
    by = a_person(scene.inquiry, writer)
    submission = scene.quotes["written 0"].submission
    for on in (None, submission, scene.theme):
        note(scene, by, shared_with, on)
    places = (
        ("review:quote", scene.quotes["spoken 0"].pk),
        ("submissions:detail", submission.number),
        ("review:theme", scene.theme.pk),
    )
    for person, reads in [(by, True), *((a_person(scene.inquiry, role), role in readers) for role in Role)]:
        client.force_login(person)
        for name, pk in places:
            assert ("Tellingly noted." in page(client, name, scene.inquiry.code, pk)) == reads, (person, name)
    assert not Note.objects.visible_to(a_person(many(1).inquiry)).exists()


def test_a_note_goes_where_its_evidence_goes(client: Client) -> None:
    scene = guarded()
    clerk, member = a_person(scene.inquiry), a_person(scene.inquiry, Role.MEMBER)
    for quote in scene.quotes.values():
        if not quote.removed_at:
            note(scene, clerk, "everyone", quote)
    assert {each.on.pk for each in Note.objects.visible_to(member)} == {
        scene.quotes[name].pk for name in ("open", "anonymised")
    }
    own = note(scene, member, "private", scene.quotes["anonymised"].submission)
    assert own in Note.objects.visible_to(member)
    withdraw_submission(submission=own.submission, reason="asked to", by=CONSOLE)
    assert {each.on.pk for each in Note.objects.visible_to(member)} == {scene.quotes["open"].pk}
    client.force_login(member)
    for step in ("edit", "remove", "restore", "take_back"):
        assert client.post(reverse(f"notes:{step}", args=[scene.inquiry.code, own.pk])).status_code == 404
    for name in ("withdrawn", "confidential", "private", "redacted"):
        for ask in (client.get, client.post):
            assert (
                ask(reverse("notes:thread", args=[scene.inquiry.code, "quote", scene.quotes[name].pk])).status_code
                == 404
            )


def test_the_history_holds_no_words_of_notes_and_nothing_of_private_ones(client: Client, scene: Scene) -> None:
    by = a_person(scene.inquiry, Role.MEMBER)
    events = Note._meta.get_field("events").related_model._base_manager
    private = note(scene, by, "private")
    client.force_login(by)
    edit(
        client,
        reverse("notes:edit", args=[scene.inquiry.code, private.pk]),
        {"text": "Tellingly changed.", "shared_with": "private"},
    )
    assert not events.exists()
    shared = note(scene, by, "everyone")
    client.force_login(a_person(scene.inquiry))
    for name, args in (("history:newest", ()), ("history:record", ("note", shared.pk))):
        told = page(client, name, scene.inquiry.code, *args)
        assert "Tellingly" not in told
    assert "Everyone in the inquiry" in told
    assert client.get(reverse("history:record", args=[scene.inquiry.code, "note", private.pk])).status_code == 404
    assert not {"text", "text_before"} & {field.name for field in events.model._meta.fields}


def test_its_writer_changes_removes_and_brings_back_a_note(client: Client, scene: Scene) -> None:
    by = a_person(scene.inquiry, Role.MEMBER)
    client.force_login(by)
    answer = write(client, scene)
    written = Note.objects.get()
    quote = reverse("review:quote", args=[scene.inquiry.code, scene.quotes["spoken 0"].pk])
    assert answer.url == f"{quote}#note-{written.pk}"
    step = {
        name: reverse(f"notes:{name}", args=[scene.inquiry.code, written.pk])
        for name in ("edit", "take_back", "remove", "restore")
    }
    edit(client, step["edit"], {"text": "Otherwise.", "shared_with": "members"})
    shown = client.get(quote).content.decode()
    assert "Otherwise." in shown
    assert f'action="{step["take_back"]}"' in shown
    client.post(step["take_back"])
    written.refresh_from_db()
    assert (written.text, written.shared_with) == ("Tellingly noted.", "everyone")
    client.post(step["remove"])
    shown = client.get(quote).content.decode()
    assert "Tellingly noted." not in shown
    assert f'action="{step["restore"]}"' in shown
    client.post(step["restore"])
    assert "Tellingly noted." in client.get(quote).content.decode()


def test_a_change_that_was_not_made_is_not_taken_back(client: Client, scene: Scene) -> None:
    by = a_person(scene.inquiry, Role.MEMBER)
    client.force_login(by)
    written = note(scene, by)
    answer = client.post(reverse("notes:take_back", args=[scene.inquiry.code, written.pk]), follow=True)
    assert "This note was never changed." in answer.content.decode()


def test_somebody_who_changes_a_note_on_two_screens_is_told(client: Client, scene: Scene) -> None:
    by = a_person(scene.inquiry, Role.MEMBER)
    client.force_login(by)
    written = note(scene, by)
    address = reverse("notes:edit", args=[scene.inquiry.code, written.pk])
    typed = {"text": "On the phone.", "shared_with": "private"}
    sent = {"seen": client.get(address).context["form"]["seen"].value(), **typed}
    edit(client, address, {"text": "At the desk.", "shared_with": "private"})
    shown = client.post(address, sent).content.decode()
    assert "Somebody else changed this note" in shown
    assert "At the desk." in shown
    assert "On the phone." in shown


def test_nobody_else_changes_a_note(client: Client, scene: Scene) -> None:
    written = note(scene, a_person(scene.inquiry, Role.MEMBER))
    client.force_login(a_person(scene.inquiry, Role.ADMINISTRATOR))
    for step in ("edit", "take_back", "remove", "restore"):
        assert client.post(reverse(f"notes:{step}", args=[scene.inquiry.code, written.pk])).status_code == 404


@pytest.mark.parametrize(
    "text", ["", "   ", "x" * 4001, "(", "‮right to left‬ טקסט", "%00", "<script>alert(1)</script>", "a\x00b"]
)
def test_odd_notes_are_kept_or_refused_in_a_sentence(client: Client, scene: Scene, text: str) -> None:
    client.force_login(a_person(scene.inquiry, Role.MEMBER))
    answer = write(client, scene, text=text)
    assert answer.status_code in (200, 302)
    assert "<script>alert" not in page(client, "review:quote", scene.inquiry.code, scene.quotes["spoken 0"].pk)
    if answer.status_code == 200:
        assert answer.context["form"].errors


def test_a_note_is_shared_with_somebody_who_is_there(client: Client, scene: Scene) -> None:
    client.force_login(a_person(scene.inquiry, Role.MEMBER))
    assert write(client, scene, shared_with="the press").context["form"].errors["shared_with"]
    assert client.get(reverse("notes:thread", args=[scene.inquiry.code, "witness", 1])).status_code == 404
    assert not Note.objects.exists()


def test_the_database_refuses_a_note_on_nothing_on_two_things_and_one_that_moves(scene: Scene) -> None:
    by, quote, theme = a_person(scene.inquiry), scene.quotes["spoken 0"], scene.theme
    made = {"inquiry": scene.inquiry, "written_by": by, "text": "Noted.", "shared_with": "everyone"}
    for wrong in (
        {},
        {"quote": quote, "theme": theme},
        {"quote": quote, "text": ""},
        {"theme": theme, "shared_with": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Note.objects.create(**made | wrong)
    Note.objects.create(**made, quote=quote)
    for moved in ({"quote": None, "theme": theme}, {"written_by": a_person(scene.inquiry)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Note.objects.update(**moved)


def test_whom_a_note_names_is_told_on_their_overview_until_they_look(client: Client, scene: Scene) -> None:
    by, named = a_person(scene.inquiry, name="Wri Ter"), a_person(scene.inquiry, Role.MEMBER, name="Nam Ed")
    written = note(scene, by, text="Did you read this, @nam ed?")
    client.force_login(named)
    assert "Wri Ter names you in a note" in page(client, "review:overview", scene.inquiry.code)
    mention = Mention.objects.get()
    answer = client.post(reverse("notes:named", args=[scene.inquiry.code, mention.pk]))
    assert answer.url.endswith(f"#note-{written.pk}")
    assert "names you" not in page(client, "review:overview", scene.inquiry.code)
    client.force_login(by)
    assert client.post(reverse("notes:named", args=[scene.inquiry.code, mention.pk])).status_code == 404


def test_who_is_named_no_more_is_told_no_more(client: Client, scene: Scene) -> None:
    by, named = a_person(scene.inquiry), a_person(scene.inquiry, Role.MEMBER, name="Nam Ed")
    written = note(scene, by, text="@Nam Ed: look.")
    client.force_login(by)
    address = reverse("notes:edit", args=[scene.inquiry.code, written.pk])
    edit(client, address, {"text": "Look.", "shared_with": "everyone"})
    assert waiting(named, scene.inquiry, 10) == []
    edit(client, address, {"text": "Look, @Nam Ed (fictional).", "shared_with": "everyone"})
    assert len(waiting(named, scene.inquiry, 10)) == 1


@pytest.mark.parametrize(
    ("shared_with", "text", "says"),
    [
        ("private", "@Mem Ber: look.", "only you read"),
        ("members", "@Ad Viser: look.", "Ad Viser doesn’t read what is shared with members"),
        ("everyone", "@Nobody Known: look.", "Nobody else in this inquiry is called “Nobody”"),
        ("everyone", "@Mem Bers: look.", "Nobody else in this inquiry is called “Mem”"),
    ],
)
def test_who_would_not_find_the_note_is_not_named(
    client: Client, scene: Scene, shared_with: str, text: str, says: str
) -> None:
    client.force_login(a_person(scene.inquiry))
    a_person(scene.inquiry, Role.MEMBER, name="Mem Ber")
    a_person(scene.inquiry, Role.ADVISER, name="Ad Viser")
    shown = write(client, scene, text=text, shared_with=shared_with).content.decode()
    assert says in shown
    assert text in shown
    assert not Note.objects.exists()


def test_who_may_not_see_the_evidence_is_not_named() -> None:
    scene = guarded()
    a_person(scene.inquiry, Role.MEMBER, name="Mem Ber")
    for name in ("confidential", "private", "redacted", "withdrawn"):
        with pytest.raises(Refused, match="Mem Ber may not read this evidence"):
            note(scene, a_person(scene.inquiry), "everyone", scene.quotes[name], "@Mem Ber: look.")
    assert not Note.objects.exists()
    note(scene, a_person(scene.inquiry), "everyone", scene.quotes["open"], "@Mem Ber: look; write to a@mem.example.")


def test_naming_ends_with_the_right_to_read(scene: Scene) -> None:
    named = a_person(scene.inquiry, Role.MEMBER, name="Nam Ed")
    submission = a_submission(scene.inquiry)
    for on in (None, submission):
        note(scene, a_person(scene.inquiry), "everyone", on, "@Nam Ed: look.")
    assert len(waiting(named, scene.inquiry, 10)) == 2
    withdraw_submission(submission=submission, reason="asked to", by=CONSOLE)
    assert len(waiting(named, scene.inquiry, 10)) == 1
    a_person(scene.inquiry, Role.ADMINISTRATOR)
    remove_person(membership=named.memberships.get(), by=CONSOLE)
    assert waiting(User.objects.get(pk=named.pk), scene.inquiry, 10) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_a_thread_and_of_an_overview_with_mentions(
    client: Client, django_assert_num_queries: Any, rows: int
) -> None:
    scene = many(rows)
    reader = a_person(scene.inquiry, Role.MEMBER, name="Rea Der")
    for n in range(rows):
        by = a_person(scene.inquiry, name=f"Writer {'abc'[n]}")
        for on in (scene.quotes[f"spoken {n}"], scene.quotes["written 0"].submission, scene.theme):
            note(scene, by, "everyone", on, f"@Rea Der, number {n}.")
    client.force_login(reader)
    for name, args, queries in (
        ("notes:thread", ["quote", scene.quotes["spoken 0"].pk], 8),
        ("review:overview", [], 24),
    ):
        with django_assert_num_queries(queries):
            assert client.get(reverse(name, args=[scene.inquiry.code, *args])).status_code == 200
