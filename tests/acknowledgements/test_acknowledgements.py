"""Submissions are acknowledged by e-mail: in the inquiry's words, to the address that was kept, and never twice."""

from __future__ import annotations

import datetime as dt
import smtplib
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import CONSOLE, Role
from evidence.acknowledgements.actions import acknowledge, send, word_acknowledgements
from evidence.acknowledgements.models import Acknowledgement
from evidence.acknowledgements.tasks import sweep
from evidence.acknowledgements.wording import filled, unknown_places
from evidence.submissions.actions import Contact, keep_contact_details, withdraw_submission
from evidence.submissions.models import Submission
from inquiry.models import Inquiry
from tests.builders import a_person, a_submission, an_inquiry

pytestmark = pytest.mark.django_db
ADDRESS = "ann@example.org"


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry("LUI", title="Inquiry into halls", body="Example Group (fictional)")


@pytest.fixture
def clerk(inquiry: Inquiry, client: Client) -> User:
    person = a_person(inquiry)
    client.force_login(person)
    return person


def reachable(inquiry: Inquiry, email: str = ADDRESS, **details: Any) -> Submission:
    submission = a_submission(inquiry, text=None, **details)
    keep_contact_details(submission=submission, contact=Contact(email=email, phone="01234"), by=CONSOLE)
    return submission


def address(name: str, *keys: Any) -> str:
    return reverse(f"acknowledgements:{name}", args=["LUI", *keys])


def shown(client: Client, number: int = 1) -> str:
    return client.get(reverse("submissions:detail", args=["LUI", number])).content.decode()


def test_a_submission_is_acknowledged_in_words_that_are_shown_first(
    client, inquiry, clerk, django_capture_on_commit_callbacks
):
    reachable(inquiry, person="Dr Jane Example")
    assert "Not sent." in shown(client)
    page = client.get(address("acknowledge", 1)).content.decode()
    assert "LUI0001: your evidence to Example Group (fictional)" in page
    assert f"This will be sent to {ADDRESS}." in page
    assert not Acknowledgement.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("acknowledge", 1))
    (message,) = mail.outbox
    assert message.to == [ADDRESS]
    assert message.subject == "LUI0001: your evidence to Example Group (fictional)"
    assert "Dear Dr Jane Example, Example Residents Association," in message.body
    assert "evidence to the Inquiry into halls, received 1 March 2023. Its reference is LUI0001" in message.body
    assert "{" not in message.body
    kept = Acknowledgement.objects.get()
    assert (kept.asked_by, kept.state) == (clerk, "done")
    assert f"Sent on {timezone.localtime(kept.sent_at):%-d %B %Y}" in shown(client)


def test_a_second_one_is_refused(client, inquiry, clerk, django_capture_on_commit_callbacks):
    submission = reachable(inquiry)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(address("acknowledge", 1))
    with pytest.raises(Refused, match="LUI0001 was acknowledged on"):
        acknowledge(submission=submission, by=CONSOLE)
    send(Acknowledgement.objects.get().pk)
    assert len(mail.outbox) == 1
    assert "was acknowledged on" in client.get(address("acknowledge", 1)).content.decode()


def test_what_was_sent_stays_sent_whoever_writes(inquiry, django_capture_on_commit_callbacks):
    submission = reachable(inquiry)
    with django_capture_on_commit_callbacks(execute=True):
        acknowledge(submission=submission, by=CONSOLE)
    kept = Acknowledgement.objects.filter(submission=submission)
    changes = ({"sent_at": None}, {"state": "waiting"}, {"handed_over_at": timezone.now()})
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            kept.update(**change)
    with pytest.raises(DatabaseError, match="unique"), transaction.atomic():
        Acknowledgement.objects.create(inquiry=inquiry, submission=submission)
    other = Acknowledgement.objects.create(inquiry=inquiry, submission=reachable(inquiry))
    with pytest.raises(DatabaseError, match="sent_after_it_was_handed_over"), transaction.atomic():
        Acknowledgement.objects.filter(pk=other.pk).update(sent_at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_send_one():
    submission, together = reachable(an_inquiry()), Barrier(4)

    def ask(_: int) -> str:
        try:
            together.wait(timeout=30)
            acknowledge(submission=submission, by=CONSOLE)
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(4) as clerks:
        said = sorted(clerks.map(ask, range(4)))
    assert said[0] == ""
    assert all("was acknowledged on" in each or "is on its way" in each for each in said[1:])
    assert len(mail.outbox) == 1


class Failing(EmailBackend):
    """A mail server that does as it is told."""

    at_the_door: Exception | None = None
    when_given: Exception | None = None

    def open(self) -> None:
        if self.at_the_door:
            raise self.at_the_door

    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        if self.when_given:
            raise self.when_given
        return len(messages)


@pytest.fixture
def server(settings, monkeypatch) -> type[Failing]:
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    monkeypatch.setattr(Failing, "at_the_door", None)
    monkeypatch.setattr(Failing, "when_given", None)
    return Failing


def ask_and_send(submission: Submission) -> Acknowledgement:
    kept = acknowledge(submission=submission, by=CONSOLE)
    send(kept.pk)
    kept.refresh_from_db()
    return kept


@pytest.mark.parametrize(
    ("where", "error", "said"),
    [
        ("at_the_door", ConnectionRefusedError(ADDRESS), "could not be reached, so nothing was sent"),
        ("at_the_door", smtplib.SMTPAuthenticationError(535, ADDRESS.encode()), "could not be reached"),
        ("when_given", smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no")}), "did not take it, so nothing was sent"),
        ("when_given", smtplib.SMTPDataError(554, ADDRESS.encode()), "did not take it"),
    ],
)
def test_what_the_server_did_not_take_can_be_sent_again(
    client, inquiry, clerk, server, monkeypatch, caplog, where, error, said
):
    monkeypatch.setattr(server, where, error)
    submission = reachable(inquiry)
    kept = ask_and_send(submission)
    assert (kept.state, kept.handed_over_at, kept.sent_at) == ("failed", None, None)
    assert said in kept.error
    assert ADDRESS not in kept.error + caplog.text
    assert "It was not sent" in shown(client)
    monkeypatch.setattr(server, where, None)
    assert ask_and_send(submission).sent_at


@pytest.mark.parametrize("error", [smtplib.SMTPServerDisconnected(ADDRESS), TimeoutError(ADDRESS), OSError(ADDRESS)])
def test_what_may_have_been_sent_says_so_and_waits_for_a_person(
    client, inquiry, clerk, server, monkeypatch, caplog, error
):
    monkeypatch.setattr(server, "when_given", error)
    submission = reachable(inquiry)
    kept = ask_and_send(submission)
    assert (kept.state, kept.is_unsure) == ("failed", True)
    assert ADDRESS not in kept.error + caplog.text
    page = shown(client)
    assert "It may have been sent" in page
    sweep()
    send(kept.pk)
    with pytest.raises(Refused, match="may have been sent"):
        acknowledge(submission=submission, by=CONSOLE)
    assert len(mail.outbox) == 1
    client.post(address("settle", 1), {"arrived": "yes"})
    kept.refresh_from_db()
    assert kept.sent_at == kept.handed_over_at
    assert "Sent on" in shown(client)
    assert len(mail.outbox) == 1


def test_what_did_not_arrive_is_sent_again_when_a_person_says_so(
    client, inquiry, clerk, server, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(server, "when_given", TimeoutError())
    kept = ask_and_send(reachable(inquiry))
    monkeypatch.setattr(server, "when_given", None)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("settle", 1), {"arrived": "no"})
    kept.refresh_from_db()
    assert kept.sent_at
    client.post(address("settle", 1), {"arrived": "no"})
    assert len(mail.outbox) == 2


def test_a_worker_that_is_lost_while_it_hands_over_sends_nothing_twice(inquiry):
    kept = acknowledge(submission=reachable(inquiry), by=CONSOLE)
    assert Acknowledgement.objects.claim(kept.pk)
    long_ago = timezone.now() - dt.timedelta(minutes=10)
    Acknowledgement.objects.filter(pk=kept.pk).update(handed_over_at=long_ago, seen_at=long_ago)
    sweep()
    kept.refresh_from_db()
    assert (kept.state, kept.is_unsure) == ("failed", True)
    assert not Acknowledgement.objects.claim(kept.pk)
    assert mail.outbox == []


def test_a_worker_that_is_lost_before_that_is_replaced(inquiry):
    kept = acknowledge(submission=reachable(inquiry), by=CONSOLE)
    assert Acknowledgement.objects.claim(kept.pk)
    long_ago = timezone.now() - dt.timedelta(minutes=10)
    Acknowledgement.objects.filter(pk=kept.pk).update(seen_at=long_ago)
    sweep()
    kept.refresh_from_db()
    assert kept.sent_at
    assert len(mail.outbox) == 1


def test_who_cannot_be_reached_is_told_of(client, inquiry, clerk):
    a_submission(inquiry, text=None)
    withdraw_submission(submission=reachable(inquiry), reason="At their wish.", by=CONSOLE)
    assert "LUI0001 has no e-mail address" in client.get(address("acknowledge", 1)).content.decode()
    assert "LUI0002 is withdrawn." in client.get(address("acknowledge", 2)).content.decode()
    kept = acknowledge(submission=reachable(inquiry), by=CONSOLE)
    keep_contact_details(submission=kept.submission, contact=Contact(phone="1"), by=CONSOLE)
    send(kept.pk)
    kept.refresh_from_db()
    assert "There is no e-mail address" in kept.error
    assert mail.outbox == []


def test_many_are_acknowledged_once_it_is_confirmed(client, inquiry, clerk, django_capture_on_commit_callbacks):
    reachable(inquiry)
    a_submission(inquiry, text=None)
    reachable(inquiry, "bob@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        acknowledge(submission=Submission.objects.get(number=3), by=CONSOLE)
    asked = client.post(address("acknowledge_many"), {"number": ["1", "2", "3", "x"], "asked": "state=accepted"})
    page = asked.content.decode()
    assert "Acknowledge 1 submission" in page
    assert "LUI0002 has no e-mail address" in page
    assert "LUI0003 was acknowledged on" in page
    assert len(mail.outbox) == 1
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(
            address("acknowledge_many"), {"number": ["1"], "asked": "state=accepted", "confirmed": "yes"}
        )
    assert done.url.endswith("?state=accepted")
    assert [message.to for message in mail.outbox] == [["bob@example.org"], [ADDRESS]]
    nothing = client.post(address("acknowledge_many"), follow=True)
    assert "Choose submissions first." in nothing.content.decode()


def test_the_list_tells_apart_who_was_acknowledged(client, inquiry, clerk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        acknowledge(submission=reachable(inquiry), by=CONSOLE)
    reachable(inquiry)

    def found(asked: str) -> list[int]:
        answer = client.get(reverse("submissions:list", args=["LUI"]) + asked)
        return [each.number for each in answer.context["page"]]

    assert (found("?acknowledged=sent"), found("?acknowledged=not")) == ([1], [2])
    member = a_person(inquiry, Role.MEMBER)
    client.force_login(member)
    assert found("?acknowledged=sent") == [2, 1]
    assert not Acknowledgement.objects.visible_to(member).exists()


def test_the_address_stands_among_contact_details_alone(client, inquiry, clerk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        acknowledge(submission=reachable(inquiry), by=CONSOLE)
    for model in (Acknowledgement, Acknowledgement.events.rel.related_model):
        for row in model._base_manager.values():
            assert ADDRESS not in str(row)
    for role in (Role.MEMBER, Role.ADVISER):
        client.force_login(a_person(inquiry, role))
        page = shown(client)
        assert ADDRESS not in page
        assert "Acknowledgement" not in page
        assert client.get(address("acknowledge", 1)).status_code == 403


def test_the_wording_is_the_inquirys_own(client, inquiry, clerk, django_capture_on_commit_callbacks):
    page = client.get(address("wording")).content.decode()
    assert "LUI0012: your evidence to Example Group (fictional)" in page
    assert "Dear Dr Jane Example, Example Residents Association," in page
    seen = client.get(address("wording")).context["form"]["seen"].value()
    typed = {"subject": "Thank you for {reference}", "text": "Dear {submitter},\r\nThank you.", "seen": seen}
    preview = client.post(address("wording"), typed | {"show": "example"}).content.decode()
    assert "Thank you for LUI0012" in preview
    assert client.get(address("wording")).context["form"]["subject"].value().startswith("{reference}:")
    assert client.post(address("wording"), typed).status_code == 302
    second = client.post(address("wording"), typed | {"subject": "Mine"}).content.decode()
    assert "Somebody else changed this wording of acknowledgements while you were writing." in second
    with django_capture_on_commit_callbacks(execute=True):
        acknowledge(submission=reachable(inquiry), by=CONSOLE)
    assert mail.outbox[0].subject == "Thank you for LUI0001"
    assert mail.outbox[0].body == "Dear Example Residents Association,\nThank you."


def test_a_place_that_nothing_is_known_for_is_refused(client, inquiry, clerk):
    typed = {"subject": "Thank you", "text": "Dear {submiter} of {reference.inquiry}"}
    answer = client.post(address("wording"), typed)
    assert "Nothing is known for {submiter}." in answer.content.decode()
    assert "Dear {submiter}" in answer.content.decode()
    with pytest.raises(Refused, match="Nothing is known"):
        word_acknowledgements(inquiry=inquiry, subject="{x}", text="y", by=CONSOLE)


def test_a_name_fills_in_nothing_else_and_ends_no_line(inquiry, django_capture_on_commit_callbacks):
    assert unknown_places("{a.b} {reference!r} {} {{reference}}") == ["a.b", "reference!r", ""]
    assert filled("{submitter}", {"submitter": "{reference}", "reference": "LUI0001"}) == "{reference}"
    submission = reachable(inquiry, submitter="Example\x0b\x85Trust {reference}")
    word_acknowledgements(inquiry=inquiry, subject="For {submitter}", text="x", by=CONSOLE)
    with django_capture_on_commit_callbacks(execute=True):
        acknowledge(submission=submission, by=CONSOLE)
    assert mail.outbox[0].subject == "For Example Trust {reference}"
