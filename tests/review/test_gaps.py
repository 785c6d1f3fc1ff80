"""The gap map, as page, picture, table and JSON: what is counted in each cell, for whom, and where it leads."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.quotes.actions import remove_quote
from evidence.review.matrix import ACROSS, COLUMNS_ON_A_PAGE, COUNTED, Matrix
from evidence.sessions.actions import AppearanceEntry, PanelEntry, log_session
from evidence.tags.actions import tag_recommendation, tag_theme
from evidence.witnesses.models import Sector, Witness
from inquiry.actions import record_insight
from inquiry.models import Inquiry, Rule, Session, Theme
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
from tests.review.scene import SECRETS, guarded, many

pytestmark = pytest.mark.django_db
MAPS = [(across, counted) for across in ACROSS for counted in COUNTED]


def a_mapped_inquiry() -> tuple[Inquiry, list[Theme]]:
    """Two people of one body and one of another at a session, a submission with two quotes, an insight."""
    inquiry = an_inquiry("GAP")
    themes = missions(inquiry)
    people = [
        AppearanceEntry(name="Ann Example", organisation="Example Residents", sector=Sector.RESIDENTS),
        AppearanceEntry(name="Bob Example", organisation="Example Council", sector=Sector.LOCAL_GOVERNMENT),
    ]
    session = log_session(
        inquiry=inquiry, number=1, title="=Formula", panels=[PanelEntry(appearances=people)], by=CONSOLE
    )
    event = log_session(inquiry=inquiry, kind="workshop", title="Workshop", rule=Rule.CHATHAM_HOUSE, by=CONSOLE)
    submission = a_submission(inquiry, submitter="Example Residents")
    heard = a_spoken_quote(session)
    said = [heard, a_spoken_quote(session, "And so do they."), a_written_quote(submission)]
    removed = a_spoken_quote(session, "Removedly said.")
    for each in (*said, submission, session, record_insight(session=event, text="Time.", by=CONSOLE), removed):
        tag_theme(evidence=each, theme=themes[0], by=CONSOLE)
    tag_theme(evidence=heard, theme=themes[1], by=CONSOLE)
    remove_quote(quote=removed, by=CONSOLE)
    for each in (heard, submission):
        tag_recommendation(evidence=each, recommendation=a_recommendation(inquiry), stance="supports", by=CONSOLE)
    return inquiry, themes


def counts(inquiry: Inquiry, themes: list[Theme], across: str, counted: str) -> list[dict[str, int]]:
    framework = themes[0].framework
    matrix = Matrix(CONSOLE, inquiry, framework, across, counted)
    names = {column.key: column.label for column in [*matrix.columns, *matrix.totals]}
    return [
        {names[key]: n for key, n in matrix.counts.get(theme.pk, {}).items() if n and key in names} for theme in themes
    ]


def test_people_are_counted_once_and_pieces_each() -> None:
    inquiry, themes = a_mapped_inquiry()
    assert counts(inquiry, themes, "session", "people") == [
        {"1 =Formula": 1, "Written": 1, "In all": 2},
        {"1 =Formula": 1, "In all": 1},
        {},
    ]
    assert counts(inquiry, themes, "session", "items")[0] == {
        "1 =Formula": 3,
        "Written": 2,
        "Workshop": 1,
        "In all": 6,
    }
    assert counts(inquiry, themes, "kind", "items")[0] == {
        "Quotes": 3,
        "Submissions": 1,
        "Sessions": 1,
        "Insights": 1,
        "In all": 6,
    }
    # The submission's quote and the submission itself are one body's.
    assert counts(inquiry, themes, "sector", "people")[0]["In all"] == 2
    assert counts(inquiry, themes, "recommendation", "items")[0] == {"1.1": 1, "1.2": 1, "In all": 6}
    assert counts(inquiry, themes, "recommendation", "items")[1] == {"1.1": 1, "In all": 1}


@pytest.mark.parametrize(("across", "counted"), MAPS)
def test_every_map_is_a_page_a_picture_a_table_and_json(client: Client, across: str, counted: str) -> None:
    inquiry, themes = a_mapped_inquiry()
    client.force_login(a_person(inquiry, Role.MEMBER))
    asked = {"across": across, "count": counted}
    shown = client.get(reverse("review:gaps", args=["GAP"]), asked).content.decode()
    assert "one source only" in shown
    assert ">none<" in shown
    rows = list(
        csv.reader(io.StringIO(client.get(reverse("review:gaps_csv", args=["GAP"]), asked).content.decode("utf-8-sig")))
    )
    assert [row[1] for row in rows[1:]] == [theme.title for theme in themes]
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    picture = client.get(reverse("review:gaps_svg", args=["GAP"]), asked)
    assert picture["Content-Type"] == "image/svg+xml; charset=utf-8"
    drawn = ElementTree.fromstring(picture.content)
    words = [element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")]
    said = io.StringIO()
    call_command("evidence_matrix", inquiry="GAP", by=across, count=counted, json=True, stdout=said)
    told = json.loads(said.getvalue())
    assert (told["by"], told["counted"]) == (across, counted)
    for theme, row in zip(told["themes"], rows[1:], strict=True):
        assert [str(n) for n in theme["counts"].values()] == row[3:]
    cells = [str(n) if n else "none" for theme in told["themes"] for n in theme["counts"].values()]
    assert [word for word in words if word == "none" or (word or "").isdigit()] == cells


@pytest.mark.parametrize(("across", "counted"), MAPS)
def test_each_cell_opens_what_it_counts(client: Client, across: str, counted: str) -> None:
    inquiry, themes = a_mapped_inquiry()
    recommendation = a_recommendation(inquiry)
    session = Session.objects.get(number=1, inquiry=inquiry)
    witness = Witness.objects.get(name="Ann Example", inquiry=inquiry)
    tag_theme(evidence=witness, theme=themes[1], by=CONSOLE)
    lived = a_submission(inquiry, person="Cat Example", lived_experience=True)
    tag_theme(evidence=lived, theme=themes[1], by=CONSOLE)
    for evidence in (session, witness, lived):
        tag_recommendation(evidence=evidence, recommendation=recommendation, stance="qualifies", by=CONSOLE)
    client.force_login(a_person(inquiry, Role.MEMBER))
    asked = {"across": across, "count": counted}
    met = 0
    for group in client.get(reverse("review:gaps", args=["GAP"]), asked).context["map"]["groups"]:
        for row in group["rows"]:
            for cell in row["cells"]:
                assert bool(cell["url"]) == bool(cell["value"])
                if cell["url"]:
                    met += 1
                    assert counted_on(client.get(cell["url"]).context, counted) == cell["value"], cell["url"]
    assert met > len(themes)


def counted_on(page: Any, counted: str) -> int:
    """How much a theme's page shows: people and bodies, or pieces of evidence."""
    if "columns" in page:
        shown = [each for column in page["columns"] for each in (*column["quotes"], *column["others"])]
        # Each piece here is one person's or body's, but for the whole of a session.
        return len([each for each in shown if counted == "items" or "/sessions/" not in each["url"]])
    if counted == "people":
        return page["voices"]["total"]
    return sum(len(page.get(kind, ())) for kind in ("quotes", "submissions", "sessions", "witnesses", "insights"))


def test_what_is_more_than_a_page_holds_is_turned_over(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidence.review.views.themes.OTHERS_SHOWN", 2)
    inquiry = an_inquiry("GAP")
    theme = missions(inquiry)[0]
    for _ in range(3):
        tag_theme(evidence=a_submission(inquiry), theme=theme, by=CONSOLE)
    client.force_login(a_person(inquiry, Role.MEMBER))
    address = reverse("review:theme", args=["GAP", theme.pk])
    first = client.get(address)
    assert len(first.context["submissions"]) == 2
    assert 'href="?kind=submission">All submissions on it</a>' in first.content.decode()
    second = client.get(address, {"kind": "submission", "page": "2"})
    assert [submission.reference for submission, _ in second.context["submissions"]] == ["GAP0003"]


@pytest.mark.parametrize("asked", [{"sector": "("}, {"kind": "\x00"}, {"lived": "‮"}, {"from": "x" * 10_000}])
def test_a_narrowing_that_is_none_is_passed_over(client: Client, asked: dict[str, str]) -> None:
    inquiry, themes = a_mapped_inquiry()
    client.force_login(a_person(inquiry))
    assert len(client.get(reverse("review:theme", args=["GAP", themes[0].pk]), asked).context["quotes"]) == 3


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
@pytest.mark.parametrize(("across", "counted"), MAPS)
def test_no_cell_counts_and_no_head_names_what_its_reader_may_not_know(
    client: Client, role: Role, across: str, counted: str
) -> None:
    scene = guarded()
    client.force_login(a_person(scene.inquiry, role))
    asked = {"across": across, "count": counted}
    everything = ""
    for name in ("gaps", "gaps_csv", "gaps_svg"):
        everything += client.get(reverse(f"review:{name}", args=[scene.inquiry.code]), asked).content.decode()
    assert "Example mission 1" in everything
    assert [secret for secret in SECRETS if secret in everything] == []
    mapped = client.get(reverse("review:gaps", args=[scene.inquiry.code]), asked).context["matrix"]
    # Of the seven quotes two, and the submission whose names are kept; the session is known to have been held.
    assert mapped.counts[scene.theme.pk]["all"] == (2 if counted == "people" else 4)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("across", ACROSS)
def test_a_map_asks_as_often_for_three_as_for_one(
    client: Client, django_assert_num_queries: Any, across: str, rows: int
) -> None:
    scene = many(rows)
    client.force_login(a_person(scene.inquiry))
    queries = {"session": 10, "sector": 9, "recommendation": 10, "kind": 9}
    with django_assert_num_queries(queries[across]):
        client.get(reverse("review:gaps", args=[scene.inquiry.code]), {"across": across})


def test_more_sessions_than_a_page_holds_are_turned_over(client: Client) -> None:
    inquiry = an_inquiry()
    missions(inquiry)
    for number in range(1, COLUMNS_ON_A_PAGE + 2):
        a_session(inquiry, number=number)
    client.force_login(a_person(inquiry))
    address = reverse("review:gaps", args=[inquiry.code])
    first, second, beyond = (client.get(address, {"page": n}).context["map"] for n in (1, 2, 10**9))
    assert len(first["columns"]) == COLUMNS_ON_A_PAGE + 1
    assert [column.label for column in second["columns"]] == ["Session 13", "Written", "In all"]
    assert second["columns"] == beyond["columns"]
    assert "Session 13" in client.get(reverse("review:gaps_csv", args=[inquiry.code])).content.decode()


@pytest.mark.parametrize("name", ["gaps", "gaps_csv", "gaps_svg"])
def test_an_inquiry_without_themes_and_odd_questions_get_an_answer(client: Client, name: str) -> None:
    inquiry = an_inquiry()
    client.force_login(a_person(inquiry))
    address = reverse(f"review:{name}", args=[inquiry.code])
    assert client.get(address).status_code == 200
    missions(inquiry)
    for asked in ({"across": "("}, {"count": "\x00"}, {"page": "‮"}, {"across": "9" * 10_000}):
        assert client.get(address, asked).status_code == 200
    for gone in ("0", "9" * 40, "(", "\x00"):
        assert client.get(address, {"framework": gone}).status_code == (200 if name == "gaps" else 302)


def test_the_command_says_what_is_not_there(client: Client) -> None:
    inquiry = an_inquiry("GAP")
    with pytest.raises(CommandError, match="GAP has no such framework"):
        call_command("evidence_matrix", inquiry="GAP")
    missions(inquiry)
    with pytest.raises(CommandError, match="Nobody signs in as nobody"):
        call_command("evidence_matrix", inquiry="GAP", email="nobody@example.org")
    said = io.StringIO()
    call_command("evidence_matrix", inquiry="GAP", email=a_person(inquiry, Role.MEMBER).email, stdout=said)
    assert said.getvalue().splitlines()[1] == "1\tExample mission 1\tA · Example objective\t0\t0"
