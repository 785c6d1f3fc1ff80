"""Quotes: searched, narrowed, read one by one, mended, checked, removed and brought back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.documents.models import Passage
from evidence.quotes.actions import edit_quote
from evidence.quotes.models import Quote, Verdict
from evidence.tags.actions import tag_recommendation, tag_theme
from inquiry.models import Inquiry
from tests.builders import (
    a_person,
    a_recommendation,
    a_session,
    a_spoken_quote,
    a_submission,
    a_written_quote,
    an_inquiry,
    missions,
)
from tests.editing import edit, seen_at
from tests.review.scene import page

pytestmark = pytest.mark.django_db
STAFF = (Role.CLERK, Role.ADVISER, Role.ADMINISTRATOR)


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


@pytest.fixture
def spoken(inquiry: Inquiry) -> Quote:
    session = a_session(inquiry, title="About bridges", witnesses=(("Jo Example", "Example Street"),))
    return a_spoken_quote(session, "We walked to the meetings.", against="")


@pytest.fixture
def written(inquiry: Inquiry) -> Quote:
    return a_written_quote(a_submission(inquiry, submitter="Example Trust"))


def found(client: Client, inquiry: Inquiry, **asked: str) -> set[int]:
    response = client.get(reverse("review:quotes", args=[inquiry.code]), asked)
    assert response.context["total"] == len(response.context["quotes"])
    return {quote["pk"] for quote in response.context["quotes"]}


@pytest.mark.parametrize(
    "words", ["walking meeting", '"walked to"', "alke", "jo example", "example st", "about bridges"]
)
def test_words_names_and_sessions_find_what_was_said(
    client: Client, inquiry: Inquiry, spoken: Quote, written: Quote, words: str
) -> None:
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert found(client, inquiry, q=words) == {spoken.pk}


@pytest.mark.parametrize("words", ["{}0001", "{} 1", "example trust", "nobody key"])
def test_words_names_and_references_find_what_was_written(
    client: Client, inquiry: Inquiry, spoken: Quote, written: Quote, words: str
) -> None:
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert found(client, inquiry, q=words.format(inquiry.code)) == {written.pk}


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "' OR 1=1 --"},
        {"q": '"unclosed'},
        {"q": "\x00"},
        {"q": "& | ! ( )"},
        {"q": "%_\\"},
        {"q": "x" * 5000},
        {"q": "the"},
        {"theme": "x"},
        {"recommendation": "99999999999999999999"},
        {"stance": "loves"},
        {"heard": "-1"},
        {"sector": ""},
        {"sort": "text; DROP TABLE"},
        {"page": "-1"},
        {"page": "99999999999999999999"},
    ],
)
def test_odd_questions_are_no_failure(client: Client, inquiry: Inquiry, spoken: Quote, asked: dict[str, str]) -> None:
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert client.get(reverse("review:quotes", args=[inquiry.code]), asked).status_code == 200


def test_facets_narrow_together_and_count(client: Client, inquiry: Inquiry, spoken: Quote, written: Quote) -> None:
    here, there = missions(inquiry, 2)
    recommendation = a_recommendation(inquiry)
    for quote, theme, stance in ((spoken, here, "supports"), (written, there, "challenges")):
        tag_theme(evidence=quote, theme=theme, by=CONSOLE)
        tag_recommendation(evidence=quote, recommendation=recommendation, stance=stance, by=CONSOLE)
    untagged = a_spoken_quote(a_session(inquiry, number=2, witnesses=(("Al Example", ""),)))
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert found(client, inquiry, theme=str(here.pk)) == {spoken.pk}
    assert found(client, inquiry, recommendation=str(recommendation.pk)) == {spoken.pk, written.pk}
    assert found(client, inquiry, recommendation=str(recommendation.pk), stance="challenges") == {written.pk}
    assert found(client, inquiry, stance="supports") == {spoken.pk}
    assert found(client, inquiry, heard="written") == {written.pk}
    assert found(client, inquiry, tagged="no") == {untagged.pk}
    assert found(client, inquiry, verdict="unchecked") == {spoken.pk}
    assert found(client, inquiry, theme=str(here.pk), heard="written") == set()
    address = reverse("review:quotes", args=[inquiry.code])
    form = client.get(address, {"theme": here.pk}).context["filter"].form
    assert [label for _, label in form.fields["theme"].choices] == [
        "1 Example mission 1 (1)",
        "2 Example mission 2 (1)",
    ]
    assert form.fields["verdict"].choices == [("unchecked", "Unchecked (1)")]
    assert form.fields["stance"].choices == [("supports", "Supports (1)")]


def test_a_list_can_be_put_in_order(client: Client, inquiry: Inquiry, written: Quote, spoken: Quote) -> None:
    client.force_login(a_person(inquiry, Role.MEMBER))
    address = reverse("review:quotes", args=[inquiry.code])

    def order(sort: str) -> list[int]:
        return [quote["pk"] for quote in client.get(address, {"sort": sort}).context["quotes"]]

    assert order("heard") == [spoken.pk, written.pk]
    assert order("-taken") == sorted([spoken.pk, written.pk], reverse=True)


def test_an_empty_list_says_what_to_do_next(client: Client, inquiry: Inquiry) -> None:
    client.force_login(a_person(inquiry))
    assert "Open a submission in the reader" in page(client, "review:quotes", inquiry.code)
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert "Words that the secretariat takes" in page(client, "review:quotes", inquiry.code)


def test_a_search_in_vain_can_be_cleared(client: Client, inquiry: Inquiry, spoken: Quote) -> None:
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert "No quote fits" in page(client, "review:quotes", inquiry.code, asked="?q=zebra")


@pytest.mark.parametrize("role", Role)
def test_a_quote_says_how_it_compares_and_how_it_is_cited(
    client: Client, inquiry: Inquiry, written: Quote, role: Role
) -> None:
    client.force_login(a_person(inquiry, role))
    shown = page(client, "review:quote", inquiry.code, written.pk)
    assert "The words stand in their source exactly so." in shown
    for citation in ("Example Trust (2023)", f"({inquiry.code}0001) para 1", "Written evidence from Example Trust"):
        assert citation in shown
    place = Passage.objects.get(quotes_begun=written)
    reader = reverse("reader:document", args=[inquiry.code, place.document_id])
    assert f'href="{reader}?at={place.pk}#q-{written.pk}"' in shown
    assert ("Edit the words" in shown) == (role in STAFF)


def test_a_quote_that_differs_shows_its_source(client: Client, inquiry: Inquiry, written: Quote) -> None:
    edit_quote(quote=written, text="Nobody wrote this.", by=CONSOLE)
    client.force_login(a_person(inquiry, Role.MEMBER))
    shown = page(client, "review:quote", inquiry.code, written.pk)
    assert "kept out of every export" in shown
    assert "Our street has a hall" in shown


@pytest.mark.parametrize("role", STAFF)
def test_words_are_edited_and_judged_anew(client: Client, inquiry: Inquiry, written: Quote, role: Role) -> None:
    client.force_login(a_person(inquiry, role))
    address = reverse("review:quote_edit", args=[inquiry.code, written.pk])
    assert "Our street has a hall" in client.get(address).content.decode()
    response = edit(client, address, {"text": "Our street has a hall […]"}, follow=True)
    assert "but for edits that are marked" in response.content.decode()
    assert 'class="notice success"' in response.content.decode()
    written.refresh_from_db()
    assert written.verdict == Verdict.EDITED


def test_an_edit_that_makes_a_mismatch_is_no_success(client: Client, inquiry: Inquiry, written: Quote) -> None:
    client.force_login(a_person(inquiry))
    address = reverse("review:quote_edit", args=[inquiry.code, written.pk])
    shown = edit(client, address, {"text": "Nobody wrote this."}, follow=True).content.decode()
    notice = shown[shown.index('class="notice ') :][:400]
    assert notice.startswith('class="notice warning" role="status"')
    assert "kept out of every export" in notice


def test_words_that_somebody_changed_meanwhile_are_shown(client: Client, inquiry: Inquiry, written: Quote) -> None:
    client.force_login(a_person(inquiry))
    address = reverse("review:quote_edit", args=[inquiry.code, written.pk])
    typed = {"text": "Our […] hall", "seen": seen_at(client, address)}
    edit_quote(quote=written, text="Our street […]", by=CONSOLE)
    shown = client.post(address, typed).content.decode()
    assert "Somebody else changed this quote" in shown
    assert "Our street […]" in shown
    assert "Our […] hall" in shown
    written.refresh_from_db()
    assert written.text == "Our street […]"
    edit(client, address, {"text": typed["text"]})
    written.refresh_from_db()
    assert written.text == "Our […] hall"


def test_a_quote_without_words_is_refused(client: Client, inquiry: Inquiry, written: Quote) -> None:
    client.force_login(a_person(inquiry))
    address = reverse("review:quote_edit", args=[inquiry.code, written.pk])
    assert "There is a problem" in client.post(address, {"text": " "}).content.decode()


@pytest.mark.parametrize(
    ("typed", "time_code"),
    [
        ({"time_code": "0:42:10"}, dt.timedelta(minutes=42, seconds=10)),
        ({"time_code": "102:05"}, dt.timedelta(minutes=102, seconds=5)),
        ({"checked_against": "the published report"}, None),
    ],
)
def test_a_spoken_quote_is_checked_by_name(
    client: Client, inquiry: Inquiry, spoken: Quote, typed: dict[str, str], time_code: dt.timedelta | None
) -> None:
    person = a_person(inquiry, name="Cary Clerk")
    client.force_login(person)
    address = reverse("review:quote_check", args=[inquiry.code, spoken.pk])
    shown = edit(client, address, typed, follow=True).content.decode()
    assert "by Cary Clerk" in shown
    spoken.refresh_from_db()
    assert (spoken.verdict, spoken.checked_by, spoken.time_code) == (Verdict.CHECKED, person, time_code)


@pytest.mark.parametrize("typed", [{}, {"time_code": "soon"}, {"time_code": "1:75:00"}, {"time_code": "12"}])
def test_a_check_against_nothing_is_refused(
    client: Client, inquiry: Inquiry, spoken: Quote, typed: dict[str, str]
) -> None:
    client.force_login(a_person(inquiry))
    shown = client.post(reverse("review:quote_check", args=[inquiry.code, spoken.pk]), typed).content.decode()
    assert "There is a problem" in shown
    assert typed.get("time_code", "") in shown
    spoken.refresh_from_db()
    assert spoken.verdict == Verdict.UNCHECKED


def test_a_quote_with_a_source_needs_no_check(client: Client, inquiry: Inquiry, written: Quote) -> None:
    client.force_login(a_person(inquiry))
    address = reverse("review:quote_check", args=[inquiry.code, written.pk])
    assert "compared with its source by itself" in edit(client, address, {"checked_against": "it"}).content.decode()


def test_a_removed_quote_is_brought_back_by_undo(client: Client, inquiry: Inquiry, spoken: Quote) -> None:
    client.force_login(a_person(inquiry, Role.ADVISER))
    removed = client.post(reverse("review:quote_remove", args=[inquiry.code, spoken.pk]), follow=True)
    undo = reverse("review:quote_restore", args=[inquiry.code, spoken.pk])
    assert f'action="{undo}"' in removed.content.decode()
    assert found(client, inquiry) == set()
    client.post(undo)
    assert found(client, inquiry) == {spoken.pk}


@pytest.mark.parametrize("step", ["edit", "check", "remove", "restore"])
def test_members_change_no_quote(client: Client, inquiry: Inquiry, spoken: Quote, step: str) -> None:
    client.force_login(a_person(inquiry, Role.MEMBER))
    address = reverse(f"review:quote_{step}", args=[inquiry.code, spoken.pk])
    assert client.post(address, {"text": "x", "checked_against": "x"}).status_code == 403
    spoken.refresh_from_db()
    assert (spoken.text, spoken.removed_at, spoken.verdict) == ("We walked to the meetings.", None, Verdict.UNCHECKED)


def test_among_more_quotes_than_a_list_shows_themes_are_offered_without_numbers(
    client: Client, inquiry: Inquiry, spoken: Quote, written: Quote, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme, other = missions(inquiry, 2)
    tag_theme(evidence=spoken, theme=theme, by=CONSOLE)
    client.force_login(a_person(inquiry))
    address = reverse("review:quotes", args=[inquiry.code])

    def offered(**asked: str) -> list[str]:
        return [label for _, label in client.get(address, asked).context["filter"].form.fields["theme"].choices]

    assert offered() == [f"{theme.number} {theme.title} (1)"]
    monkeypatch.setattr("inquiry.lists.COUNTED_TO", 1)
    assert offered()[-2:] == [f"{each.number} {each.title}" for each in (theme, other)]
    assert offered(heard=str(spoken.session.pk)) == [f"{theme.number} {theme.title} (1)"]
