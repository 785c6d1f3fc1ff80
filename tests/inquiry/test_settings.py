"""The inquiry's particulars, the research that it cites, and the wording of its themes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, ROLES, Role, Verb
from evidence.tags.actions import tag_theme
from evidence.tags.models import Tag
from inquiry.actions import ask_terms_of_reference, cite_work
from inquiry.changes import sign_of
from inquiry.models import Inquiry, ReferenceWork
from tests.builders import a_person, a_submission, an_inquiry, missions
from tests.editing import edit, on

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


@pytest.fixture
def work(inquiry: Inquiry) -> ReferenceWork:
    return cite_work(
        inquiry=inquiry, key="OCSI 2022a", author="Example Institute", year="2022a", title="On halls", by=CONSOLE
    )


def typed(inquiry: Inquiry, **changes: Any) -> dict[str, Any]:
    """The form as it would be sent, unchanged but for these fields."""
    return {
        "title": inquiry.title,
        "body": inquiry.body,
        "citation_style": inquiry.citation_style,
        "keep_contact_details_months": 12,
        "keep_unpublished_months": 24,
        "keep_published_months": 120,
        "keep_log_months": 24,
    } | changes


def test_the_inquiry_is_edited(client: Client, inquiry: Inquiry) -> None:
    client.force_login(a_person(inquiry))
    address = reverse("inquiry:settings", args=[inquiry.code])
    assert inquiry.title in client.get(address).content.decode()
    changed = typed(
        inquiry,
        title="Inquiry into halls",
        citation_style="lords",
        rubric="Not official.",
        **on("opened_on", "2026-01-31"),
        data_controller="Example Group",
        keep_log_months="6",
        terms="1. What is a hall?\r\n\r\n- Who has the key?",
    )
    assert edit(client, address, changed, follow=True).status_code == 200
    inquiry.refresh_from_db()
    assert (inquiry.title, inquiry.citation_style, inquiry.rubric) == ("Inquiry into halls", "lords", "Not official.")
    assert (inquiry.opened_on, inquiry.keep_log_months) == (dt.date(2026, 1, 31), 6)
    assert [str(term) for term in inquiry.termofreferences.all()] == ["1. What is a hall?", "2. Who has the key?"]


def test_terms_of_reference_that_were_not_touched_stay_the_same_rows(client: Client, inquiry: Inquiry) -> None:
    (term,) = ask_terms_of_reference(inquiry=inquiry, questions=["What is a hall?"], by=CONSOLE)
    client.force_login(a_person(inquiry))
    edit(client, reverse("inquiry:settings", args=[inquiry.code]), typed(inquiry, terms="What is a hall?"))
    assert inquiry.termofreferences.get() == term


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Fill in the title."),
        ({"citation_style": "tabloid"}, "tabloid is not one of the available choices."),
        ({"citation_style": ""}, "Choose the citation style."),
        ({"keep_log_months": ""}, "Say for how many months."),
        ({"keep_log_months": "-1"}, "greater than or equal to 0"),
        ({"keep_log_months": "99999999999"}, "less than or equal to"),
        ({"opened_on_0": "31", "opened_on_1": "January", "opened_on_2": ""}, "Write the year in four figures"),
        ({"opened_on_0": "31", "opened_on_1": "2", "opened_on_2": "2026"}, "There is no such date."),
        ({"opened_on_0": "", "opened_on_1": "2", "opened_on_2": "2026"}, "Give the day, the month and the year."),
        ({**on("opened_on", "2026-02-01"), **on("closes_on", "2026-01-01")}, "after it has opened"),
    ],
)
def test_what_cannot_stand_comes_back_with_all_that_was_typed(
    client: Client, inquiry: Inquiry, wrong: dict[str, str], sentence: str
) -> None:
    client.force_login(a_person(inquiry))
    changed = typed(inquiry, privacy_notice="Typed with care.") | wrong
    shown = client.post(reverse("inquiry:settings", args=[inquiry.code]), changed).content.decode()
    assert "There is a problem" in shown
    assert shown.count(sentence) == 2
    assert "Typed with care." in shown
    inquiry.refresh_from_db()
    assert inquiry.privacy_notice == ""


def test_the_code_cannot_be_changed_by_a_form(client: Client, inquiry: Inquiry) -> None:
    client.force_login(a_person(inquiry))
    edit(client, reverse("inquiry:settings", args=[inquiry.code]), typed(inquiry, code="OTHER"))
    code = inquiry.code
    inquiry.refresh_from_db()
    assert inquiry.code == code


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    ("name", "verb"),
    [
        ("settings", Verb.EDIT_INQUIRY),
        ("theme_edit", Verb.EDIT_INQUIRY),
        ("references", Verb.READ),
        ("reference_add", Verb.WRITE_RECOMMENDATIONS),
        ("reference_edit", Verb.WRITE_RECOMMENDATIONS),
        ("reference_strike", Verb.WRITE_RECOMMENDATIONS),
    ],
)
def test_who_may_open_what(
    client: Client, inquiry: Inquiry, work: ReferenceWork, role: Role, name: str, verb: Verb
) -> None:
    subject = {"theme_edit": missions(inquiry, 1)[0].pk, "reference_edit": work.pk, "reference_strike": work.pk}
    client.force_login(a_person(inquiry, role))
    address = reverse(f"inquiry:{name}", args=[inquiry.code, *([subject[name]] if name in subject else [])])
    assert client.get(address).status_code == (200 if role in ROLES[verb] else 403)
    client.force_login(a_person(an_inquiry(), role))
    assert client.get(address).status_code == 404


def test_a_work_is_cited_corrected_and_struck_off(client: Client, inquiry: Inquiry) -> None:
    client.force_login(a_person(inquiry, Role.ADVISER))
    client.post(
        reverse("inquiry:reference_add", args=[inquiry.code]),
        {"key": "Halls 2022", "author": "Example Institute", "year": "2022", "url": "https://example.org/halls"},
    )
    work = ReferenceWork.objects.get(inquiry=inquiry)
    address = reverse("inquiry:references", args=[inquiry.code])
    assert "Example Institute" in client.get(address).content.decode()
    edit(
        client,
        reverse("inquiry:reference_edit", args=[inquiry.code, work.pk]),
        {"key": "Halls 2022", "author": "Example Institute", "year": "2022", "title": "Who has the key?"},
    )
    assert "Who has the key?" in client.get(address).content.decode()
    strike = reverse("inquiry:reference_strike", args=[inquiry.code, work.pk])
    assert "Strike off" in client.get(strike).content.decode()
    assert ReferenceWork.objects.exists()
    client.post(strike)
    assert "No works yet" in client.get(address).content.decode()


def test_two_works_do_not_share_a_key(client: Client, inquiry: Inquiry, work: ReferenceWork) -> None:
    other = cite_work(inquiry=inquiry, key="OCSI 2022b", author="Example Institute", year="2022b", by=CONSOLE)
    client.force_login(a_person(inquiry))
    same = {"key": work.key, "author": "Somebody Else", "year": "2022"}
    for address in (
        reverse("inquiry:reference_add", args=[inquiry.code]),
        reverse("inquiry:reference_edit", args=[inquiry.code, other.pk]),
    ):
        seen = {"seen": sign_of(other)} if "add" not in address else {}
        shown = client.post(address, same | seen).content.decode()
        assert "another work’s key already" in shown
        assert "Somebody Else" in shown
    other.refresh_from_db()
    assert other.key == "OCSI 2022b"


def test_a_link_that_is_no_address_is_refused(client: Client, inquiry: Inquiry) -> None:
    client.force_login(a_person(inquiry))
    details = {"key": "X", "author": "Example", "year": "2022", "url": "javascript:alert(1)"}
    shown = client.post(reverse("inquiry:reference_add", args=[inquiry.code]), details).content.decode()
    assert "There is a problem" in shown
    assert not ReferenceWork.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_works_asks_the_database_as_often_for_three_as_for_one(
    client: Client, django_assert_num_queries: Any, inquiry: Inquiry, rows: int
) -> None:
    for n in range(rows):
        cite_work(inquiry=inquiry, key=f"K{n}", author=f"Author {n}", year="2022", by=CONSOLE)
    client.force_login(a_person(inquiry))
    with django_assert_num_queries(7):
        client.get(reverse("inquiry:references", args=[inquiry.code]))


def test_a_theme_is_reworded_with_its_tags(client: Client, inquiry: Inquiry) -> None:
    theme = missions(inquiry, 1)[0]
    tag_theme(evidence=a_submission(inquiry, text=None), theme=theme, by=CONSOLE)
    client.force_login(a_person(inquiry))
    address = reverse("inquiry:theme_edit", args=[inquiry.code, theme.pk])
    changed = {"title": "Pride in halls", "aim": "Halls stand open.", "definition": "Keys.", "exclusion": "Churches."}
    shown = edit(client, address, changed, follow=True).content.decode()
    for words in ("Halls stand open.", "Keys.", "Churches."):
        assert words in shown
    theme.refresh_from_db()
    assert (theme.title, theme.number) == ("Pride in halls", "1")
    assert Tag.objects.filter(theme=theme).count() == 1


def test_a_theme_needs_a_title(client: Client, inquiry: Inquiry) -> None:
    theme = missions(inquiry, 1)[0]
    client.force_login(a_person(inquiry))
    address = reverse("inquiry:theme_edit", args=[inquiry.code, theme.pk])
    shown = client.post(address, {"title": "", "aim": "Typed with care."}).content.decode()
    assert "There is a problem" in shown
    assert "Typed with care." in shown
