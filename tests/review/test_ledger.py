"""The ledger: moved or withdrawn, a recommendation keeps its links and its evidence; every wording is kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.refusals import Refused
from accounts.roles import CONSOLE, Role
from evidence.tags.actions import answer_contrary_evidence, tag_recommendation
from evidence.tags.models import Tag
from inquiry import actions, ledger
from inquiry.actions import name_addressee
from inquiry.models import Inquiry, Recommendation
from report.actions import ask_for_export, make_export
from report.models import Export
from tests.builders import a_person, a_recommendation, a_session, a_spoken_quote, a_submission, an_inquiry
from tests.editing import edit, seen_at
from tests.review.scene import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


@pytest.fixture
def three(inquiry: Inquiry) -> list[Recommendation]:
    return [a_recommendation(inquiry, title) for title in ("Ask", "Build", "Care")]


def order(inquiry: Inquiry) -> list[str]:
    return [str(one) for one in Recommendation.objects.visible_to(CONSOLE).filter(inquiry=inquiry).in_order()]


def move(client: Client, one: Recommendation, asked: str = "", **how: Any) -> Any:
    address = reverse("review:recommendation_move", args=[one.inquiry.code, one.pk])
    return client.post(address + asked, how, follow=True)


def said(answer: Any) -> str:
    return " ".join(str(each) for each in answer.context["messages"])


def test_one_goes_up_and_down_and_the_numbers_follow(client: Client, inquiry: Inquiry, three: Any) -> None:
    client.force_login(a_person(inquiry, Role.ADVISER))
    ask, build, care = three
    answer = move(client, care, step="up")
    assert order(inquiry) == ["1.1 Ask", "1.2 Care", "1.3 Build"]
    assert answer.redirect_chain[-1][0].endswith(f"#r-{care.pk}")
    assert "“Care” is 1.2 now, and was 1.3." in said(answer)
    move(client, ask, step="down")
    assert order(inquiry) == ["1.1 Care", "1.2 Ask", "1.3 Build"]
    for one, step in ((care, "up"), (build, "down")):
        move(client, one, step=step)
    assert order(inquiry) == ["1.1 Care", "1.2 Ask", "1.3 Build"]


def test_one_is_put_anywhere_and_the_undo_puts_it_back(client: Client, inquiry: Inquiry, three: Any) -> None:
    client.force_login(a_person(inquiry))
    ask, build, care = three
    other = name_addressee(inquiry=inquiry, name="Community organisations", by=CONSOLE)
    answer = move(client, build, place=f"{other.pk}:")
    assert order(inquiry) == ["1.1 Ask", "1.2 Care", "2.1 Build"]
    (undo,) = [each.extra_tags.removeprefix("undo:") for each in answer.context["messages"]]
    client.post(undo)
    assert order(inquiry) == ["1.1 Ask", "1.2 Build", "1.3 Care"]
    move(client, ask, place=f"{ask.addressee_id}:{care.pk}")
    assert order(inquiry) == ["1.1 Build", "1.2 Care", "1.3 Ask"]
    # Where the person saw it first is now after itself, which is no place.
    assert "Select a valid choice" in move(client, ask, place=f"{ask.addressee_id}:{ask.pk}").content.decode()


@pytest.mark.parametrize("place", ["", "(", "1", ":", "%00", "9999999999:", "x:y", "\u202e", "1:" + "9" * 30])
def test_a_place_that_is_none_is_told_so(client: Client, inquiry: Inquiry, three: Any, place: str) -> None:
    client.force_login(a_person(inquiry))
    answer = move(client, three[2], place=place)
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert order(inquiry) == ["1.1 Ask", "1.2 Build", "1.3 Care"]


def test_another_inquirys_addressee_or_recommendation_is_no_place(client: Client, inquiry: Inquiry, three: Any) -> None:
    theirs = a_recommendation(an_inquiry(), "Theirs")
    client.force_login(a_person(inquiry))
    for place in (f"{theirs.addressee_id}:", f"{three[0].addressee_id}:{theirs.pk}"):
        assert "There is a problem" in move(client, three[0], place=place).content.decode()
    with pytest.raises(Refused, match="moved these recommendations meanwhile"):
        ledger.place_recommendation(recommendation=three[0], after=theirs, by=CONSOLE)


def test_after_one_that_has_gone_elsewhere_it_is_not_moved(inquiry: Inquiry, three: Any) -> None:
    ask, build, care = three
    ledger.withdraw_recommendation(recommendation=build, by=CONSOLE)
    with pytest.raises(Refused, match="moved these recommendations meanwhile"):
        ledger.place_recommendation(recommendation=ask, after=build, by=CONSOLE)
    with pytest.raises(Refused, match="withdrawn meanwhile"):
        ledger.place_recommendation(recommendation=build, after=care, by=CONSOLE)
    with pytest.raises(Refused, match="withdrawn meanwhile"):
        actions.change_recommendation(recommendation=build, title="Bild", by=CONSOLE)


def test_links_and_what_an_export_said_stay(client: Client, inquiry: Inquiry, three: Any) -> None:
    export = ask_for_export(inquiry=inquiry, format="csv", by=CONSOLE)
    make_export(export.pk)
    kept = Export.objects.get(pk=export.pk).snapshot.content
    client.force_login(a_person(inquiry, Role.MEMBER))
    ledger.place_recommendation(recommendation=three[2], by=CONSOLE)
    assert "1.1 Care" in page(client, "review:recommendation", inquiry.code, three[2].pk)
    assert Export.objects.get(pk=export.pk).snapshot.content == kept
    assert "1.3" in str(kept)


def test_a_withdrawn_one_is_nowhere_and_comes_back_with_its_evidence(
    client: Client, inquiry: Inquiry, three: Any
) -> None:
    build = three[1]
    quote = a_spoken_quote(a_session(inquiry, witnesses=(("Jo Example", "Example Street"),)))
    link = tag_recommendation(evidence=quote, recommendation=build, stance="supports", note="Doors.", by=CONSOLE)
    clerk, member = a_person(inquiry), a_person(inquiry, Role.MEMBER)
    client.force_login(clerk)
    answer = client.post(reverse("review:recommendation_withdraw", args=[inquiry.code, build.pk]), follow=True)
    assert order(inquiry) == ["1.1 Ask", "1.2 Care"]
    client.force_login(member)
    for name, args, asked in (
        ("review:recommendations", (), ""),
        ("review:overview", (), ""),
        ("review:quotes", (), ""),
        ("review:quote", (quote.pk,), ""),
        ("sessions:detail", (quote.panel.session_id,), ""),
        ("search:search", (), "?q=street"),
        ("report:appendix", (), ""),
    ):
        shown = page(client, name, inquiry.code, *args, asked=asked)
        assert "Build" not in shown, name
        assert f"/recommendations/{build.pk}/" not in shown, name
    assert client.get(reverse("review:recommendation", args=[inquiry.code, build.pk])).status_code == 404
    client.force_login(clerk)
    assert "Bring it back" in page(client, "review:recommendation", inquiry.code, build.pk)
    assert "was 1.2, until" in page(client, "review:recommendations", inquiry.code)
    (undo,) = [each.extra_tags.removeprefix("undo:") for each in answer.context["messages"]]
    client.post(undo)
    assert order(inquiry) == ["1.1 Ask", "1.2 Build", "1.3 Care"]
    kept = Tag.objects.visible_to(member).get(pk=link.pk)
    assert (kept.stance, kept.note) == ("supports", "Doors.")
    # Brought back twice it stands there once.
    client.post(undo)
    assert order(inquiry) == ["1.1 Ask", "1.2 Build", "1.3 Care"]


def test_tagging_a_quote_anew_leaves_its_link_to_a_withdrawn_one(client: Client, inquiry: Inquiry, three: Any) -> None:
    quote = a_spoken_quote(a_session(inquiry, witnesses=(("Jo Example", "Example Street"),)))
    link = tag_recommendation(evidence=quote, recommendation=three[0], stance="supports", by=CONSOLE)
    ledger.withdraw_recommendation(recommendation=three[0], by=CONSOLE)
    client.force_login(a_person(inquiry))
    client.post(reverse("tags:edit", args=[inquiry.code, "quote", quote.pk]), {f"rec_{three[1].pk}": "challenges"})
    assert Tag.objects.filter(pk=link.pk).exists()


def test_the_database_gives_no_number_twice_and_none_to_a_withdrawn_one(inquiry: Inquiry, three: Any) -> None:
    for change in ({"number": None}, {"withdrawn_from": 3}):
        with pytest.raises(IntegrityError, match="numbered_or_withdrawn"), transaction.atomic():
            Recommendation.objects.filter(pk=three[0].pk).update(**change)
    Recommendation.objects.filter(pk=three[0].pk).update(number=2)
    with connection.cursor() as sql, pytest.raises(IntegrityError, match="one_recommendation_per_number"):
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_every_wording_is_a_version_and_changed_words_are_a_draft_again(client: Client, inquiry: Inquiry) -> None:
    adviser = a_person(inquiry, Role.ADVISER, "Ada Example")
    client.force_login(adviser)
    one = a_recommendation(inquiry, "Open the hall", text="Ministers should open it.")
    client.post(
        reverse("review:recommendation_agree", args=[inquiry.code, one.pk]),
        {"seen": actions.recommendation_as_written(one), "why": "At the meeting."},
    )
    address = reverse("review:recommendation_edit", args=[inquiry.code, one.pk])
    assert "These words were agreed" in client.get(address).content.decode()
    typed = {"title": one.title, "text": "Ministers must open it now.", "why": "Stronger."}
    assert "so it is a draft again" in said(edit(client, address, typed, follow=True))
    one.refresh_from_db()
    assert one.status == "draft"
    kept = list(one.versions.order_by("number").values_list("number", "status", "why", "saved_by__name", "text"))
    assert kept == [
        (1, "draft", "", None, "Ministers should open it."),
        (2, "agreed", "At the meeting.", "Ada Example", "Ministers should open it."),
        (3, "draft", "Stronger.", "Ada Example", "Ministers must open it now."),
    ]
    # Saved without a change, it is no version.
    edit(client, address, {"title": one.title, "text": typed["text"]})
    assert one.versions.count() == 3


def test_the_principles_of_agreed_words_may_change(client: Client, inquiry: Inquiry) -> None:
    one = a_recommendation(inquiry, status="agreed")
    principle = actions.add_principle(inquiry=inquiry, title="Neighbourhoods lead", by=CONSOLE)
    actions.change_recommendation(recommendation=one, title=one.title, principles=[principle], by=CONSOLE)
    one.refresh_from_db()
    assert (one.status, one.versions.count()) == ("agreed", 1)
    client.force_login(a_person(inquiry, Role.MEMBER))
    shown = page(client, "review:recommendations", inquiry.code)
    assert "Delivered by" in shown


def test_two_versions_are_compared_word_by_word(client: Client, inquiry: Inquiry) -> None:
    one = a_recommendation(inquiry, "Open the hall", text="Ministers should open it.")
    for text in ("Ministers must open it.", "Ministers must open it, and <b>keep</b> it open."):
        actions.change_recommendation(recommendation=one, text=text, by=CONSOLE)
    client.force_login(a_person(inquiry, Role.MEMBER))
    shown = page(client, "review:recommendation_versions", inquiry.code, one.pk)
    assert "<del>it.</del>" in shown
    assert "&lt;b&gt;keep&lt;/b&gt;" in shown
    shown = page(client, "review:recommendation_versions", inquiry.code, one.pk, asked="?from=1&to=2")
    assert "<del>should </del><ins>must </ins>" in shown
    for odd in ("?from=(&to=%00", "?from=99&to=-1", "?from=2&to=2", "?from=²&to=" + "9" * 40):
        page(client, "review:recommendation_versions", inquiry.code, one.pk, asked=odd)


def test_nobody_agrees_to_words_that_they_have_not_seen(client: Client, inquiry: Inquiry) -> None:
    one = a_recommendation(inquiry)
    seen = actions.recommendation_as_written(one)
    actions.change_recommendation(recommendation=one, title="Close the hall", by=CONSOLE)
    client.force_login(a_person(inquiry))
    address = reverse("review:recommendation_agree", args=[inquiry.code, one.pk])
    assert "Nothing was agreed" in said(client.post(address, {"seen": seen}, follow=True))
    one.refresh_from_db()
    assert one.status == "draft"
    for odd in ("\0", "x" * 301):
        assert "Nothing was agreed" in said(client.post(address, {"why": odd}, follow=True))
    # Its place is none of its words.
    seen = actions.recommendation_as_written(one)
    a_recommendation(inquiry, "Another")
    ledger.place_recommendation(recommendation=one, after=Recommendation.objects.latest("pk"), by=CONSOLE)
    client.post(address, {"seen": seen})
    one.refresh_from_db()
    assert (one.status, one.number) == ("agreed", 2)


def test_a_version_stands(inquiry: Inquiry) -> None:
    version = a_recommendation(inquiry).versions.get()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        type(version).objects.filter(pk=version.pk).update(title="Other words")


def unanswered(client: Client, one: Recommendation) -> list[str]:
    address = reverse("review:recommendation", args=[one.inquiry.code, one.pk])
    return [each for each in client.get(address).context["standing"].missing if "answered" in each]


def test_an_answer_meets_the_contrary_evidence_that_was_there(client: Client, inquiry: Inquiry) -> None:
    one = a_recommendation(inquiry)
    session = a_session(inquiry, witnesses=(("Jo Example", "Example Street"),))
    first, second = a_spoken_quote(session, "It costs too much."), a_spoken_quote(session, "Nobody would come.")
    tag_recommendation(evidence=first, recommendation=one, stance="challenges", by=CONSOLE)
    client.force_login(a_person(inquiry, name="Ada Example"))
    assert unanswered(client, one) == ["Contrary evidence not answered (1)"]
    address = reverse("review:recommendation_answer", args=[inquiry.code, one.pk])
    seen = {"seen": seen_at(client, address), "up_to": client.get(address).context["form"]["up_to"].value()}
    # It comes while somebody writes.
    tag_recommendation(evidence=second, recommendation=one, stance="challenges", by=CONSOLE)
    client.post(address, {"text": "It costs less than the alternative.", **seen})
    assert unanswered(client, one) == ["Contrary evidence not answered (1)"]
    shown = page(client, "review:recommendation", inquiry.code, one.pk)
    assert "It costs less than the alternative." in shown
    assert "1 of 2 came later" in shown
    last = {"up_to": client.get(address).context["form"]["up_to"].value()}
    edit(client, address, {"text": "It costs less, and people will come.", **last})
    assert unanswered(client, one) == []
    # Somebody finds that it challenges in another way: it supports, then challenges again.
    for stance in ("supports", "challenges"):
        tag_recommendation(evidence=first, recommendation=one, stance=stance, by=CONSOLE)
    assert unanswered(client, one) == ["Contrary evidence not answered (1)"]
    edit(client, address, {"text": ""})
    assert unanswered(client, one) == ["Contrary evidence not answered (2)"]


def test_what_an_adviser_cannot_see_is_not_answered_by_them(client: Client, inquiry: Inquiry) -> None:
    one = a_recommendation(inquiry)
    hidden = a_submission(inquiry, requested="confidential")
    tag_recommendation(evidence=hidden, recommendation=one, stance="challenges", by=CONSOLE)
    answer_contrary_evidence(recommendation=one, text="Nothing to say.", by=a_person(inquiry, Role.ADVISER))
    client.force_login(a_person(inquiry))
    assert unanswered(client, one) == ["Contrary evidence not answered (1)"]
    with pytest.raises(IntegrityError, match="only_contrary_evidence_is_answered"), transaction.atomic():
        Tag.objects.filter(recommendation=one).update(stance="supports", answered_at="2026-01-01T00:00:00Z")


def test_a_link_is_changed_with_its_note_and_cut(client: Client, inquiry: Inquiry) -> None:
    one = a_recommendation(inquiry)
    quote = a_spoken_quote(a_session(inquiry, witnesses=(("Jo Example", "Example Street"),)))
    link = tag_recommendation(evidence=quote, recommendation=one, stance="supports", by=CONSOLE)
    client.force_login(a_person(inquiry, Role.ADVISER))
    address = reverse("review:link_edit", args=[inquiry.code, link.pk])
    assert address in page(client, "review:recommendation", inquiry.code, one.pk)
    edit(client, address, {"stance": "qualifies", "note": "Only with a caretaker."})
    assert "Only with a caretaker." in page(client, "review:recommendation", inquiry.code, one.pk)
    answer = client.post(address, {"stance": "supports", "note": "", "seen": "of before"})
    assert "Somebody else changed this tag" in answer.content.decode()
    client.post(address, {"cut": "1"})
    assert not Tag.objects.filter(pk=link.pk).exists()
    assert client.get(reverse("review:quote", args=[inquiry.code, quote.pk])).status_code == 200
