"""A page asks the database as often for three rows of everything as for one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import a_person
from tests.review.scene import many

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "asked", "queries"),
    [
        ("review:overview", "", 20),
        ("review:quotes", "", 21),
        ("review:quotes", "?q=street&stance=supports", 20),
        ("review:themes", "", 9),
        ("review:theme", "", 27),
        ("review:theme", "?recommendation=", 21),
        ("review:recommendations", "", 11),
        ("review:recommendation", "", 21),
        ("review:quote", "", 14),
        ("review:unused", "", 13),
        ("review:unused", "?kind=submission&by=any", 8),
        ("review:recommendation_versions", "", 7),
        ("review:recommendation_move", "", 8),
    ],
)
def test_queries(
    client: Client, django_assert_num_queries: Any, rows: int, name: str, asked: str, queries: int
) -> None:
    scene = many(rows)
    subject = {
        "review:theme": [scene.theme.pk],
        "review:recommendation": [scene.recommendation.pk],
        "review:recommendation_versions": [scene.recommendation.pk],
        "review:recommendation_move": [scene.recommendation.pk],
        "review:quote": [scene.quotes["written 0"].pk],
    }
    client.force_login(a_person(scene.inquiry))
    address = reverse(name, args=[scene.inquiry.code, *subject.get(name, [])]) + asked
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
