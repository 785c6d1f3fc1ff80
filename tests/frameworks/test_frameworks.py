"""Themes in use are added, merged, split, retired and carried over to the next version; no tag is lost by it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.refusals import Refused
from accounts.roles import CONSOLE, NotAllowed, Role
from evidence.documents.actions import redact
from evidence.frameworks.actions import add_theme, carry_over, retire_theme, settle, take_back
from evidence.tags.actions import tag_theme
from evidence.tags.models import Tag
from inquiry.actions import ThemeEntry, add_framework
from inquiry.models import Framework, Inquiry, Succession, Theme
from tests.builders import a_person, a_session, a_submission, a_written_quote, an_inquiry, missions, passages
from tests.review.scene import SECRETS, guarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


@pytest.fixture
def clerk(client: Client, inquiry: Inquiry) -> Client:
    client.force_login(a_person(inquiry))
    return client


def at(page: str, theme: Theme) -> str:
    return reverse(f"frameworks:{page}", args=[theme.inquiry.code, theme.pk])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def on(theme: Theme) -> int:
    return Tag.objects.filter(theme=theme).count()


def a_flat_framework(inquiry: Inquiry, *titles: str, name: str = "Missions as restated") -> list[Theme]:
    entries = [ThemeEntry(str(n), title) for n, title in enumerate(titles, start=1)]
    return list(
        add_framework(inquiry=inquiry, name=name, levels=["Mission"], themes=entries, by=CONSOLE).themes.in_order()
    )


def test_a_theme_is_added_under_its_heading_and_the_others_keep_their_places(clerk: Client, inquiry: Inquiry) -> None:
    entries = [ThemeEntry(letter, letter, themes=(ThemeEntry(n, n),)) for letter, n in (("A", "1"), ("B", "2"))]
    framework = add_framework(
        inquiry=inquiry, name="Example", levels=["Objective", "Mission"], themes=entries, by=CONSOLE
    )
    address = reverse("frameworks:theme_add", args=[inquiry.code, framework.pk])
    above = framework.themes.get(number="A")
    sent = {"parent": above.pk, "number": "3", "title": "Keys", "definition": "Who holds them.", "exclusion": "Locks."}
    shown = text(clerk.post(address, sent, follow=True))
    assert "“3 · Keys” is added." in shown
    assert "Locks." in shown
    clerk.post(address, {"number": "C", "title": "Last"})
    assert [theme.number for theme in framework.themes.order_by("position")] == ["A", "1", "3", "B", "2", "C"]
    assert tag_theme(evidence=a_session(inquiry), theme=framework.themes.get(number="3"), by=CONSOLE)
    refused = text(clerk.post(address, sent | {"title": "Typed with care"}))
    assert "There is a theme with the number 3" in refused
    assert "Typed with care" in refused
    with pytest.raises(Refused, match="Below a mission there is no level"):
        add_theme(framework=framework, parent=framework.themes.get(number="1"), number="4", title="Deep", by=CONSOLE)


def test_a_merging_shows_its_effect_carries_the_evidence_over_and_is_taken_back(
    clerk: Client, inquiry: Inquiry
) -> None:
    older, newer, _ = missions(inquiry)
    quote, submission = a_written_quote(a_submission(inquiry)), a_submission(inquiry)
    for evidence, themes in ((quote, (older,)), (submission, (older, newer))):
        for theme in themes:
            tag_theme(evidence=evidence, theme=theme, by=CONSOLE)
    assert "See what changes" in text(clerk.get(at("merge", older)))
    looked = text(clerk.post(at("merge", older), {"into": newer.pk, "step": "look"}))
    assert "1 quote, 1 submission" in looked
    assert "1 of these is tagged to it already" in looked
    assert (on(newer), Succession.objects.count()) == (1, 0)
    done = text(clerk.post(at("merge", older), {"into": newer.pk, "step": "do"}, follow=True))
    assert "has 1 more piece." in done
    carried = Tag.objects.get(theme=newer, quote=quote)
    assert (carried.carried_from, on(older), on(newer)) == (older, 2, 2)
    old = text(clerk.get(reverse("review:theme", args=[inquiry.code, older.pk])))
    assert "Retired on" in old
    assert quote.text in old
    assert str(newer) in text(clerk.get(reverse("review:themes", args=[inquiry.code])))
    with pytest.raises(Refused, match="is retired"):
        carry_over(theme=newer, newer=[older], by=CONSOLE)
    back = text(clerk.post(at("take_back", older), follow=True))
    assert "is as it was. 1 tag made by it went with it." in back
    assert (on(older), on(newer)) == (2, 1)
    assert Theme.objects.get(pk=older.pk).retired_on is None
    assert "No other theme has taken the place" in text(clerk.post(at("take_back", older), follow=True))


def test_a_split_waits_for_somebody_to_say_where_each_piece_belongs(clerk: Client, inquiry: Inquiry) -> None:
    older, one, other, _ = missions(inquiry, 4)
    quotes = [a_written_quote(a_submission(inquiry)) for _ in range(3)]
    for quote in quotes:
        tag_theme(evidence=quote, theme=older, by=CONSOLE)
    tag_theme(evidence=quotes[2], theme=other, by=CONSOLE)
    one_alone = text(clerk.post(at("split", older), {"into": [one.pk], "step": "do"}))
    assert "Choose two themes or more" in one_alone
    looked = text(clerk.post(at("split", older), {"into": [one.pk, other.pk], "step": "look"}))
    assert "3 pieces wait until somebody says to which of them they belong" in looked
    queue = clerk.post(at("split", older), {"into": [one.pk, other.pk], "step": "do"}, follow=True)
    assert "3 pieces of its evidence wait." in text(queue)
    assert (on(one), on(other)) == (0, 1)
    first, second, third = (Tag.objects.get(theme=older, quote=quote) for quote in quotes)
    both = {f"t{first.pk}-into": [one.pk], f"t{first.pk}-none": "on"}
    assert "It belongs to a theme, or to none of these." in text(clerk.post(at("settle", older), both))
    sent = {f"t{first.pk}-into": [one.pk, other.pk], f"t{second.pk}-none": "on"}
    assert "2 pieces settled." in text(clerk.post(at("settle", older), sent, follow=True))
    assert {tag.theme for tag in Tag.objects.filter(quote=quotes[0])} == {older, one, other}
    assert {tag.theme for tag in Tag.objects.filter(quote=quotes[1])} == {older}
    assert "Settle 1 piece" in text(clerk.get(reverse("frameworks:detail", args=[inquiry.code, older.framework_id])))
    settle(tag=third, newer=[one], by=CONSOLE)
    settle(tag=Tag.objects.get(pk=first.pk), newer=[one], by=CONSOLE)
    assert {tag.theme for tag in Tag.objects.filter(quote=quotes[0])} == {older, one}
    assert "Nothing waits" in text(clerk.get(at("settle", older)))
    assert take_back(theme=older, by=CONSOLE) == 2
    # What somebody had tagged before the split stands.
    assert {tag.theme for tag in Tag.objects.filter(quote=quotes[2])} == {older, other}
    assert not Tag.objects.filter(theme=older).exclude(settled_at=None).exists()


def test_a_version_is_carried_over_to_the_next_by_a_crosswalk(clerk: Client, inquiry: Inquiry) -> None:
    halls, keys, buses = a_flat_framework(inquiry, "Halls", "Keys", "Buses", name="Missions as published")
    new_halls, streets, doors = a_flat_framework(inquiry, "Halls", "Streets", "Doors")
    session = a_session(inquiry)
    for theme in (halls, keys, buses):
        tag_theme(evidence=session, theme=theme, by=CONSOLE)
    address = reverse("frameworks:crosswalk", args=[inquiry.code, halls.framework_id, doors.framework_id])
    opened = clerk.get(address)
    # What is called the same is thought to be the same, until somebody says otherwise.
    assert opened.context["form"][f"of_{halls.pk}"].value() == [str(new_halls.pk)]
    assert opened.context["form"][f"of_{keys.pk}"].value() == []
    sent: dict[str, Any] = {f"of_{halls.pk}": [new_halls.pk], f"of_{keys.pk}": [streets.pk, doors.pk], "retire": "on"}
    looked = text(clerk.post(address, sent | {"step": "look"}))
    for words in ("1 carried over", "1 to settle", "stays as it is"):
        assert words in looked
    assert not Succession.objects.exists()
    assert "See what changes" in text(clerk.post(address, sent | {"step": "again"}))
    done = text(clerk.post(address, sent | {"step": "do"}, follow=True))
    assert "1 tag made." in done
    assert (on(new_halls), on(streets), on(doors)) == (1, 0, 0)
    assert not Theme.objects.filter(framework=halls.framework, retired_on=None).exists()
    # The old tags are read as before, and what is done again makes nothing twice.
    assert session.title in text(clerk.get(reverse("review:theme", args=[inquiry.code, buses.pk])))
    assert "0 tags made." in text(clerk.post(address, sent | {"step": "do"}, follow=True))
    otherwise = text(clerk.post(address, sent | {f"of_{halls.pk}": [doors.pk], "step": "do"}))
    assert "has been carried over to others already" in otherwise
    gone = text(clerk.post(address, {f"of_{halls.pk}": [buses.pk], "step": "look"}))
    assert "One of these themes is in use no more." in gone


def test_what_is_tagged_after_a_carrying_over_is_carried_when_it_is_done_again(inquiry: Inquiry) -> None:
    older, newer, _ = missions(inquiry)
    assert carry_over(theme=older, newer=[newer], retire=False, by=CONSOLE) == 0
    tag_theme(evidence=a_session(inquiry), theme=older, by=CONSOLE)
    assert carry_over(theme=older, newer=[newer], retire=False, by=CONSOLE) == 1
    assert take_back(theme=older, by=CONSOLE) == 1
    assert Theme.objects.get(pk=older.pk).retired_on is None


def test_a_theme_is_retired_once_it_was_shown_what_stays_and_brought_back(clerk: Client, inquiry: Inquiry) -> None:
    theme = missions(inquiry)[0]
    tag_theme(evidence=a_session(inquiry), theme=theme, by=CONSOLE)
    assert "stays readable: 1 session." in text(clerk.get(at("retire", theme)))
    assert "is retired. Its evidence stays readable." in text(clerk.post(at("retire", theme), follow=True))
    with pytest.raises(Refused, match="This theme is retired"):
        tag_theme(evidence=a_submission(inquiry), theme=theme, by=CONSOLE)
    since = Theme.objects.get(pk=theme.pk).retired_on
    assert retire_theme(theme=theme, by=CONSOLE).retired_on == since
    assert "can be tagged again." in text(clerk.post(at("retire", theme), follow=True))
    assert tag_theme(evidence=a_submission(inquiry), theme=theme, by=CONSOLE)


def test_what_cannot_take_a_themes_place_is_refused_in_a_sentence(inquiry: Inquiry) -> None:
    older, newer, last = missions(inquiry)
    heading = older.parent
    assert heading
    for newer_ones, sentence in (
        ([], "Choose the theme"),
        ([older], "cannot take its own place"),
        ([heading], "groups other themes"),
    ):
        with pytest.raises(Refused, match=sentence):
            carry_over(theme=older, newer=newer_ones, by=CONSOLE)
    carry_over(theme=older, newer=[newer], retire=False, by=CONSOLE)
    with pytest.raises(Refused, match="took the place of"):
        carry_over(theme=newer, newer=[older], by=CONSOLE)
    tag = tag_theme(evidence=a_session(inquiry), theme=older, by=CONSOLE)
    with pytest.raises(Refused, match="changed meanwhile"):
        settle(tag=tag, newer=[last], by=CONSOLE)
    with pytest.raises(NotAllowed):
        carry_over(theme=last, newer=[newer], by=a_person(inquiry, Role.ADVISER))


def test_the_database_keeps_themes_from_succeeding_themselves_and_recommendations_from_being_carried_over(
    inquiry: Inquiry,
) -> None:
    one, other, _ = missions(inquiry)
    row = Succession.objects.create(inquiry=inquiry, older=one, newer=other)
    for write in (
        lambda: Succession.objects.filter(pk=row.pk).update(newer=one),
        lambda: Succession.objects.bulk_create([Succession(inquiry=inquiry, older=one, newer=other)]),
        lambda: Theme.objects.filter(pk=other.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


@pytest.mark.parametrize("role", [Role.ADVISER, Role.MEMBER])
def test_counts_and_queues_tell_nothing_of_evidence_that_the_person_may_not_see(client: Client, role: Role) -> None:
    scene = guarded()
    theme = scene.theme
    newer = [add_theme(framework=theme.framework, parent=theme.parent, number=n, title=n, by=CONSOLE) for n in "89"]
    carry_over(theme=theme, newer=newer, by=CONSOLE)
    client.force_login(a_person(scene.inquiry))
    assert "Confidentially" in text(client.get(at("settle", theme)))
    client.force_login(a_person(scene.inquiry, role))
    pages = [reverse("frameworks:detail", args=[scene.inquiry.code, theme.framework_id])]
    pages += [at("settle", theme)] if role == Role.ADVISER else []
    for page in pages:
        shown = text(client.get(page))
        assert str(theme.title) in shown
        assert not [secret for secret in SECRETS if secret in shown]
    assert "2 quotes, 1 submission" in text(client.get(pages[0]))
    hidden = Tag.objects.get(theme=theme, quote=scene.quotes["confidential"])
    if role == Role.ADVISER:
        client.post(at("settle", theme), {f"t{hidden.pk}-into": [newer[0].pk]})
    hidden.refresh_from_db()
    assert hidden.settled_at is None


@pytest.mark.parametrize("rows", [1, 3])
def test_a_framework_and_its_queue_ask_as_often_for_three_as_for_one(
    client: Client, inquiry: Inquiry, rows: int, django_assert_num_queries: Any
) -> None:
    older, *newer = missions(inquiry, 2 + rows)
    for _ in range(rows):
        submission = a_submission(inquiry)
        for evidence in (submission, a_written_quote(submission), a_session(inquiry, number=None, kind="visit")):
            tag_theme(evidence=evidence, theme=older, by=CONSOLE)
        redact(passage=passages(submission)[1], start=0, end=2, reason="An example.", by=CONSOLE)
    carry_over(theme=older, newer=newer, by=CONSOLE)
    client.force_login(a_person(inquiry))
    with django_assert_num_queries(FRAMEWORK):
        client.get(reverse("frameworks:detail", args=[inquiry.code, older.framework_id]))
    with django_assert_num_queries(QUEUE):
        client.get(at("settle", older))


FRAMEWORK, QUEUE = 11, 9


@pytest.mark.parametrize("sent", ["(", "%00", "\x00", "10**9", "9" * 40, "‮"])
def test_odd_input_gives_a_sentence(clerk: Client, inquiry: Inquiry, sent: str) -> None:
    older, newer, _ = missions(inquiry)
    next_version = a_flat_framework(inquiry, "Halls")[0]
    for page in ("merge", "split"):
        assert "There is a problem" in text(clerk.post(at(page, older), {"into": sent, "step": "do"}))
    address = reverse("frameworks:crosswalk", args=[inquiry.code, older.framework_id, next_version.framework_id])
    assert "There is a problem" in text(clerk.post(address, {f"of_{older.pk}": sent, "step": "do"}))
    assert clerk.get(at("settle", older)).status_code == 404
    carry_over(theme=older, newer=[newer, missions(inquiry)[0]], by=CONSOLE)
    for key in (f"t{sent}-into", f"t{'9' * 40}-none"):
        assert clerk.post(at("settle", older), {key: newer.pk}).status_code == 200
    assert clerk.get(at("settle", older), {"page": sent}).status_code == 200
    assert not Tag.objects.exists()


def test_what_belongs_to_a_theme_is_said_where_it_is_tagged(clerk: Client, inquiry: Inquiry) -> None:
    framework = Framework.objects.get(pk=missions(inquiry)[0].framework_id)
    add_theme(
        framework=framework,
        parent=framework.themes.get(depth=0),
        number="9",
        title="Pride",
        definition="What a place means to those who live there.",
        exclusion="Litter: see 3.",
        by=CONSOLE,
    )
    session = a_session(inquiry)
    document = a_submission(inquiry).files.get().document_id
    for page in (
        reverse("tags:edit", args=[inquiry.code, "session", session.pk]),
        reverse("reader:document", args=[inquiry.code, document]),
    ):
        shown = text(clerk.get(page))
        assert "What a place means" in shown, page
        assert "Litter: see 3." in shown, page
