"""A session put under the Rule: afterwards nobody who took part is named in any table, any history or any file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse

from accounts.refusals import Refused
from accounts.roles import CONSOLE, NotAllowed, Role
from evidence.quotes.actions import edit_quote, remove_quote
from evidence.quotes.models import Quote
from evidence.sessions.actions import AppearanceEntry, PanelEntry, change_session, entries_of, put_under_the_rule
from evidence.submissions.actions import record_consent
from evidence.tags.actions import tag_recommendation, tag_theme
from evidence.witnesses.actions import change_organisation, change_witness
from evidence.witnesses.models import Appearance, Organisation, Witness
from inquiry.models import Rule, Session
from report.actions import ask_for_export, make_export
from tests.builders import (
    a_person,
    a_recommendation,
    a_session,
    a_spoken_quote,
    a_submission,
    an_inquiry,
    missions,
)

pytestmark = pytest.mark.django_db

MARKER = "Zephyrine"


def tables_that_name(marker: str) -> set[str]:
    """Every table of the database with a row in which the marker stands, in whichever column."""
    named = set()
    with connection.cursor() as sql:
        sql.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in sql.fetchall():
            sql.execute(f'SELECT 1 FROM "{table}" row WHERE row::text ILIKE %s LIMIT 1', [f"%{marker}%"])
            if sql.fetchone():
                named.add(table)
    return named


def files_that_name(marker: str) -> set[str]:
    files = [path for path in Path(default_storage.path("")).rglob("*") if path.is_file()]
    known = marker.lower()
    return {str(f) for f in files if known in f.name.lower() or known.encode() in f.read_bytes().lower()}


def a_told_session(inquiry: Any, **details: Any) -> Session:
    """A session full of a person: heard, quoted, tagged, consenting, renamed, corrected and exported."""
    details = {"members_present": [f"{MARKER} Example MP"], "recording": f"https://example.org/{MARKER}"} | details
    session = a_session(inquiry, witnesses=((f"{MARKER} Wren", f"{MARKER} Trust"),), **details)
    quote = a_spoken_quote(session, text=f"I am {MARKER}.", against=f"{MARKER}'s report")
    quote = edit_quote(quote=quote, text=f"I am [called] {MARKER}.", by=CONSOLE)
    remove_quote(quote=a_spoken_quote(session, text=f"{MARKER} said this too."), by=CONSOLE)
    appearance = Appearance.objects.get(panel__session=session)
    recommendation = a_recommendation(inquiry)
    for evidence in (quote, appearance.witness):
        note = f"{MARKER} says so."
        tag_recommendation(evidence=evidence, recommendation=recommendation, stance="supports", note=note, by=CONSOLE)
    tag_theme(evidence=quote, theme=missions(inquiry)[0], by=CONSOLE)
    wording, given_on = f"{MARKER} agrees.", dt.date(2023, 1, 1)
    record_consent(of=appearance, to="quoted", wording=wording, given_on=given_on, by=CONSOLE)
    change_witness(witness=appearance.witness, name=f"Dr {MARKER} Wren", by=CONSOLE)
    assert appearance.organisation
    change_organisation(organisation=appearance.organisation, name=f"The {MARKER} Trust", by=CONSOLE)
    for format in ("csv", "html"):
        export = ask_for_export(inquiry=inquiry, format=format, include_unchecked=True, by=CONSOLE)
        make_export(export.pk)
    return session


def test_the_name_is_stored_nowhere_afterwards(django_capture_on_commit_callbacks):
    inquiry = an_inquiry()
    session = a_told_session(inquiry)
    assert {"witnesses_witness", "quotes_quote", "tags_tag", "inquiry_session"} <= tables_that_name(MARKER)
    assert any(table.endswith("event") for table in tables_that_name(MARKER))
    assert files_that_name(MARKER)
    with django_capture_on_commit_callbacks(execute=True):
        put_under_the_rule(session=session, by=CONSOLE)
    assert tables_that_name(MARKER) == set()
    assert files_that_name(MARKER) == set()
    assert inquiry.exports.filter(recalled_at=None).count() == 0


def test_also_who_was_taken_off_with_a_panel_before():
    session = a_session(an_inquiry(), witnesses=((f"{MARKER} Wren", f"{MARKER} Trust"),))
    session = change_session(session=session, panels=[PanelEntry(title="The only one left")], by=CONSOLE)
    assert tables_that_name(MARKER)
    put_under_the_rule(session=session, by=CONSOLE)
    assert tables_that_name(MARKER) == set()


def test_a_person_known_from_elsewhere_stays_but_not_at_that_session():
    inquiry = an_inquiry()
    open_session = a_session(inquiry, number=7, witnesses=(("Ann Known", "Known Trust"),))
    a_submission(inquiry, person="Bob Known", submitter="Writing Trust")
    names = (("Ann Known", "Known Trust"), ("Bob Known", "Writing Trust"), (f"{MARKER} Wren", "Known Trust"))
    session = a_session(inquiry, witnesses=names)
    a_spoken_quote(open_session)
    put_under_the_rule(session=session, by=CONSOLE)
    assert sorted(Witness.objects.values_list("name", flat=True)) == ["Ann Known", "Bob Known"]
    assert sorted(Organisation.objects.values_list("name", flat=True)) == ["Known Trust", "Writing Trust"]
    assert Appearance.objects.get().panel.session == open_session
    assert Quote.objects.count() == 1
    assert tables_that_name(MARKER) == set()
    heard = Appearance._meta.get_field("events").related_model._base_manager
    assert not heard.filter(panel__session=session).exists()


def test_one_panel_alone_is_put_under_the_rule():
    inquiry = an_inquiry()
    session = a_session(inquiry, witnesses=(("Ann Known", "Known Trust"),), members_present=[f"{MARKER} MP"])
    (morning,) = entries_of(session)
    afternoon = PanelEntry(title="Afternoon", appearances=[AppearanceEntry(name=f"{MARKER} Wren")])
    session = change_session(session=session, panels=[morning, afternoon], by=CONSOLE)
    put_under_the_rule(session=session, panel=session.panels.get(title="Afternoon"), by=CONSOLE)
    assert [panel.effective_rule for panel in session.panels.all()] == [Rule.ON_RECORD, Rule.CHATHAM_HOUSE]
    assert Witness.objects.get().name == "Ann Known"
    assert tables_that_name(MARKER) == set()


def test_the_whole_session_after_a_panel_with_its_insights():
    inquiry = an_inquiry()
    session = a_session(inquiry)
    panel = session.panels.get()
    put_under_the_rule(session=session, panel=panel, by=CONSOLE)
    panel.insights.create(inquiry=inquiry, session=session, text="Time matters.")
    session = put_under_the_rule(session=session, by=CONSOLE)
    assert session.under_the_rule
    assert [each.rule for each in session.panels.all()] == [""]
    assert session.insights.get().text == "Time matters."


def test_what_was_forgotten_is_not_brought_back_by_its_old_form():
    session = a_session(an_inquiry(), witnesses=((f"{MARKER} Wren", ""),))
    old = entries_of(session)
    put_under_the_rule(session=session, by=CONSOLE)
    with pytest.raises((Refused, Appearance.DoesNotExist)):
        change_session(session=session, panels=old, rule=Rule.CHATHAM_HOUSE, by=CONSOLE)
    assert tables_that_name(MARKER) == set()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
def test_only_the_secretariat_puts_a_session_under_the_rule(client, role):
    inquiry = an_inquiry()
    session = a_session(inquiry, witnesses=(("Ann Example", ""),))
    person = a_person(inquiry, role)
    client.force_login(person)
    assert client.post(reverse("sessions:rule", args=[inquiry.code, session.pk])).status_code == 403
    with pytest.raises(NotAllowed):
        put_under_the_rule(session=session, by=person)
    assert Appearance.objects.exists()


def test_every_page_forgets(client):
    inquiry = an_inquiry()
    session = a_told_session(inquiry)
    client.force_login(a_person(inquiry, Role.ADMINISTRATOR))
    put_under_the_rule(session=session, by=CONSOLE)
    pages = ("sessions:list", "witnesses:list", "witnesses:organisations", "review:overview", "review:quotes")
    addresses = [reverse(name, args=[inquiry.code]) for name in (*pages, "report:appendix", "history:newest")]
    addresses += [reverse(f"sessions:{name}", args=[inquiry.code, session.pk]) for name in ("detail", "edit", "rule")]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert MARKER not in answer.content.decode(), address
