"""Nothing confidential, private, redacted, withdrawn or removed shows or counts where evidence is reviewed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from evidence.review.gaps import voices_at
from evidence.review.on_theme import counts_by_theme
from evidence.review.standing import standings
from evidence.review.voices import voices_by_sector
from tests.builders import a_person
from tests.review.scene import OPEN, SECRETS, SEEN_BY_ALL, all_pages, guarded, page

pytestmark = pytest.mark.django_db
READERS = (Role.MEMBER, Role.ADVISER)


@pytest.mark.parametrize("role", READERS)
def test_no_page_says_what_its_reader_may_not_know(client: Client, role: Role) -> None:
    scene = guarded()
    client.force_login(a_person(scene.inquiry, role))
    for address in all_pages(scene):
        shown = client.get(address).content.decode()
        assert [secret for secret in SECRETS if secret in shown] == [], address


def test_the_secretariat_reads_all_but_what_was_removed(client: Client) -> None:
    """The marks that the test above looks for would be found."""
    scene = guarded()
    client.force_login(a_person(scene.inquiry))
    shown = page(client, "review:quotes", scene.inquiry.code)
    words = ("Openly", "Privately", "Confidentially", "Redactedly", "Withdrawnly", "Unsigned")
    assert [word for word in words if word not in shown] == []
    assert "Removedly" not in shown


@pytest.mark.parametrize("role", READERS)
def test_nothing_counts_that_its_reader_may_not_know(client: Client, role: Role) -> None:
    scene = guarded()
    person = a_person(scene.inquiry, role)
    client.force_login(person)
    response = client.get(reverse("review:quotes", args=[scene.inquiry.code]))
    assert response.context["total"] == SEEN_BY_ALL
    assert {quote["text"] for quote in response.context["quotes"]} == {OPEN[0], "Unsigned words."}
    overview = client.get(reverse("review:overview", args=[scene.inquiry.code])).context["kpis"]
    assert [tile["value"] for tile in overview] == ["2", "1", "2", "0 of 1"]
    assert counts_by_theme(person, scene.inquiry)[scene.theme.pk] == {
        "quotes": SEEN_BY_ALL,
        "submissions": 1,
        "insights": 0,
        "voices": SEEN_BY_ALL,
    }
    assert standings(person, scene.inquiry)[scene.recommendation.pk].supports == SEEN_BY_ALL
    assert sorted(voices_at(person, scene.inquiry)[scene.theme.pk].values()) == [1, 1]


@pytest.mark.parametrize("role", READERS)
def test_facets_do_not_tell_whose_unsigned_words_they_are(client: Client, role: Role) -> None:
    scene = guarded()
    person = a_person(scene.inquiry, role)
    client.force_login(person)
    voices = voices_by_sector(person, scene.inquiry, theme=scene.theme.pk)
    assert [(row["sector"], row["value"]) for row in voices["rows"]] == [("not_known", 1), ("unnamed", 1)]
    form = client.get(reverse("review:quotes", args=[scene.inquiry.code])).context["filter"].form
    assert form.fields["sector"].choices == [("not_known", "Not known (1)"), ("unnamed", "Not named (1)")]


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("words", SECRETS)
def test_search_finds_nothing_by_what_its_reader_may_not_know(client: Client, role: Role, words: str) -> None:
    scene = guarded()
    client.force_login(a_person(scene.inquiry, role))
    response = client.get(reverse("review:quotes", args=[scene.inquiry.code]), {"q": words})
    assert response.context["total"] == 0


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("name", ["private", "confidential", "withdrawn", "redacted"])
def test_a_quote_that_may_not_be_read_is_not_there(client: Client, role: Role, name: str) -> None:
    scene = guarded()
    client.force_login(a_person(scene.inquiry, role))
    address = reverse("review:quote", args=[scene.inquiry.code, scene.quotes[name].pk])
    assert client.get(address).status_code == 404
    for step in ("edit", "check", "remove", "restore"):
        there = client.post(reverse(f"review:quote_{step}", args=[scene.inquiry.code, scene.quotes[name].pk]))
        assert there.status_code == (404 if role == Role.ADVISER else 403)


def test_a_removed_quote_is_on_its_own_page_for_those_who_can_bring_it_back(client: Client) -> None:
    scene = guarded()
    address = reverse("review:quote", args=[scene.inquiry.code, scene.quotes["removed"].pk])
    for role, status in ((Role.MEMBER, 404), (Role.ADVISER, 200), (Role.CLERK, 200)):
        client.force_login(a_person(scene.inquiry, role))
        assert client.get(address).status_code == status, role


def test_nothing_of_another_inquiry_is_there(client: Client) -> None:
    scene, other = guarded(), guarded()
    client.force_login(a_person(scene.inquiry))
    for name, pk in (
        ("review:quote", other.quotes["open"].pk),
        ("review:theme", other.theme.pk),
        ("review:recommendation", other.recommendation.pk),
        ("inquiry:theme_edit", other.theme.pk),
    ):
        assert client.get(reverse(name, args=[scene.inquiry.code, pk])).status_code == 404
        assert client.get(reverse(name, args=[other.inquiry.code, pk])).status_code == 404
