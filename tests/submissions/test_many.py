"""Steps that are taken for many submissions at once."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from inquiry.models import Inquiry
from tests.builders import a_person, a_submission, an_inquiry
from tests.editing import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry(client: Client) -> Inquiry:
    inquiry = an_inquiry("LUI")
    client.force_login(a_person(inquiry))
    return inquiry


def states(inquiry: Inquiry) -> list[str]:
    return list(inquiry.submissions.order_by("number").values_list("state", flat=True))


def press(client: Client, step: str, **typed: object) -> str:
    return client.post(reverse(f"submissions:{step}", args=["LUI"]), typed, follow=True).content.decode()


def test_many_are_returned_for_one_reason(client, inquiry):
    for state in ("received", "accepted", "published"):
        a_submission(inquiry, state=state, text=None)
    asked = press(client, "return_many", number=["1", "2", "3"])
    assert "Return 3 submissions" in asked
    assert "Say why" not in press(client, "return_many", number=["1"])
    assert states(inquiry) == ["received", "accepted", "published"]
    shown = press(client, "return_many", number="1,2,3", reason="They are of another inquiry.")
    assert "Returned: LUI0001, LUI0002." in shown
    assert "LUI0003 is published, so it cannot become returned now." in shown
    assert "They are of another inquiry." in shown
    assert states(inquiry) == ["returned", "returned", "published"]
    assert inquiry.submissions.get(number=1).steps.last().reason == "They are of another inquiry."


def test_many_are_noted_as_published_on_one_day(client, inquiry):
    a_submission(inquiry, state="decided", text=None)
    a_submission(inquiry, state="decided", treatment="confidential", text=None)
    a_submission(inquiry, state="accepted", text=None)
    assert "Note as published 3 submissions" in press(client, "publish_many", number=["1", "2", "3"])
    shown = press(client, "publish_many", number="1,2,3", **on("published_on", "2023-05-02"))
    assert "Noted as published: LUI0001." in shown
    assert "LUI0002: It was decided to keep this submission confidential" in shown
    assert "LUI0003 is accepted, so it cannot become published now." in shown
    assert states(inquiry) == ["published", "decided", "accepted"]
    assert str(inquiry.submissions.get(number=1).published_on) == "2023-05-02"


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
@pytest.mark.parametrize("step", ["return_many", "publish_many"])
def test_only_the_secretariat_acts_on_many(client, inquiry, role, step):
    a_submission(inquiry, state="decided", text=None)
    client.force_login(a_person(inquiry, role))
    sent = {"number": "1", "reason": "x", **on("published_on", "2023-05-02")}
    assert client.post(reverse(f"submissions:{step}", args=["LUI"]), sent).status_code == 403
    assert states(inquiry) == ["decided"]
