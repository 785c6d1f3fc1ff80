"""Heard but not used, and by which recommendations a piece of evidence is used."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.quotes.actions import remove_quote
from evidence.review.unused import KINDS
from evidence.tags.actions import tag_recommendation, tag_theme
from inquiry import ledger
from inquiry.actions import record_insight
from inquiry.models import Inquiry, Rule
from tests.builders import (
    a_person,
    a_recommendation,
    a_session,
    a_spoken_quote,
    a_submission,
    a_written_quote,
    an_inquiry,
    missions,
)
from tests.review.scene import guarded, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


def counts(client: Client, inquiry: Inquiry, asked: str = "") -> dict[str, str]:
    answer = client.get(reverse("review:unused", args=[inquiry.code]) + asked)
    return {name: count for name, _, count in answer.context["kinds"]}


def test_what_a_recommendation_uses_is_not_listed_nor_what_it_comes_from(client: Client, inquiry: Inquiry) -> None:
    one = a_recommendation(inquiry)
    session = a_session(inquiry, witnesses=(("Jo Example", "Example Street"),))
    ruled = a_session(inquiry, number=None, kind="workshop", rule=Rule.CHATHAM_HOUSE)
    spoken, written = a_spoken_quote(session), a_written_quote(a_submission(inquiry))
    insight = record_insight(session=ruled, text="Keys get lost.", by=CONSOLE)
    client.force_login(a_person(inquiry, Role.MEMBER))
    every = {"quote": "2", "submission": "1", "session": "2", "insight": "1", "witness": "1"}
    assert counts(client, inquiry) == every
    theme = missions(inquiry)[0]
    for each in (spoken, written, insight):
        tag_theme(evidence=each, theme=theme, by=CONSOLE)
    assert counts(client, inquiry) == every
    assert set(counts(client, inquiry, "?by=any").values()) == {"0"}
    assert "None of this kind" not in page(client, "review:unused", inquiry.code, asked="?by=any")
    assert "All of it is used" in page(client, "review:unused", inquiry.code, asked="?by=any")
    tag_recommendation(evidence=spoken, recommendation=one, stance="supports", by=CONSOLE)
    assert counts(client, inquiry) == {"quote": "1", "submission": "1", "session": "1", "insight": "1", "witness": "0"}
    tag_recommendation(evidence=insight, recommendation=one, stance="qualifies", by=CONSOLE)
    tag_recommendation(evidence=written, recommendation=one, stance="supports", by=CONSOLE)
    assert set(counts(client, inquiry).values()) == {"0"}
    # What was removed uses nothing, and what was withdrawn doesn't either.
    remove_quote(quote=written, by=CONSOLE)
    assert counts(client, inquiry)["submission"] == "1"
    ledger.withdraw_recommendation(recommendation=one, by=CONSOLE)
    assert counts(client, inquiry) == every | {"quote": "1"}


def test_each_kind_is_listed_with_its_link(client: Client, inquiry: Inquiry) -> None:
    session = a_session(inquiry, witnesses=(("Jo Example", "Example Street"),))
    ruled = a_session(inquiry, number=None, kind="workshop", title="Workshop on keys", rule=Rule.CHATHAM_HOUSE)
    quote = a_written_quote(a_submission(inquiry, submitter="Example Trust"))
    record_insight(session=ruled, text="Keys get lost.", by=CONSOLE)
    client.force_login(a_person(inquiry, Role.MEMBER))
    for kind, words in (
        ("quote", quote.text),
        ("submission", "Example Trust"),
        ("session", "Workshop on keys"),
        ("insight", "Keys get lost."),
        ("witness", "Jo Example"),
    ):
        assert words in page(client, "review:unused", inquiry.code, asked=f"?kind={kind}"), kind
    assert reverse("sessions:detail", args=[inquiry.code, session.pk]) in page(
        client, "review:unused", inquiry.code, asked="?kind=session"
    )


@pytest.mark.parametrize("asked", ["?kind=(", "?kind=%00&by=%00", "?page=1000000000", "?page=x", "?by=nothing&page=-1"])
def test_odd_addresses_show_the_list(client: Client, inquiry: Inquiry, asked: str) -> None:
    a_submission(inquiry)
    client.force_login(a_person(inquiry))
    assert "Heard but not used" in page(client, "review:unused", inquiry.code, asked=asked)


def test_a_count_tells_a_member_nothing_of_what_they_may_not_see(client: Client) -> None:
    inquiry = guarded().inquiry
    a_spoken_quote(a_session(inquiry, number=3, witnesses=(("Other Private", "Body"),), rule=Rule.PRIVATE))
    a_submission(inquiry, submitter="Quiet Body", requested="confidential")
    client.force_login(a_person(inquiry))
    seen: dict[str, Any] = counts(client, inquiry)
    assert (seen["quote"], seen["submission"]) == ("1", "1")
    client.force_login(a_person(inquiry, Role.MEMBER))
    # The redacted one's only quote is none for them, so that nothing that they see uses it.
    assert counts(client, inquiry) == dict.fromkeys(KINDS, "0") | {"submission": "1", "session": "2"}


def test_a_quote_and_a_submission_say_which_recommendations_use_them(client: Client, inquiry: Inquiry) -> None:
    one, two = a_recommendation(inquiry, "Open the hall"), a_recommendation(inquiry, "Keep the key")
    submission = a_submission(inquiry)
    quote = a_written_quote(submission)
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert "No recommendation uses it." in page(client, "review:quote", inquiry.code, quote.pk)
    assert "neither it as a whole" in page(client, "submissions:detail", inquiry.code, submission.number)
    tag_recommendation(evidence=quote, recommendation=one, stance="challenges", note="It costs.", by=CONSOLE)
    tag_recommendation(evidence=submission, recommendation=two, stance="supports", by=CONSOLE)
    shown = page(client, "review:quote", inquiry.code, quote.pk)
    assert "1.1 Open the hall" in shown
    assert "It costs." in shown
    answer = client.get(reverse("submissions:detail", args=[inquiry.code, submission.number]))
    used = [(each.label, each.supports, each.challenges) for each in answer.context["used_by"]]
    assert used == [("1.1", 0, 1), ("1.2", 1, 0)]
    assert "1.2 Keep the key" in answer.content.decode()
