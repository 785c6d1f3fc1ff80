"""The evidence on a theme, as a member reads it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.quotes.actions import record_quote, remove_quote
from evidence.sessions.actions import AppearanceEntry, PanelEntry, log_session
from evidence.tags.actions import tag_recommendation, tag_theme
from inquiry.actions import ThemeEntry, add_framework, change_theme, record_insight
from inquiry.models import Rule
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
from tests.review.scene import many, page

pytestmark = pytest.mark.django_db


def test_the_tree_has_every_framework_with_what_was_heard(client: Client) -> None:
    scene = many(1)
    add_framework(
        inquiry=scene.inquiry,
        name="Six capitals",
        levels=["Capital"],
        themes=[ThemeEntry("S", "Social capital", aim="Trust each other.")],
        by=CONSOLE,
    )
    change_theme(theme=scene.theme, retired_on=dt.date(2026, 1, 2), by=CONSOLE)
    client.force_login(a_person(scene.inquiry, Role.MEMBER))
    shown = page(client, "review:themes", scene.inquiry.code)
    assert "A Example objective" in shown
    assert "retired" in shown
    assert "S Social capital" in shown
    assert "Trust each other." in shown
    frameworks = client.get(reverse("review:themes", args=[scene.inquiry.code])).context["frameworks"]
    counts = frameworks[0]["groups"][0]["themes"][0].counts
    assert (counts["quotes"], counts["submissions"], counts["voices"]) == (2, 1, 2)
    assert frameworks[1]["groups"][0]["heading"] is None


def test_residents_are_read_first(client: Client) -> None:
    inquiry = an_inquiry()
    theme = missions(inquiry, 1)[0]
    session = log_session(
        inquiry=inquiry,
        title="Example session",
        number=1,
        panels=[
            PanelEntry(
                appearances=[
                    AppearanceEntry(name="Prof Example", organisation="Example University", sector="academia"),
                    AppearanceEntry(name="Jo Example", organisation="Example Street", sector="residents"),
                    AppearanceEntry(name="Al Example", lived_experience=True),
                ]
            )
        ],
        by=CONSOLE,
    )
    for appearance in session.panels.get().appearances.all():
        quote = record_quote(appearance=appearance, text=f"Said by {appearance.witness.name}.", by=CONSOLE)
        tag_theme(evidence=quote, theme=theme, by=CONSOLE)
    client.force_login(a_person(inquiry, Role.MEMBER))
    context = client.get(reverse("review:theme", args=[inquiry.code, theme.pk])).context
    assert [quote["speaker"] for quote in context["quotes"]] == [
        "Jo Example, Example Street",
        "Al Example",
        "Prof Example, Example University",
    ]
    assert [(row["sector"], row["value"]) for row in context["voices"]["rows"]] == [("residents", 2), ("academia", 1)]
    assert context["voices"]["lived"] == 1


def test_a_person_who_is_quoted_often_is_one_voice(client: Client) -> None:
    inquiry = an_inquiry()
    theme = missions(inquiry, 1)[0]
    session = a_session(inquiry, witnesses=(("Jo Example", "Example residents"),))
    submission = a_submission(inquiry, person="Jo Example", submitter="Example residents")
    for quote in (a_spoken_quote(session), a_spoken_quote(session, "Twice."), a_written_quote(submission)):
        tag_theme(evidence=quote, theme=theme, by=CONSOLE)
    tag_theme(evidence=submission, theme=theme, by=CONSOLE)
    client.force_login(a_person(inquiry, Role.MEMBER))
    context = client.get(reverse("review:theme", args=[inquiry.code, theme.pk])).context
    assert len(context["quotes"]) == 3
    assert context["voices"]["total"] == 1


def test_submissions_sessions_and_insights_on_it_are_there(client: Client) -> None:
    inquiry = an_inquiry()
    theme = missions(inquiry, 1)[0]
    ruled = a_session(inquiry, number=None, kind="workshop", title="Example workshop", rule=Rule.CHATHAM_HOUSE)
    insight = record_insight(session=ruled, text="Halls stand locked.", by=CONSOLE)
    for evidence in (a_submission(inquiry), a_session(inquiry, title="Focused session"), insight):
        tag_theme(evidence=evidence, theme=theme, by=CONSOLE)
    client.force_login(a_person(inquiry, Role.MEMBER))
    shown = page(client, "review:theme", inquiry.code, theme.pk)
    for words in (
        "Example Residents Association",
        "Focused session",
        "Halls stand locked.",
        "Nobody is quoted or named",
    ):
        assert words in shown
    assert "Halls stand locked." not in page(client, "review:theme", inquiry.code, theme.pk, asked="?from=written")


def test_a_recommendation_is_weighed_side_by_side(client: Client) -> None:
    scene = many(1)
    client.force_login(a_person(scene.inquiry, Role.MEMBER))
    asked = {"recommendation": scene.recommendation.pk}
    context = client.get(reverse("review:theme", args=[scene.inquiry.code, scene.theme.pk]), asked).context
    assert [(column["stance"], column["count"], len(column["quotes"])) for column in context["columns"]] == [
        ("supports", 1, 1),
        ("challenges", 1, 1),
        ("qualifies", 0, 0),
    ]


def test_only_recommendations_with_evidence_on_the_theme_are_offered(client: Client) -> None:
    inquiry = an_inquiry()
    here, there = missions(inquiry, 2)
    on, off = a_recommendation(inquiry), a_recommendation(inquiry, "Something else")
    session = a_session(inquiry, witnesses=(("Jo Example", ""),))
    for theme, recommendation in ((here, on), (there, off)):
        quote = a_spoken_quote(session, f"On {theme.number}.")
        tag_theme(evidence=quote, theme=theme, by=CONSOLE)
        tag_recommendation(evidence=quote, recommendation=recommendation, stance="qualifies", by=CONSOLE)
    client.force_login(a_person(inquiry, Role.MEMBER))
    address = reverse("review:theme", args=[inquiry.code, here.pk])
    assert "By recommendation" in client.get(address).content.decode()
    offered = client.get(address, {"recommendation": ""}).context["recommendations"]
    assert [(one, one.pieces) for one in offered] == [(on, 1)]
    assert "chosen" not in client.get(address, {"recommendation": off.pk}).context


def test_recommendations_are_not_offered_for_evidence_that_is_kept_back_or_removed(client: Client) -> None:
    inquiry = an_inquiry()
    (theme,) = missions(inquiry, 1)
    recommendation = a_recommendation(inquiry)
    closed = a_session(inquiry, rule="private", witnesses=(("Jo Example", ""),))
    kept_back = a_spoken_quote(closed, "Said behind closed doors.")
    removed = a_spoken_quote(a_session(inquiry, number=2, witnesses=(("Jo Example", ""),)), "Taken by mistake.")
    for quote in (kept_back, removed):
        tag_theme(evidence=quote, theme=theme, by=CONSOLE)
        tag_recommendation(evidence=quote, recommendation=recommendation, stance="supports", by=CONSOLE)
    remove_quote(quote=removed, by=CONSOLE)
    address = reverse("review:theme", args=[inquiry.code, theme.pk])
    for role, offered in ((Role.MEMBER, False), (Role.CLERK, True)):
        client.force_login(a_person(inquiry, role))
        assert ("By recommendation" in client.get(address).content.decode()) is offered
        chosen = client.get(address, {"recommendation": ""}).context.get("recommendations", [])
        assert [one.pieces for one in chosen] == [1] * offered


@pytest.mark.parametrize("asked", ["?recommendation=x", "?from=x", "?from=99999999999999999999999", "?page=x"])
def test_odd_addresses_are_no_failure(client: Client, asked: str) -> None:
    scene = many(1)
    client.force_login(a_person(scene.inquiry, Role.MEMBER))
    response = client.get(reverse("review:theme", args=[scene.inquiry.code, scene.theme.pk]) + asked)
    assert response.status_code == 200


@pytest.mark.parametrize(("role", "words"), [(Role.MEMBER, "What the secretariat tags"), (Role.ADVISER, "is tagged")])
def test_a_theme_without_evidence_says_so(client: Client, role: Role, words: str) -> None:
    inquiry = an_inquiry()
    theme = missions(inquiry, 1)[0]
    client.force_login(a_person(inquiry, role))
    shown = page(client, "review:theme", inquiry.code, theme.pk)
    assert "No evidence on this theme yet" in shown
    assert words in shown
    assert "Nobody yet." in shown


def test_an_inquiry_without_themes_says_so(client: Client) -> None:
    inquiry = an_inquiry()
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert "No themes yet" in page(client, "review:themes", inquiry.code)
