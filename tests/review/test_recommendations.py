"""Recommendations: what they stand on, what is missing, and how they are written."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.sessions.actions import AppearanceEntry, PanelEntry, log_session
from evidence.submissions.actions import decide_publication
from evidence.tags.actions import tag_recommendation
from inquiry import actions
from inquiry.actions import add_principle, name_addressee, record_insight
from inquiry.models import Addressee, Inquiry, Recommendation, Rule
from tests.builders import (
    a_person,
    a_recommendation,
    a_session,
    a_spoken_quote,
    a_submission,
    an_inquiry,
)
from tests.editing import edit
from tests.review.scene import page

pytestmark = pytest.mark.django_db
STAFF = (Role.CLERK, Role.ADVISER, Role.ADMINISTRATOR)


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


def missing(client: Client, recommendation: Recommendation) -> list[str]:
    address = reverse("review:recommendation", args=[recommendation.inquiry.code, recommendation.pk])
    return client.get(address).context["standing"].missing


def test_what_is_missing_is_said(client: Client, inquiry: Inquiry) -> None:
    clerk = a_person(inquiry)
    client.force_login(a_person(inquiry, Role.MEMBER))
    one = a_recommendation(inquiry)
    assert missing(client, one) == ["No evidence"]
    session = a_session(inquiry, witnesses=(("Prof Example", "Example University"),))
    quote = a_spoken_quote(session)
    tag_recommendation(evidence=quote, recommendation=one, stance="challenges", by=CONSOLE)
    assert missing(client, one) == ["Nothing supports it", "Contrary evidence not answered (1)"]
    tag_recommendation(evidence=quote, recommendation=one, stance="supports", by=clerk)
    again = a_spoken_quote(session, "The same person again.")
    tag_recommendation(evidence=again, recommendation=one, stance="supports", by=CONSOLE)
    assert missing(client, one) == ["One source only", "No voice from the neighbourhoods"]
    submission = a_submission(inquiry)
    tag_recommendation(evidence=submission, recommendation=one, stance="supports", by=CONSOLE)
    assert missing(client, one) == ["No voice from the neighbourhoods", "Evidence that may not be printed (1)"]
    decide_publication(submission=submission, treatment="full", by=CONSOLE)
    assert missing(client, one) == ["No voice from the neighbourhoods"]
    appearance = AppearanceEntry(name="Jo Example", organisation="Example Street", sector="residents")
    held = log_session(
        inquiry=inquiry, title="Two", number=2, panels=[PanelEntry(appearances=[appearance])], by=CONSOLE
    )
    tag_recommendation(evidence=a_spoken_quote(held), recommendation=one, stance="supports", by=CONSOLE)
    assert missing(client, one) == []


@pytest.mark.parametrize("role", Role)
def test_the_list_is_by_addressee_and_has_the_empty_ones(client: Client, inquiry: Inquiry, role: Role) -> None:
    a_recommendation(inquiry, "Open the hall")
    name_addressee(inquiry=inquiry, name="Community organisations", by=CONSOLE)
    client.force_login(a_person(inquiry, role))
    shown = page(client, "review:recommendations", inquiry.code)
    assert "1.1 Open the hall" in shown
    assert "2 Community organisations" in shown
    assert "None yet." in shown
    assert ("Draft a recommendation" in shown) == (role in STAFF)


def test_all_kinds_of_evidence_stand_beside_it(client: Client, inquiry: Inquiry) -> None:
    one = a_recommendation(inquiry, text="Give it a key.")
    ruled = a_session(inquiry, number=None, kind="workshop", title="Example workshop", rule=Rule.CHATHAM_HOUSE)
    session = a_session(inquiry, witnesses=(("Jo Example", "Example Street"),))
    evidence: dict[str, Any] = {
        "supports": a_spoken_quote(session, "Doors matter."),
        "challenges": a_submission(inquiry, submitter="Example Trust"),
        "qualifies": record_insight(session=ruled, text="Keys get lost.", by=CONSOLE),
    }
    for stance, piece in evidence.items():
        tag_recommendation(evidence=piece, recommendation=one, stance=stance, note=f"It {stance}.", by=CONSOLE)
    client.force_login(a_person(inquiry, Role.MEMBER))
    shown = page(client, "review:recommendation", inquiry.code, one.pk)
    for words in ("Give it a key.", "Doors matter.", "Example Trust", "Keys get lost.", "It challenges."):
        assert words in shown
    assert "Mark agreed" not in shown


@pytest.mark.parametrize("role", STAFF)
def test_a_recommendation_is_drafted_rewritten_and_agreed(client: Client, inquiry: Inquiry, role: Role) -> None:
    addressee = name_addressee(inquiry=inquiry, name="Central government", by=CONSOLE)
    principle = add_principle(inquiry=inquiry, title="Neighbourhoods lead", by=CONSOLE)
    client.force_login(a_person(inquiry, role))
    typed = {"addressee": addressee.pk, "title": "Open the hall", "text": "Now.", "principles": [principle.pk]}
    response = client.post(reverse("review:recommendation_add", args=[inquiry.code]), typed, follow=True)
    assert "Recommendation 1.1 is drafted." in response.content.decode()
    one = Recommendation.objects.get(inquiry=inquiry)
    assert [*one.principles.all()] == [principle]
    edit(client, reverse("review:recommendation_edit", args=[inquiry.code, one.pk]), {"title": "Open both", "text": ""})
    client.post(reverse("review:recommendation_agree", args=[inquiry.code, one.pk]))
    one.refresh_from_db()
    assert (one.label, one.title, one.status, [*one.principles.all()]) == ("1.1", "Open both", "agreed", [])
    client.post(reverse("review:recommendation_agree", args=[inquiry.code, one.pk]))
    one.refresh_from_db()
    assert one.status == "draft"


def test_a_recommendation_without_a_title_comes_back_with_its_text(client: Client, inquiry: Inquiry) -> None:
    addressee = name_addressee(inquiry=inquiry, name="Central government", by=CONSOLE)
    client.force_login(a_person(inquiry))
    address = reverse("review:recommendation_add", args=[inquiry.code])
    shown = client.post(address, {"addressee": addressee.pk, "title": "", "text": "Typed with care."}).content.decode()
    assert "There is a problem" in shown
    assert "Typed with care." in shown


def test_another_inquirys_addressee_is_no_choice(client: Client, inquiry: Inquiry) -> None:
    name_addressee(inquiry=inquiry, name="Central government", by=CONSOLE)
    theirs = name_addressee(inquiry=an_inquiry(), name="Somebody else", by=CONSOLE)
    client.force_login(a_person(inquiry))
    client.post(reverse("review:recommendation_add", args=[inquiry.code]), {"addressee": theirs.pk, "title": "Sneak"})
    assert not Recommendation.objects.exists()


def test_the_first_recommendation_needs_an_addressee(client: Client, inquiry: Inquiry) -> None:
    client.force_login(a_person(inquiry))
    assert (
        "First say whom"
        in client.get(reverse("review:recommendation_add", args=[inquiry.code]), follow=True).content.decode()
    )
    client.post(reverse("review:addressee_add", args=[inquiry.code]), {"name": "Central government"})
    client.post(reverse("review:addressee_add", args=[inquiry.code]), {"name": "Local government"})
    assert [*Addressee.objects.values_list("number", "name")] == [(1, "Central government"), (2, "Local government")]


def test_a_principle_is_entered(client: Client, inquiry: Inquiry) -> None:
    a_recommendation(inquiry)
    client.force_login(a_person(inquiry, Role.ADVISER))
    client.post(reverse("review:principle_add", args=[inquiry.code]), {"title": "Neighbourhoods lead", "text": ""})
    assert "Neighbourhoods lead" in page(client, "review:recommendations", inquiry.code)


def test_members_write_nothing(client: Client, inquiry: Inquiry) -> None:
    one = a_recommendation(inquiry)
    client.force_login(a_person(inquiry, Role.MEMBER))
    for name in ("recommendation_add", "addressee_add", "principle_add"):
        address = reverse(f"review:{name}", args=[inquiry.code])
        assert client.post(address, {"name": "x", "title": "x"}).status_code == 403
    for name in ("recommendation_edit", "recommendation_agree"):
        address = reverse(f"review:{name}", args=[inquiry.code, one.pk])
        assert client.post(address, {"title": "x"}).status_code == 403
    one.refresh_from_db()
    assert (one.title, one.status) == ("Open the hall", "draft")


@pytest.mark.parametrize(("role", "words"), [(Role.MEMBER, "as they are drafted"), (Role.CLERK, "First say whom")])
def test_an_inquiry_without_recommendations_says_so(client: Client, inquiry: Inquiry, role: Role, words: str) -> None:
    client.force_login(a_person(inquiry, role))
    assert words in page(client, "review:recommendations", inquiry.code)


def test_any_column_sorts_and_their_own_order_stays_otherwise(client: Client, inquiry: Inquiry) -> None:
    first, second = a_recommendation(inquiry, "Zebra crossings"), a_recommendation(inquiry, "Allotments")
    name_addressee(inquiry=inquiry, name="Community organisations", by=CONSOLE)
    actions.change_recommendation(recommendation=first, status="agreed", by=CONSOLE)
    tag_recommendation(evidence=a_submission(inquiry), recommendation=second, stance="supports", by=CONSOLE)
    client.force_login(a_person(inquiry, Role.MEMBER))

    def order(asked: str) -> list[Any]:
        answer = client.get(reverse("review:recommendations", args=[inquiry.code]) + asked)
        return [one for _, written in answer.context["groups"] for one in written]

    for asked in ("", "?sort=bogus", "?sort=-", "?sort=status", "?sort=-title", "?sort=evidence"):
        assert order(asked) == [first, second], asked
    for asked in ("?sort=title", "?sort=-status", "?sort=-evidence"):
        assert order(asked) == [second, first], asked
    assert "2 Community organisations" in page(client, "review:recommendations", inquiry.code)
    sorted_ = page(client, "review:recommendations", inquiry.code, asked="?sort=title")
    assert 'aria-sort="ascending"' in sorted_
    assert "1.2 Allotments" in sorted_
