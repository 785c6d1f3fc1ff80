"""Evidence tagged to themes and recommendations: by whom, with which stance, once; and refused by the database."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.refusals import Refused
from accounts.roles import CONSOLE, NotAllowed, Role
from evidence.sessions.actions import log_session
from evidence.tags.actions import set_tags, tag_recommendation, tag_theme
from evidence.tags.models import Tag
from inquiry.actions import change_theme, record_insight
from inquiry.models import Inquiry, Rule
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

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


def one_of_each(inquiry: Inquiry) -> dict[str, Any]:
    """One piece of evidence of every kind that is tagged."""
    session = a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),))
    event = log_session(inquiry=inquiry, kind="workshop", title="Workshop", rule=Rule.CHATHAM_HOUSE, by=CONSOLE)
    quote = a_spoken_quote(session)
    assert quote.appearance
    return {
        "session": session,
        "submission": a_submission(inquiry),
        "quote": quote,
        "witness": quote.appearance.witness,
        "insight": record_insight(session=event, text="Time matters.", by=CONSOLE),
    }


def address(kind: str, evidence: Any) -> str:
    return reverse("tags:edit", args=[evidence.inquiry.code, kind, evidence.pk])


def test_every_kind_of_evidence_is_tagged_on_its_page(client: Client, inquiry: Inquiry) -> None:
    mission, recommendation = missions(inquiry)[0], a_recommendation(inquiry)
    clerk = a_person(inquiry)
    client.force_login(clerk)
    for kind, evidence in one_of_each(inquiry).items():
        sent = {"themes": [mission.pk], f"rec_{recommendation.pk}": "challenges"}
        client.post(address(kind, evidence), sent)
        tags = Tag.objects.filter(**{kind: evidence})
        assert {(tag.theme, tag.recommendation, tag.stance) for tag in tags} == {
            (mission, None, ""),
            (None, recommendation, "challenges"),
        }, kind
        assert {tag.tagged_by for tag in tags} == {clerk}
        shown = client.get(address(kind, evidence)).content.decode()
        assert re.search(rf'value="{mission.pk}"[^>]* checked', shown), kind
        client.post(address(kind, evidence), {"next": "/"})
        assert not tags.all(), kind


def test_a_second_time_changes_nothing_and_another_stance_changes_how(inquiry: Inquiry) -> None:
    quote, mission, recommendation = (
        a_written_quote(a_submission(inquiry)),
        missions(inquiry)[0],
        a_recommendation(inquiry),
    )
    adviser = a_person(inquiry, Role.ADVISER)
    first = tag_theme(evidence=quote, theme=mission, by=CONSOLE)
    assert tag_theme(evidence=quote, theme=mission, by=adviser) == first
    assert Tag.objects.get(theme=mission).tagged_by is None
    tag_recommendation(evidence=quote, recommendation=recommendation, stance="supports", by=CONSOLE)
    tag_recommendation(evidence=quote, recommendation=recommendation, stance="qualifies", note="In towns.", by=adviser)
    tag = Tag.objects.get(recommendation=recommendation)
    assert (tag.stance, tag.note, tag.tagged_by) == ("qualifies", "In towns.", adviser)


def test_what_is_not_named_is_taken_off_and_who_tagged_the_rest_stays(inquiry: Inquiry) -> None:
    quote, (one, two, three) = a_written_quote(a_submission(inquiry)), missions(inquiry, 3)
    clerk = a_person(inquiry)
    set_tags(evidence=quote, themes=[one, two], stances={}, by=clerk)
    set_tags(evidence=quote, themes=[two, three], stances={}, by=CONSOLE)
    assert dict(Tag.objects.values_list("theme__number", "tagged_by")) == {two.number: clerk.pk, three.number: None}


def test_what_somebody_else_tagged_meanwhile_is_left_alone(client: Client, inquiry: Inquiry) -> None:
    quote, (kept, gone, theirs, added) = a_written_quote(a_submission(inquiry)), missions(inquiry, 4)
    same, other, new = (a_recommendation(inquiry, title) for title in ("Same", "Other", "New"))
    set_tags(evidence=quote, themes=[kept, gone], stances={same: "supports", other: "supports"}, by=CONSOLE)
    client.force_login(a_person(inquiry))
    seen = client.get(address("quote", quote)).context["form"]["seen"].value()
    set_tags(evidence=quote, themes=[gone, theirs], stances={same: "challenges", other: "supports"}, by=CONSOLE)
    tag_recommendation(evidence=quote, recommendation=new, stance="qualifies", by=CONSOLE)
    sent = {"themes": [kept.pk, added.pk], f"rec_{same.pk}": "supports", "seen": seen}
    client.post(address("quote", quote), sent)
    # Taken off by the one, and by the other; added by each; and how it bears on it as the one changed it.
    assert set(Tag.objects.exclude(theme=None).values_list("theme", flat=True)) == {theirs.pk, added.pk}
    stances = dict(Tag.objects.exclude(recommendation=None).values_list("recommendation", "stance"))
    assert stances == {same.pk: "challenges", new.pk: "qualifies"}


@pytest.mark.parametrize("seen", ["", "7", "[1]", "{", '{"themes": [{}], "rec_x": 1}'])
def test_a_sign_of_what_was_seen_that_is_none_loses_nothing_that_was_chosen(
    client: Client, inquiry: Inquiry, seen: str
) -> None:
    quote, (one, two) = a_written_quote(a_submission(inquiry)), missions(inquiry, 2)
    client.force_login(a_person(inquiry))
    answer = client.post(address("quote", quote), {"themes": [one.pk, two.pk], "seen": seen})
    assert answer.status_code == 302 or "There is a problem" in answer.content.decode()
    assert Tag.objects.count() == (2 if answer.status_code == 302 else 0)


def test_a_tag_to_a_retired_theme_stays(inquiry: Inquiry) -> None:
    quote, (one, two) = a_written_quote(a_submission(inquiry)), missions(inquiry, 2)
    tag_theme(evidence=quote, theme=one, by=CONSOLE)
    change_theme(theme=one, retired_on="2024-01-26", by=CONSOLE)
    set_tags(evidence=quote, themes=[two], stances={}, by=CONSOLE)
    assert set(Tag.objects.values_list("theme", flat=True)) == {one.pk, two.pk}


def test_members_read_tags_and_set_none(client: Client, inquiry: Inquiry) -> None:
    quote, mission = a_written_quote(a_submission(inquiry)), missions(inquiry)[0]
    tag = tag_theme(evidence=quote, theme=mission, by=CONSOLE)
    member = a_person(inquiry, Role.MEMBER)
    client.force_login(member)
    assert client.post(address("quote", quote), {}).status_code == 403
    for forbidden in (
        lambda: tag_theme(evidence=quote, theme=mission, by=member),
        lambda: set_tags(evidence=quote, themes=[], stances={}, by=member),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
    assert Tag.objects.get() == tag


def test_tags_on_evidence_that_an_adviser_may_not_see_are_not_there(client: Client, inquiry: Inquiry) -> None:
    hidden = a_submission(inquiry, state="decided", treatment="confidential")
    tag_theme(evidence=hidden, theme=missions(inquiry)[0], by=CONSOLE)
    adviser = a_person(inquiry, Role.ADVISER)
    assert not Tag.objects.visible_to(adviser).exists()
    assert Tag.objects.visible_to(a_person(inquiry)).exists()
    client.force_login(adviser)
    assert client.get(address("submission", hidden)).status_code == 404


def test_evidence_of_another_inquiry_is_not_found_and_its_themes_are_not_offered(
    client: Client, inquiry: Inquiry
) -> None:
    elsewhere = an_inquiry()
    theirs, mine = a_session(elsewhere), a_session(inquiry)
    their_mission = missions(elsewhere)[0]
    client.force_login(a_person(inquiry))
    assert client.get(reverse("tags:edit", args=[inquiry.code, "session", theirs.pk])).status_code == 404
    answer = client.post(address("session", mine), {"themes": [their_mission.pk]})
    assert answer.status_code == 200
    assert not Tag.objects.exists()
    with pytest.raises(Refused, match="different inquiries"):
        tag_theme(evidence=mine, theme=their_mission, by=CONSOLE)


@pytest.mark.parametrize("kind", ["document", "user", "passage", "QUOTE"])
def test_nothing_else_is_tagged(client: Client, inquiry: Inquiry, kind: str) -> None:
    client.force_login(a_person(inquiry))
    assert client.get(reverse("tags:edit", args=[inquiry.code, kind, 1])).status_code == 404


def test_the_way_back_leads_to_our_own_pages_only(client: Client, inquiry: Inquiry) -> None:
    session = a_session(inquiry)
    client.force_login(a_person(inquiry))
    for asked, led in (("//evil.example/", reverse("review:overview", args=[inquiry.code])), ("/LUI/", "/LUI/")):
        assert client.post(address("session", session), {"next": asked}).url == led


def test_the_database_keeps_the_form_of_a_tag(inquiry: Inquiry) -> None:
    session, mission, recommendation = a_session(inquiry), missions(inquiry)[0], a_recommendation(inquiry)
    on = {"inquiry": inquiry, "session": session}
    wrong = {
        "tag_to_one_thing": [Tag(**on), Tag(**on, theme=mission, recommendation=recommendation, stance="supports")],
        "tag_on_one_piece_of_evidence": [
            Tag(inquiry=inquiry, theme=mission),
            Tag(**on, theme=mission, submission=a_submission(inquiry)),
        ],
        "stance_on_recommendations": [
            Tag(**on, theme=mission, stance="supports"),
            Tag(**on, recommendation=recommendation),
        ],
        "tagged_once": [Tag(**on, theme=mission)],
    }
    tag_theme(evidence=session, theme=mission, by=CONSOLE)
    for rule, tags in wrong.items():
        for tag in tags:
            with pytest.raises(IntegrityError, match=rule), transaction.atomic():
                Tag.objects.bulk_create([tag])


def test_as_many_queries_for_one_row_as_for_three(
    client: Client, inquiry: Inquiry, django_assert_num_queries: Any
) -> None:
    client.force_login(a_person(inquiry))
    for rows in (1, 3):
        session = a_session(inquiry, number=rows)
        for mission in missions(inquiry, rows):
            tag_theme(evidence=session, theme=mission, by=CONSOLE)
            recommendation = a_recommendation(inquiry)
            tag_recommendation(evidence=session, recommendation=recommendation, stance="supports", by=CONSOLE)
        with django_assert_num_queries(9):
            client.get(address("session", session))


def test_nothing_new_is_tagged_to_a_retired_theme_or_to_one_that_groups_others(inquiry: Inquiry) -> None:
    session, (one, two) = a_session(inquiry), missions(inquiry, 2)
    kept = tag_theme(evidence=session, theme=one, by=CONSOLE)
    for theme, sentence in ((one, "This theme is retired"), (two.parent, "This theme groups others")):
        if theme == one:
            change_theme(theme=one, retired_on=dt.date(2024, 1, 26), by=CONSOLE)
        with pytest.raises(Refused, match=sentence):
            tag_theme(evidence=a_submission(inquiry, text=None), theme=theme, by=CONSOLE)
        other = tag_theme(evidence=a_submission(inquiry, text=None), theme=two, by=CONSOLE)
        for wrong in (
            lambda theme=theme: Tag.objects.bulk_create([Tag(inquiry=inquiry, session=session, theme=theme)]),
            lambda theme=theme, pk=other.pk: Tag.objects.filter(pk=pk).update(theme=theme),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                wrong()
    Tag.objects.filter(pk=kept.pk).update(note="Its old tag can still be noted on.")
    assert tag_theme(evidence=session, theme=one, by=CONSOLE) == kept


def test_a_theme_retired_while_somebody_ticked_it_is_told(client: Client, inquiry: Inquiry) -> None:
    session, (one, two) = a_session(inquiry), missions(inquiry, 2)
    client.force_login(a_person(inquiry))
    change_theme(theme=one, retired_on=dt.date(2024, 1, 26), by=CONSOLE)
    told = client.post(address("session", session), {"themes": [one.pk, two.pk]}).content.decode()
    assert "There is a problem" in told
    assert not Tag.objects.exists()
