"""The product in a real browser: a server on the test's own database, and people signed in to it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.models import User

WIDTHS = (320, 1280)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
LOOKS = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]

SignIn = Callable[..., Page]

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """The system's Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    # Playwright's loop runs in this thread, where Django would take it for a server that must not wait.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def as_person(chrome: Browser, live_server: LiveServer) -> Iterator[SignIn]:
    """``as_person(person)`` is a page of somebody who has signed in; what the browser complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def sign_in(person: User | None, *, width: int = 1280, scheme: Scheme = "light", **options: Any) -> Page:
        context = chrome.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        contexts.append(context)
        if person is not None:
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": _session(person), "url": live_server.url}]
            )
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)
        return page

    yield sign_in
    for context in contexts:
        context.close()
    _wait_for_what_was_asked()
    assert complaints == []


def _wait_for_what_was_asked() -> None:
    """A page that is closed leaves the server at work on what it asked for last; the tables can't be emptied before."""
    until = time.monotonic() + 30
    at_work = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'"
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(f"{at_work} AND backend_type = 'client backend' AND pid <> pg_backend_pid()")
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)


def _is_complaint(message: ConsoleMessage) -> bool:
    """A page that is not there, or a form that comes back with its errors, the browser counts among its errors."""
    of_the_page = message.page is not None and message.location["url"] == message.page.url
    expected = "responded with a status of 4" if of_the_page else "responded with a status of 422"
    return message.type == "error" and expected not in message.text


def _session(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def assert_accessible(page: Page) -> None:
    """Axe finds nothing, and nothing runs over the edge of the window."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    assert [(page.url, each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url


def assert_accessible_in_every_look(page: Page, looks: Sequence[tuple[int, Scheme]] = LOOKS) -> None:
    """The same page, without being loaded again, at each width and in each scheme."""
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)
