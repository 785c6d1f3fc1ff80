"""The quotes on a theme come in two parts, each in the order of lists, whatever page is asked for."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from accounts.models import User
from accounts.roles import CONSOLE, Role
from evidence.notes.actions import set_mark
from evidence.quotes.actions import remove_quote
from evidence.quotes.models import Listed, Quote
from evidence.review.evidence import RESIDENTS_FIRST, listed_of
from evidence.review.in_order import QuotesInOrder
from evidence.witnesses.models import Organisation
from tests.builders import a_person
from tests.review.scene import Scene, guarded, many

pytestmark = pytest.mark.django_db

ORDERS = {"unread": "read", "starred": "starred"}


def a_scene() -> Scene:
    """Ten quotes in the open, from bodies of two sectors."""
    scene = many(5)
    some = Organisation.objects.order_by("-pk").values_list("pk", flat=True)[:3]
    Organisation.objects.filter(pk__in=list(some)).update(sector="residents")
    return scene


def keys_of(scene: Scene, places: tuple[int, ...]) -> set[int]:
    pks = list(Quote.objects.filter(tags__theme=scene.theme).order_by("pk").values_list("pk", flat=True))
    return {pks[place] for place in places}


def marked(person: User, scene: Scene, ways: dict[str, tuple[int, ...]]) -> None:
    for way, places in ways.items():
        for quote in Quote.objects.filter(pk__in=keys_of(scene, places)):
            set_mark(evidence=quote, way=way, on=True, by=person)


def expected(person: User, scene: Scene, order: str, places: tuple[int, ...]) -> list[tuple[int, str]]:
    """All that the person may read, as lists sort it, and of that first what comes first."""
    rows = listed_of(person, scene.inquiry).filter(quote__tags__theme=scene.theme).order_by(*RESIDENTS_FIRST)
    marked = keys_of(scene, places)
    return sorted(rows.values_list("pk", "sector"), key=lambda row: (row[0] in marked) == (order == "unread"))


def in_order(person: User, scene: Scene, order: str = "unread") -> QuotesInOrder:
    return QuotesInOrder(person, scene.inquiry, scene.theme.pk, order)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CLERK])
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("places", [(), (4,), (0, 3, 7), tuple(range(10))])
def test_every_slice_is_that_of_the_whole_order(role: Role, order: str, places: tuple[int, ...]) -> None:
    scene = a_scene()
    person, other = a_person(scene.inquiry, role), a_person(scene.inquiry, role)
    marked(person, scene, {ORDERS[order]: places})
    marked(other, scene, {"read": (1, 2), "starred": (5, 6)})
    whole = expected(person, scene, order, places)
    found = in_order(person, scene, order)
    assert len(found) == len(whole) == 10
    assert found[:] == whole
    for begin, end in combinations(range(11), 2):
        assert in_order(person, scene, order)[begin:end] == whole[begin:end]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("places", [(), (0, 1), tuple(range(8))])
def test_of_more_than_a_list_counts_the_first_are_there(
    monkeypatch: pytest.MonkeyPatch, order: str, places: tuple[int, ...]
) -> None:
    monkeypatch.setattr("evidence.review.in_order.COUNTED_TO", 4)
    scene = a_scene()
    person = a_person(scene.inquiry, Role.MEMBER)
    marked(person, scene, {ORDERS[order]: places})
    found = in_order(person, scene, order)
    assert found[:] == expected(person, scene, order, places)[:4]
    assert found[3:9] == found[:][3:]


@pytest.mark.parametrize("order", ORDERS)
def test_nobody_is_given_the_key_of_what_they_may_not_read(order: str) -> None:
    scene = guarded()
    member, clerk, stranger = a_person(scene.inquiry, Role.MEMBER), a_person(scene.inquiry), a_person(guarded().inquiry)
    nobody = User.objects.create_user(email="nobody@example.org", name="Nobody Here")

    def seen(person: Any) -> set[str]:
        keys = {pk for pk, _ in in_order(person, scene, order)[:]}
        return {name for name, quote in scene.quotes.items() if quote.pk in keys}

    assert seen(member) == {"open", "anonymised"}
    assert seen(clerk) == set(scene.quotes) - {"removed"}
    assert seen(stranger) == seen(nobody) == set()


def test_what_is_removed_leaves_the_theme_and_a_sector_is_told_to_those_who_may_know_it() -> None:
    scene = guarded()
    member, clerk = a_person(scene.inquiry, Role.MEMBER), a_person(scene.inquiry)
    anonymised = scene.quotes["anonymised"].pk
    known = Listed.objects.get(pk=anonymised)
    assert known.sector_known != known.sector_open == "unnamed"
    assert dict(in_order(member, scene)[:])[anonymised] == "unnamed"
    assert dict(in_order(clerk, scene)[:])[anonymised] == known.sector_known
    remove_quote(quote=scene.quotes["anonymised"], by=CONSOLE)
    assert anonymised not in dict(in_order(clerk, scene)[:])
