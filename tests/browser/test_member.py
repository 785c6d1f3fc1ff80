"""A member's ten minutes, on a phone: a mission is opened, quotes are read and starred, and a note is left."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.roles import CONSOLE, Role
from evidence.loading.actions import load_inquiry
from evidence.loading.trial import LEVELLING_UP
from evidence.notes.actions import set_mark
from evidence.notes.models import Mark, Note
from evidence.quotes.actions import record_quote
from evidence.tags.actions import tag_theme
from evidence.witnesses.models import Appearance
from inquiry.models import Inquiry, Theme
from tests.browser.conftest import SignIn, assert_accessible_in_every_look
from tests.builders import PASSWORD, a_person, with_a_password
from tests.everything import address_of, one_of_everything

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "has_touch": True, "is_mobile": True}
A_MINUTE = 60


@pytest.fixture
def inquiry() -> Inquiry:
    """The real inquiry, with six more quotes on its ninth mission."""
    loaded = load_inquiry(LEVELLING_UP)
    speaker = Appearance.objects.filter(inquiry=loaded).first()
    mission = Theme.objects.get(inquiry=loaded, number="9", depth=1)
    assert speaker
    for n in range(6):
        quote = record_quote(appearance=speaker, text=f"Words number {n} (fictional).", checked_against="A", by=CONSOLE)
        tag_theme(evidence=quote, theme=mission, by=CONSOLE)
    return loaded


@pytest.mark.parametrize("scripted", [True, False])
def test_five_quotes_read_two_starred_and_a_note_in_under_a_minute(
    as_person: SignIn, inquiry: Inquiry, scripted: bool
) -> None:
    member = with_a_password(a_person(inquiry, Role.MEMBER, name="Mem Ber"))
    colleague = a_person(inquiry, Role.MEMBER, name="Col League")
    page = as_person(None, java_script_enabled=scripted, **PHONE)
    begun = time.monotonic()
    sign_in(page, member)
    page.get_by_role("link", name="Themes", exact=True).locator("visible=true").tap()
    page.get_by_role("link", name=re.compile("^9 Pride in place")).tap()
    read_five(page)
    for n in range(2):
        page.get_by_role("button", name="Star", exact=True).nth(n).tap()
        expect(page.locator(".star[aria-pressed=true]")).to_have_count(n + 1)
    leave_a_note(page)
    assert time.monotonic() - begun < A_MINUTE
    assert Mark.objects.filter(person=member, read_at__isnull=False).count() == 5
    assert Mark.objects.filter(person=member, starred_at__isnull=False).count() == 2
    (note,) = Note.objects.filter(written_by=member)
    assert [mention.person for mention in note.mentions.all()] == [colleague]


def sign_in(page: Page, member: User) -> None:
    page.goto("/")
    page.get_by_label("E-mail").fill(member.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inquiry into levelling up")


def read_five(page: Page) -> None:
    expect(page.locator("#progress")).to_contain_text("0 of 6 read")
    for n in range(5):
        page.get_by_role("button", name="Mark as read").first.tap()
        expect(page.locator("#progress")).to_contain_text(f"{n + 1} of 6 read")


def leave_a_note(page: Page) -> None:
    page.get_by_role("link", name="Note", exact=True).first.tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Notes on")
    page.get_by_label("Note", exact=True).fill("For @Col League: ask about this.")
    page.get_by_label("Members and the secretariat").check()
    page.get_by_role("button", name="Leave the note").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pride in place")
    expect(page.get_by_role("link", name="1 note")).to_be_visible()


def test_a_mark_keeps_the_focus_and_is_taken_back_by_the_keyboard(as_person: SignIn, inquiry: Inquiry) -> None:
    page = as_person(a_person(inquiry, Role.MEMBER))
    page.goto(reverse("review:theme", args=[inquiry.code, Theme.objects.get(number="9", depth=1).pk]))
    page.wait_for_load_state("networkidle")
    star = page.get_by_role("button", name="Star", exact=True).first
    star.focus()
    for pressed in ("true", "false", "true"):
        page.keyboard.press("Enter")
        expect(star).to_have_attribute("aria-pressed", pressed)
        expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
        expect(star).to_be_focused()
    assert_accessible_in_every_look(page)


def test_a_colleagues_name_is_completed(as_person: SignIn, inquiry: Inquiry) -> None:
    a_person(inquiry, Role.MEMBER, name="Col League")
    a_person(inquiry, Role.MEMBER, name="Cola Other")
    page = as_person(a_person(inquiry, Role.MEMBER))
    page.goto(reverse("review:theme", args=[inquiry.code, Theme.objects.get(number="9", depth=1).pk]))
    page.wait_for_load_state("networkidle")
    field = page.get_by_label("Note", exact=True)
    field.press_sequentially("Ask @co")
    fitting = page.get_by_role("group", name="Names that fit").get_by_role("button")
    expect(fitting).to_have_text(["@Col League", "@Cola Other"])
    assert_accessible_in_every_look(page)
    field.press_sequentially("l l")
    expect(fitting).to_have_text(["@Col League"])
    page.keyboard.press("Enter")
    expect(field).to_have_value("Ask @Col League ")
    field.press_sequentially("and @cola")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Ask @Col League and @Cola Other ")
    expect(fitting).to_have_count(0)


def test_pages_of_one_person(as_person: SignIn) -> None:
    records = one_of_everything()
    page = as_person(records["reader"])
    for name, keys in (("notes:edit", ["note"]), ("review:overview", []), ("review:quote", ["quote"])):
        page.goto(address_of(name, keys, records))
        assert_accessible_in_every_look(page)


def test_the_pack_that_is_taken_along_is_read_without_a_connection(
    as_person: SignIn, inquiry: Inquiry, tmp_path: Path
) -> None:
    member = a_person(inquiry, Role.MEMBER)
    for quote in inquiry.quotes.all():
        set_mark(evidence=quote, way="starred", on=True, by=member)
    page = as_person(member, **PHONE)
    page.goto(reverse("report:pack", args=[inquiry.code], query={"only": "starred"}))
    with page.expect_download() as download:
        page.get_by_role("link", name="Web page").tap()
    file = tmp_path / "pack.html"
    download.value.save_as(file)
    assert file.stat().st_size < 1_000_000
    page.context.set_offline(True)
    page.goto(file.as_uri())
    expect(page.get_by_text("Words number 0 (fictional).")).to_be_visible()
    assert_accessible_in_every_look(page)
