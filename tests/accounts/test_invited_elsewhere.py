"""Who looks after one inquiry's people gets into no account, and learns nothing, of another's.

The attacks are tried as they would be made: by an administrator at the pages of their own inquiry.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Membership, User
from accounts.roles import Role
from inquiry.models import Inquiry
from tests.builders import PASSWORD, a_person, an_inquiry, an_invitation, with_a_password

pytestmark = pytest.mark.django_db
ADDRESS = "vera@example.org"
ANOTHER_PASSWORD = "the phrase of somebody else"


@pytest.fixture
def mine() -> Inquiry:
    return an_inquiry()


@pytest.fixture
def theirs() -> Inquiry:
    return an_inquiry(title="Inquiry into hidden things")


@pytest.fixture
def attacker(mine: Inquiry) -> Client:
    client = Client()
    client.force_login(a_person(mine, Role.ADMINISTRATOR, name="Ada Administrator"))
    return client


@pytest.fixture
def their_administrator(theirs: Inquiry) -> Client:
    client = Client()
    client.force_login(a_person(theirs, Role.ADMINISTRATOR, name="Otto Other"))
    return client


def shown_for(client: Client, inquiry: Inquiry, email: str = ADDRESS, name: str = "Typed Name") -> str:
    typed = {"name": name, "email": email, "role": "member"}
    return client.post(reverse("person_add", args=[inquiry.code]), typed).content.decode()


def link_for(client: Client, inquiry: Inquiry, email: str = ADDRESS) -> str:
    found = re.search(r'value="http://testserver(/invitation/[^"]+)"', shown_for(client, inquiry, email))
    assert found
    return found[1]


def a_member(inquiry: Inquiry) -> User:
    """Somebody with a password, who works on the inquiry under a name that only it knows."""
    person = with_a_password(a_person(inquiry, Role.CLERK, name="Vera Secret"))
    User.objects.filter(pk=person.pk).update(email=ADDRESS)
    return User.objects.get(pk=person.pk)


def without_a_password(inquiry: Inquiry) -> User:
    """Somebody whom the command line has put into the inquiry, and who has no password yet."""
    person = a_person(inquiry, Role.CLERK, name="Vera Secret")
    User.objects.filter(pk=person.pk).update(email=ADDRESS)
    return User.objects.get(pk=person.pk)


def removed(inquiry: Inquiry) -> User:
    person = without_a_password(inquiry)
    person.memberships.all().delete()
    return person


@pytest.mark.parametrize("known", [a_member, without_a_password, removed])
def test_no_link_sets_the_password_of_somebody_known_elsewhere(
    mine: Inquiry, theirs: Inquiry, attacker: Client, known: Callable[[Inquiry], User]
) -> None:
    before = known(theirs).password
    link = link_for(attacker, mine)
    for visitor in (Client(), attacker):
        for answer in (visitor.get(link), visitor.post(link, {"password": ANOTHER_PASSWORD, "name": "Mallory"})):
            shown = answer.content.decode()
            assert "Sign in to accept" in shown
            assert 'type="password"' not in shown
            assert "Vera Secret" not in shown
            assert theirs.title not in shown
    person = User.objects.get(email=ADDRESS)
    assert (person.password, person.name) == (before, "Vera Secret")
    assert not Membership.objects.filter(user=person, inquiry=mine).exists()


def test_whoever_is_invited_elsewhere_can_still_come_there_and_nobody_else(
    mine: Inquiry, theirs: Inquiry, attacker: Client, their_administrator: Client
) -> None:
    their_link = link_for(their_administrator, theirs)
    my_link = link_for(attacker, mine)
    mallory = Client()
    mallory.post(my_link, {"password": ANOTHER_PASSWORD})
    mallory.post(reverse("account_login"), {"login": ADDRESS, "password": ANOTHER_PASSWORD})
    assert mallory.get(reverse("review:overview", args=[mine.code])).status_code == 200
    assert mallory.get(reverse("review:overview", args=[theirs.code])).status_code == 404
    Authenticator.objects.create(user=User.objects.get(email=ADDRESS), type="webauthn", data={"name": "A key"})

    vera = Client()
    assert 'type="password"' not in vera.get(their_link).content.decode()
    set_a_password_by_mail(vera)
    assert mallory.get(reverse("review:overview", args=[mine.code])).status_code == 302
    assert not Authenticator.objects.exists()
    assert not authenticate(username=ADDRESS, password=ANOTHER_PASSWORD)
    vera.post(reverse("account_login"), {"login": ADDRESS, "password": PASSWORD})
    shown = vera.post(their_link, {"name": "Vera Example"}, follow=True).content.decode()
    assert "You are now in this inquiry as member." in shown
    assert "Vera Example" in their_administrator.get(reverse("people", args=[theirs.code])).content.decode()
    assert vera.get(their_link).status_code == 410


def set_a_password_by_mail(client: Client) -> None:
    client.post(reverse("account_reset_password"), {"email": ADDRESS})
    found = re.search(r"http://testserver(/account/password/reset/key/\S+)", mail.outbox[-1].body)
    assert found
    form = client.get(found[1], follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})


def test_a_second_step_stays_once_the_address_is_proven(theirs: Inquiry) -> None:
    person = a_member(theirs)
    set_a_password_by_mail(Client())
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "A key"})
    set_a_password_by_mail(Client())
    assert Authenticator.objects.count() == 1


def test_the_pages_are_the_same_for_an_address_that_is_known_and_one_that_is_not(
    mine: Inquiry, theirs: Inquiry, attacker: Client
) -> None:
    a_member(theirs)
    addresses = (ADDRESS, "nobody@example.org")
    known, unknown = (but_for_secrets(shown_for(attacker, mine, each)).replace(each, "") for each in addresses)
    assert known == unknown
    assert "Typed Name" in known
    listed = attacker.get(reverse("people", args=[mine.code])).content.decode()
    rows = [row for row in re.findall(r"<tr>.*?</tr>", but_for_secrets(listed), re.DOTALL) if "Typed Name" in row]
    row, other = (re.sub(r"\d+/(again|withdraw)", "", each) for each in rows)
    assert row.replace(addresses[0], "") == other.replace(addresses[1], "")
    history = attacker.get(reverse("history:newest", args=[mine.code])).content.decode()
    one = attacker.get(
        reverse("history:record", args=[mine.code, "invitation", Invitation.objects.get(email=ADDRESS).pk])
    ).content.decode()
    for shown in (listed, history, one):
        assert "Vera Secret" not in shown
        assert theirs.title not in shown
        assert theirs.code not in shown


def but_for_secrets(shown: str) -> str:
    """The page without what is another each time."""
    return re.sub(r"/invitation/[^/]+/|\b\w{64}\b", "", shown)


def test_whoever_is_invited_again_in_another_inquiry_chooses_the_name_that_is_seen(
    mine: Inquiry, theirs: Inquiry, attacker: Client
) -> None:
    vera = Client()
    vera.force_login(a_member(theirs))
    link = link_for(attacker, mine)
    asked = vera.get(link).content.decode()
    assert f"Join {mine.title}?" in asked
    assert "Vera Secret" in asked
    assert "There is a problem" in vera.post(link, {"name": ""}).content.decode()
    vera.post(link, {"name": "Vera Example"})
    listed = attacker.get(reverse("people", args=[mine.code])).content.decode()
    assert "Vera Example" in listed
    assert "Vera Secret" not in listed


def test_an_invitation_of_another_inquiry_is_out_of_reach(mine: Inquiry, theirs: Inquiry, attacker: Client) -> None:
    invited = an_invitation(theirs, email=ADDRESS, name="Vera Secret")
    digest = invited.secret_digest
    for name in ("person_invite", "person_uninvite"):
        for code in (mine.code, theirs.code):
            assert attacker.post(reverse(name, args=[code, invited.pk])).status_code == 404
    assert Invitation.objects.get(pk=invited.pk).secret_digest == digest


def test_an_administrator_renews_only_what_waits(mine: Inquiry, attacker: Client) -> None:
    """A link that was lost is made anew, as often as needed; one that was used is not."""
    first = link_for(attacker, mine)
    again = reverse("person_invite", args=[mine.code, Invitation.objects.get().pk])
    found = re.search(r'value="http://testserver(/invitation/[^"]+)"', attacker.post(again).content.decode())
    assert found
    assert Client().get(first).status_code == 410
    Client().post(found[1], {"password": PASSWORD})
    assert attacker.post(again).status_code == 404


def command(inquiry: Inquiry) -> str:
    shown = io.StringIO()
    details: dict[str, Any] = {"email": ADDRESS, "name": "Typed Name", "role": "administrator"}
    call_command("add_person", inquiry=inquiry.code, stdout=shown, **details)
    return shown.getvalue().strip()


def test_the_command_line_too_brings_nobody_in_who_has_not_signed_in(mine: Inquiry, theirs: Inquiry) -> None:
    person = a_member(theirs)
    path = command(mine)
    assert "Sign in to accept" in Client().get(path).content.decode()
    assert not Membership.objects.filter(user=person, inquiry=mine).exists()
    vera = Client()
    vera.force_login(person)
    vera.post(path, {"name": "Vera Secret"})
    assert Membership.objects.get(user=person, inquiry=mine).role == Role.ADMINISTRATOR


def test_only_the_command_line_gives_a_first_password_to_somebody_known(
    mine: Inquiry, theirs: Inquiry, attacker: Client
) -> None:
    person = without_a_password(theirs)
    path = command(mine)
    assert 'type="password"' in Client().get(path).content.decode()
    renewed = attacker.post(reverse("person_invite", args=[mine.code, Invitation.objects.get().pk])).content.decode()
    found = re.search(r'value="http://testserver(/invitation/[^"]+)"', renewed)
    assert found
    Client().post(found[1], {"password": ANOTHER_PASSWORD})
    Client().post(path, {"password": ANOTHER_PASSWORD})
    person.refresh_from_db()
    assert not person.has_usable_password()
    Invitation.objects.all().delete()
    Client().post(command(mine), {"password": PASSWORD})
    assert authenticate(username=ADDRESS, password=PASSWORD)


def test_the_database_holds_what_an_invitation_is(mine: Inquiry) -> None:
    invited = an_invitation(mine, email=ADDRESS)
    for wrong in (
        {"role": "king"},
        {"accepted_at": timezone.now()},
        {"email": an_invitation(mine).email.upper()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.filter(pk=invited.pk).update(**wrong)
