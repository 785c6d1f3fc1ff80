"""A document opened: what stands in it, for whom."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from tests import builders

pytestmark = pytest.mark.django_db


def address(submission: object, **query: object) -> str:
    document = submission.files.get().document  # type: ignore[attr-defined]
    return reverse("reader:document", args=[document.inquiry.code, document.pk], query=query)


def test_passages_stand_with_their_numbers(client: Client) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry)
    client.force_login(builders.a_person(inquiry, Role.MEMBER))
    page = client.get(address(submission))
    assert "Our street has a hall and nobody has the key." in page.content.decode()
    assert [p.number for p in page.context["window"].passages][:2] == ["1", "2"]
