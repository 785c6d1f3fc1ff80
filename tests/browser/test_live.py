"""While somebody writes, a colleague changes what they look at: the page says so, and what was typed stays."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from evidence.quotes.actions import edit_quote
from evidence.quotes.models import Quote
from evidence.submissions.actions import change_submission
from tests.browser.conftest import SignIn, assert_accessible_in_every_look
from tests.builders import a_person, a_submission, an_inquiry
from tests.reader.placing import address

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_says_that_it_has_changed_and_keeps_what_was_typed(as_person: SignIn) -> None:
    inquiry = an_inquiry()
    submission = a_submission(inquiry)
    page = as_person(a_person(inquiry))
    page.clock.install()
    page.goto(reverse("submissions:edit", args=[inquiry.code, submission.number]))
    asking = page.locator("[data-quiet][hx-get*=seen]")
    expect(asking).to_be_attached()
    page.get_by_label("Title").fill("Typed with care")
    change_submission(submission=submission, title="By a colleague", by=a_person(inquiry, name="Co League"))
    page.clock.run_for(21_000)
    told = page.get_by_text("What this page shows has changed since you opened it.")
    expect(told).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("Typed with care")
    assert_accessible_in_every_look(page)
    # Leaving asks first, because something was typed.
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="Show it as it is now").click()
    expect(page.get_by_label("Title")).to_have_value("By a colleague")


def test_a_quote_that_is_taken_on_the_page_is_no_news_and_a_colleagues_word_is(as_person: SignIn) -> None:
    inquiry = an_inquiry()
    submission = a_submission(inquiry)
    page = as_person(a_person(inquiry))
    page.clock.install()
    page.goto(address(submission))
    expect(page.locator("#asking[hx-get*=seen]")).to_be_attached()
    page.locator("[data-passage]").first.evaluate("passage => { passage.tabIndex = -1; passage.focus(); }")
    page.keyboard.press("q")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The quote was saved")).to_be_visible()
    expect(page.locator("#asking[hx-get*=but]")).to_be_attached()
    page.clock.run_for(1_000)
    expect(page.locator("#asking:not([hx-get*=but])")).to_be_attached()
    told = page.get_by_text("What this page shows has changed since you opened it.")
    with page.expect_response("**/live/**"):
        page.clock.run_for(21_000)
    page.clock.run_for(1_000)
    expect(told).not_to_be_attached()
    edit_quote(quote=Quote.objects.get(), text="Our […] hall", by=a_person(inquiry, name="Co League"))
    with page.expect_response("**/live/**"):
        page.clock.run_for(21_000)
    expect(told).to_be_visible()
