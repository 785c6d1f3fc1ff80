"""Every page can be used by everyone: axe finds nothing, and nothing runs over the edge, wide or narrow, light or dark.

The pages are those of ``tests/test_addresses.py``, so that none is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.template.loader import render_to_string
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.actions import add_person, invite, signed_for
from accounts.models import User
from accounts.roles import CONSOLE, Role
from inquiry.models import Inquiry
from tests.browser.conftest import Scheme, SignIn, assert_accessible_in_every_look
from tests.builders import PASSWORD, a_person, a_submission, an_inquiry, with_a_password
from tests.everything import address_of, one_of_everything
from tests.test_addresses import INSIDE, ONES_OWN, ONLY_SENT, OPEN, PARTS

pytestmark = pytest.mark.django_db(transaction=True)
# Where a page has been looked at in every look already, or differs in little.
TWO_LOOKS: tuple[tuple[int, Scheme], ...] = ((320, "light"), (1280, "dark"))
CHUNKS = 4


def pages_for(role: Role, *, with_records: bool = True) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The pages of an inquiry that the role may look at."""
    for name, (roles, keys) in INSIDE.items():
        if name not in ONLY_SENT | PARTS and role in roles and (with_records or not keys):
            yield name, keys


def open_page(page: Page, address: str, status: int = 200) -> None:
    """The page itself, not another that it leads to."""
    answer = page.goto(address)
    assert answer is not None
    assert (answer.status, urlsplit(page.url).path) == (status, urlsplit(address).path), address


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_page(as_person: SignIn, chunk: int) -> None:
    records = one_of_everything()
    page = as_person(a_person(records["inquiry"], Role.ADMINISTRATOR))
    for name, keys in [*pages_for(Role.ADMINISTRATOR)][chunk::CHUNKS]:
        open_page(page, address_of(name, keys, records))
        assert_accessible_in_every_look(page)


@pytest.mark.parametrize("role", [Role.CLERK, Role.MEMBER, Role.ADVISER])
def test_every_page_as_other_people_see_it(as_person: SignIn, role: Role) -> None:
    records = one_of_everything()
    page = as_person(a_person(records["inquiry"], role))
    for name, keys in pages_for(role):
        if keys or role != Role.CLERK:
            open_page(page, address_of(name, keys, records))
            assert_accessible_in_every_look(page, TWO_LOOKS)


@pytest.mark.parametrize("role", [Role.CLERK, Role.MEMBER])
def test_every_page_of_an_inquiry_in_which_nothing_is_yet(as_person: SignIn, role: Role) -> None:
    inquiry = an_inquiry()
    page = as_person(a_person(inquiry, role))
    for name, _ in pages_for(role, with_records=False):
        # A page may lead on to what must be there first.
        answer = page.goto(reverse(name, args=[inquiry.code]))
        assert answer is not None
        assert answer.status == 200, name
        assert_accessible_in_every_look(page, TWO_LOOKS)


FORMS = (
    *("person_add", "inquiry:reference_add", "sessions:add", "sessions:insight_add", "sessions:quote_add"),
    *("submissions:add", "submissions:edit", "submissions:return", "submissions:decide", "submissions:add_consent"),
    *("review:recommendation_add", "review:addressee_add", "review:principle_add", "review:quote_edit"),
)


def test_forms_that_come_back(as_person: SignIn) -> None:
    """What is wrong is said at the top and beside its field, and all of it can be read."""
    records = one_of_everything()
    page = as_person(a_person(records["inquiry"], Role.ADMINISTRATOR))
    for name in FORMS:
        page.goto(address_of(name, INSIDE[name][1], records))
        send_it_empty(page)
        assert_accessible_in_every_look(page, TWO_LOOKS)


def send_it_empty(page: Page, which: int = -1) -> None:
    """The last form of the page, unless another is meant."""
    page.evaluate(
        """(which) => {
            const form = [...document.querySelectorAll("main form[method=post]")].at(which);
            form.noValidate = true;
            for (const field of form.elements) {
                if (field.type === "radio") field.checked = false;
                else if (field.type !== "hidden") field.value = "";
            }
            form.submit();
        }""",
        which,
    )
    expect(page.locator(".error-summary")).to_be_visible()


def test_a_decision_on_many(as_person: SignIn) -> None:
    inquiry = an_inquiry()
    submissions = [a_submission(inquiry) for _ in range(2)]
    page = as_person(a_person(inquiry))
    page.goto(reverse("submissions:list", args=[inquiry.code]))
    for submission in submissions:
        page.get_by_label(re.compile(f"Choose {submission.reference}")).check()
    page.get_by_role("button", name="Decide on publication").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Decide")
    assert urlsplit(page.url).path == reverse("submissions:decide_many", args=[inquiry.code])
    assert_accessible_in_every_look(page)


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


def test_pages_outside_an_inquiry(as_person: SignIn, inquiry: Inquiry) -> None:
    person = a_person(inquiry)
    add_person(inquiry=an_inquiry(), email=person.email, name="", role=Role.MEMBER, by=CONSOLE)
    page = as_person(person)
    for name in ("home", "components"):
        open_page(page, reverse(name))
        assert_accessible_in_every_look(page)


def test_what_cannot_be_shown_is_told_on_a_page(as_person: SignIn, inquiry: Inquiry) -> None:
    page = as_person(a_person(inquiry, Role.MEMBER))
    told = (
        (reverse("people", args=[inquiry.code]), 403),
        (reverse("review:theme", args=[inquiry.code, 1]), 404),
        ("/nothing/", 404),
        (reverse("accept", args=["unknown"]), 410),
    )
    for address, status in told:
        open_page(page, address, status)
        assert_accessible_in_every_look(page)
    # These need a fault or a forged form, so they are drawn where the browser stands.
    for template in ("400.html", "403_csrf.html", "500.html"):
        page.set_content(render_to_string(template))
        assert_accessible_in_every_look(page)


def addresses_of_signing_in(person: User, inquiry: Inquiry) -> dict[str, str]:
    """The pages for whoever comes, but for two: signing out has been, and a passkey is only sent."""
    key = (user_pk_to_url_str(person), default_token_generator.make_token(person))
    arguments: dict[str, Any] = {"account_reset_password_from_key": key}
    somebody = {"email": "somebody@example.org", "name": "Some Body", "role": Role.MEMBER}
    arguments["digest_off"] = [signed_for(person)]
    arguments["accept"] = [invite(inquiry=inquiry, by=CONSOLE, **somebody)[1]]
    left_out = {"mfa_login_webauthn", "mfa_authenticate", "account_logout"}
    return {name: reverse(name, args=arguments.get(name, [])) for name in OPEN.keys() - left_out}


def test_signing_in(as_person: SignIn, inquiry: Inquiry) -> None:
    person = with_a_password(a_person(inquiry))
    page = as_person(None)
    for address in addresses_of_signing_in(person, inquiry).values():
        page.goto(address)
        assert_accessible_in_every_look(page)
    page.goto(reverse("account_login"))
    send_it_empty(page, 0)
    assert_accessible_in_every_look(page)
    TOTP.activate(person, generate_totp_secret())
    sign_in(page, person)
    assert urlsplit(page.url).path == reverse("mfa_authenticate")
    assert_accessible_in_every_look(page)


def sign_in(page: Page, person: User) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: urlsplit(address).path != reverse("account_login"))


def test_ones_own_password_and_second_step(as_person: SignIn, inquiry: Inquiry) -> None:
    person = with_a_password(a_person(inquiry))
    page = as_person(None)
    sign_in(page, person)
    open_page(page, reverse("account_reauthenticate"))
    add_a_passkey(page)
    key = Authenticator.objects.get(user=person, type="webauthn").pk
    # Turning on comes before there is anything to turn off; who has a password changes it; the codes are a file.
    rest = ONES_OWN.keys() - {"mfa_activate_totp", "account_set_password", "mfa_download_recovery_codes"}
    open_page(page, reverse("mfa_activate_totp"))
    assert_accessible_in_every_look(page)
    TOTP.activate(person, generate_totp_secret())
    for name in sorted(rest):
        open_page(page, reverse(name, args=[key] if ONES_OWN[name] else []))
        assert_accessible_in_every_look(page)
    open_page(page, reverse("account_logout"))
    assert_accessible_in_every_look(page)


def add_a_passkey(page: Page) -> None:
    """With a key that the browser makes up."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    abilities = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = abilities | {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("A key (fictional)")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
