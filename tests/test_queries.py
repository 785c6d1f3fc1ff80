"""Pages without a list test of their own ask the database as often for three rows of everything as for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import add_person
from accounts.models import User
from accounts.roles import CONSOLE, Role
from evidence.submissions.actions import SubmitterEntry, change_submission
from evidence.tags.actions import tag_recommendation, tag_theme
from inquiry.actions import add_principle
from inquiry.models import Inquiry
from tests import builders

pytestmark = pytest.mark.django_db


@dataclass
class Rows:
    """An inquiry with so many rows of everything, and the first of each."""

    inquiry: Inquiry
    clerk: User
    session: int
    recommendation: int
    submissions: list[int]

    @property
    def submission(self) -> int:
        return self.submissions[0]


def rows_of_everything(rows: int) -> Rows:
    inquiry = builders.an_inquiry()
    clerk = builders.a_person(inquiry)
    for _ in range(rows):
        add_person(inquiry=builders.an_inquiry(), email=clerk.email, name="", role=Role.MEMBER, by=CONSOLE)
    themes = builders.missions(inquiry, rows)
    numbers = range(1, rows + 1)
    heard = tuple((f"Witness {n}", f"Body {n}") for n in numbers)
    sessions = [builders.a_session(inquiry, number=n, witnesses=heard) for n in numbers]
    submissions = [builders.a_submission(inquiry, submitter=f"Writer {n}") for n in numbers]
    submitters = [SubmitterEntry(person=f"Person {n}", organisation=f"Body {n}") for n in numbers]
    change_submission(submission=submissions[0], submitters=submitters, by=CONSOLE)
    recommendations = [builders.a_recommendation(inquiry, f"Recommendation {n}") for n in numbers]
    for n in range(rows):
        add_principle(inquiry=inquiry, title=f"Principle {n}", by=CONSOLE)
        for quote in (builders.a_spoken_quote(sessions[n]), builders.a_written_quote(submissions[n])):
            tag_theme(evidence=quote, theme=themes[n], by=CONSOLE)
            tag_recommendation(evidence=quote, recommendation=recommendations[0], stance="supports", by=CONSOLE)
    return Rows(inquiry, clerk, sessions[0].pk, recommendations[0].pk, [each.number for each in submissions])


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "subject", "queries"),
    [
        ("report:appendix", [], 25),
        ("submissions:edit", ["submission"], 13),
        ("sessions:rule", ["session"], 8),
        ("sessions:quote_add", ["session"], 10),
        ("review:recommendation_edit", ["recommendation"], 11),
    ],
)
def test_queries(
    client: Client,
    django_assert_num_queries: Any,
    rows: int,
    name: str,
    subject: list[str],
    queries: int,
) -> None:
    there = rows_of_everything(rows)
    client.force_login(there.clerk)
    address = reverse(name, args=[there.inquiry.code, *(getattr(there, each) for each in subject)])
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_ones_inquiries(client: Client, django_assert_num_queries: Any, rows: int) -> None:
    client.force_login(rows_of_everything(rows).clerk)
    with django_assert_num_queries(4):
        assert client.get(reverse("home")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_a_decision_on_many(client: Client, django_assert_num_queries: Any, rows: int) -> None:
    there = rows_of_everything(rows)
    client.force_login(there.clerk)
    address = reverse("submissions:decide_many", args=[there.inquiry.code])
    with django_assert_num_queries(7):
        assert client.post(address, {"number": there.submissions}).status_code == 200
