"""Two inquiries in one installation: no record of one points into the other, or moves there, whoever writes it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.roles import CONSOLE, Role
from evidence.acknowledgements.actions import acknowledge, word_acknowledgements
from evidence.campaigns.actions import compare_with_others, mark_as_campaign, say_not_alike
from evidence.documents.actions import log_download as log_file
from evidence.documents.actions import redact
from evidence.documents.models import Document
from evidence.frameworks.actions import carry_over
from evidence.importing.actions import name_columns
from evidence.lists.actions import keep_list, note_taken
from evidence.notes.actions import set_mark, write_note
from evidence.notes.digests import plan
from evidence.quotes.models import Quote
from evidence.submissions.actions import Contact, keep_contact_details, record_consent
from evidence.suggestions.actions import dismiss
from evidence.tags.actions import tag_recommendation, tag_theme
from evidence.tags.models import Tag
from evidence.together.actions import tag_together
from evidence.transcripts.actions import draft_transcript
from evidence.witnesses.models import Appearance, Organisation, Witness
from inquiry.actions import add_principle, ask_terms_of_reference, cite_work, record_insight
from inquiry.models import Inquiry, Panel, Rule, Session
from inquiry.models.records import Record
from report.actions import ask_for_export, bring_house_style, log_download, make_export
from report.formats.reference import reference_document
from report.pack.actions import log_pack
from report.pack.assembly import Choice
from tests.builders import (
    HEARD,
    PETITION,
    SPOKEN,
    a_person,
    a_recommendation,
    a_session,
    a_spoken_quote,
    a_submission,
    a_transcript,
    a_written_quote,
    an_acceptance,
    an_import,
    an_inquiry,
    an_invitation,
    missions,
    passages,
)
from tests.coding.rounds import a_coded_round, a_round

pytestmark = pytest.mark.django_db

RECORDS: list[Any] = [model for model in apps.get_models() if issubclass(model, Record)]


def pointers(model: Any) -> list[Any]:
    """The model's foreign keys to what belongs to an inquiry."""
    return [f for f in model._meta.concrete_fields if f.is_relation and f.related_model in RECORDS]


def all_of_it() -> Inquiry:
    """An inquiry with at least one record of every kind."""
    inquiry = an_inquiry()
    clerk = a_person(inquiry)
    session = a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),))
    event = a_session(inquiry, number=None, kind="workshop", rule=Rule.CHATHAM_HOUSE)
    submission = a_submission(inquiry, state="decided")
    spoken, written = a_spoken_quote(session), a_written_quote(submission)
    recommendation = a_recommendation(inquiry, principles=[add_principle(inquiry=inquiry, title="Trust", by=CONSOLE)])
    insight = record_insight(session=event, panel=event.panels.get(), text="Time matters.", by=CONSOLE)
    for evidence in (spoken, submission, session, insight, Witness.objects.get(inquiry=inquiry)):
        tag_theme(evidence=evidence, theme=missions(inquiry)[0], by=CONSOLE)
    older, newer = missions(inquiry, 2)
    carry_over(theme=older, newer=[newer], by=CONSOLE)
    tag_recommendation(evidence=written, recommendation=recommendation, stance="supports", by=CONSOLE)
    redact(passage=passages(submission)[1], start=0, end=2, reason="An example.", by=CONSOLE)
    record_consent(of=submission, to="publish", wording="Yes.", given_on=dt.date(2023, 3, 1), by=CONSOLE)
    keep_contact_details(submission=submission, contact=Contact("ann@example.org", "", ""), by=CONSOLE)
    ask_terms_of_reference(inquiry=inquiry, questions=["Why?"], by=CONSOLE)
    cite_work(inquiry=inquiry, key="Example 2022", author="Example", year="2022", by=CONSOLE)
    log_file(document=Document.objects.get(submission_file__submission=submission), by=clerk)
    alike, unlike = (a_submission(inquiry, text=PETITION) for _ in range(2))
    for each in (alike, unlike):
        compare_with_others(each.pk)
    mark_as_campaign(inquiry=inquiry, name="Save the hall", submissions=[alike], by=CONSOLE)
    say_not_alike(first=alike, submissions=[unlike], by=CONSOLE)
    heard = a_session(inquiry, number=2, witnesses=HEARD)
    a_transcript(heard)
    again = SPOKEN.replace("Chair", "The Chair").encode()
    draft_transcript(session=heard, name="hearing.csv", data=again, corrected=True, by=CONSOLE)
    an_import(inquiry)
    name_columns(batch=an_import(inquiry), meanings={"Submitter": "submitter"}, by=CONSOLE)
    word_acknowledgements(inquiry=inquiry, subject="Thank you", text="For {reference}.", by=CONSOLE)
    acknowledge(submission=submission, by=CONSOLE)
    bring_house_style(inquiry=inquiry, name="house.docx", data=reference_document(), by=clerk)
    export = ask_for_export(inquiry=inquiry, format="csv", by=clerk)
    make_export(export.pk)
    log_download(export=export, by=clerk)
    an_invitation(inquiry)
    keep_list(inquiry=inquiry, page="quotes", name="Halls", query="q=hall", by=clerk)
    note_taken(inquiry=inquiry, page="quotes", query="q=hall", format="csv", rows=1, by=clerk)
    read_by_somebody(inquiry, written)
    an_acceptance(inquiry)
    a_coded_round(inquiry)
    a_round(inquiry, title="Unfinished", coded=1)
    dismiss(theme=missions(inquiry)[0], passage=passages(submission)[0], by=clerk)
    tag_together(inquiry=inquiry, evidence=[spoken], themes=missions(inquiry), stances={}, by=clerk)
    return inquiry


def read_by_somebody(inquiry: Inquiry, quote: Quote) -> None:
    """A quote that is raised, with a note that names a colleague, who is told; and a pack that was taken away."""
    reader, other = (a_person(inquiry, Role.MEMBER, name=name) for name in ("Rea Der", "Ot Her"))
    set_mark(evidence=quote, way="raised", on=True, by=reader)
    write_note(on=quote, text="See this, @Ot Her.", shared_with="everyone", by=reader)
    # Tomorrow, and past the hour at which digests are asked for, whenever this is run.
    plan(timezone.localtime().replace(hour=12) + dt.timedelta(days=1))
    log_pack(inquiry=inquiry, choice=Choice(only="raised"), format="html", by=other)


def refused(write: Any, because: str | None = None) -> None:
    with pytest.raises(DatabaseError, match=because), transaction.atomic():
        write()


def test_no_record_of_any_kind_points_into_another_inquiry_or_moves_there() -> None:
    here, there = all_of_it(), all_of_it()
    for model in RECORDS:
        mine = model._base_manager.filter(inquiry=here)
        assert mine.exists(), model
        refused(lambda mine=mine: mine.update(inquiry=there))
        for pointer in pointers(model):
            theirs = pointer.related_model._base_manager.filter(inquiry=there).first()
            row = mine.exclude(**{pointer.name: None}).first() or mine.first()
            alone = model._base_manager.filter(pk=row.pk)
            refused(lambda alone=alone, pointer=pointer, theirs=theirs: alone.update(**{pointer.name: theirs}))


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_the_guard_of_every_record_knows_all_that_the_record_points_at(model: Any) -> None:
    with connection.cursor() as sql:
        sql.execute(
            "SELECT prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE tgrelid = %s::regclass AND tgname LIKE 'pgtrigger_same_inquiry_%%' AND tgenabled = 'O'",
            [model._meta.db_table],
        )
        ((source,),) = sql.fetchall()
    assert "A record cannot move to another inquiry." in source
    for pointer in pointers(model):
        assert f"NEW.{pointer.column} IS NOT NULL" in source


def test_nothing_written_round_the_orm_joins_two_inquiries() -> None:
    here, there = an_inquiry(), an_inquiry()
    session, other = (a_session(each, witnesses=(("Ann Example", "Example Trust"),)) for each in (here, there))
    mine, theirs = Appearance.objects.get(inquiry=here), Appearance.objects.get(inquiry=there)
    theme = missions(there)[0]
    says = "belong to different inquiries"
    stranger = Appearance(inquiry=here, panel=mine.panel, witness=theirs.witness)
    refused(lambda: Appearance.objects.bulk_create([stranger]), says)
    refused(lambda: Appearance.objects.bulk_create([stranger], ignore_conflicts=True), says)
    refused(lambda: Tag.objects.bulk_create([Tag(inquiry=here, theme=theme, session=session)]), says)
    refused(lambda: Tag.objects.bulk_create([Tag(inquiry=there, theme=theme, session=session)]), says)
    refused(lambda: Quote.objects.bulk_create([Quote(inquiry=here, panel=theirs.panel, text="Words.")]), says)
    refused(lambda: Panel.objects.bulk_create([Panel(inquiry=here, session=other, number=2)]), says)
    moves = (
        ("UPDATE witnesses_appearance SET organisation_id = %s WHERE id = %s", theirs.organisation_id, mine.pk, says),
        ("UPDATE witnesses_witness SET inquiry_id = %s WHERE id = %s", there.pk, mine.witness_id, "cannot move"),
        (
            "UPDATE witnesses_organisation SET inquiry_id = %s WHERE id = %s",
            there.pk,
            mine.organisation_id,
            "cannot move",
        ),
        ("UPDATE inquiry_session SET inquiry_id = %s WHERE id = %s", there.pk, session.pk, "cannot move"),
    )
    with connection.cursor() as sql:
        for statement, value, row, why in moves:
            refused(lambda statement=statement, value=value, row=row: sql.execute(statement, [value, row]), why)
    assert Witness.objects.filter(inquiry=here).count() == Organisation.objects.filter(inquiry=here).count() == 1
    assert Session.objects.filter(inquiry=here).count() == 1
