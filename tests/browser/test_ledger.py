"""The ledger of recommendations in a real browser: moved by dragging, by keys, and by buttons without script."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accounts.roles import CONSOLE
from inquiry.actions import name_addressee
from inquiry.models import Inquiry
from tests.browser.conftest import SignIn
from tests.builders import a_person, a_recommendation, an_inquiry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def inquiry() -> Inquiry:
    inquiry = an_inquiry()
    for title in ("Ask", "Build", "Care"):
        a_recommendation(inquiry, title)
    name_addressee(inquiry=inquiry, name="Community organisations", by=CONSOLE)
    return inquiry


def ledger(page: Page, inquiry: Inquiry) -> None:
    page.goto(reverse("review:recommendations", args=[inquiry.code]))


def stands(page: Page, *wanted: str) -> None:
    expect(page.locator("tbody th a")).to_have_text(list(wanted))


def test_dragging(as_person: SignIn, inquiry: Inquiry) -> None:
    page = as_person(a_person(inquiry))
    ledger(page, inquiry)
    rows = page.locator("tbody tr")
    rows.nth(2).locator(".grip").drag_to(rows.nth(0), target_position={"x": 40, "y": 3})
    stands(page, "1.1 Care", "1.2 Ask", "1.3 Build")
    expect(page.get_by_role("status")).to_contain_text("“Care” is 1.1 now, and was 1.3.")
    page.get_by_role("button", name="Undo").click()
    stands(page, "1.1 Ask", "1.2 Build", "1.3 Care")
    # To an addressee to whom nothing is recommended yet.
    rows.nth(0).locator(".grip").drag_to(page.get_by_role("heading", name="Community organisations"))
    stands(page, "1.1 Build", "1.2 Care", "2.1 Ask")


def drag_by_touch(page: Page, start: Locator, to: Locator) -> None:
    """A finger that is put down on one, and lifted from the upper edge of the other."""
    start.scroll_into_view_if_needed()
    places = [box for box in (start.bounding_box(), to.bounding_box()) if box]
    (x, y), (_, end) = ((box["x"] + box["width"] / 2, box["y"] + 6) for box in places)
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 9):
        there = {"x": x, "y": y + (end - y) * step / 8}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [there]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("width", [390, 1280])
def test_dragging_by_touch(as_person: SignIn, inquiry: Inquiry, width: int) -> None:
    page = as_person(a_person(inquiry), width=width, has_touch=True)
    ledger(page, inquiry)
    rows = page.locator("tbody tr")
    drag_by_touch(page, rows.nth(1).locator(".grip"), rows.nth(0))
    stands(page, "1.1 Build", "1.2 Ask", "1.3 Care")
    expect(page.get_by_role("status")).to_contain_text("“Build” is 1.1 now, and was 1.2.")


def test_what_is_let_go_where_it_was_stays_and_escape_puts_it_back(as_person: SignIn, inquiry: Inquiry) -> None:
    page = as_person(a_person(inquiry))
    ledger(page, inquiry)
    rows = page.locator("tbody tr")
    rows.nth(2).locator(".grip").hover()
    page.mouse.down()
    rows.nth(0).hover(position={"x": 40, "y": 3})
    stands(page, "1.3 Care", "1.1 Ask", "1.2 Build")
    page.keyboard.press("Escape")
    page.mouse.up()
    stands(page, "1.1 Ask", "1.2 Build", "1.3 Care")
    expect(page.get_by_role("status").filter(has_text="is 1.1 now")).to_have_count(0)


def test_keys_move_it_on_and_on(as_person: SignIn, inquiry: Inquiry) -> None:
    page = as_person(a_person(inquiry))
    ledger(page, inquiry)
    page.get_by_role("button", name="Move 1.1 down").focus()
    page.keyboard.press("Alt+ArrowDown")
    stands(page, "1.1 Build", "1.2 Ask", "1.3 Care")
    expect(page.locator("tr:focus")).to_contain_text("Ask")
    page.keyboard.press("Alt+ArrowDown")
    stands(page, "1.1 Build", "1.2 Care", "1.3 Ask")


def test_buttons_and_the_form_work_without_script(as_person: SignIn, inquiry: Inquiry) -> None:
    page = as_person(a_person(inquiry), java_script_enabled=False)
    ledger(page, inquiry)
    expect(page.get_by_text("by dragging")).to_be_hidden()
    page.get_by_role("button", name="Move 1.3 up").click()
    stands(page, "1.1 Ask", "1.2 Care", "1.3 Build")
    page.get_by_role("link", name="1.1 Ask").click()
    page.get_by_role("link", name="Move", exact=True).click()
    page.get_by_label("Where it goes").select_option(label="After 1.3 Build")
    page.get_by_role("button", name="Move it").click()
    stands(page, "1.1 Care", "1.2 Build", "1.3 Ask")
