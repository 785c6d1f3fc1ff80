"""Evidence that came after the last day for it is called late, to the secretariat."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from inquiry.actions import change_inquiry
from inquiry.dates import Precision
from tests.builders import a_person, a_submission, an_inquiry

pytestmark = pytest.mark.django_db

UNTIL = dt.date(2023, 3, 15)


@pytest.mark.parametrize(
    ("received_on", "precision", "late"),
    [
        (dt.date(2023, 3, 15), Precision.DAY, False),
        (dt.date(2023, 3, 16), Precision.DAY, True),
        (dt.date(2023, 3, 1), Precision.MONTH, False),
        (dt.date(2023, 4, 1), Precision.MONTH, True),
        (dt.date(2023, 1, 1), Precision.YEAR, False),
        (None, Precision.UNKNOWN, False),
    ],
)
def test_what_came_after_the_last_day_is_late(
    client: Client, received_on: dt.date | None, precision: str, late: bool
) -> None:
    inquiry = an_inquiry("LUI")
    submission = a_submission(inquiry, text=None, received_on=received_on, received_precision=precision)
    assert not submission.late
    change_inquiry(inquiry=inquiry, evidence_until=UNTIL, by=CONSOLE)
    addresses = [reverse("submissions:list", args=["LUI"]), reverse("submissions:detail", args=["LUI", 1])]
    for role, told in ((Role.CLERK, late), (Role.MEMBER, False)):
        client.force_login(a_person(inquiry, role))
        assert [">Late<" in client.get(address).content.decode() for address in addresses] == [told, told]


def test_the_last_day_is_set_with_the_inquirys_particulars(client: Client) -> None:
    inquiry = an_inquiry("LUI")
    client.force_login(a_person(inquiry))
    shown = client.get(reverse("inquiry:settings", args=["LUI"])).content.decode()
    assert "Written evidence until" in shown
