"""Two people at one record: on every page where one is edited, the second is told, and shown both versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from accounts.refusals import Refused
from accounts.roles import CONSOLE
from evidence.submissions.actions import Contact, keep_contact_details
from evidence.witnesses.actions import change_organisation, change_witness
from inquiry import actions
from inquiry.models import ReferenceWork
from tests.builders import a_person, a_recommendation, a_session, a_spoken_quote, a_submission, an_inquiry, missions
from tests.editing import edit, seen_at

pytestmark = pytest.mark.django_db

FIRST, SECOND = "What the first wrote", "What the second wrote"


@dataclass
class Page:
    """A page on which a record is edited; ``write`` is what the first of two people does with it."""

    record: models.Model
    keys: list[Any]
    field: str
    write: Callable[[str], Any]
    typed: dict[str, Any]


def pages() -> dict[str, Page]:
    """Every page on which one field is edited, but for those with a form of their own in their own tests."""
    inquiry = an_inquiry()
    theme = missions(inquiry)[0]
    recommendation = a_recommendation(inquiry)
    principle = actions.add_principle(inquiry=inquiry, title="Neighbourhoods lead", by=CONSOLE)
    work = actions.cite_work(inquiry=inquiry, key="Key", author="Example", year="2022", by=CONSOLE)
    submission = a_submission(inquiry, text=None)
    keep_contact_details(submission=submission, contact=Contact(phone="01234"), by=CONSOLE)
    quote = a_spoken_quote(a_session(inquiry, witnesses=(("Ann Example", "Example Body"),)))
    witness, body = quote.appearance.witness, quote.appearance.organisation
    settings = {"body": "B", "citation_style": "appg"} | dict.fromkeys(
        (f"keep_{kind}_months" for kind in ("contact_details", "unpublished", "published", "log")), 12
    )

    def page(record: Any, change: Callable[..., Any], name: str, field: str, **typed: Any) -> Page:
        return Page(record, [record.pk], field, lambda said: change(**{name: record, field: said}, by=CONSOLE), typed)

    return {
        "inquiry:settings": Page(
            inquiry, [], "title", lambda t: actions.change_inquiry(inquiry=inquiry, title=t, by=CONSOLE), settings
        ),
        "inquiry:theme_edit": page(theme, actions.change_theme, "theme", "title"),
        "inquiry:reference_edit": page(work, actions.change_work, "work", "author", key="Key", year="2022"),
        "review:recommendation_edit": page(recommendation, actions.change_recommendation, "recommendation", "title"),
        "review:addressee_edit": page(recommendation.addressee, actions.change_addressee, "addressee", "name"),
        "review:principle_edit": page(principle, actions.change_principle, "principle", "title"),
        "witnesses:edit": page(witness, change_witness, "witness", "name"),
        "witnesses:organisation_edit": page(body, change_organisation, "organisation", "name", sector="residents"),
        "submissions:contact": Page(
            submission.contact,
            [submission.number],
            "address",
            lambda said: keep_contact_details(submission=submission, contact=Contact(address=said), by=CONSOLE),
            {},
        ),
    }


NAMES = (
    *("inquiry:settings", "inquiry:theme_edit", "inquiry:reference_edit", "review:recommendation_edit"),
    *("review:addressee_edit", "review:principle_edit", "witnesses:edit", "witnesses:organisation_edit"),
    "submissions:contact",
)


def test_no_page_is_forgotten():
    assert sorted(NAMES) == sorted(pages())


@pytest.mark.parametrize("name", NAMES)
def test_who_is_second_is_told_and_shown_both(client: Client, name: str) -> None:
    page = pages()[name]
    inquiry = page.record if name == "inquiry:settings" else page.record.inquiry
    client.force_login(a_person(inquiry))
    address = reverse(name, args=[inquiry.code, *page.keys])
    sent = page.typed | {page.field: SECOND, "seen": seen_at(client, address)}
    page.write(FIRST)
    told = client.post(address, sent)
    assert told.status_code == 200
    shown = told.content.decode()
    assert "Somebody else changed" in shown
    assert f"<td>{FIRST}</td><td>{SECOND}</td>" in shown
    page.record.refresh_from_db()
    assert getattr(page.record, page.field) == FIRST
    client.post(address, sent | {"seen": told.context["form"]["seen"].value()})
    page.record.refresh_from_db()
    assert getattr(page.record, page.field) == SECOND


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_without_its_sign_overwrites_nothing(client: Client, name: str) -> None:
    page = pages()[name]
    inquiry = page.record if name == "inquiry:settings" else page.record.inquiry
    client.force_login(a_person(inquiry))
    told = client.post(reverse(name, args=[inquiry.code, *page.keys]), page.typed | {page.field: SECOND})
    assert "Both are shown below" in told.content.decode()
    page.record.refresh_from_db()
    assert getattr(page.record, page.field) != SECOND


def test_what_hangs_on_a_record_belongs_to_what_it_says(client: Client) -> None:
    inquiry = an_inquiry()
    recommendation = a_recommendation(inquiry, text="Now.")
    principle = actions.add_principle(inquiry=inquiry, title="Neighbourhoods lead", by=CONSOLE)
    actions.ask_terms_of_reference(inquiry=inquiry, questions=["What is a hall?"], by=CONSOLE)
    client.force_login(a_person(inquiry))
    address = reverse("review:recommendation_edit", args=[inquiry.code, recommendation.pk])
    sent = {"title": "Open the hall", "text": "Now.", "seen": seen_at(client, address)}
    actions.change_recommendation(recommendation=recommendation, principles=[principle], by=CONSOLE)
    assert "<td>Neighbourhoods lead</td><td>–</td>" in client.post(address, sent).content.decode()
    assert list(recommendation.principles.all()) == [principle]
    actions.change_recommendation(recommendation=recommendation, principles=[], status="agreed", by=CONSOLE)
    assert "is the same as what the record says now" in client.post(address, sent).content.decode()
    recommendation.refresh_from_db()
    assert (recommendation.status, recommendation.text) == ("agreed", "Now.")


def test_nobody_checks_words_that_they_have_not_seen(client: Client) -> None:
    inquiry = an_inquiry()
    quote = a_spoken_quote(a_session(inquiry, witnesses=(("Ann Example", ""),)), against="")
    client.force_login(a_person(inquiry))
    address = reverse("review:quote_check", args=[inquiry.code, quote.pk])
    seen = seen_at(client, address)
    edit(client, reverse("review:quote_edit", args=[inquiry.code, quote.pk]), {"text": "Other words."})
    told = client.post(address, {"checked_against": "the report", "seen": seen}).content.decode()
    assert "Somebody else changed this quote" in told
    assert "Other words." in told
    quote.refresh_from_db()
    assert quote.verdict == "unchecked"


def test_what_somebody_removed_meanwhile_is_told() -> None:
    inquiry = an_inquiry()
    work = actions.cite_work(inquiry=inquiry, key="Key", author="Example", year="2022", by=CONSOLE)
    ReferenceWork.objects.all().delete()
    with pytest.raises(Refused, match="removed this while you were writing"):
        actions.change_work(work=work, author="Another", by=CONSOLE)
