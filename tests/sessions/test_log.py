"""Logging a session and correcting it: what stands, what is refused, and that a refusal leaves nothing half done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from accounts.refusals import ChangedMeanwhile, Refused
from accounts.roles import CONSOLE, NotAllowed, Role
from evidence.sessions.actions import (
    AppearanceEntry,
    PanelEntry,
    as_logged,
    change_session,
    entries_of,
    log_session,
)
from evidence.witnesses.models import Appearance, Organisation, Witness
from inquiry.models import Inquiry, Panel, Rule, Session
from tests.builders import a_person, a_session, a_spoken_quote, an_inquiry

pytestmark = pytest.mark.django_db

ANN = AppearanceEntry("Ann Example", "Chair", "Example Trust", "civil_society", lived_experience=True)
BOB = AppearanceEntry("Bob Example")


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


def heard(session: Session) -> list[list[str]]:
    """Who was heard, panel by panel, in order."""
    panels = session.panels.order_by("number")
    return [[each.listed for each in Appearance.objects.filter(panel=panel).in_order()] for panel in panels]


def log(inquiry: Inquiry, *panels: PanelEntry, by: Any = CONSOLE, **details: Any) -> Session:
    return log_session(inquiry=inquiry, panels=panels, by=by, **{"title": "Communities", "number": 1} | details)


def test_panels_and_witnesses_stand_in_the_order_in_which_they_were_entered(inquiry):
    session = log(inquiry, PanelEntry("Morning", appearances=[BOB, ANN]), PanelEntry("Afternoon", appearances=[BOB]))
    assert heard(session) == [["Bob Example", "Ann Example, Chair, Example Trust"], ["Bob Example"]]
    assert list(session.panels.values_list("number", "title")) == [(1, "Morning"), (2, "Afternoon")]
    assert Witness.objects.count() == 2
    assert (Organisation.objects.get().sector, Witness.objects.get(name="Ann Example").lived_experience) == (
        "civil_society",
        True,
    )


def test_a_session_has_a_panel_even_before_anybody_is_heard(inquiry):
    assert heard(log(inquiry)) == [[]]


def test_a_name_that_the_inquiry_knows_is_the_same_person_and_body(inquiry):
    log(inquiry, PanelEntry(appearances=[ANN]))
    again = AppearanceEntry("  ann   EXAMPLE", organisation="example  trust")
    log(inquiry, PanelEntry(appearances=[again]), number=2)
    assert (Witness.objects.get().name, Organisation.objects.get().name) == ("Ann Example", "Example Trust")
    assert Appearance.objects.count() == 2


def test_two_people_of_one_name_are_not_taken_for_each_other(inquiry):
    for _ in range(2):
        Witness.objects.create(inquiry=inquiry, name="Ann Example")
    log(inquiry, PanelEntry(appearances=[ANN]))
    assert Witness.objects.filter(name="Ann Example").count() == 3


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        ({"kind": "séance", "number": None}, ValidationError),
        ({"title": ""}, ValidationError),
        ({"recording": "no address"}, ValidationError),
        ({"rule": "whispered"}, ValidationError),
        ({"number": 0}, ValidationError),
        ({"rule": Rule.CHATHAM_HOUSE}, Refused),
    ],
)
def test_what_is_refused_leaves_nothing_half_done(inquiry, details, refusal):
    with pytest.raises(refusal):
        log(inquiry, PanelEntry(appearances=[ANN]), **details)
    for model in (Session, Panel, Appearance, Witness, Organisation):
        assert not model.objects.exists()


def test_a_number_is_refused_in_a_sentence_when_it_is_taken(inquiry):
    a_session(inquiry, number=1)
    second = a_session(inquiry, number=2)
    with pytest.raises(Refused, match="There is a session 1 already"):
        log(inquiry)
    with pytest.raises(Refused, match="There is a session 1 already"):
        change_session(session=second, number=1, by=CONSOLE)
    assert sorted(Session.objects.values_list("number", flat=True)) == [1, 2]
    assert a_session(an_inquiry(), number=1)


@pytest.mark.parametrize("role", Role)
def test_only_the_secretariat_logs_and_corrects(inquiry, role):
    person, session = a_person(inquiry, role), a_session(inquiry, number=7)
    if role in (Role.CLERK, Role.ADMINISTRATOR):
        assert log(inquiry, by=person).number == 1
        assert change_session(session=session, title="Renamed", by=person).title == "Renamed"
        return
    with pytest.raises(NotAllowed):
        log(inquiry, by=person)
    with pytest.raises(NotAllowed):
        change_session(session=session, title="Renamed", by=person)
    assert Session.objects.get().title != "Renamed"


def test_a_correction_keeps_the_records_that_it_corrects(inquiry):
    session = log(inquiry, PanelEntry(appearances=[ANN, BOB]))
    quote = a_spoken_quote(session)
    before = set(Appearance.objects.values_list("pk", flat=True))
    (panel,) = entries_of(session)
    ann, bob = panel.appearances
    role = AppearanceEntry("Ann Example", "Trustee", "Example Society", appearance=ann.appearance)
    panels = [PanelEntry("Renamed", appearances=[bob, role], panel=panel.panel)]
    change_session(session=session, panels=panels, venue="Example Hall", by=CONSOLE)
    assert heard(session) == [["Bob Example", "Ann Example, Trustee, Example Society"]]
    assert set(Appearance.objects.values_list("pk", flat=True)) == before
    assert not Witness.objects.get(name="Ann Example").lived_experience
    quote.refresh_from_db()
    assert quote.appearance.organisation.name == "Example Society"
    assert Session.objects.get().venue == "Example Hall"


def test_panels_change_places(inquiry):
    session = log(inquiry, PanelEntry("A", appearances=[ANN]), PanelEntry("B", appearances=[BOB]))
    first, second = entries_of(session)
    change_session(session=session, panels=[second, first], by=CONSOLE)
    assert [panel.title for panel in session.panels.order_by("number")] == ["B", "A"]
    assert heard(session) == [["Bob Example"], ["Ann Example, Chair, Example Trust"]]


def test_whoever_is_quoted_stays_and_so_does_their_panel(inquiry):
    session = log(inquiry, PanelEntry(appearances=[ANN]))
    a_spoken_quote(session)
    (panel,) = entries_of(session)
    other_name = AppearanceEntry("Cem Example", appearance=panel.appearances[0].appearance)
    for panels in (
        [],
        [PanelEntry("Another")],
        [PanelEntry(panel=panel.panel)],
        [PanelEntry(panel=panel.panel, appearances=[other_name])],
        [PanelEntry(rule=Rule.CHATHAM_HOUSE, panel=panel.panel)],
    ):
        with pytest.raises(Refused, match="Ann Example is quoted from this session"):
            change_session(session=session, panels=panels, title="Renamed", by=CONSOLE)
    assert heard(session) == [["Ann Example, Chair, Example Trust"]]
    assert Session.objects.get().title == "Communities"
    assert not Witness.objects.filter(name="Cem Example").exists()


def test_the_rule_is_not_chosen_over_people_by_correcting(inquiry):
    session = log(inquiry, PanelEntry(appearances=[ANN]))
    with pytest.raises(Refused, match="take the people off this session first"):
        change_session(session=session, rule=Rule.CHATHAM_HOUSE, by=CONSOLE)
    assert Session.objects.get().rule == Rule.ON_RECORD
    assert Appearance.objects.exists()


def seen_now() -> str:
    session = Session.objects.get()
    return as_logged(session, entries_of(session))


def test_what_changed_meanwhile_is_told_whatever_it_was(inquiry):
    log(inquiry, PanelEntry(appearances=[ANN]))
    seen = seen_now()
    change_session(session=Session.objects.get(), seen=seen, title="Communities", by=CONSOLE)
    assert seen_now() == seen
    for meanwhile in ({"venue": "Example Hall"}, {"members_present": ["Alex Example MP"]}, {"panels": [PanelEntry()]}):
        change_session(session=Session.objects.get(), by=CONSOLE, **meanwhile)
        with pytest.raises(ChangedMeanwhile):
            change_session(session=Session.objects.get(), seen=seen, title="Mine", by=CONSOLE)
        seen = seen_now()
    assert Session.objects.get().title == "Communities"


def test_the_bodies_of_one_witness_change_places(inquiry):
    heard = (("Ann Example", "Example Trust"), ("Ann Example", "Example Union"))
    session = a_session(inquiry, witnesses=heard)
    first, second = entries_of(session)[0].appearances
    swapped = (replace(first, organisation="Example Union"), replace(second, organisation="Example Trust"))
    change_session(session=session, panels=[replace(entries_of(session)[0], appearances=swapped)], by=CONSOLE)
    said = [(each.pk, each.organisation.name) for each in Appearance.objects.in_order()]
    assert said == [(first.appearance.pk, "Example Union"), (second.appearance.pk, "Example Trust")]


def test_a_witness_who_stands_twice_for_one_body_is_refused_in_a_sentence(inquiry):
    twice = PanelEntry(appearances=[AppearanceEntry(name="Ann Example"), AppearanceEntry(name="ann example")])
    says = "The same witness stands twice on a panel for the same body"
    with pytest.raises(Refused, match=says):
        log_session(inquiry=inquiry, title="Twice", panels=[twice], by=CONSOLE)
    assert not Session.objects.exists()
    session = a_session(inquiry)
    with pytest.raises(Refused, match=says):
        change_session(session=session, panels=[twice], by=CONSOLE)
    assert not Appearance.objects.exists()


def test_an_appearance_stays_on_its_panel_whoever_writes(inquiry):
    panels = [PanelEntry(appearances=[AppearanceEntry(name="Ann Example")]), PanelEntry(title="Another")]
    session = log_session(inquiry=inquiry, title="Two panels", panels=panels, by=CONSOLE)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Appearance.objects.update(panel=session.panels.get(title="Another"))
