"""A page that is asked for again is given again while nothing has changed, and is made anew when anything has."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.submissions.actions import change_submission, decide_publication
from evidence.submissions.life import Treatment
from tests.builders import a_heard_quote, a_person, a_session, a_submission, a_transcript, an_inquiry

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "Buses after seven"
# Other processes of the tests change the same server's databases all the while.
PATIENCE = 60


def opened(client: Client, inquiry: Any, page: str = "submissions:list", **headers: str) -> tuple[str, int]:
    """The page, and how many statements it took."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(reverse(page, args=[inquiry.code]), headers=headers)
    return answer.content.decode(), len(captured)


def given_again(client: Client, inquiry: Any, page: str = "submissions:list") -> str:
    """Opens it until one statement is enough, which gives the page that was made last, to the letter."""
    until, made = time.monotonic() + PATIENCE, None
    while time.monotonic() < until:
        said, statements = opened(client, inquiry, page)
        if statements == 1:
            assert made in (None, said)
            return said
        made = said
    raise AssertionError("The page was made anew each time.")


@pytest.fixture
def here() -> Any:
    return an_inquiry()


@pytest.fixture
def member(client: Client, here: Any) -> Any:
    person = a_person(here, Role.MEMBER)
    client.force_login(person)
    return person


def test_the_same_page_is_given_again(client: Client, here: Any, member: Any) -> None:
    a_submission(here, state="decided", title=TITLE)
    # The first of them is made for it, so there is one to be given again.
    assert TITLE in given_again(client, here)
    answer = client.get(reverse("submissions:list", args=[here.code]))
    assert (answer["Cache-Control"], answer["X-Frame-Options"]) == ("private, no-store", "DENY")
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_what_has_become_confidential_is_gone_at_once(client: Client, here: Any, member: Any) -> None:
    submission = a_submission(here, state="decided", title=TITLE)
    assert TITLE in given_again(client, here)
    decide_publication(submission=submission, treatment=Treatment.CONFIDENTIAL, by=CONSOLE)
    assert TITLE not in opened(client, here)[0]
    assert TITLE not in given_again(client, here)


def test_a_change_is_seen_at_once(client: Client, here: Any, member: Any) -> None:
    submission = a_submission(here, state="decided", title=TITLE)
    given_again(client, here)
    change_submission(submission=submission, title="Trains after seven", by=CONSOLE)
    assert "Trains after seven" in opened(client, here)[0]


def test_whoever_has_lost_their_role_is_shown_nothing(client: Client, here: Any, member: Any) -> None:
    a_submission(here, state="decided", title=TITLE)
    given_again(client, here)
    member.memberships.all().delete()
    assert client.get(reverse("submissions:list", args=[here.code])).status_code == 404


def test_whoever_has_signed_out_elsewhere_is_shown_nothing(client: Client, here: Any, member: Any) -> None:
    a_submission(here, state="decided", title=TITLE)
    given_again(client, here)
    elsewhere = Client()
    elsewhere.cookies.update(client.cookies)
    elsewhere.logout()
    assert client.get(reverse("submissions:list", args=[here.code])).status_code == 302


def test_it_is_given_to_nobody_else(client: Client, here: Any, member: Any) -> None:
    confidential = a_submission(here, state="decided", title=TITLE)
    decide_publication(submission=confidential, treatment=Treatment.CONFIDENTIAL, by=CONSOLE)
    clerk = Client()
    clerk.force_login(a_person(here, Role.CLERK))
    assert TITLE in given_again(clerk, here)
    assert TITLE not in opened(client, here)[0]
    assert client.get(reverse("submissions:list", args=[here.code]), headers={"cookie": ""}).status_code == 302


def test_a_part_of_a_page_is_kept_by_itself(client: Client, here: Any, member: Any) -> None:
    given_again(client, here)
    assert opened(client, here, **{"HX-Request": "true", "HX-Target": "main"})[1] > 1


def test_what_is_told_once_is_not_told_again(client: Client, here: Any) -> None:
    client.force_login(a_person(here, Role.CLERK))
    quote = a_heard_quote(a_transcript(a_session(here)))
    for _ in range(2):
        client.get(reverse("review:quotes", args=[here.code]))
    removed = client.post(reverse("review:quote_remove", args=[here.code, quote.pk]), follow=True)
    assert "The quote was removed." in removed.content.decode()
    assert "The quote was removed." not in given_again(client, here, "review:quotes")


def test_a_page_is_kept_for_a_minute_at_the_most() -> None:
    assert caches["pages"].default_timeout <= 60
