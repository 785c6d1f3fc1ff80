"""Many pieces of evidence tagged at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.refusals import Refused
from accounts.roles import CONSOLE, NotAllowed, Role
from evidence.quotes.actions import remove_quote
from evidence.tags.actions import set_tags, tag_recommendation, tag_theme
from evidence.tags.models import Tag
from evidence.together.actions import tag_together, take_back
from evidence.together.models import Together
from inquiry.actions import change_theme
from inquiry.lists import AT_ONCE, ON_A_PAGE
from inquiry.models import Inquiry, Theme
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
from tests.review.scene import SECRETS, guarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry(client: Client) -> Inquiry:
    inquiry = an_inquiry("LUI")
    client.force_login(a_person(inquiry))
    return inquiry


def send(client: Client, **typed: Any) -> Any:
    return client.post(reverse("together:many", args=["LUI"]), typed, follow=True)


def quotes(inquiry: Inquiry, count: int = 3) -> list[Any]:
    session = a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),))
    return [a_spoken_quote(session, f"Words {n} of a witness.") for n in range(count)]


def test_what_is_ticked_is_named_and_tagged_in_one_go(client: Client, inquiry: Inquiry) -> None:
    one, two, three = quotes(inquiry)
    submission, (first, second) = a_submission(inquiry), missions(inquiry, 2)
    recommendation = a_recommendation(inquiry)
    ticked = {"quote": [one.pk, two.pk], "submission": [submission.pk]}
    asked = send(client, **ticked).content.decode()
    assert "Tag 3 pieces of evidence" in asked
    assert all(said in asked for said in ("Words 0", "Words 1", submission.reference, submission.submitted_by))
    assert not Tag.objects.exists()
    sent = {"quote": f"{one.pk},{two.pk}", "submission": submission.pk, "tagging": "yes"}
    chosen = {"themes": [first.pk, second.pk], f"rec_{recommendation.pk}": "supports"}
    told = send(client, **sent, **chosen).content.decode()
    assert "9 tags added on 3 pieces of evidence." in told
    assert Tag.objects.filter(theme=first).count() == Tag.objects.filter(stance="supports").count() == 3
    assert not three.tags.exists()


def test_nothing_is_taken_off_and_a_stance_that_was_taken_stays(client: Client, inquiry: Inquiry) -> None:
    one, two, _ = quotes(inquiry)
    (kept, new), recommendation = missions(inquiry, 2), a_recommendation(inquiry)
    tag_theme(evidence=one, theme=kept, by=CONSOLE)
    tag_recommendation(evidence=one, recommendation=recommendation, stance="challenges", by=CONSOLE)
    chosen = {"themes": [new.pk], f"rec_{recommendation.pk}": "supports"}
    told = send(client, quote=[one.pk, two.pk], tagging="yes", **chosen).content.decode()
    assert "3 tags added on 2 pieces of evidence. 1 tag was there before. 1 tag of another stance stayed so." in told
    stances = dict(Tag.objects.exclude(stance="").values_list("quote", "stance"))
    assert stances == {one.pk: "challenges", two.pk: "supports"}
    assert set(one.tags.exclude(theme=None).values_list("theme", flat=True)) == {kept.pk, new.pk}


def test_the_message_offers_to_take_it_back_and_only_what_was_added_goes(client: Client, inquiry: Inquiry) -> None:
    one, two, _ = quotes(inquiry)
    (first,) = missions(inquiry, 1)
    there = tag_theme(evidence=one, theme=first, by=CONSOLE)
    send(client, quote=[one.pk, two.pk], tagging="yes", themes=[first.pk])
    undo = reverse("together:undo", args=["LUI", Together.objects.get().pk])
    told = client.post(undo, follow=True).content.decode()
    assert "1 tag taken off again." in told
    assert list(Tag.objects.all()) == [there]
    assert "taken off already" in client.post(undo, follow=True).content.decode()


def test_only_who_did_it_takes_it_back_and_what_was_said_since_stays(client: Client, inquiry: Inquiry) -> None:
    one, two, _ = quotes(inquiry)
    clerk, other, recommendation = a_person(inquiry), a_person(inquiry), a_recommendation(inquiry)
    choice = {"inquiry": inquiry, "themes": [], "stances": {recommendation: "supports"}}
    done = tag_together(evidence=[one, two], by=clerk, **choice).done
    tag_recommendation(evidence=one, recommendation=recommendation, stance="qualifies", by=other)
    told = client.post(reverse("together:undo", args=["LUI", done.pk]), follow=True).content.decode()
    assert "Somebody else tagged these." in told
    assert take_back(together=done, by=clerk) == 1
    assert Tag.objects.get().stance == "qualifies"


def test_all_of_it_or_nothing(client: Client, inquiry: Inquiry) -> None:
    one, two, _ = quotes(inquiry)
    used, retired = missions(inquiry, 2)
    change_theme(theme=retired, retired_on="2024-01-26", by=CONSOLE)
    for themes in ([used, retired], [retired]):
        with pytest.raises(Refused, match="This theme is retired"):
            tag_together(inquiry=inquiry, evidence=[one, two], themes=themes, stances={}, by=CONSOLE)
    assert not Tag.objects.exists()
    assert "There is a problem" in send(client, quote=[one.pk], tagging="yes", themes=[retired.pk]).content.decode()
    with pytest.raises(Refused, match=f"At most {AT_ONCE} are tagged at once"):
        tag_together(inquiry=inquiry, evidence=[one] * (AT_ONCE + 1), themes=[used], stances={}, by=CONSOLE)


@pytest.mark.parametrize("sent", [{}, {"quote": ["(", "", "9" * 30, "-1"]}, {"quote": "\0"}, {"number": ["x"]}])
def test_nothing_that_can_be_tagged_is_said_in_a_sentence(client: Client, inquiry: Inquiry, sent: Any) -> None:
    assert "Tick what you want to tag first." in send(client, **sent).content.decode()


def test_nothing_chosen_is_said_beside_what_is_ticked(client: Client, inquiry: Inquiry) -> None:
    (one, *_), _ = quotes(inquiry), missions(inquiry)
    told = send(client, quote=[one.pk], tagging="yes").content.decode()
    assert "Choose at least one theme, or a stance on a recommendation." in told
    assert "Words 0" in told


def test_members_tag_nothing_and_advisers_only_what_they_may_see(client: Client) -> None:
    scene = guarded()
    code, before = scene.inquiry.code, Tag.objects.count()
    everything = {"quote": [quote.pk for quote in scene.quotes.values()], "tagging": "yes"}
    new: Theme = missions(scene.inquiry, 1)[0]
    client.force_login(a_person(scene.inquiry, Role.MEMBER))
    address = reverse("together:many", args=[code])
    assert client.post(address, everything | {"themes": [new.pk]}).status_code == 403
    with pytest.raises(NotAllowed):
        tag_together(
            inquiry=scene.inquiry,
            evidence=list(scene.quotes.values()),
            themes=[new],
            stances={},
            by=a_person(scene.inquiry, Role.MEMBER),
        )
    adviser = a_person(scene.inquiry, Role.ADVISER)
    client.force_login(adviser)
    shown = client.post(address, everything).content.decode()
    assert "Openly spoken words." in shown
    assert [secret for secret in SECRETS if secret in shown] == []
    client.post(address, everything | {"themes": [new.pk]})
    assert set(Tag.objects.filter(theme=new).values_list("quote", flat=True)) == {
        scene.quotes[name].pk for name in ("open", "anonymised")
    }
    assert Tag.objects.count() == before + 2


def test_of_another_inquiry_or_removed_nothing_is_tagged(client: Client, inquiry: Inquiry) -> None:
    elsewhere = an_inquiry()
    (theirs, *_), (mine, gone, _) = quotes(elsewhere), quotes(inquiry)
    remove_quote(quote=gone, by=CONSOLE)
    theme = missions(inquiry)[0]
    send(client, quote=[theirs.pk, gone.pk, mine.pk], tagging="yes", themes=[theme.pk])
    assert set(Tag.objects.values_list("quote", flat=True)) == {mine.pk}


def test_the_way_back_is_the_list_as_it_was(client: Client, inquiry: Inquiry) -> None:
    submission, theme = a_submission(inquiry), missions(inquiry)[0]
    back = reverse("submissions:list", args=["LUI"]) + "?state=accepted"
    answer = send(client, number=[submission.number], next=back, tagging="yes", themes=[theme.pk])
    assert answer.redirect_chain == [(back, 302)]
    assert "1 tag added on one piece of evidence." in answer.content.decode()


def test_all_that_is_found_is_tagged_where_it_runs_over_a_page(client: Client, inquiry: Inquiry) -> None:
    theme = missions(inquiry)[0]
    found = quotes(inquiry, ON_A_PAGE + 1)
    numbers = [a_submission(inquiry, text=None, state="received").number for _ in range(ON_A_PAGE + 1)]
    for page, name, keys in (
        ("review:quotes", "quote", [q.pk for q in found]),
        ("submissions:list", "number", numbers),
    ):
        shown = client.get(reverse(page, args=["LUI"]))
        assert "Tag all 51 found" in shown.content.decode()
        assert sorted(map(int, shown.context["all_keys"].split(","))) == sorted(keys)
        send(client, **{name: shown.context["all_keys"]}, tagging="yes", themes=[theme.pk])
    assert Tag.objects.count() == 2 * (ON_A_PAGE + 1)
    narrowed = client.get(reverse("review:quotes", args=["LUI"]), {"tagged": "no"}).content.decode()
    assert "Tag all" not in narrowed


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER, Role.CLERK])
def test_lists_have_boxes_for_those_who_may_tag(client: Client, inquiry: Inquiry, role: Role) -> None:
    quote = a_written_quote(a_submission(inquiry))
    set_tags(evidence=quote, themes=[missions(inquiry)[0]], stances={}, by=CONSOLE)
    client.force_login(a_person(inquiry, role))
    for page in ("review:quotes", "submissions:list", "search:search"):
        shown = client.get(reverse(page, args=["LUI"]), {"q": "hall"} if page == "search:search" else {})
        assert ("data-bulk-row" in shown.content.decode()) == (role != Role.MEMBER), page


def test_as_many_queries_for_one_as_for_three(client: Client, inquiry: Inquiry, django_assert_num_queries: Any) -> None:
    pieces, theme = quotes(inquiry), missions(inquiry)[0]
    submissions = [a_submission(inquiry) for _ in range(3)]
    for rows in (1, 3):
        ticked = {"quote": [q.pk for q in pieces[:rows]], "submission": [s.pk for s in submissions[:rows]]}
        with django_assert_num_queries(10):
            client.post(reverse("together:many", args=["LUI"]), ticked)
    for rows in (1, 3):
        ticked = {"quote": [q.pk for q in pieces[:rows]], "tagging": "yes", "themes": [theme.pk]}
        with django_assert_num_queries(18):
            client.post(reverse("together:many", args=["LUI"]), ticked)
        Tag.objects.all().delete()
