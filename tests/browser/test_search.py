"""The search field, which is on every page: what it suggests, by keyboard, and where it leads."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from accounts.roles import Role
from tests import builders
from tests.browser.conftest import LOOKS, Scheme, SignIn, assert_accessible

pytestmark = [pytest.mark.django_db(transaction=True)]


def test_what_is_typed_is_suggested_and_the_arrows_lead_to_the_words(as_person: SignIn) -> None:
    inquiry = builders.an_inquiry("LUI")
    builders.a_submission(inquiry, text="The people’s hall was shut.\n\nA library was not.")
    page = as_person(builders.a_person(inquiry, Role.MEMBER))
    page.goto("/LUI/")
    page.keyboard.press("/")
    page.keyboard.type("people's ha", delay=20)
    suggested = page.get_by_role("region", name="Suggestions")
    expect(suggested.get_by_role("link")).to_contain_text(["The people’s hall was shut."])
    page.keyboard.press("Escape")
    expect(suggested.get_by_role("link")).to_have_count(0)
    page.keyboard.type("ll")
    expect(suggested.get_by_role("link")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/LUI/read/\d+/\?at=\d+&find="))
    expect(page.locator("li.passage u")).to_have_text(["people", "hall"])


def test_enter_goes_straight_to_a_reference(as_person: SignIn) -> None:
    inquiry = builders.an_inquiry("LUI")
    builders.a_submission(inquiry)
    page = as_person(builders.a_person(inquiry, Role.MEMBER))
    page.goto("/LUI/")
    page.get_by_role("searchbox", name="Search evidence").fill("lui 1")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/LUI/submissions/1/$"))


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing(as_person: SignIn, width: int, scheme: Scheme) -> None:
    inquiry = builders.an_inquiry("LUI")
    submission = builders.a_submission(inquiry, submitter="Hall Trust", text="The people’s hall was shut.")
    builders.a_written_quote(submission)
    page = as_person(builders.a_person(inquiry), width=width, scheme=scheme)
    for words in ("hall", "hal", "para 1", ""):
        page.goto(f"/LUI/search/?q={words}")
        assert_accessible(page)
    page.goto("/LUI/")
    page.get_by_role("searchbox", name="Search evidence").type("hal")
    expect(page.get_by_role("region", name="Suggestions").get_by_role("link")).to_have_count(3)
    assert_accessible(page)
