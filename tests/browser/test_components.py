"""Every part that pages are made of, in a real browser: readable in both schemes, at both widths, by keyboard."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Route

from tests.browser.conftest import LOOKS, WIDTHS, Scheme, assert_accessible

ADDRESS = "http://attest.test/components/"


def gallery() -> str:
    request = RequestFactory().get("/components/")
    request.user = AnonymousUser()
    return render_to_string("components/gallery.html", request=request)


def answer(route: Route) -> None:
    """Static files come from where the server would find them, with the policy under which it sends them."""
    path = route.request.url.removeprefix("http://attest.test")
    if path == "/components/":
        policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
        route.fulfill(body=gallery(), content_type="text/html", headers={"content-security-policy": policy})
        return
    found = finders.find(path.removeprefix(settings.STATIC_URL))
    if found is None:
        route.fulfill(status=404)
        return
    route.fulfill(path=str(found), content_type=mimetypes.guess_type(path)[0] or "text/plain")


@contextmanager
def opened(browser: Browser, width: int = 1280, scheme: Scheme = "light") -> Iterator[Page]:
    """The gallery in a window of its own; what the browser complained of is an error."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", console)
    page.route("**/*", answer)
    page.goto(ADDRESS)
    yield page
    assert complaints == []
    context.close()


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    with opened(chrome) as gallery_page:
        yield gallery_page


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(chrome: Browser, width: int, scheme: Scheme) -> None:
    with opened(chrome, width, scheme) as page:
        assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_targets_are_large_enough_to_hit(chrome: Browser, width: int) -> None:
    with opened(chrome, width) as page:
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, select, input:not([type=hidden]), .chips a, a.tag")]
            .filter((each) => each.checkVisibility() && !each.closest("label") && !each.matches("[type=checkbox]"))
            .filter((each) => { const box = each.getBoundingClientRect(); return box.width < 24 || box.height < 24 })
            .map((each) => each.outerHTML)"""
        )
        assert small == []


def quoted(page: Page) -> list[str]:
    names = ("first_passage", "start", "last_passage", "end")
    return [page.locator(f"form[data-quote-form] [name={name}]").input_value() for name in names]


def select(page: Page, start: tuple[str, str], end: tuple[str, str]) -> None:
    """Selects from before the first words to after the last, as a mouse or a finger would leave it."""
    page.evaluate(
        """([[first, from], [last, to]]) => {
          const at = (passage, words, after) => {
            const walker = document.createTreeWalker(document.querySelector(`#${passage} p`), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              const place = node.data.indexOf(words);
              if (place >= 0) return [node, place + (after ? words.length : 0)];
            }
          };
          const range = document.createRange();
          range.setStart(...at(first, from, false));
          range.setEnd(...at(last, to, true));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        [list(start), list(end)],
    )
    page.locator("[data-quote-panel]").wait_for(state="visible")


def test_selected_words_are_counted_in_code_points_without_the_speaker(page: Page) -> None:
    select(page, ("p-2", "Time"), ("p-2", "local"))
    text = "Time 🌍, and someone local"
    assert quoted(page) == ["2", "0", "2", str(len(text))]
    assert page.locator("[data-quote-words]").inner_text() == text


def test_a_selection_may_begin_in_a_mark_and_end_in_the_next_passage(page: Page) -> None:
    select(page, ("p-2", "the first"), ("p-3", "building"))
    before = "Time 🌍, and someone local who is paid to stay. Every programme we have had lasted three years, and "
    assert quoted(page) == ["2", str(len(before)), "3", str(len("I would add a building"))]


def test_white_space_at_the_ends_is_left_out(page: Page) -> None:
    select(page, ("p-2", " People stop"), ("p-2", "expect "))
    assert page.locator("[data-quote-words]").inner_text() == "People stop turning up when they expect"


def test_a_quote_is_taken_and_tagged_by_keyboard_alone(page: Page) -> None:
    for key in ("j", "j", "k", "j", "q", "5", "="):
        page.keyboard.press(key)
    assert page.locator("[data-quote-panel]").is_visible()
    ticked = [box.input_value() for box in page.locator("form[data-quote-form] input:checked").all()]
    assert quoted(page)[0] == "2"
    assert ticked == ["5", "9", "12"]
    page.keyboard.press("Escape")
    assert page.locator("[data-quote-panel]").is_hidden()
    assert page.evaluate("document.activeElement.id") == "p-2"


def test_single_keys_can_be_switched_off(page: Page) -> None:
    page.keyboard.press("?")
    page.get_by_label("Use single keys as shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == ""


def test_type_to_find_narrows_the_list_and_enter_ticks_what_is_left(page: Page) -> None:
    select(page, ("p-3", "I would"), ("p-3", "building"))
    find = page.get_by_label("Find a mission")
    find.fill("local lead")
    assert page.locator("#missions [data-find-item]:visible").count() == 1
    find.press("Enter")
    assert page.locator("#missions input[value='12']").is_checked()
    assert page.locator("#missions [data-find-item]:visible").count() == 3


def test_rows_are_added_and_removed(page: Page) -> None:
    page.get_by_role("button", name="Add a witness").click()
    assert page.locator("[name=panels-TOTAL_FORMS]").input_value() == "2"
    assert page.evaluate("document.activeElement.name") == "panels-1-name"
    page.locator("[data-formset-remove]").first.click()
    assert page.locator("[name=panels-0-DELETE]").is_checked()
    page.get_by_role("button", name="Keep it").click()
    assert not page.locator("[name=panels-0-DELETE]").is_checked()


def test_leaving_a_changed_form_asks(page: Page) -> None:
    page.get_by_label("Venue").fill("Windsor")
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    page.reload()
    assert asked == ["beforeunload"]


def test_the_page_works_without_script(chrome: Browser) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route("**/*", answer)
    page.goto(ADDRESS)
    assert page.locator("[name=panels-0-DELETE]").is_visible()
    assert page.get_by_role("button", name="Add a witness").is_hidden()
    context.close()


def test_the_stylesheet_stays_small() -> None:
    assert (Path(settings.BASE_DIR) / "static" / "attest.css").stat().st_size < 30 * 1024


def test_no_template_holds_a_style_or_a_handler_that_the_policy_would_block() -> None:
    inline = re.compile(r"<[^>]*\s(?:style|on[a-z]+)=|<script(?![^>]*\ssrc=)(?![^>]*application/json)|<style", re.I)
    held = {
        str(path.relative_to(settings.BASE_DIR))
        for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html")
        if inline.search(path.read_text())
    }
    # A document that is sent as a file carries its own style; it is never a page.
    assert held <= {"templates/report/appendix_document.html", "templates/report/pack/document.html"}
