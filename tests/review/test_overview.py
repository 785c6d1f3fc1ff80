"""Where the inquiry stands, for each role, and what to do first."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.quotes.actions import edit_quote
from evidence.tags.actions import tag_recommendation, tag_theme
from evidence.witnesses.actions import name_organisation
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


@pytest.mark.parametrize("role", Role)
def test_everyone_in_the_inquiry_sees_where_it_stands(client: Client, role: Role) -> None:
    scene = many(1)
    client.force_login(a_person(scene.inquiry, role))
    shown = page(client, "review:overview", scene.inquiry.code)
    assert "Example session 1" in shown
    assert "1 witness · 1 quote" in shown
    assert "Where evidence is thin" in shown
    assert ("Log a submission" in shown) == (role in (Role.CLERK, Role.ADMINISTRATOR))


def test_tiles_say_what_is_open(client: Client) -> None:
    inquiry = an_inquiry()
    a_submission(inquiry, state="received", text=None)
    a_submission(inquiry, text=None)
    wrong = a_written_quote(a_submission(inquiry))
    edit_quote(quote=wrong, text="Nobody wrote this.", by=CONSOLE)
    a_spoken_quote(a_session(inquiry, witnesses=(("Jo Example", ""),)), against="")
    client.force_login(a_person(inquiry))
    tiles = client.get(reverse("review:overview", args=[inquiry.code])).context["kpis"]
    assert [tile["note"] for tile in tiles] == ["1 to accept, 2 to decide", "", "1 doesn’t match, 1 unchecked", ""]


def test_what_waits_depends_on_the_role(client: Client) -> None:
    inquiry = an_inquiry()
    a_written_quote(a_submission(inquiry))
    a_recommendation(inquiry)
    waits = {}
    for role in (Role.CLERK, Role.ADVISER, Role.MEMBER):
        client.force_login(a_person(inquiry, role))
        waiting = client.get(reverse("review:overview", args=[inquiry.code])).context["waiting"]
        waits[role] = [line["label"] for line in waiting]
    assert waits[Role.CLERK] == ["1 submission to decide on", "1 quote not tagged", "1 recommendation without evidence"]
    assert waits[Role.ADVISER] == ["1 quote not tagged", "1 recommendation without evidence"]
    assert waits[Role.MEMBER] == ["1 new quote this week", "1 draft recommendation to read"]


def test_the_map_shows_the_thinnest_themes_and_marks_single_sources(client: Client) -> None:
    inquiry = an_inquiry()
    themes = missions(inquiry, 7)
    session = a_session(inquiry, witnesses=(("Jo Example", "Example residents"),))
    for theme in themes[:3]:
        tag_theme(evidence=a_spoken_quote(session, f"On {theme.number}."), theme=theme, by=CONSOLE)
    for quote in (a_spoken_quote(session, "Said twice."), a_written_quote(a_submission(inquiry))):
        tag_theme(evidence=quote, theme=themes[0], by=CONSOLE)
    client.force_login(a_person(inquiry))
    drawn = client.get(reverse("review:overview", args=[inquiry.code])).context["map"]
    rows = [row for group in drawn["groups"] for row in group["rows"]]
    assert [row["label"].split()[0] for row in rows] == ["1", "2", "3", "4", "5", "6", "7"]
    rows = rows[1:]
    assert [(cell["value"], cell["single"]) for cell in rows[0]["cells"]] == [(1, True), (0, False)]
    assert rows[0]["cells"][0]["url"].endswith(f"?from={session.pk}")
    assert (drawn["nobody"], drawn["total"]) == (4, 7)


def test_the_map_is_not_filled_with_themes_on_which_nobody_was_heard(client: Client) -> None:
    inquiry = an_inquiry()
    themes = missions(inquiry, 18)
    session = a_session(inquiry, witnesses=(("Jo Example", "Example residents"),))
    client.force_login(a_person(inquiry))

    def rows() -> list[str]:
        drawn = client.get(reverse("review:overview", args=[inquiry.code])).context["map"]
        return [row["label"].split()[0] for group in drawn["groups"] for row in group["rows"]]

    for theme in themes[9:]:
        tag_theme(evidence=a_spoken_quote(session, f"On {theme.number}."), theme=theme, by=CONSOLE)
    assert rows() == ["1", "2", "3", "10", "11", "12", "13", "14", "15", "16", "17", "18"]
    for theme in themes[:8]:
        tag_theme(evidence=a_spoken_quote(session, f"On {theme.number}."), theme=theme, by=CONSOLE)
    assert rows() == [str(n) for n in range(1, 13)]


@pytest.mark.parametrize(("sessions", "head"), [(4, "1 Example session 1"), (5, "Session 1")])
def test_heads_of_the_map_have_room(client: Client, sessions: int, head: str) -> None:
    inquiry = an_inquiry()
    missions(inquiry)
    for number in range(1, sessions + 1):
        a_session(inquiry, number=number)
    client.force_login(a_person(inquiry))
    column = client.get(reverse("review:overview", args=[inquiry.code])).context["map"]["columns"][0]
    assert (column["label"], column["title"]) == (head, "Example session 1")


def test_a_recommendation_stands_when_nothing_is_missing(client: Client) -> None:
    inquiry = an_inquiry()
    recommendation = a_recommendation(inquiry)
    client.force_login(a_person(inquiry))
    tiles = []
    for name, stance in (("A", "supports"), ("B", "supports"), ("C", "challenges")):
        name_organisation(inquiry=inquiry, name=f"Residents of {name}", sector="residents", by=CONSOLE)
        quote = a_written_quote(a_submission(inquiry, submitter=f"Residents of {name}", state="decided"))
        tag_recommendation(evidence=quote, recommendation=recommendation, stance=stance, by=CONSOLE)
        page_of = client.get(reverse("review:overview", args=[inquiry.code])).context
        tiles.append(page_of["kpis"][3]["value"])
    assert tiles == ["0 of 1", "1 of 1", "0 of 1"]


def test_an_empty_inquiry_says_what_to_do_first(client: Client) -> None:
    inquiry = an_inquiry()
    client.force_login(a_person(inquiry, Role.ADMINISTRATOR))
    shown = page(client, "review:overview", inquiry.code)
    assert "Log a session" in shown
    assert f"{inquiry.code}0001" in shown
    assert "Invite people" in shown
    client.force_login(a_person(inquiry, Role.MEMBER))
    shown = page(client, "review:overview", inquiry.code)
    assert "No evidence yet" in shown
    assert "Log a session" not in shown


def test_a_stranger_is_told_that_there_is_no_such_inquiry(client: Client) -> None:
    client.force_login(a_person(an_inquiry()))
    assert client.get(reverse("review:overview", args=[an_inquiry().code])).status_code == 404
