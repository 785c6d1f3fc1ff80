"""A list is kept under a name, for the person alone, and taken away exactly as it is shown."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.models import User
from accounts.roles import CONSOLE, Role
from evidence.lists.actions import MOST_KEPT, keep_list
from evidence.lists.models import ADDRESSES, LONGEST_QUERY, ListPage, SavedList, TakenList
from evidence.lists.tables import FORMATS
from evidence.tags.actions import tag_recommendation, tag_theme
from inquiry.models import Inquiry
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
from tests.review.scene import OPEN, SECRETS, guarded

pytestmark = pytest.mark.django_db
# What finds something in every kind of record of `filled`.
ASKED = {ListPage.SEARCH: {"q": "example OR hall OR street"}}


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry("LIS")


def signed_in(inquiry: Inquiry, role: str = Role.CLERK) -> tuple[Client, User]:
    person = a_person(inquiry, role)
    client = Client()
    client.force_login(person)
    return client, person


def filled(inquiry: Inquiry) -> None:
    session = a_session(inquiry, witnesses=(("=Ann Example", "@Example Trust"),))
    spoken, written = a_spoken_quote(session, "+Our street."), a_written_quote(a_submission(inquiry))
    tag_theme(evidence=spoken, theme=missions(inquiry)[0], by=CONSOLE)
    for quote, stance in ((spoken, "supports"), (written, "challenges")):
        tag_recommendation(evidence=quote, recommendation=a_recommendation(inquiry), stance=stance, by=CONSOLE)


def address(inquiry: Inquiry, page: str) -> str:
    return reverse(ADDRESSES[ListPage(page)], args=[inquiry.code])


def taken(client: Client, inquiry: Inquiry, of: str, kind: str, **asked: Any) -> list[list[str]]:
    """The file's rows, its head first."""
    answer = client.get(address(inquiry, of), {**ASKED.get(ListPage(of), {}), **asked, "as": kind})
    assert answer.status_code == 200
    assert answer["Content-Type"] == FORMATS[kind]
    assert answer["Content-Disposition"].startswith(f'attachment; filename="{inquiry.code.lower()}-{of}-')
    content = b"".join(answer)
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    if kind == "xlsx":
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        return [[str(cell) for cell in row] for row in rows]
    rows = json.loads(content)["rows"]
    said = [["; ".join(cell) if isinstance(cell, list) else str(cell) for cell in row.values()] for row in rows]
    return [list(rows[0]) if rows else [], *said]


@pytest.mark.parametrize("page", ListPage.values)
def test_every_list_is_taken_away_in_every_format_with_the_same_rows(inquiry: Inquiry, page: str) -> None:
    filled(inquiry)
    client, person = signed_in(inquiry)
    as_csv, as_book, as_json = (taken(client, inquiry, page, kind) for kind in FORMATS)
    assert len(as_csv) > 1
    assert as_book == as_json
    # No spreadsheet runs what begins as a formula.
    assert [[cell.removeprefix("'") for cell in row] for row in as_csv] == as_json
    assert not [cell for row in as_csv for cell in row if cell.startswith(("=", "+", "@"))]
    noted = TakenList.objects.filter(inquiry=inquiry, page=page, taken_by=person)
    assert [(one.format, one.rows) for one in noted.order_by("pk")] == [(kind, len(as_csv) - 1) for kind in FORMATS]


def test_a_list_is_taken_as_it_is_narrowed_and_in_its_order(inquiry: Inquiry) -> None:
    numbers = [a_submission(inquiry, submitter=name, text=None).number for name in ("Zoe", "Ann", "Bob")]
    a_submission(inquiry, state="received", submitter="Not accepted", text=None)
    client, _ = signed_in(inquiry)
    rows = taken(client, inquiry, "submissions", "csv", state="accepted", sort="from")
    assert [row[1] for row in rows[1:]] == ["Ann", "Bob", "Zoe"]
    rows = taken(client, inquiry, "submissions", "csv", state="accepted", sort="reference", page="2")
    assert [row[0] for row in rows[1:]] == [f"LIS{number:04}" for number in numbers]
    assert taken(client, inquiry, "submissions", "json", q="nobody is called so") == [[]]


def test_of_a_quote_it_is_told_what_it_bears_on_and_how_it_is_cited(inquiry: Inquiry) -> None:
    filled(inquiry)
    client, _ = signed_in(inquiry, Role.MEMBER)
    head, *rows = taken(client, inquiry, "quotes", "json")
    spoken = next(dict(zip(head, row, strict=True)) for row in rows if row[0] == "+Our street.")
    assert spoken["citation"] == "=Ann Example, @Example Trust, oral evidence to inquiry session one"
    assert (spoken["themes"], spoken["supports"], spoken["challenges"]) == ("1 Example mission 1", "1.1", "")
    assert spoken["link"].startswith("http://testserver/LIS/evidence/")


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
@pytest.mark.parametrize("page", ListPage.values)
@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_holds_nothing_that_its_reader_may_not_know(page: str, kind: str, role: Role) -> None:
    scene = guarded()
    client, _ = signed_in(scene.inquiry, role)
    for words in ("openly OR privately OR confidentially OR redactedly OR removedly OR private OR hidden OR open",):
        rows = taken(client, scene.inquiry, page, kind, **({"q": words} if page == "search" else {}))
        everything = str(rows)
        assert [secret for secret in SECRETS if secret in everything] == []
        assert len(rows) > 1
    if page in ("quotes", "search"):
        assert OPEN[0] in everything


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("page", ListPage.values)
def test_a_file_asks_as_often_for_three_rows_as_for_one(
    inquiry: Inquiry, django_assert_num_queries: Any, page: str, rows: int
) -> None:
    for _ in range(rows):
        session = a_session(inquiry, number=None, kind="visit", witnesses=(("Ann Example", "Example Trust"),))
        a_spoken_quote(session, "A hall in the street.")
        a_written_quote(a_submission(inquiry, person="Ann Example"))
    client, _ = signed_in(inquiry)
    with django_assert_num_queries(QUERIES[page]):
        taken(client, inquiry, page, "csv")


QUERIES = {"search": 24, "quotes": 23, "submissions": 13, "witnesses": 13}


def test_more_rows_than_are_read_at_once_are_all_there(inquiry: Inquiry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidence.lists.tables.AT_ONCE", 2)
    for _ in range(5):
        a_submission(inquiry, text=None)
    client, _ = signed_in(inquiry)
    rows = taken(client, inquiry, "submissions", "csv", sort="reference")
    assert [row[0] for row in rows[1:]] == [f"LIS{number:04}" for number in range(1, 6)]


def test_a_list_is_kept_under_a_name_shown_again_and_let_go(inquiry: Inquiry) -> None:
    filled(inquiry)
    client, person = signed_in(inquiry, Role.MEMBER)
    other, _ = signed_in(inquiry)
    shown = client.get(address(inquiry, "quotes"), {"q": "street", "page": "3"}).content.decode()
    assert "Keep this list" in shown
    sent = {"page": "quotes", "query": "q=street&page=3&sort=heard", "name": "What was said of streets"}
    kept = client.post(reverse("lists:keep", args=["LIS"]), sent, follow=True)
    assert kept.redirect_chain[-1][0] == f"{address(inquiry, 'quotes')}?q=street&sort=heard"
    assert "Kept as “What was said of streets”. Nobody else sees it." in kept.content.decode()
    assert "What was said of streets" in client.get(address(inquiry, "quotes")).content.decode()
    assert "What was said of streets" not in client.get(address(inquiry, "witnesses")).content.decode()
    assert "What was said of streets" not in other.get(address(inquiry, "quotes")).content.decode()
    client.post(reverse("lists:keep", args=["LIS"]), sent | {"query": "q=halls"})
    saved = SavedList.objects.get(owner=person)
    assert saved.query == "q=halls"
    where = reverse("lists:let_go", args=["LIS"])
    for pk in (saved.pk, "(", "9" * 40):
        assert "That list is kept no more." in other.post(where, {"list": pk}, follow=True).content.decode()
    gone = client.post(where, {"list": saved.pk}, follow=True).content.decode()
    assert "is no longer kept." in gone
    assert not SavedList.objects.exists()


def test_what_cannot_be_kept_is_said_and_the_list_stays(inquiry: Inquiry) -> None:
    client, person = signed_in(inquiry)
    where = reverse("lists:keep", args=["LIS"])
    for sent, sentence in (
        ({"name": ""}, "Say under which name to keep it."),
        ({"name": "n" * 81}, "Keep it under a shorter name."),
        ({"name": "Long", "query": f"q={'a' * LONGEST_QUERY}"}, "too many filters to keep"),
    ):
        answer = client.post(where, {"page": "witnesses", "query": "q=ann"} | sent, follow=True)
        assert sentence in answer.content.decode()
    assert client.post(where, {"page": "nothing", "name": "A"}).status_code == 400
    split = client.post(where, {"page": "quotes", "name": "", "query": "a\r\nSet-Cookie: b"})
    assert split["Location"] == address(inquiry, "quotes")
    for n in range(MOST_KEPT):
        keep_list(inquiry=inquiry, page="quotes", name=f"List {n}", query="", by=person)
    assert (
        f"You have kept {MOST_KEPT} lists."
        in client.post(where, {"page": "quotes", "name": "One more"}, follow=True).content.decode()
    )


@pytest.mark.parametrize("asked", ["exe", "", "CSV", "\x00", "x" * 10_000])
def test_a_format_that_nobody_makes_shows_the_page(inquiry: Inquiry, asked: str) -> None:
    client, _ = signed_in(inquiry)
    answer = client.get(address(inquiry, "submissions"), {"as": asked})
    assert answer["Content-Type"].startswith("text/html")
    assert not TakenList.objects.exists()


def test_that_a_list_was_taken_stands(inquiry: Inquiry) -> None:
    client, _ = signed_in(inquiry)
    taken(client, inquiry, "submissions", "csv")
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        TakenList.objects.update(rows=5)
    told = client.get(reverse("history:newest", args=["LIS"])).content.decode()
    assert "List taken away" in told
