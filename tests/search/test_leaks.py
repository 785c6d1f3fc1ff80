"""Nothing is found, counted, suggested or jumped to that whoever asks may not read."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import CONSOLE, Role
from evidence.search.actions import gather_words
from evidence.search.finding import best, find
from evidence.search.models import Gathered, Word
from evidence.search.spelling import near_misses
from evidence.sessions.actions import put_under_the_rule
from inquiry.words import asked_for
from tests import builders
from tests.review.scene import SECRETS, guarded

pytestmark = pytest.mark.django_db
READERS = (Role.MEMBER, Role.ADVISER)


@pytest.mark.parametrize("role", READERS)
def test_no_secret_is_found_counted_or_suggested(client: Client, role: Role) -> None:
    scene = guarded()
    gather_words()
    person = builders.a_person(scene.inquiry, role)
    client.force_login(person)
    for secret in SECRETS:
        for words in (secret, f'"{secret}"', secret[:-2] + "*"):
            found = find(person, scene.inquiry, asked_for(words), {})
            # That there was a session in private is no secret.
            assert {kind for kind, _ in found.hits} <= {"session"}
        for page in ("search:search", "search:suggest"):
            shown = client.get(reverse(page, args=[scene.inquiry.code]), {"q": secret[:-1]}).content.decode()
            assert [other for other in SECRETS if other in shown.replace(secret[:-1], "")] == []


def test_the_secretariat_finds_them() -> None:
    """The marks that the test above looks for would be found."""
    scene = guarded()
    clerk = builders.a_person(scene.inquiry)
    unfound = [s for s in SECRETS if not find(clerk, scene.inquiry, asked_for(s), {}).total]
    assert unfound == ["Removedly", "Private Member", "private-recording"]


def test_who_leaves_the_secretariat_finds_no_more_than_others() -> None:
    """Statements are kept for a person, but not beyond their role."""
    scene = guarded()
    gather_words()
    person = builders.a_person(scene.inquiry)
    query = asked_for("confidentially")
    assert find(person, scene.inquiry, query, {}).total
    person.memberships.update(role=Role.MEMBER)
    person = User.objects.get(pk=person.pk)
    assert find(person, scene.inquiry, query, {}).total == 0
    assert best(person, scene.inquiry, query, 20) == []
    assert near_misses("confidentialy", user=person, inquiry=scene.inquiry) == []


def test_whoever_did_not_sign_in_finds_nothing_after_the_command_line() -> None:
    scene = guarded()
    query = asked_for("confidentially")
    assert find(CONSOLE, scene.inquiry, query, {}).total
    assert find(AnonymousUser(), scene.inquiry, query, {}).total == 0
    assert best(AnonymousUser(), scene.inquiry, query, 20) == []


@pytest.mark.parametrize("role", READERS)
def test_a_slip_is_not_put_right_with_a_word_that_may_not_be_read(role: Role) -> None:
    scene = guarded()
    gather_words()
    person, clerk = builders.a_person(scene.inquiry, role), builders.a_person(scene.inquiry)
    assert Word.objects.filter(word="confidentially").exists()
    assert near_misses("confidentialy", user=person, inquiry=scene.inquiry) == []
    assert near_misses("confidentialy", user=clerk, inquiry=scene.inquiry) == ["confidentially"]
    assert near_misses("unsignd", user=person, inquiry=scene.inquiry) == ["unsigned"]


def test_a_slip_is_put_right_on_the_page(client: Client) -> None:
    inquiry = builders.an_inquiry("LUI")
    builders.a_submission(inquiry, text="The government asked.\n\nInformation came.")
    gather_words()
    client.force_login(builders.a_person(inquiry, Role.MEMBER))

    def near(words: str) -> Any:
        return client.get(reverse("search:search", args=["LUI"]), {"q": words}).context.get("near")

    assert near("govenment") == ["government"]
    assert near("“govenment” asked") == ["“government” asked"]
    assert near("govenment informtion") == ["government", "information"]
    assert near("zzzzzzzz") == []
    assert near("asked") is None


def test_under_the_rule_no_word_is_left() -> None:
    inquiry = builders.an_inquiry()
    builders.a_submission(inquiry, text="Words that stay.")
    session = builders.a_session(inquiry, witnesses=(("Ann Known", ""), ("Cat Known", "")))
    builders.a_transcript(session, "question,speaker,text\nQ1,Chair,Who?\n,Ann Known,Zebrafish.\nQ2,Cat Known,No.\n")
    gather_words()
    assert Word.objects.filter(word="zebrafish").exists()
    put_under_the_rule(session=session, by=CONSOLE)
    assert not Word.objects.exists()
    assert gather_words() == 1
    assert set(Word.objects.values_list("word", flat=True)) == {"words", "that", "stay", "letter"}
    assert Gathered.objects.count() == 1
    assert gather_words() == 0


@pytest.mark.parametrize("role", READERS)
def test_references_lead_nowhere_that_may_not_be_seen(client: Client, role: Role) -> None:
    scene = guarded()
    code = scene.inquiry.code
    hidden = scene.quotes["confidential"].submission
    client.force_login(builders.a_person(scene.inquiry, role))
    for typed in (f"{code}{hidden.number}", f"{code} {hidden.number} para 1"):
        assert client.get(reverse("search:search", args=[code]), {"q": typed}).context["jumps"] == []
    client.force_login(builders.a_person(scene.inquiry))
    typed = f"{code}{hidden.number} para 1"
    assert client.get(reverse("search:search", args=[code]), {"q": typed}).context["jumps"] != []


def test_another_inquirys_words_are_never_found() -> None:
    inquiry, other = builders.an_inquiry(), builders.an_inquiry()
    builders.a_submission(other, text="Zebrafish.", submitter="Zebra Trust")
    clerk = builders.a_person(inquiry)
    assert find(clerk, inquiry, asked_for("zebra* OR zebrafish"), {}).total == 0
    assert find(clerk, other, asked_for("zebra* OR zebrafish"), {}).total == 0
