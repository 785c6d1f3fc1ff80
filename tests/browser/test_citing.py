"""Citations are copied: with one key, by their buttons, and told aloud."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.roles import CONSOLE, Role
from evidence.quotes.models import Quote
from evidence.tags.actions import tag_theme
from inquiry.models import Inquiry
from tests import builders
from tests.browser.conftest import SignIn, assert_accessible_in_every_look

pytestmark = pytest.mark.django_db(transaction=True)
ALLOWED = {"permissions": ["clipboard-read", "clipboard-write"]}
COMMONS = "Example Trust (CITE0001) para 2"
APPG = "Example Trust (2023)"
LORDS = "Written evidence from Example Trust (CITE0001)"


@pytest.fixture
def inquiry() -> Inquiry:
    return builders.an_inquiry("CITE", style="commons")


@pytest.fixture
def written(inquiry: Inquiry) -> Quote:
    return builders.a_written_quote(builders.a_submission(inquiry, submitter="Example Trust"), passage=1)


@pytest.fixture
def spoken(inquiry: Inquiry, written: Quote) -> Quote:
    session = builders.a_session(inquiry, witnesses=builders.HEARD)
    return builders.a_heard_quote(builders.a_transcript(session))


def copied(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def press_c(page: Page, citation: str) -> None:
    page.keyboard.press("c")
    expect(page.get_by_role("status").filter(has_text="Copied")).to_contain_text(citation)
    assert copied(page) == citation


def test_one_key_copies_a_citation_and_pressed_again_in_the_next_style(
    as_person: SignIn, inquiry: Inquiry, written: Quote
) -> None:
    page = as_person(builders.a_person(inquiry, Role.MEMBER), **ALLOWED)
    page.goto(f"/CITE/evidence/{written.pk}/")
    for citation in (COMMONS, APPG, LORDS, COMMONS):
        press_c(page, citation)
    page.keyboard.press("l")
    expect(page.get_by_role("status").filter(has_text="Copied (link)")).to_be_visible()
    # The link leads to the words themselves.
    page.goto(copied(page))
    expect(page.locator(f"mark#q-{written.pk}")).to_have_text("We asked for a youth worker for six years.")
    expect(page.locator(f"mark#q-{written.pk}")).to_have_class("now")


def test_in_the_reader_the_quote_of_the_passage_that_is_read_is_cited(
    as_person: SignIn, inquiry: Inquiry, written: Quote, spoken: Quote
) -> None:
    page = as_person(builders.a_person(inquiry), **ALLOWED)
    page.goto(f"/CITE/evidence/{spoken.pk}/words/")
    press_c(page, "Q1 [Ann Example]")
    press_c(page, "Ann Example, Example Trust, oral evidence to inquiry session one")
    press_c(page, "Q 1 (Ann Example)")
    # A passage without a quote has nothing to be cited, but for what the address names.
    page.goto(f"/CITE/read/{spoken.first_passage.document_id}/")
    page.locator("[data-passage]").nth(0).focus()
    page.keyboard.press("c")
    expect(page.get_by_role("status").filter(has_text="Go to a quote first")).to_be_visible()
    page.keyboard.press("j")
    press_c(page, "Q1 [Ann Example]")


def test_in_a_list_j_and_k_lead_from_quote_to_quote(
    as_person: SignIn, inquiry: Inquiry, written: Quote, spoken: Quote
) -> None:
    page = as_person(builders.a_person(inquiry, Role.MEMBER), **ALLOWED)
    page.goto("/CITE/evidence/?sort=heard")
    page.keyboard.press("c")
    expect(page.get_by_role("status").filter(has_text="Go to a quote first")).to_be_visible()
    page.keyboard.press("j")
    press_c(page, "Q1 [Ann Example]")
    page.keyboard.press("j")
    press_c(page, COMMONS)
    page.keyboard.press("k")
    press_c(page, "Q1 [Ann Example]")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("copy the quote’s citation")
    page.keyboard.press("Escape")
    page.get_by_role("searchbox").first.focus()
    page.keyboard.type("c")
    assert copied(page) == "Q1 [Ann Example]"


def test_each_style_has_a_button_beside_evidence_on_a_theme(
    as_person: SignIn, inquiry: Inquiry, written: Quote
) -> None:
    theme = builders.missions(inquiry)[0]
    tag_theme(evidence=written, theme=theme, by=CONSOLE)
    page = as_person(builders.a_person(inquiry, Role.MEMBER), **ALLOWED)
    page.goto(f"/CITE/themes/{theme.pk}/")
    page.locator("summary", has_text="Cite").click()
    for style, citation in (("House of Lords", LORDS), ("All-party group", APPG), ("House of Commons", COMMONS)):
        page.get_by_role("button", name=f"Copy in {style} style").click()
        expect(page.get_by_role("status").filter(has_text=f"Copied ({style} style)")).to_contain_text(citation)
        assert copied(page) == citation
    assert_accessible_in_every_look(page)


def test_without_a_clipboard_the_words_are_copied_as_selected(
    as_person: SignIn, inquiry: Inquiry, written: Quote
) -> None:
    page = as_person(builders.a_person(inquiry, Role.MEMBER), **ALLOWED)
    # As on a page that is not reached by HTTPS.
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('not here'))")
    page.goto(f"/CITE/evidence/{written.pk}/")
    press_c(page, COMMONS)


def test_without_script_every_style_is_there_to_read(as_person: SignIn, inquiry: Inquiry, written: Quote) -> None:
    page = as_person(builders.a_person(inquiry, Role.MEMBER), java_script_enabled=False)
    page.goto(f"/CITE/evidence/{written.pk}/")
    for citation in (COMMONS, APPG, LORDS):
        expect(page.get_by_text(citation, exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.get_by_role("link", name=f"/CITE/evidence/{written.pk}/words/").click()
    expect(page.locator(f"mark#q-{written.pk}")).to_be_visible()
