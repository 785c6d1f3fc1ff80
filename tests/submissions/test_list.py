"""The list of written evidence."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import a_person, a_submission, an_inquiry

pytestmark = pytest.mark.django_db


def test_a_clerk_finds_what_came_in(client: Client) -> None:
    inquiry = an_inquiry()
    submission = a_submission(inquiry)
    client.force_login(a_person(inquiry))
    page = client.get(reverse("submissions:list", args=[inquiry.code])).content.decode()
    assert submission.reference in page
    assert "Example Residents Association" in page
    assert client.get(reverse("submissions:detail", args=[inquiry.code, submission.number])).status_code == 200
