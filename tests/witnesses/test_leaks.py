"""Whose name members and advisers must not learn from these pages, with names there to be learnt."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.quotes.actions import record_quote
from evidence.sessions.actions import AppearanceEntry, PanelEntry, log_session
from evidence.submissions.actions import (
    SubmitterEntry,
    accept_submission,
    decide_publication,
    receive_submission,
    withdraw_submission,
)
from evidence.witnesses.models import Appearance, Organisation, Witness
from inquiry.models import Inquiry, Rule
from tests.builders import a_person, an_inquiry
from tests.telling import without_the_box, without_tokens

pytestmark = pytest.mark.django_db

OTHERS = [Role.MEMBER, Role.ADVISER]
SECRETS = ("Wren", "Quiet Street", "Hushed", "keyholder", "Central government (1)")
ASKED = (
    "",
    "?q=Wren",
    "?q=Quiet",
    "?sector=central_government",
    "?lived_experience=True",
    "?sort=-heard",
    "?sort=-wrote",
)


def in_private(inquiry: Inquiry, name: str, organisation: str) -> None:
    """Somebody heard in private and quoted, beside a panel in the open."""
    secret = AppearanceEntry(name, "keyholder", organisation, "central_government", lived_experience=True)
    panels = [PanelEntry(rule=Rule.PRIVATE, appearances=[secret])]
    log_session(inquiry=inquiry, number=1, title="Half open", panels=panels, by=CONSOLE)
    for appearance in Appearance.objects.filter(panel__rule=Rule.PRIVATE):
        record_quote(appearance=appearance, text="Hushed words.", checked_against="a report", by=CONSOLE)


def in_writing(inquiry: Inquiry, treatment: str, name: str = "Mx Wren", organisation: str = "Quiet Street") -> None:
    """Somebody whose submission may not tell who they are."""
    entry = SubmitterEntry(person=name, organisation=organisation, sector="central_government", lived_experience=True)
    submission = receive_submission(
        inquiry=inquiry,
        submitters=[entry],
        title="Evidence of the keyholder",
        requested="anonymised" if treatment == "asked" else "full",
        by=CONSOLE,
    )
    if treatment == "received":
        return
    accept_submission(submission=submission, by=CONSOLE)
    if treatment == "withdrawn":
        withdraw_submission(submission=submission, reason="At their wish.", by=CONSOLE)
    elif treatment != "asked":
        decide_publication(submission=submission, treatment=treatment, by=CONSOLE)


def told(body: str) -> list[str]:
    """The secrets in a page, but for what its reader asked for: in the search box, and in addresses made of it."""
    body = without_tokens(without_the_box(body))
    return [secret for secret in SECRETS if secret.lower() in body.lower()]


WAYS = ("private", "anonymised", "asked", "confidential", "withdrawn", "received")


def hide(inquiry: Inquiry, way: str, name: str = "Mx Wren", organisation: str = "Quiet Street") -> None:
    if way == "private":
        in_private(inquiry, name, organisation)
    else:
        in_writing(inquiry, way, name, organisation)


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("way", WAYS)
def test_who_is_not_named_does_not_exist(client: Client, role: Role, way: str) -> None:
    inquiry = an_inquiry()
    hide(inquiry, way)
    witness, body = Witness.objects.get(), Organisation.objects.get()
    pages = [
        *((name, args) for name, args in (("list", ()), ("organisations", ()))),
        ("detail", (witness.pk,)),
        ("organisation", (body.pk,)),
    ]
    client.force_login(a_person(inquiry, role))
    for name, args in pages:
        for asked in ASKED:
            answer = client.get(reverse(f"witnesses:{name}", args=[inquiry.code, *args]) + asked)
            assert answer.status_code == (404 if args else 200)
            assert told(answer.content.decode()) == [], (name, asked)
            assert args or not answer.context["count"]
    client.force_login(a_person(inquiry))
    for name, args in pages:
        answer = client.get(reverse(f"witnesses:{name}", args=[inquiry.code, *args]))
        assert answer.status_code == 200
        assert told(answer.content.decode()), name


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("way", WAYS)
def test_what_is_hidden_of_a_person_known_openly_stays_hidden(client: Client, role: Role, way: str) -> None:
    inquiry = an_inquiry()
    openly = [AppearanceEntry("Ann Open", "Chair", "Open Trust", "residents")]
    log_session(inquiry=inquiry, number=2, title="Open", panels=[PanelEntry(appearances=openly)], by=CONSOLE)
    hide(inquiry, way, "Ann Open", "Quiet Street")
    hide(inquiry, way, "Mx Wren", "Open Trust") if way != "private" else None
    ann, trust = Witness.objects.get(name="Ann Open"), Organisation.objects.get(name="Open Trust")
    client.force_login(a_person(inquiry, role))
    for name, args in (("list", ()), ("organisations", ()), ("detail", (ann.pk,)), ("organisation", (trust.pk,))):
        for asked in ASKED:
            answer = client.get(reverse(f"witnesses:{name}", args=[inquiry.code, *args]) + asked)
            assert answer.status_code == 200
            assert told(answer.content.decode()) == [], (name, asked)
    listed = client.get(reverse("witnesses:list", args=[inquiry.code])).context["page"]
    assert [(r.name, r.heard, r.wrote) for r in listed] == [("Ann Open", 1, 0)]
    bodies = client.get(reverse("witnesses:organisations", args=[inquiry.code])).context["page"]
    assert [(r.name, r.heard, r.wrote) for r in bodies] == [("Open Trust", 1, 0)]
    assert not client.get(reverse("witnesses:list", args=[inquiry.code]) + "?sector=central_government").context[
        "count"
    ]


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("name", ["edit", "organisation_edit"])
def test_a_form_tells_nobody_a_name(client: Client, role: Role, name: str) -> None:
    inquiry = an_inquiry()
    in_writing(inquiry, "anonymised")
    row = (Witness if name == "edit" else Organisation).objects.get()
    client.force_login(a_person(inquiry, role))
    address = reverse(f"witnesses:{name}", args=[inquiry.code, row.pk])
    for answer in (client.get(address), client.post(address, {"name": "Guess"})):
        assert answer.status_code == 403
        assert told(answer.content.decode()) == []
