"""No one is named or quoted who spoke under the Chatham House Rule: the database refuses it, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.refusals import Refused
from accounts.roles import CONSOLE
from evidence.quotes.models import Quote
from evidence.sessions.actions import (
    AppearanceEntry,
    PanelEntry,
    change_session,
    entries_of,
    log_session,
    put_under_the_rule,
)
from evidence.witnesses.actions import name_witness, record_appearance
from evidence.witnesses.models import Appearance
from inquiry.actions import record_insight
from inquiry.models import Insight, Panel, Rule, Session
from tests.builders import a_session, a_spoken_quote, an_inquiry
from tests.interleaving import at_once

ANN = (("Ann Example", "Example Trust"),)


@pytest.fixture
def inquiry(db):
    return an_inquiry()


def under_the_rule(inquiry, **details: Any) -> Session:
    details = {"kind": "workshop", "title": "Workshop", "rule": Rule.CHATHAM_HOUSE} | details
    return log_session(inquiry=inquiry, by=CONSOLE, **details)


def refused(write: Callable[[], Any], because: str) -> None:
    with pytest.raises(DatabaseError, match=because), transaction.atomic():
        write()


@pytest.fixture(params=["the session", "the panel"])
def panel(request, inquiry) -> Panel:
    """A panel under the Rule: by its session's rule, or by its own at a meeting on the record."""
    if request.param == "the session":
        return under_the_rule(inquiry).panels.get()
    entries = [PanelEntry(rule=Rule.CHATHAM_HOUSE)]
    return log_session(inquiry=inquiry, title="Mixed", panels=entries, by=CONSOLE).panels.get()


def appearance_on(panel: Panel) -> Appearance:
    witness = name_witness(inquiry=panel.inquiry, name="Ann Example", by=CONSOLE)
    return Appearance(inquiry=panel.inquiry, panel=panel, witness=witness)


def test_no_appearance_however_it_is_written(panel):
    appearance = appearance_on(panel)
    says = "no witness may be recorded"
    refused(appearance.save, says)
    refused(lambda: Appearance.objects.bulk_create([appearance]), says)
    refused(lambda: Appearance.objects.bulk_create([appearance], ignore_conflicts=True), says)
    a_session(panel.inquiry, number=7, witnesses=ANN)
    refused(lambda: Appearance.objects.update(panel=panel), says)
    with connection.cursor() as sql:
        refused(lambda: sql.execute("UPDATE witnesses_appearance SET panel_id = %s", [panel.pk]), says)
        copied = "inquiry_id, created_at, witness_id, organisation_id, role, position"
        insert = f"INSERT INTO witnesses_appearance (panel_id, {copied}) SELECT %s, {copied} FROM witnesses_appearance"
        refused(lambda: sql.execute(insert, [panel.pk]), says)
    assert not panel.appearances.exists()
    with pytest.raises(Refused, match=says):
        record_appearance(panel=panel, witness=appearance.witness, by=CONSOLE)


def test_no_quote_however_it_is_written(panel):
    says = "no one may be quoted"
    quote = Quote(inquiry=panel.inquiry, panel=panel, text="We know our street.")
    refused(quote.save, says)
    refused(lambda: Quote.objects.bulk_create([quote]), says)
    spoken = a_spoken_quote(a_session(panel.inquiry, number=7, witnesses=ANN))
    refused(lambda: Quote.objects.update(panel=panel, appearance=None), says)
    with connection.cursor() as sql:
        move = "UPDATE quotes_quote SET panel_id = %s, appearance_id = NULL"
        refused(lambda: sql.execute(move, [panel.pk]), says)
    assert Quote.objects.get().panel_id == spoken.panel_id


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"members_present": ["Alex Example"]}, "no_attendance_list_under_the_rule"),
        ({"recording": "https://example.org/recording"}, "no_recording_under_the_rule"),
    ],
)
def test_no_attendance_list_and_no_recording(inquiry, change, constraint):
    session = under_the_rule(inquiry)
    refused(lambda: Session.objects.filter(pk=session.pk).update(**change), constraint)
    another = Session(inquiry=inquiry, kind="visit", title="Visit", rule=Rule.CHATHAM_HOUSE, **change)
    refused(lambda: Session.objects.bulk_create([another]), constraint)
    on_record = a_session(inquiry, **change)
    refused(lambda: Session.objects.filter(pk=on_record.pk).update(rule=Rule.CHATHAM_HOUSE), constraint)


def test_no_attendance_list_and_no_recording_where_a_part_is_under_the_rule(inquiry):
    says = "Part of this meeting is under the Chatham House Rule"
    panels = [PanelEntry(title="Open"), PanelEntry(title="Closed", rule=Rule.CHATHAM_HOUSE)]
    mixed = log_session(inquiry=inquiry, title="Mixed", panels=panels, by=CONSOLE)
    told = {"members_present": ["Alex Example"]}, {"recording": "https://example.org/recording"}
    for details in told:
        refused(lambda details=details: Session.objects.filter(pk=mixed.pk).update(**details), says)
        with pytest.raises(Refused, match=says):
            change_session(session=mixed, by=CONSOLE, **details)
        with pytest.raises(Refused, match=says):
            change_session(session=mixed, panels=entries_of(mixed), by=CONSOLE, **details)
        with pytest.raises(Refused, match=says):
            log_session(inquiry=inquiry, title="Another", panels=panels, by=CONSOLE, **details)
        listed = a_session(inquiry, number=None, **details)
        refused(lambda listed=listed: listed.panels.update(rule=Rule.CHATHAM_HOUSE), says)
        closed = Panel(inquiry=inquiry, session=listed, number=2, rule=Rule.CHATHAM_HOUSE)
        refused(lambda closed=closed: Panel.objects.bulk_create([closed]), says)


def test_lists_are_forgotten_with_a_new_panel_under_the_rule(inquiry):
    session = a_session(inquiry, members_present=["Alex Example"], recording="https://example.org/recording")
    panels = [*entries_of(session), PanelEntry(title="Closed", rule=Rule.CHATHAM_HOUSE)]
    change_session(session=session, panels=panels, by=CONSOLE)
    session.refresh_from_db()
    assert (session.members_present, session.recording) == ([], "")
    assert not [event for event in session.events.all() if event.members_present or event.recording]


def test_no_session_is_put_under_the_rule_over_an_open_panel(inquiry):
    session = log_session(inquiry=inquiry, title="Open", panels=[PanelEntry(rule=Rule.ON_RECORD)], by=CONSOLE)
    refused(
        lambda: Session.objects.filter(pk=session.pk).update(rule=Rule.CHATHAM_HOUSE),
        "No panel of a session under the Chatham House Rule is outside it",
    )
    put_under_the_rule(session=session, by=CONSOLE)
    assert Panel.objects.get().effective_rule == Rule.CHATHAM_HOUSE


def test_a_panel_with_insights_is_not_removed(inquiry):
    panels = [PanelEntry(title="Open"), PanelEntry(title="Closed", rule=Rule.CHATHAM_HOUSE)]
    mixed = log_session(inquiry=inquiry, title="Mixed", panels=panels, by=CONSOLE)
    closed = mixed.panels.get(rule=Rule.CHATHAM_HOUSE)
    insight = record_insight(session=mixed, panel=closed, text="Time matters.", by=CONSOLE)
    with pytest.raises(Refused, match="Insights were recorded on “Closed”"):
        change_session(session=mixed, panels=entries_of(mixed)[:1], by=CONSOLE)
    refused(closed.delete, "protected")
    with connection.cursor() as sql:
        delete = "SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM inquiry_panel WHERE id = %s"
        refused(lambda: sql.execute(delete, [closed.pk]), "inquiry_insight")
    assert list(closed.insights.all()) == [insight]


@pytest.mark.parametrize("model", [Session, Panel])
def test_the_rule_is_not_set_where_somebody_is_recorded(inquiry, model):
    a_session(inquiry, witnesses=ANN)
    refused(lambda: model.objects.update(rule=Rule.CHATHAM_HOUSE), "People are recorded on this")


@pytest.mark.parametrize("model", [Session, Panel])
def test_the_rule_is_not_set_where_somebody_is_quoted_though_nobody_is_listed(inquiry, model):
    panel = a_session(inquiry).panels.get()
    Quote.objects.create(inquiry=inquiry, panel=panel, text="Said by somebody in the room.")
    refused(lambda: model.objects.update(rule=Rule.CHATHAM_HOUSE), "People are recorded on this")


def test_no_panel_slips_out_of_the_rule(inquiry):
    event, open_session = under_the_rule(inquiry), a_session(inquiry, witnesses=ANN)
    refused(lambda: open_session.panels.update(session=event), "session")
    for rule in (Rule.ON_RECORD, Rule.PRIVATE):
        refused(lambda rule=rule: event.panels.update(rule=rule), "No panel of a session under the Chatham House Rule")
        panel = Panel(inquiry=inquiry, session=event, number=2, rule=rule)
        refused(panel.save, "No panel of a session under the Chatham House Rule")


def test_the_rule_is_not_lifted_from_what_was_told_under_it(inquiry):
    says = "it cannot be lifted"
    event = under_the_rule(inquiry)
    record_insight(session=event, text="Time matters.", by=CONSOLE)
    refused(lambda: Session.objects.filter(pk=event.pk).update(rule=Rule.ON_RECORD), says)
    other = under_the_rule(inquiry, title="Another workshop")
    record_insight(session=other, panel=other.panels.get(), text="Time matters.", by=CONSOLE)
    refused(lambda: Session.objects.filter(pk=other.pk).update(rule=Rule.PRIVATE), says)
    mixed = log_session(inquiry=inquiry, title="Mixed", panels=[PanelEntry(rule=Rule.CHATHAM_HOUSE)], by=CONSOLE)
    record_insight(session=mixed, panel=mixed.panels.get(), text="Time matters.", by=CONSOLE)
    refused(lambda: mixed.panels.update(rule=""), says)


def test_a_rule_chosen_by_mistake_is_lifted_while_nothing_was_told_under_it(inquiry):
    event = under_the_rule(inquiry)
    Session.objects.filter(pk=event.pk).update(rule=Rule.ON_RECORD)
    assert record_appearance(panel=event.panels.get(), witness=appearance_on(event.panels.get()).witness, by=CONSOLE)


def test_an_insight_is_taken_under_the_rule_only(inquiry):
    session = a_session(inquiry)
    says = "An insight is taken only under the Chatham House Rule"
    insight = Insight(inquiry=inquiry, session=session, text="Time matters.")
    refused(lambda: Insight.objects.bulk_create([insight]), says)
    record_insight(session=under_the_rule(inquiry), text="Time matters.", by=CONSOLE)
    refused(lambda: Insight.objects.update(session=session), says)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [Session, Panel])
def test_a_witness_entered_while_the_rule_is_being_set(model):
    panel = a_session(an_inquiry()).panels.get()
    appearance = appearance_on(panel)
    _, second = at_once(appearance.save, lambda: model.objects.update(rule=Rule.CHATHAM_HOUSE))
    assert "People are recorded on this" in str(second)
    assert Panel.objects.get().effective_rule == Rule.ON_RECORD


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [Session, Panel])
@pytest.mark.parametrize("writes", ["an appearance", "a quote"])
def test_the_rule_set_while_a_witness_is_being_entered(model, writes):
    panel = a_session(an_inquiry()).panels.get()
    quote = Quote(inquiry=panel.inquiry, panel=panel, text="We know our street.")
    late = quote if writes == "a quote" else appearance_on(panel)
    changed, second = at_once(lambda: model.objects.update(rule=Rule.CHATHAM_HOUSE), late.save)
    assert changed == 1
    assert "Held under the Chatham House Rule" in str(second)
    assert not Appearance.objects.exists()
    assert not Quote.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_witness_entered_while_the_session_is_forgotten_is_refused_or_forgotten():
    session = a_session(an_inquiry(), witnesses=ANN)
    late = appearance_on(session.panels.get())
    late.witness = name_witness(inquiry=session.inquiry, name="Bob Example", by=CONSOLE)
    _, second = at_once(lambda: put_under_the_rule(session=session, by=CONSOLE), late.save)
    assert "Held under the Chatham House Rule" in str(second)
    assert not Appearance.objects.exists()


def test_the_form_of_entry_is_refused_in_a_sentence(inquiry):
    entries = [PanelEntry(appearances=[AppearanceEntry(name="Ann Example")])]
    with pytest.raises(Refused, match="no witness may be recorded"):
        log_session(inquiry=inquiry, title="Workshop", rule=Rule.CHATHAM_HOUSE, panels=entries, by=CONSOLE)
    assert not Session.objects.exists()
