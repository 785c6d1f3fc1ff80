"""Tagging at speed in a real browser: many at once with keys alone, and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from accounts.roles import CONSOLE
from evidence.coding.actions import finish
from evidence.tags.actions import tag_theme
from evidence.tags.models import Tag
from inquiry.models import Inquiry
from tests import builders
from tests.browser.conftest import SignIn, assert_accessible_in_every_look
from tests.coding.rounds import a_round, code, coders_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def inquiry() -> Inquiry:
    inquiry = builders.an_inquiry()
    session = builders.a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),))
    for n in range(4):
        builders.a_spoken_quote(session, f"Words {n} of a witness.")
        builders.a_submission(inquiry, text=f"Letter {n}.")
    builders.missions(inquiry, 12)
    return inquiry


def test_keys_alone_tick_rows_and_tag_them(as_person: SignIn, inquiry: Inquiry) -> None:
    page = as_person(builders.a_person(inquiry))
    page.goto(f"/{inquiry.code}/evidence/?sort=heard")
    for key in "jxjjx":
        page.keyboard.press(key)
    expect(page.get_by_role("status").filter(has_text="2 chosen")).to_be_visible()
    page.keyboard.press("t")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tag 2 quotes")
    expect(page.get_by_text("Words 0 of a witness.")).to_be_visible()
    expect(page.get_by_text("Words 1 of a witness.")).to_have_count(0)
    assert_accessible_in_every_look(page)
    page.get_by_label("9 Example mission 9").check()
    page.get_by_role("button", name="Add tags").click()
    expect(page.get_by_text("2 tags added on 2 pieces of evidence.")).to_be_visible()
    assert page.url.endswith("/evidence/?sort=heard")
    assert_accessible_in_every_look(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 tags taken off again.")).to_be_visible()
    assert not Tag.objects.exists()
    page.keyboard.press("?")
    expect(page.get_by_text("tag what is ticked")).to_be_visible()


def test_a_row_alone_is_tagged_with_one_key_and_shift_ticks_all_between(as_person: SignIn, inquiry: Inquiry) -> None:
    page = as_person(builders.a_person(inquiry))
    page.goto(f"/{inquiry.code}/submissions/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("t")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tag 1 submission")
    page.goto(f"/{inquiry.code}/submissions/")
    boxes = page.locator("[data-bulk-row]")
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(page.get_by_role("status").filter(has_text="3 chosen")).to_be_visible()
    page.get_by_label("Choose all on this page").check()
    expect(page.get_by_role("status").filter(has_text="4 chosen")).to_be_visible()


def test_without_script_a_search_is_tagged(as_person: SignIn, inquiry: Inquiry) -> None:
    page = as_person(builders.a_person(inquiry), java_script_enabled=False)
    page.goto(f"/{inquiry.code}/search/?q=witness")
    for box in page.locator("article input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Tag", exact=True).click()
    page.get_by_label("3 Example mission 3").check()
    page.get_by_role("button", name="Add tags").click()
    expect(page.get_by_text("4 tags added on 4 pieces of evidence.")).to_be_visible()
    assert set(Tag.objects.values_list("theme__number", flat=True)) == {"3"}


def test_in_the_reader_a_theme_is_found_by_typing_and_the_keys_go_on_to_the_next_part(
    as_person: SignIn, inquiry: Inquiry
) -> None:
    long = builders.a_submission(inquiry, text="\n\n".join(f"{n}. Paragraph {n}." for n in range(1, 120)))
    page = as_person(builders.a_person(inquiry))
    page.goto(f"/{inquiry.code}/read/{long.files.get().document_id}/?from=99")
    for key in "jqf":
        page.keyboard.press(key)
    page.keyboard.type("mission 12")
    page.keyboard.press("Enter")
    expect(page.get_by_label("12 Example mission 12")).to_be_checked()
    page.keyboard.press("Escape")
    expect(page.locator("[data-quote-panel]")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The quote was saved")).to_be_visible()
    assert Tag.objects.get().theme.number == "12"
    # The reader goes back to the passage that was quoted, and only then on from another.
    expect(page.locator("[data-passage]:focus")).to_be_visible()
    page.locator("[data-passage]").last.focus()
    page.keyboard.press("j")
    page.wait_for_url("**?from=101")
    page.keyboard.press("k")
    page.keyboard.press("k")
    page.wait_for_url("**?from=1")


def test_a_suggestion_is_quoted_with_one_key_more(as_person: SignIn, inquiry: Inquiry) -> None:
    theme = inquiry.frameworks.get().themes.get(number="3")
    said = "The ferry was cut and islanders cannot reach a hospital in winter."
    tag_theme(evidence=builders.a_written_quote(builders.a_submission(inquiry, text=said)), theme=theme, by=CONSOLE)
    builders.a_submission(inquiry, submitter="Isles Trust", text=f"In winter no ferry sails. {said}")
    page = as_person(builders.a_person(inquiry))
    page.goto(f"/{inquiry.code}/themes/{theme.pk}/")
    page.get_by_role("link", name="Like this").click()
    page.get_by_text("Like 1 quote").click()
    assert_accessible_in_every_look(page)
    page.get_by_role("link", name="Quote it").click()
    expect(page.get_by_label("3 Example mission 3")).to_be_checked()
    assert_accessible_in_every_look(page)
    page.locator("[data-quote-panel]").get_by_role("button", name="Save quote").click()
    expect(page.get_by_text("The quote was saved")).to_be_visible()
    assert Tag.objects.filter(theme=theme).count() == 2


def test_two_people_code_with_keys_and_settle_what_differs(as_person: SignIn, inquiry: Inquiry) -> None:
    round = a_round(inquiry, count=2)
    ada, bo = coders_of(round)
    page = as_person(ada)
    for name in ("", "open/"):
        page.goto(f"/{inquiry.code}/themes/double-coding/{name}")
        assert_accessible_in_every_look(page)
    page.goto(f"/{inquiry.code}/themes/double-coding/{round.pk}/code/")
    assert_accessible_in_every_look(page)
    for key in ("1", "=", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_text("1 of 2 coded.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("All of it is coded.")).to_be_visible()
    assert_accessible_in_every_look(page)
    page.get_by_role("button", name="I have finished").click()
    expect(page.get_by_text("You have finished.")).to_be_visible()
    code(round, [("", "1")], only=bo)
    finish(round=round, by=bo)
    page.goto(f"/{inquiry.code}/themes/double-coding/{round.pk}/")
    assert_accessible_in_every_look(page)
    page.get_by_role("link", name="Settle 1 disagreement").click()
    page.get_by_label("all of these").check()
    assert_accessible_in_every_look(page)
    page.get_by_role("button", name="Settle it so").click()
    page.get_by_role("link", name="Quote it so").click()
    expect(page.get_by_label("12 Example mission 12")).to_be_checked()
