"""An open page says when somebody else has changed what it shows; and only of what its reader may see."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import CONSOLE, Role
from evidence.live.signs import SHOWN
from evidence.quotes.actions import take_quote
from evidence.sessions.actions import log_session
from evidence.submissions.actions import add_files, change_submission, withdraw_submission
from evidence.tags.actions import change_link, tag_recommendation, tag_theme
from evidence.tags.models import Tag, kind_of
from inquiry.actions import change_recommendation, change_theme, record_insight
from inquiry.models import Inquiry, Recommendation, Rule, Theme
from tests.builders import (
    a_person,
    a_recommendation,
    a_session,
    a_submission,
    a_written_quote,
    an_inquiry,
    missions,
    passages,
)
from tests.everything import one_of_everything

pytestmark = pytest.mark.django_db
CHANGED = "What this page shows has changed since you opened it."


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


def asked(client: Client, address: str) -> str:
    """What the page is told, and where it asks next; as a browser asks that shows a page."""
    answer = client.get(address, headers={"hx-request": "true", "hx-current-url": "http://testserver/LUI/page/"})
    assert answer.status_code == 200
    return str(answer.content.decode())


def opened(client: Client, kind: str, row: Any) -> str:
    """The address at which a page that was just opened asks from then on."""
    told = asked(client, reverse("live:changed", args=[row.inquiry.code, kind, row.pk]))
    found = re.search(r'hx-get="([^"]+)"', told)
    assert found
    return found[1]


def signed_in(inquiry: Inquiry, role: str = Role.CLERK) -> tuple[Client, User]:
    person = a_person(inquiry, role)
    client = Client()
    client.force_login(person)
    return client, person


def changes(inquiry: Inquiry) -> list[tuple[str, Any, Any]]:
    """Of each kind of page a record, and what a colleague may do to what the page shows."""
    submission, session = a_submission(inquiry), a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),))
    event = log_session(inquiry=inquiry, kind="workshop", title="Workshop", rule=Rule.CHATHAM_HOUSE, by=CONSOLE)
    quote, theme, recommendation = a_written_quote(submission), missions(inquiry)[0], a_recommendation(inquiry)
    document = passages(submission)[0].document
    place = passages(submission)[1]
    assert document
    return [
        ("submission", submission, lambda by: change_submission(submission=submission, title="Halls", by=by)),
        ("submission", submission, lambda by: add_files(submission=submission, files=[("b.txt", b"More.")], by=by)),
        ("session", session, lambda by: tag_theme(evidence=session, theme=theme, by=by)),
        ("session", event, lambda by: record_insight(session=event, text="Time.", by=by)),
        ("quote", quote, lambda by: tag_theme(evidence=quote, theme=theme, by=by)),
        (
            "document",
            document,
            lambda by: take_quote(first_passage=place, start=0, last_passage=place, end=4, by=by),
        ),
        ("theme", theme, lambda by: tag_theme(evidence=submission, theme=theme, by=by)),
        ("theme", theme, lambda by: change_theme(theme=Theme.objects.get(pk=theme.pk), aim="Another.", by=by)),
        (
            "recommendation",
            recommendation,
            lambda by: tag_recommendation(evidence=quote, recommendation=recommendation, stance="supports", by=by),
        ),
        (
            "recommendation",
            recommendation,
            lambda by: change_recommendation(
                recommendation=Recommendation.objects.get(pk=recommendation.pk), title="Keep it open", by=by
            ),
        ),
    ]


def test_a_page_is_told_what_a_colleague_changed(inquiry: Inquiry) -> None:
    client, _ = signed_in(inquiry)
    colleague = a_person(inquiry)
    for kind, row, change in changes(inquiry):
        address = opened(client, kind, row)
        assert CHANGED not in asked(client, address), kind
        change(colleague)
        told = asked(client, address)
        assert CHANGED in told, kind
        assert 'href="/LUI/page/"' in told
        assert CHANGED not in asked(client, opened(client, kind, row))


@pytest.mark.parametrize("whose", ["mine", "theirs"])
def test_a_page_is_told_of_another_stance_and_of_another_note(inquiry: Inquiry, whose: str) -> None:
    client, person = signed_in(inquiry)
    colleague = a_person(inquiry)
    recommendation = a_recommendation(inquiry)
    for evidence in (a_written_quote(a_submission(inquiry)), a_submission(inquiry), a_session(inquiry)):
        by = {"mine": person, "theirs": colleague}[whose]
        tag = tag_recommendation(evidence=evidence, recommendation=recommendation, stance="supports", by=by)
        kinds = [(kind_of(evidence), evidence), ("recommendation", recommendation)]
        for stance, note in (("qualifies", ""), ("qualifies", "Only in part.")):
            pages = [opened(client, kind, row) for kind, row in kinds]
            change_link(tag=tag, stance=stance, note=note, by=colleague)
            assert [CHANGED in asked(client, page) for page in pages] == [True, True]


def test_what_a_person_adds_on_the_page_themselves_is_no_news(inquiry: Inquiry) -> None:
    client, person = signed_in(inquiry)
    submission, theme = a_submission(inquiry), missions(inquiry)[0]
    quote, document = a_written_quote(submission), passages(submission)[0].document
    place = passages(submission)[1]
    pages = [opened(client, kind, row) for kind, row in (("quote", quote), ("document", document), ("theme", theme))]
    take_quote(first_passage=place, start=0, last_passage=place, end=4, by=person)
    tag_theme(evidence=quote, theme=theme, by=person)
    assert [CHANGED in asked(client, page) for page in pages] == [False] * 3


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
def test_nobody_is_told_that_something_changed_which_they_may_not_see(inquiry: Inquiry, role: Role) -> None:
    client, _ = signed_in(inquiry, role)
    clerks, _ = signed_in(inquiry)
    theme, recommendation = missions(inquiry)[0], a_recommendation(inquiry)
    secret = a_submission(inquiry, requested="confidential")
    pages = [("theme", theme), ("recommendation", recommendation)]
    theirs = [opened(client, kind, row) for kind, row in pages]
    own = [opened(clerks, kind, row) for kind, row in pages]
    for evidence in (secret, a_written_quote(secret)):
        tag_theme(evidence=evidence, theme=theme, by=CONSOLE)
        tag_recommendation(evidence=evidence, recommendation=recommendation, stance="supports", by=CONSOLE)
    assert [CHANGED in asked(client, page) for page in theirs] == [False, False]
    assert [CHANGED in asked(clerks, page) for page in own] == [True, True]
    address = reverse("live:changed", args=[inquiry.code, "submission", secret.pk])
    assert client.get(address).status_code == 404


def test_a_record_that_is_gone_or_no_longer_open_is_said_to_be(inquiry: Inquiry) -> None:
    client, _ = signed_in(inquiry, Role.MEMBER)
    submission = a_submission(inquiry)
    page = opened(client, "submission", submission)
    withdraw_submission(submission=submission, reason="asked to", by=CONSOLE)
    assert "This submission was removed, or is no longer open to you." in asked(client, page)


def test_every_kind_of_page_asks_and_asks_cheaply() -> None:
    records = one_of_everything()
    inquiry = records["inquiry"]
    client, _ = signed_in(inquiry)
    queries = {"session": 9, "submission": 8, "quote": 6, "document": 7, "theme": 6, "recommendation": 6, "witness": 6}
    assert set(queries) == set(SHOWN)
    pages = {
        "session": "sessions:detail",
        "submission": "submissions:detail",
        "witness": "witnesses:detail",
        "quote": "review:quote",
        "document": "reader:document",
        "theme": "review:theme",
        "recommendation": "review:recommendation",
    }
    met = {}
    for kind in queries:
        by = "number" if kind == "submission" else "pk"
        row = SHOWN[kind].model.objects.get(**{"inquiry": inquiry, by: records[kind]})
        address = reverse("live:changed", args=[inquiry.code, kind, row.pk])
        with CaptureQueriesContext(connection) as asked_of_it:
            asked(client, address)
        met[kind] = len(asked_of_it)
        shown = client.get(reverse(pages[kind], args=[inquiry.code, records[kind]])).content.decode()
        assert f"/live/{kind}/" in shown
    assert met == queries


def test_odd_questions_get_an_answer(inquiry: Inquiry) -> None:
    client, _ = signed_in(inquiry)
    theme = missions(inquiry)[0]
    address = reverse("live:changed", args=[inquiry.code, "theme", theme.pk])
    for sign in ("(", "\x00", "a" * 10_000, "‮"):
        assert CHANGED in asked(client, f"{address}?seen={sign}")
    for kind, pk in (("nothing", 1), ("theme", 10**9), ("theme", 10**18)):
        assert client.get(reverse("live:changed", args=[inquiry.code, kind, pk])).status_code == 404
    answer = client.get(f"{address}?seen=x", headers={"hx-current-url": "http://testserver//example.org/"})
    assert "example.org" not in answer.content.decode()
    assert not Tag.objects.exists()
