"""The pages of signing in and of the second step speak in our words, whoever reaches them."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from tests.builders import PASSWORD, a_person, an_inquiry, with_a_password
from tests.test_addresses import ONES_OWN, OPEN

pytestmark = pytest.mark.django_db
# Words of the library, whose pages and forms were written for somebody else.
NOT_OURS = (
    *("Two-Factor", "two-factor", "authenticator code", "Authenticator code", "Security Key", "Recovery Codes"),
    *("New Password", "Current Password", "Remember Me", "Passwordless", "passwordless", "Email", "account/email"),
    *("Master key", "Incorrect", "JavaScript", "Alternative options", "Enter an"),
)


@pytest.fixture
def person() -> User:
    return with_a_password(a_person(an_inquiry(), Role.CLERK))


def with_codes(person: User) -> User:
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    return person


def in_our_words(shown: str) -> None:
    text = re.sub(r"<script.*?</script>|<[^>]*>", " ", shown, flags=re.DOTALL)
    assert [each for each in NOT_OURS if each in text] == []
    assert '<main class="entrance"' in shown


@pytest.mark.parametrize("turned_on", [False, True])
def test_every_page_of_ones_own_account_is_in_our_words(client: Client, person: User, turned_on: bool) -> None:
    client.force_login(with_codes(person) if turned_on else person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    key = Authenticator.objects.create(user=person, type="webauthn", data={"name": "A key"}) if turned_on else None
    # A browser test looks at what wants a real key.
    pages = [name for name in ONES_OWN if key or not ONES_OWN[name] if name != "mfa_reauthenticate_webauthn"]
    if key:
        pages.remove("mfa_add_webauthn")
    addresses = [reverse(name, args=[key.pk] if key and ONES_OWN[name] else []) for name in pages]
    answers = [client.get(address) for address in addresses]
    answers += [client.post(reverse(name)) for name in ("account_change_password", "mfa_activate_totp")]
    shown = [each for each in answers if each.status_code == 200 and each["Content-Type"].startswith("text/html")]
    for answer in shown:
        in_our_words(answer.content.decode())
    assert len(shown) >= (10 if turned_on else 6)


def test_every_page_for_whoever_comes_is_in_our_words(client: Client, person: User) -> None:
    for name in OPEN.keys() - {"accept", "digest_off", "mfa_login_webauthn", "account_reset_password_from_key"}:
        in_our_words(client.get(reverse(name), follow=True).content.decode())
    in_our_words(client.post(reverse("account_login"), {"login": person.email, "password": "x"}).content.decode())
    in_our_words(client.post(reverse("account_login"), {}).content.decode())


def test_the_second_step_is_asked_for_in_our_words(client: Client, person: User) -> None:
    with_codes(person)
    signed_in = {"login": person.email, "password": PASSWORD}
    in_our_words(client.post(reverse("account_login"), signed_in, follow=True).content.decode())
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    in_our_words(wrong)
    assert "This code is wrong" in wrong


def test_who_tries_too_often_is_told_to_wait(client: Client, person: User) -> None:
    """What is counted is kept in the cache, so it is emptied before and after."""
    cache.clear()
    answers = [client.post(reverse("account_reset_password"), {"email": person.email}) for _ in range(25)]
    cache.clear()
    assert answers[-1].status_code == 429
    in_our_words(answers[-1].content.decode())
    assert "Wait a few minutes" in answers[-1].content.decode()
