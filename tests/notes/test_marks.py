"""What a reader stars, reads and raises: one tap each, taken back by the same, and seen by whom it concerns."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import CONSOLE, Role
from evidence.notes.actions import set_mark
from evidence.notes.models import Mark
from evidence.notes.reading import progress
from evidence.quotes.models import Quote
from evidence.tags.actions import tag_theme
from inquiry.lists import COUNTED_TO
from inquiry.models import Inquiry
from tests.builders import a_person, a_session, a_spoken_quote, a_submission, an_inquiry, missions
from tests.review.scene import SECRETS, guarded, many, page

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def tap(client: Client, inquiry: Inquiry, evidence: Any, **pressed: str) -> Any:
    kind = "quote" if isinstance(evidence, Quote) else "submission"
    address = reverse("notes:mark", args=[inquiry.code, kind, evidence.pk])
    return client.post(address, {"next": "/", **pressed}, follow=False)


@pytest.mark.parametrize("way", ["starred", "read", "raised"])
def test_a_tap_marks_and_the_same_tap_takes_it_back(client: Client, way: str) -> None:
    scene = many(1)
    quote, person = scene.quotes["spoken 0"], a_person(scene.inquiry, Role.MEMBER)
    client.force_login(person)
    for on in ("on", "on", "off", "off", "on"):
        assert tap(client, scene.inquiry, quote, **{way: on}).status_code == 302
        assert bool(getattr(Mark.objects.get(person=person, quote=quote), f"{way}_at")) == (on == "on")
    assert Mark.objects.filter(person=person).count() == 1


def test_by_htmx_the_marks_and_the_progress_come_back_alone(client: Client) -> None:
    scene = many(1)
    client.force_login(a_person(scene.inquiry, Role.MEMBER))
    address = reverse("notes:mark", args=[scene.inquiry.code, "quote", scene.quotes["spoken 0"].pk])
    sent = {"read": "on", "theme": str(scene.theme.pk), "next": "/T/themes/1/"}
    answer = client.post(address, sent, headers=HTMX).content.decode()
    assert "✓ Read" in answer
    assert "1 of 3 read" in answer
    assert "<html" not in answer
    for odd in ("x", "9" * 30, "%00", "0"):
        assert client.post(address, sent | {"theme": odd}, headers=HTMX).status_code == 200


@pytest.mark.parametrize("kind", ["theme", "witness", "("])
def test_only_quotes_and_submissions_are_marked(client: Client, kind: str) -> None:
    scene = many(1)
    client.force_login(a_person(scene.inquiry, Role.MEMBER))
    assert client.post(reverse("notes:mark", args=[scene.inquiry.code, kind, 1])).status_code == 404


def shown_order(client: Client, scene: Any, asked: str = "") -> list[int]:
    address = reverse("review:theme", args=[scene.inquiry.code, scene.theme.pk]) + asked
    return [each["pk"] for each in client.get(address).context["quotes"]]


def test_unread_comes_first_and_starred_on_demand(client: Client) -> None:
    scene = many(2)
    person = a_person(scene.inquiry, Role.MEMBER)
    client.force_login(person)
    first, *others = shown_order(client, scene)
    set_mark(evidence=Quote.objects.get(pk=first), way="read", on=True, by=person)
    assert shown_order(client, scene) == [*others, first]
    set_mark(evidence=Quote.objects.get(pk=others[-1]), way="starred", on=True, by=person)
    assert shown_order(client, scene, "?order=starred") == [others[-1], first, *others[:-1]]
    client.force_login(a_person(scene.inquiry, Role.MEMBER))
    assert shown_order(client, scene) == [first, *others]
    assert shown_order(client, scene, "?order=(%00") == [first, *others]


def test_submissions_on_a_theme_are_marked_too_and_counted(client: Client) -> None:
    scene = many(1)
    person = a_person(scene.inquiry, Role.MEMBER)
    submission = scene.quotes["written 0"].submission
    assert (progress(person, scene.inquiry).read, progress(person, scene.inquiry).total) == (0, 5)
    client.force_login(person)
    tap(client, scene.inquiry, submission, read="on")
    assert progress(person, scene.inquiry, scene.theme).said == "1 of 3 read"
    assert "1 of 3 read" in page(client, "review:theme", scene.inquiry.code, scene.theme.pk)
    assert "1 of 5 read" in page(client, "review:overview", scene.inquiry.code)
    assert "1 read" in page(client, "review:themes", scene.inquiry.code)


def test_progress_counts_what_its_reader_may_see() -> None:
    scene = guarded()
    clerk, member = a_person(scene.inquiry), a_person(scene.inquiry, Role.MEMBER)
    for person in (clerk, member):
        for quote in scene.quotes.values():
            set_mark(evidence=quote, way="read", on=True, by=person)
    # Of seven quotes one is removed; the secretariat reads four submissions beside them, members two.
    assert progress(clerk, scene.inquiry).said == "6 of 10 read"
    assert progress(member, scene.inquiry).said == "2 of 4 read"
    assert progress(member, scene.inquiry, scene.theme).said == "2 of 3 read"


@pytest.mark.parametrize(("role", "told"), [(Role.MEMBER, True), (Role.CLERK, True), (Role.ADVISER, False)])
def test_what_is_raised_is_seen_by_members_and_the_secretariat(client: Client, role: Role, told: bool) -> None:
    scene = many(1)
    raiser = a_person(scene.inquiry, Role.MEMBER, name="Rai Ser")
    for way in ("raised", "starred", "read"):
        set_mark(evidence=scene.quotes["spoken 0"], way=way, on=True, by=raiser)
    other = a_person(scene.inquiry, role)
    client.force_login(other)
    for name, pk in (("review:theme", scene.theme.pk), ("review:quote", scene.quotes["spoken 0"].pk)):
        shown = page(client, name, scene.inquiry.code, pk)
        assert ("Raised by Rai Ser" in shown) == told
        assert 'aria-pressed="true"' not in shown
        assert "✓ " not in shown
    assert Mark.objects.visible_to(other).exists() == told


@pytest.mark.parametrize("name", ["private", "confidential", "withdrawn", "redacted", "removed"])
def test_nothing_is_marked_that_its_reader_may_not_see(client: Client, name: str) -> None:
    scene = guarded()
    client.force_login(a_person(scene.inquiry, Role.MEMBER))
    answer = tap(client, scene.inquiry, scene.quotes[name], starred="on")
    assert answer.status_code == 404
    assert [secret for secret in SECRETS if secret in answer.content.decode()] == []
    assert not Mark.objects.exists()


def test_the_history_tells_of_what_is_raised_and_of_nothing_else(client: Client) -> None:
    scene = many(1)
    quote, person = scene.quotes["spoken 0"], a_person(scene.inquiry, Role.MEMBER)
    client.force_login(person)
    events = Mark._meta.get_field("events").related_model._base_manager
    for way in ("starred", "read"):
        tap(client, scene.inquiry, quote, **{way: "on"})
        tap(client, scene.inquiry, quote, **{way: "off"})
    assert not events.exists()
    tap(client, scene.inquiry, quote, raised="on")
    tap(client, scene.inquiry, quote, starred="on")
    mark = Mark.objects.get()
    assert [event.pgh_label for event in events.order_by("pk")] == ["update"]
    assert not {"starred_at", "read_at"} & {field.name for field in events.model._meta.fields}
    client.force_login(a_person(scene.inquiry))
    told = page(client, "history:record", scene.inquiry.code, "mark", mark.pk)
    assert "Raised at" in told
    assert "Starred" not in told


def test_the_database_keeps_one_mark_a_person_and_piece_on_one_piece_for_good() -> None:
    inquiry = an_inquiry()
    quote = a_spoken_quote(a_session(inquiry, witnesses=(("Ann Example", ""),)))
    submission, person = a_submission(inquiry), a_person(inquiry)
    made = {"inquiry": inquiry, "person": person}
    Mark.objects.create(**made, quote=quote)
    for wrong in ({"quote": quote}, {}, {"quote": quote, "submission": submission}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mark.objects.create(**made, **wrong)
    for moved in ({"person": a_person(inquiry)}, {"quote": None, "submission": submission}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Mark.objects.filter(quote=quote).update(**moved)
    Mark.objects.filter(quote=quote).update(read_at=timezone.now())


def test_marks_in_one_inquiry_say_nothing_of_another(client: Client) -> None:
    here, there = many(1), many(1)
    person = a_person(here.inquiry, Role.MEMBER)
    client.force_login(person)
    assert tap(client, here.inquiry, there.quotes["spoken 0"], starred="on").status_code == 404
    assert tap(client, there.inquiry, there.quotes["spoken 0"], starred="on").status_code == 404
    theme = missions(here.inquiry, 1)[0]
    tag_theme(evidence=here.quotes["spoken 0"], theme=theme, by=CONSOLE)
    assert progress(person, here.inquiry, there.theme).total == 0


def test_a_number_that_was_counted_to_its_bound_says_that_there_may_be_more() -> None:
    inquiry = an_inquiry()
    clerk = a_person(inquiry)
    more_or_exact = [
        progress(clerk, inquiry, counted={"quote": quotes, "submission": 5}).said
        for quotes in (COUNTED_TO, COUNTED_TO + 1)
    ]
    assert more_or_exact == ["0 of 10,005+ read", "0 of 10,006 read"]
