"""People are added, invited once, given roles, and shown out."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Membership, User
from accounts.roles import Role
from inquiry.models import Inquiry
from tests.builders import a_person, an_inquiry, an_invitation

pytestmark = pytest.mark.django_db
PASSWORD = "a lantern on the quay"


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


@pytest.fixture
def administrator(inquiry: Inquiry, client: Client) -> User:
    person = a_person(inquiry, Role.ADMINISTRATOR, name="Ada Administrator")
    client.force_login(person)
    return person


def add(client: Client, inquiry: Inquiry, **details: str) -> str:
    person = {"name": "Mel Member", "email": "mel@example.org", "role": "member"} | details
    return client.post(reverse("person_add", args=[inquiry.code]), person, follow=True).content.decode()


def link_in(shown: str) -> str:
    found = re.search(r'value="http://testserver(/invitation/[^"]+)"', shown)
    assert found
    return found[1]


def test_a_new_person_sets_a_password_by_the_link_and_signs_in(
    client: Client, inquiry: Inquiry, administrator: User
) -> None:
    link = link_in(add(client, inquiry))
    visitor = Client()
    assert "Mel Member" in visitor.get(link).content.decode()
    shown = visitor.post(link, {"password": PASSWORD}, follow=True).content.decode()
    assert "Your password is set" in shown
    signed_in = visitor.post(
        reverse("account_login"), {"login": "mel@example.org", "password": PASSWORD}, follow=True
    ).content.decode()
    assert inquiry.title in signed_in
    over = visitor.get(link)
    assert over.status_code == 410
    assert "has been used" in over.content.decode()


def test_a_link_is_kept_nowhere_and_not_by_a_browser(client: Client, inquiry: Inquiry, administrator: User) -> None:
    details = {"name": "Mel Member", "email": "mel@example.org", "role": "member"}
    response = client.post(reverse("person_add", args=[inquiry.code]), details)
    secret = link_in(response.content.decode()).split("/")[2]
    assert response["Cache-Control"] == "no-store"
    assert secret not in Invitation.objects.get().secret_digest


def test_a_new_link_ends_the_one_before(client: Client, inquiry: Inquiry, administrator: User) -> None:
    first = link_in(add(client, inquiry))
    assert "has not accepted yet" in client.get(reverse("people", args=[inquiry.code])).content.decode()
    again = client.post(reverse("person_invite", args=[inquiry.code, Invitation.objects.get().pk])).content.decode()
    assert Client().get(first).status_code == 410
    assert Client().get(link_in(again)).status_code == 200


def test_a_link_is_over_after_a_week(client: Client, inquiry: Inquiry, administrator: User) -> None:
    link = link_in(add(client, inquiry))
    Invitation.objects.update(invited_at=timezone.now() - dt.timedelta(days=7, minutes=1))
    assert Client().get(link).status_code == 410
    assert Client().post(link, {"password": PASSWORD}).status_code == 410
    assert not User.objects.filter(email="mel@example.org").exists()


@pytest.mark.parametrize("password", ["", "short", "password1234", "mel@example.org"])
def test_a_weak_password_is_refused(client: Client, inquiry: Inquiry, administrator: User, password: str) -> None:
    link = link_in(add(client, inquiry))
    assert "There is a problem" in Client().post(link, {"password": password}).content.decode()
    assert not User.objects.filter(email="mel@example.org").exists()


def test_an_invitation_is_withdrawn_once_it_is_confirmed(client: Client, inquiry: Inquiry, administrator: User) -> None:
    link = link_in(add(client, inquiry))
    address = reverse("person_uninvite", args=[inquiry.code, Invitation.objects.get().pk])
    assert "Withdraw the invitation to Mel Member?" in client.get(address).content.decode()
    assert Client().get(link).status_code == 200
    assert "is withdrawn" in client.post(address, follow=True).content.decode()
    assert Client().get(link).status_code == 410
    assert client.post(address).status_code == 404


def test_an_address_is_invited_once(client: Client, inquiry: Inquiry, administrator: User) -> None:
    add(client, inquiry)
    assert "has been invited already" in add(client, inquiry, email="MEL@example.org")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": "nobody"}, "There is a problem"),
        ({"role": "king"}, "There is a problem"),
        ({"name": ""}, "There is a problem"),
    ],
)
def test_what_cannot_stand_comes_back(
    client: Client, inquiry: Inquiry, administrator: User, wrong: dict[str, str], sentence: str
) -> None:
    shown = add(client, inquiry, **wrong)
    assert sentence in shown
    assert "Mel Member" in shown or "mel@example.org" in shown


def test_nobody_is_added_twice(client: Client, inquiry: Inquiry, administrator: User) -> None:
    assert "already has a role" in add(client, inquiry, email=administrator.email)


def test_a_role_is_changed(client: Client, inquiry: Inquiry, administrator: User) -> None:
    membership = Membership.objects.get(user=a_person(inquiry, Role.MEMBER))
    client.post(reverse("person_change", args=[inquiry.code, membership.pk]), {"role": "clerk"})
    membership.refresh_from_db()
    assert membership.role == Role.CLERK


@pytest.mark.parametrize("name", ["person_change", "person_remove"])
def test_the_last_administrator_stays(client: Client, inquiry: Inquiry, administrator: User, name: str) -> None:
    membership = Membership.objects.get(user=administrator)
    address = reverse(name, args=[inquiry.code, membership.pk])
    assert "needs an administrator" in client.post(address, {"role": "member"}, follow=True).content.decode()
    membership.refresh_from_db()
    assert membership.role == Role.ADMINISTRATOR


def test_one_of_two_administrators_may_step_down(client: Client, inquiry: Inquiry, administrator: User) -> None:
    a_person(inquiry, Role.ADMINISTRATOR)
    membership = Membership.objects.get(user=administrator)
    response = client.post(
        reverse("person_change", args=[inquiry.code, membership.pk]), {"role": "member"}, follow=True
    )
    assert response.status_code == 200
    assert "is now member" in response.content.decode()


def test_a_person_is_removed_once_it_is_confirmed(client: Client, inquiry: Inquiry, administrator: User) -> None:
    person = a_person(inquiry, Role.MEMBER, name="Mel Member")
    membership = Membership.objects.get(user=person)
    address = reverse("person_remove", args=[inquiry.code, membership.pk])
    assert "Remove Mel Member?" in client.get(address).content.decode()
    assert Membership.objects.filter(pk=membership.pk).exists()
    client.post(address)
    assert not Membership.objects.filter(pk=membership.pk).exists()
    client.force_login(person)
    assert client.get(reverse("review:overview", args=[inquiry.code])).status_code == 404


def of_invitation(invited: Invitation) -> tuple[tuple[str, int], ...]:
    return ("person_invite", invited.pk), ("person_uninvite", invited.pk)


@pytest.mark.parametrize("role", [Role.CLERK, Role.MEMBER, Role.ADVISER])
def test_only_administrators_look_after_people(client: Client, inquiry: Inquiry, role: Role) -> None:
    person = a_person(inquiry, role)
    membership = Membership.objects.get(user=person)
    client.force_login(person)
    for name in ("people", "person_add"):
        assert client.get(reverse(name, args=[inquiry.code])).status_code == 403
    invited = an_invitation(inquiry)
    for name, key in (("person_change", membership.pk), ("person_remove", membership.pk), *of_invitation(invited)):
        address = reverse(name, args=[inquiry.code, key])
        assert client.post(address, {"role": "administrator"}).status_code == 403
    membership.refresh_from_db()
    assert membership.role == role


def test_people_of_another_inquiry_are_out_of_reach(client: Client, inquiry: Inquiry, administrator: User) -> None:
    stranger = a_person(an_inquiry(), Role.MEMBER, name="Strange Member")
    membership = Membership.objects.get(user=stranger)
    assert "Strange Member" not in client.get(reverse("people", args=[inquiry.code])).content.decode()
    invited = an_invitation(membership.inquiry, name="Strange Guest")
    assert "Strange Guest" not in client.get(reverse("people", args=[inquiry.code])).content.decode()
    for name, key in (("person_change", membership.pk), ("person_remove", membership.pk), *of_invitation(invited)):
        for code in (inquiry.code, membership.inquiry.code):
            assert client.post(reverse(name, args=[code, key]), {"role": "clerk"}).status_code == 404


def test_home_leads_to_the_only_inquiry_or_lists_them(client: Client, inquiry: Inquiry, administrator: User) -> None:
    assert client.get("/").headers["Location"] == reverse("review:overview", args=[inquiry.code])
    other = an_inquiry(title="Inquiry into other things")
    Membership.objects.create(user=administrator, inquiry=other, role=Role.MEMBER)
    shown = client.get("/").content.decode()
    assert inquiry.title in shown
    assert "Inquiry into other things" in shown
    assert "your role: administrator" in shown


def test_someone_without_a_role_is_told_whom_to_ask(client: Client, inquiry: Inquiry) -> None:
    person = a_person(inquiry, Role.MEMBER)
    Membership.objects.all().delete()
    client.force_login(person)
    assert "You are in no inquiry" in client.get("/").content.decode()


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_of_people_asks_the_database_as_often_for_three_as_for_one(
    client: Client, django_assert_num_queries, inquiry: Inquiry, administrator: User, people: int
) -> None:
    for _ in range(people - 1):
        a_person(inquiry)
    for _ in range(people):
        an_invitation(inquiry)
    with django_assert_num_queries(7):
        client.get(reverse("people", args=[inquiry.code]))


@pytest.mark.parametrize("page", ["signup", "signup/passkey", "2fa/webauthn/signup", "3rdparty/signup"])
def test_nobody_signs_up_by_themselves(client: Client, page: str) -> None:
    stranger = {"email": "stranger@example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(f"/account/{page}/", stranger).status_code == 404
    assert not User.objects.exists()
    assert not get_adapter().is_open_for_signup(None)


@pytest.mark.parametrize("page", ["email", "confirm-email", "login/code", "phone/change"])
def test_nobody_changes_the_address_by_which_they_sign_in(client: Client, administrator: User, page: str) -> None:
    wanted = {"email": "other@example.org", "action_add": "", "action_primary": ""}
    assert client.post(f"/account/{page}/", wanted).status_code == 404
    assert User.objects.get().email == administrator.email


def test_a_forgotten_password_is_set_anew_by_the_link_that_is_sent(client: Client, administrator: User) -> None:
    administrator.set_password("the one that was forgotten")
    administrator.save()
    visitor = Client()
    shown = visitor.post(reverse("account_reset_password"), {"email": administrator.email}, follow=True)
    assert "Look at your e-mail" in shown.content.decode()
    found = re.search(r"http://testserver(/account/password/reset/key/\S+)", mail.outbox[0].body)
    assert found
    form = visitor.get(found[1], follow=True)
    wanted = {"password1": PASSWORD, "password2": PASSWORD}
    assert "Your password is set" in visitor.post(form.request["PATH_INFO"], wanted, follow=True).content.decode()
    administrator.refresh_from_db()
    assert administrator.check_password(PASSWORD)


def test_no_message_goes_to_an_address_that_is_not_known(client: Client, inquiry: Inquiry) -> None:
    shown = client.post(reverse("account_reset_password"), {"email": "stranger@example.org"}, follow=True)
    assert "Look at your e-mail" in shown.content.decode()
    assert mail.outbox == []


def test_a_code_from_an_app_is_asked_for_once_it_is_turned_on(client: Client, administrator: User) -> None:
    administrator.set_password(PASSWORD)
    administrator.save()
    own = Client()
    own.post(reverse("account_login"), {"login": administrator.email, "password": PASSWORD})
    turn_on = reverse("mfa_activate_totp")
    asked_again = own.get(turn_on, follow=True)
    assert "Confirm that it is you" in asked_again.content.decode()
    form = own.post(f"{reverse('account_reauthenticate')}?next={turn_on}", {"password": PASSWORD}, follow=True)
    secret = form.context["form"].secret
    shown = own.post(turn_on, {"code": code_now(secret)}, follow=True)
    assert "Recovery codes" in shown.content.decode()
    later = Client()
    half_way = later.post(reverse("account_login"), {"login": administrator.email, "password": PASSWORD}, follow=True)
    assert half_way.request["PATH_INFO"] == reverse("mfa_authenticate")
    assert later.get(reverse("people", args=["XX"])).status_code == 302


def code_now(secret: str) -> str:
    """What an app would show."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD))


def test_any_column_of_people_sorts(client: Client, inquiry: Inquiry, administrator: User) -> None:
    a_person(inquiry, Role.MEMBER, name="aaron Example")
    a_person(inquiry, Role.CLERK, name="Zoe Example")
    client.force_login(administrator)

    def last(sort: str) -> str:
        answer = client.get(reverse("people", args=[inquiry.code]) + f"?sort={sort}")
        return [str(each.user) for each in answer.context["memberships"]][-1]

    assert {sort: last(sort) for sort in ("name", "-name", "role", "since", "bogus")} == {
        "name": "Zoe Example",
        "-name": "aaron Example",
        "role": "aaron Example",
        "since": "Zoe Example",
        "bogus": "Zoe Example",
    }


def test_an_address_is_the_same_whatever_its_capitals(client: Client, inquiry: Inquiry, administrator: User) -> None:
    add(client, inquiry, email="kelvin@example.org")
    for address in ("KELVIN@example.org", "\u212aelvin@example.org"):
        assert "has been invited already" in add(client, inquiry, email=address)
    assert Invitation.objects.get().email == "kelvin@example.org"
    member = a_person(inquiry)
    assert "already has a role in this inquiry" in add(client, inquiry, email=member.email.upper())


def test_an_address_too_long_to_keep_is_told(client: Client, inquiry: Inquiry, administrator: User) -> None:
    long = "a" * 60 + "@" + "b." * 95 + "example"
    assert len(long) > 254
    assert "at most 254 characters" in add(client, inquiry, email=long)
    assert not Invitation.objects.exists()


def test_no_page_is_kept_by_a_browser(client: Client, inquiry: Inquiry, administrator: User) -> None:
    link = link_in(add(client, inquiry))
    other = a_person(inquiry)
    Membership.objects.create(user=other, inquiry=an_inquiry(), role="clerk")
    assert "no-store" in Client().get(link)["Cache-Control"]
    for person, address in ((administrator, "review:overview"), (administrator, "people"), (other, "home")):
        client.force_login(person)
        answer = client.get(reverse(address, args=[] if address == "home" else [inquiry.code]))
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_a_page_that_is_not_there_keeps_the_way_round_for_who_may_see_the_inquiry(client):
    inquiry = an_inquiry()
    strangers = [Client(), Client()]
    strangers[1].force_login(a_person(an_inquiry()))
    client.force_login(a_person(inquiry, Role.MEMBER))
    for address in (f"/{inquiry.code}/nothing-here/", f"/{inquiry.code}/sessions/0/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "Search evidence" in answer.content.decode()
        assert reverse("sessions:list", args=[inquiry.code]) in answer.content.decode()
        for stranger in strangers:
            assert inquiry.title not in stranger.get(address).content.decode()
    assert client.get("/nothing-here/").status_code == 404
