"""The way round an inquiry, on each of its pages: what it counts is what the person may see."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.submissions.actions import decide_publication
from evidence.submissions.life import Treatment
from tests.builders import a_person, a_submission, an_inquiry

pytestmark = pytest.mark.django_db


def counted(client: Client, inquiry: Any) -> Any:
    rail = client.get(reverse("review:overview", args=[inquiry.code])).context["rail"]
    return {item["label"]: item["count"] for item in rail}["Submissions"]


def test_it_counts_what_the_role_lets_the_person_see_now(client: Client) -> None:
    inquiry = an_inquiry()
    a_submission(inquiry, state="decided")
    confidential = a_submission(inquiry, state="decided")
    decide_publication(submission=confidential, treatment=Treatment.CONFIDENTIAL, by=CONSOLE)
    person = a_person(inquiry, Role.CLERK)
    client.force_login(person)
    assert counted(client, inquiry) == 2
    person.memberships.update(role=Role.MEMBER)
    assert counted(client, inquiry) == 1
    a_submission(inquiry, state="decided")
    assert counted(client, inquiry) == 2


def test_it_counts_one_inquiry(client: Client) -> None:
    here, there = an_inquiry(), an_inquiry()
    a_submission(there, state="decided")
    person = a_person(here, Role.CLERK)
    person.memberships.create(inquiry=there, role=Role.CLERK)
    client.force_login(person)
    assert (counted(client, here), counted(client, there)) == (0, 1)
