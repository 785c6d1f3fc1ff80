"""The daily digest: once a day, once for each note, of what its reader may read; and never what the evidence says."""

from __future__ import annotations

import datetime as dt
import re
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import choose_digest, remove_person
from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import CONSOLE, Role
from evidence.notes import digests
from evidence.notes.actions import look_at_mention, remove_note, write_note
from evidence.notes.models import Digest, Mention
from evidence.submissions.actions import withdraw_submission
from inquiry.mailing import NO_SERVER, NOT_TAKEN
from inquiry.models.jobs import JobState
from tests.builders import a_person
from tests.review.scene import SECRETS, Scene, guarded, many

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return many(1)


@pytest.fixture
def named(scene: Scene) -> User:
    return a_person(scene.inquiry, Role.MEMBER, name="Nam Ed")


def morning(days: int = 1) -> dt.datetime:
    """Past seven, so many days on."""
    here = timezone.localtime() + dt.timedelta(days=days)
    return here.replace(hour=7, minute=1)


def note(scene: Scene, on: Any = None, text: str = "Tellingly, @Nam Ed.") -> Any:
    by = a_person(scene.inquiry, name="Wri Ter")
    return write_note(on=on or scene.quotes["written 0"], text=text, shared_with="everyone", by=by)


def sent(now: dt.datetime, capture: Any) -> list[mail.EmailMessage]:
    """What a morning's round has sent."""
    before = len(mail.outbox)
    with capture(execute=True):
        digests.plan(now)
        digests.pick_up()
    return mail.outbox[before:]


def test_who_is_named_is_told_once_who_and_where_and_nothing_of_the_evidence(
    scene: Scene, named: User, django_capture_on_commit_callbacks: Any
) -> None:
    written = note(scene)
    note(scene, scene.theme)
    (message,) = sent(morning(), django_capture_on_commit_callbacks)
    reference = scene.quotes["written 0"].submission.reference
    assert message.to == [named.email]
    assert message.subject == f"{scene.inquiry.code}: you are named in 2 notes"
    assert f"Wri Ter, on {reference}, para 1" in message.body
    assert re.search(
        rf"http://\S+{reverse('review:quote', args=[scene.inquiry.code, written.quote_id])}#note-{written.pk}\b",
        message.body,
    )
    assert "Tellingly" not in message.body
    assert scene.quotes["written 0"].text not in message.body
    digest = Digest.objects.get()
    assert digest.sent_at
    assert digest.state == JobState.DONE
    for days in (1, 1, 2, 3):
        assert sent(morning(days), django_capture_on_commit_callbacks) == []
    digests.send(digest.pk)
    assert len(mail.outbox) == 1


def test_nothing_is_sent_before_the_morning_after(
    scene: Scene, named: User, django_capture_on_commit_callbacks: Any
) -> None:
    note(scene)
    night = morning().replace(hour=6, minute=59)
    assert sent(night, django_capture_on_commit_callbacks) == []
    assert sent(morning(-1), django_capture_on_commit_callbacks) == []
    assert len(sent(morning(), django_capture_on_commit_callbacks)) == 1


def test_what_was_looked_at_taken_back_or_cannot_be_read_any_more_is_not_told(
    scene: Scene, named: User, django_capture_on_commit_callbacks: Any
) -> None:
    note(scene)
    look_at_mention(mention=Mention.objects.get(), by=named)
    gone = note(scene)
    remove_note(note=gone, by=gone.written_by)
    note(scene, scene.quotes["written 0"].submission)
    withdraw_submission(submission=scene.quotes["written 0"].submission, reason="asked to", by=CONSOLE)
    assert sent(morning(), django_capture_on_commit_callbacks) == []


def test_who_has_left_or_turned_it_off_is_not_told(
    scene: Scene, named: User, django_capture_on_commit_callbacks: Any
) -> None:
    note(scene)
    choose_digest(person=named, wanted=False, by=named)
    assert sent(morning(), django_capture_on_commit_callbacks) == []
    choose_digest(person=named, wanted=True, by=named)
    a_person(scene.inquiry, Role.ADMINISTRATOR)
    remove_person(membership=named.memberships.get(), by=CONSOLE)
    assert sent(morning(2), django_capture_on_commit_callbacks) == []


def test_who_leaves_between_the_asking_and_the_sending_is_not_told(scene: Scene, named: User) -> None:
    note(scene)
    a_person(scene.inquiry, Role.ADMINISTRATOR)
    digests.plan(morning())
    remove_person(membership=named.memberships.get(), by=CONSOLE)
    digests.send(Digest.objects.get().pk)
    assert mail.outbox == []
    assert Digest.objects.get().state == JobState.DONE


def test_no_digest_tells_what_its_reader_may_not_know(django_capture_on_commit_callbacks: Any) -> None:
    scene = guarded()
    a_person(scene.inquiry, Role.MEMBER, name="Nam Ed")
    for name in ("open", "anonymised"):
        note(scene, scene.quotes[name])
    note(scene, scene.quotes["anonymised"].submission)
    (message,) = sent(morning(), django_capture_on_commit_callbacks)
    assert "3 notes" in message.subject
    assert [secret for secret in SECRETS if secret in message.body + message.subject] == []


class Refusing:
    """A server that does not take the message, or of which nobody knows whether it has."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __call__(self, *args: Any, **kwargs: Any) -> int:
        raise self.error


@pytest.mark.parametrize(
    ("at", "error", "says", "again"),
    [
        ("open", OSError("no route to nam.ed@example.org"), NO_SERVER, True),
        ("send_messages", smtplib.SMTPRecipientsRefused({}), NOT_TAKEN, True),
        ("send_messages", OSError("cut off"), digests.UNSURE, False),
    ],
)
def test_what_was_not_sent_is_told_the_next_day_and_what_may_have_been_is_not(
    scene: Scene,
    named: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
    at: str,
    error: Exception,
    says: str,
    again: bool,
) -> None:
    note(scene)
    with monkeypatch.context() as broken:
        broken.setattr(f"django.core.mail.backends.locmem.EmailBackend.{at}", Refusing(error))
        sent(morning(), django_capture_on_commit_callbacks)
    digest = Digest.objects.get()
    assert (digest.state, digest.error) == (JobState.FAILED, says)
    assert sent(morning(), django_capture_on_commit_callbacks) == []
    assert bool(sent(morning(2), django_capture_on_commit_callbacks)) == again


def test_the_database_keeps_one_digest_a_day_handed_over_once(scene: Scene, named: User) -> None:
    made = {"inquiry": scene.inquiry, "person": named, "day": timezone.localdate()}
    digest = Digest.objects.create(**made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Digest.objects.create(**made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Digest.objects.filter(pk=digest.pk).update(sent_at=timezone.now())
    Digest.objects.filter(pk=digest.pk).update(handed_over_at=timezone.now(), sent_at=timezone.now(), state="done")
    for moved in (timezone.now(), None):
        with pytest.raises(DatabaseError), transaction.atomic():
            Digest.objects.filter(pk=digest.pk).update(handed_over_at=moved)


def test_the_link_in_a_digest_turns_it_off_once_a_button_is_pressed(
    client: Client, scene: Scene, named: User, django_capture_on_commit_callbacks: Any
) -> None:
    note(scene)
    (message,) = sent(morning(), django_capture_on_commit_callbacks)
    link = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert link in message.body
    path = re.sub(r"^https?://[^/]+", "", link)
    assert "Turn them off" in client.get(path).content.decode()
    assert User.objects.get(pk=named.pk).wants_digest
    assert "They are off" in client.post(path).content.decode()
    assert not User.objects.get(pk=named.pk).wants_digest


@pytest.mark.parametrize("signed", ["x", "MQ:1abc:forged", "%00", "(" * 50])
def test_a_link_that_nobody_was_sent_turns_nothing_off(client: Client, named: User, signed: str) -> None:
    address = reverse("digest_off", args=[signed])
    for ask in (client.get, client.post):
        answer = ask(address)
        assert answer.status_code == 410
        assert "not one that was sent" in answer.content.decode()
    named.refresh_from_db()
    assert named.wants_digest


def test_everybody_chooses_for_themselves(client: Client, scene: Scene, named: User) -> None:
    client.force_login(named)
    assert "checked" in client.get(reverse("mail")).content.decode()
    for sent, wanted in (({}, False), ({"wants_digest": "on"}, True)):
        client.post(reverse("mail"), sent)
        assert User.objects.get(pk=named.pk).wants_digest == wanted
    with pytest.raises(Refused):
        choose_digest(person=named, wanted=False, by=a_person(scene.inquiry, Role.ADMINISTRATOR))
