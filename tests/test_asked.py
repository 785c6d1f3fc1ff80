"""What an address filters by and is not there gives a page and a sentence, never an error, and no hint of why."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.lists.actions import keep_list
from evidence.tags.actions import tag_recommendation, tag_theme
from inquiry.ledger import withdraw_recommendation
from tests.builders import (
    a_person,
    a_recommendation,
    a_session,
    a_submission,
    a_written_quote,
    an_inquiry,
    missions,
)
from tests.everything import address_of, one_of_everything

pytestmark = pytest.mark.django_db

# Each page with filters in its address: the record that stands in its path, and what it asks of the rest.
ASKED: dict[str, tuple[tuple[str, ...], str]] = {
    "review:theme": (("theme",), "from sector lived kind recommendation order page"),
    "review:gaps": ((), "framework across count page"),
    "review:quotes": ((), "q theme recommendation stance heard sector verdict tagged sort page as"),
    "review:unused": ((), "kind by page"),
    "review:recommendations": ((), "sort"),
    "review:recommendation_versions": (("recommendation",), "from to"),
    "review:recommendation_add": ((), "addressee"),
    "search:search": (
        (),
        "q kind theme recommendation stance heard sector lived year tagged_by state from to page in as",
    ),
    "search:suggest": ((), "q in"),
    "sessions:list": ((), "kind rule sort page"),
    "submissions:list": (
        (),
        "q state decision requested reading channel acknowledged sector campaign sort page as",
    ),
    "witnesses:list": ((), "q lived_experience sector sort page as"),
    "witnesses:organisations": ((), "q sector sort page"),
    "suggestions:like": (("theme",), "page"),
    "suggestions:dismissed": (("theme",), "page"),
    "coding:rounds": ((), "page"),
    "coding:settle": (("round",), "unit page"),
    "coding:coded": (("round",), "page"),
    "reader:document": (("document",), "at from question quote theme find"),
    "importing:detail": (("chosen",), "outcome page"),
    "people": ((), "sort page"),
    "inquiry:references": ((), "sort page"),
    "frameworks:theme_add": (("framework",), "under"),
    "report:appendix": ((), "layout parts include_unchecked"),
    "report:exports": ((), "sort page"),
    "report:compare": ((), "before after page"),
    "report:pack": ((), "theme recommendation only"),
}
ODD = ("", "abc", "0", "-1", str(10**9), str(10**17), str(10**30), "\x00", "٣", "‮")
LISTS = {"review:quotes": "theme", "submissions:list": "campaign", "witnesses:list": "sector", "sessions:list": "kind"}
FILTER_GONE = "A filter in this address is not there any more. The list is shown without it."
GONE = "that was asked for is not there any more"


def test_whatever_an_address_asks_for_gives_a_page() -> None:
    records = one_of_everything()
    client = Client(raise_request_exception=False)
    client.force_login(a_person(records["inquiry"], Role.ADMINISTRATOR))
    others = one_of_everything()
    met = {}
    for name, (keys, asked) in ASKED.items():
        address = address_of(name, keys, records)
        params = asked.split()
        theirs: dict[str, Any] = {
            each: others[each] for each in ("theme", "recommendation", "framework", "session") if each in params
        }
        questions: list[dict[str, Any]] = [dict.fromkeys(params, odd) for odd in ODD]
        questions += [{each: str(10**9)} for each in params]
        questions += [{each: ["abc", "1"]} for each in params]
        questions.append(theirs)
        for question in questions:
            answer = client.get(address, question)
            if answer.status_code != 200:
                met[name, str(question)] = answer.status_code
            if answer.streaming:
                list(answer.streaming_content)
    assert met == {}


@pytest.mark.parametrize("role", [Role.CLERK, Role.MEMBER])
def test_a_list_is_shown_without_a_filter_that_is_gone_and_says_so(client: Client, role: Role) -> None:
    inquiry = an_inquiry()
    theme = missions(inquiry)[0]
    session = a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),))
    tag_theme(evidence=a_written_quote(a_submission(inquiry)), theme=theme, by=CONSOLE)
    client.force_login(a_person(inquiry, role))
    for name, by in LISTS.items():
        whole = client.get(reverse(name, args=[inquiry.code]))
        assert FILTER_GONE not in whole.content.decode()
        shown = client.get(reverse(name, args=[inquiry.code]), {by: 10**9})
        # What only the secretariat filters by is no filter of a member's.
        known = role == Role.CLERK or by != "campaign"
        assert (FILTER_GONE in shown.content.decode()) is known, name
        assert "valid choice" not in shown.content.decode()
        assert len(shown.context["page"].object_list) == len(whole.context["page"].object_list)
    # Of two values the one that is there goes on filtering.
    both = client.get(reverse("review:quotes", args=[inquiry.code]), {"heard": [session.pk, 10**9]})
    assert FILTER_GONE in both.content.decode()
    assert both.context["total"] == 0
    search = client.get(reverse("search:search", args=[inquiry.code]), {"q": "hall", "theme": 10**9})
    assert FILTER_GONE in search.content.decode()
    assert search.context["found"].total


def test_a_list_that_was_kept_goes_on_when_what_it_filters_by_is_gone(client: Client) -> None:
    inquiry = an_inquiry()
    recommendation = a_recommendation(inquiry)
    person = a_person(inquiry, Role.ADVISER)
    tag_recommendation(
        evidence=a_written_quote(a_submission(inquiry)), recommendation=recommendation, stance="supports", by=CONSOLE
    )
    asked = f"recommendation={recommendation.pk}"
    kept = keep_list(inquiry=inquiry, page="quotes", name="Mine", query=asked, by=person)
    client.force_login(person)
    assert FILTER_GONE not in client.get(kept.url).content.decode()
    withdraw_recommendation(recommendation=recommendation, by=CONSOLE)
    assert FILTER_GONE in client.get(kept.url).content.decode()
    taken = client.get(f"{kept.url}&as=csv")
    assert b"".join(taken.streaming_content)


def said(client: Client, address: str, asked: dict[str, Any]) -> str:
    """What the page says, without what stands in its tags: the value that was asked for is in its links."""
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return re.sub(r"<[^>]*>|\s+", " ", answer.content.decode())


def test_gone_never_been_hidden_and_anothers_read_the_same() -> None:
    inquiry = an_inquiry()
    theme, *_ = missions(inquiry)
    stands, hidden, withdrawn = (a_recommendation(inquiry, title) for title in ("Open it", "Hidden", "Withdrawn"))
    secret, shown = a_submission(inquiry, requested="confidential"), a_submission(inquiry)
    for evidence, recommendation in ((shown, stands), (secret, hidden), (shown, withdrawn)):
        tag_theme(evidence=evidence, theme=theme, by=CONSOLE)
        tag_recommendation(evidence=evidence, recommendation=recommendation, stance="supports", by=CONSOLE)
    withdraw_recommendation(recommendation=withdrawn, by=CONSOLE)
    other = an_inquiry()
    client = Client()
    client.force_login(a_person(inquiry, Role.MEMBER))
    address = reverse("review:theme", args=[inquiry.code, theme.pk])
    values = (hidden.pk, withdrawn.pk, a_recommendation(other).pk, 10**9)
    texts = {said(client, address, {"recommendation": value}) for value in values}
    assert len(texts) == 1
    assert f"The recommendation {GONE}" in texts.pop()
    texts = {said(client, address, {"from": value}) for value in (a_session(other).pk, 10**9)}
    assert len(texts) == 1
    assert f"The session {GONE}" in texts.pop()
    frameworks = (missions(other)[0].framework_id, 10**9)
    texts = {said(client, reverse("review:gaps", args=[inquiry.code]), {"framework": value}) for value in frameworks}
    assert len(texts) == 1
    assert f"The framework {GONE}" in texts.pop()


def test_several_things_that_are_gone_are_said_at_once_and_the_rest_goes_on_narrowing(client: Client) -> None:
    inquiry = an_inquiry()
    theme = missions(inquiry)[0]
    for evidence in (a_submission(inquiry), a_session(inquiry)):
        tag_theme(evidence=evidence, theme=theme, by=CONSOLE)
    client.force_login(a_person(inquiry, Role.MEMBER))
    address = reverse("review:theme", args=[inquiry.code, theme.pk])
    shown = client.get(address, {"from": 10**9, "sector": "nobody", "kind": "submission"})
    assert "The session and the sector that were asked for are not there any more." in shown.content.decode()
    assert "Submissions alone" in shown.content.decode()
    assert shown.context["submissions"]
    assert not shown.context.get("sessions")


@pytest.mark.parametrize("name", ["gaps_csv", "gaps_svg"])
def test_no_map_of_another_framework_is_handed_out_for_one_that_is_gone(client: Client, name: str) -> None:
    inquiry = an_inquiry()
    missions(inquiry)
    client.force_login(a_person(inquiry))
    answer = client.get(reverse(f"review:{name}", args=[inquiry.code]), {"framework": 10**9}, follow=True)
    page = answer.content.decode()
    assert f"The framework {GONE}" in page
    (whole,) = set(re.findall(rf'href="([^"]+{name.removeprefix("gaps_")}\?[^"]*)"', page))
    assert client.get(whole.replace("&amp;", "&")).headers["Content-Disposition"].startswith("attachment")


def test_a_pack_of_a_theme_that_is_gone_is_no_file(client: Client) -> None:
    inquiry = an_inquiry()
    client.force_login(a_person(inquiry, Role.MEMBER))
    answer = client.get(reverse("report:pack_file", args=[inquiry.code, "html"]), {"theme": 10**9}, follow=True)
    assert "This theme is not there any more. Choose another." in answer.content.decode()
