"""One inquiry with one of everything that everybody in it may see, and the addresses of its pages. All fictional."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.roles import CONSOLE, Role
from evidence.acknowledgements.models import Acknowledgement
from evidence.campaigns.actions import compare_with_others, mark_as_campaign
from evidence.documents.actions import redact
from evidence.frameworks.actions import carry_over
from evidence.quotes.models import Quote
from evidence.sessions.actions import log_session
from evidence.submissions.actions import Contact, keep_contact_details, record_consent
from evidence.tags.actions import tag_recommendation, tag_theme
from evidence.together.actions import tag_together
from evidence.transcripts.actions import draft_transcript, read_draft
from inquiry.actions import add_principle, cite_work, record_insight
from inquiry.models import Inquiry, Recommendation, Rule, Theme
from inquiry.models.jobs import JobState
from report.actions import ask_for_export, make_export
from tests.builders import (
    HEARD,
    PETITION,
    SPOKEN,
    a_heard_quote,
    a_person,
    a_recommendation,
    a_session,
    a_spoken_quote,
    a_submission,
    a_transcript,
    a_written_quote,
    an_import,
    an_inquiry,
    an_invitation,
    missions,
    passages,
)
from tests.coding.rounds import a_coded_round


def one_of_everything() -> dict[str, Any]:
    """The inquiry, and the key of one record of each kind."""
    inquiry = an_inquiry()
    records = {
        "inquiry": inquiry,
        "membership": a_person(inquiry, Role.ADMINISTRATOR).memberships.get().pk,
        "invited": an_invitation(inquiry).pk,
        **_what_it_is_read_against(inquiry),
        **_what_is_heard(inquiry),
        **_what_is_written(inquiry),
        **_what_is_reported(inquiry),
    }
    quote = Quote.objects.get(pk=records["quote"])
    tag_theme(evidence=quote, theme=Theme.objects.get(pk=records["theme"]), by=CONSOLE)
    recommendation = Recommendation.objects.get(pk=records["recommendation"])
    tag_recommendation(evidence=quote, recommendation=recommendation, stance="supports", by=CONSOLE)
    together = tag_together(inquiry=inquiry, evidence=[quote], themes=missions(inquiry), stances={}, by=CONSOLE)
    return records | _exported(inquiry) | {"together": together.done.pk, "round": a_coded_round(inquiry).pk}


def _what_it_is_read_against(inquiry: Inquiry) -> dict[str, int]:
    theme, *newer, split = missions(inquiry, 4)
    tag_theme(evidence=a_submission(inquiry, state="published"), theme=split, by=CONSOLE)
    carry_over(theme=split, newer=newer, by=CONSOLE)
    next_version = missions(inquiry)[0].framework_id
    return {"theme": theme.pk, "split": split.pk, "framework": theme.framework_id, "next_version": next_version}


def _what_is_heard(inquiry: Inquiry) -> dict[str, int]:
    session = a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),))
    event = log_session(inquiry=inquiry, kind="workshop", title="Workshop", rule=Rule.CHATHAM_HOUSE, by=CONSOLE)
    spoken = a_spoken_quote(session)
    appearance = spoken.appearance
    assert appearance
    consent = record_consent(of=appearance, to="named", wording="Yes.", given_on=dt.date(2023, 3, 1), by=CONSOLE)
    return {
        "session": session.pk,
        "event": event.pk,
        "insight": record_insight(session=event, text="A point.", by=CONSOLE).pk,
        "witness": appearance.witness_id,
        "organisation": appearance.organisation_id,
        "spoken": spoken.pk,
        "appearance": appearance.pk,
        "spoken_consent": consent.pk,
        **_what_is_transcribed(inquiry),
    }


def _what_is_transcribed(inquiry: Inquiry) -> dict[str, int]:
    heard = a_session(inquiry, number=2, witnesses=HEARD)
    a_heard_quote(a_transcript(heard), 1, "Nobody has the key.")
    a_transcript(heard, SPOKEN.replace("Nobody has the key.", "Nobody now has a key."), corrected=True)
    again = SPOKEN.replace("Q1", "Q3").replace("Q2", "Q4").replace("Chair", "The Chair").encode()
    draft = draft_transcript(session=heard, name="hearing.csv", data=again, corrected=True, by=CONSOLE)
    read_draft(draft.pk)
    return {"heard": heard.pk, "draft": draft.pk}


def _what_is_written(inquiry: Inquiry) -> dict[str, int]:
    submission, other = (a_submission(inquiry, state="published") for _ in range(2))
    redaction = redact(passage=passages(other)[0], start=0, end=3, reason="An example.", by=CONSOLE)
    consent = record_consent(of=submission, to="publish", wording="Yes.", given_on=dt.date(2023, 3, 1), by=CONSOLE)
    again, alike = (a_submission(inquiry, state="published", text=PETITION) for _ in range(2))
    for each in (again, alike):
        compare_with_others(each.pk)
    campaign = mark_as_campaign(inquiry=inquiry, name="Save the hall", submissions=[alike], by=CONSOLE)
    keep_contact_details(submission=submission, contact=Contact(email="ann@example.org"), by=CONSOLE)
    chosen, imported = an_import(inquiry), an_import(inquiry, imported=True)
    # One that may have been sent, and nobody knows.
    lost = {"state": JobState.FAILED, "handed_over_at": timezone.now()}
    Acknowledgement.objects.create(inquiry=inquiry, submission=submission, **lost)
    return {
        "submission": submission.number,
        "passage": passages(submission)[0].pk,
        "document": submission.files.get().document_id,
        "quote": a_written_quote(submission).pk,
        "redaction": redaction.pk,
        "consent": consent.pk,
        "alike": again.number,
        "campaign": campaign.pk,
        "chosen": chosen.pk,
        "imported": imported.pk,
    }


def _what_is_reported(inquiry: Inquiry) -> dict[str, int]:
    recommendation = a_recommendation(inquiry)
    return {
        "recommendation": recommendation.pk,
        "addressee": recommendation.addressee_id,
        "principle": add_principle(inquiry=inquiry, title="Neighbourhoods lead", by=CONSOLE).pk,
        "work": cite_work(inquiry=inquiry, key="Example 2022", author="Example", year="2022", by=CONSOLE).pk,
    }


def _exported(inquiry: Inquiry) -> dict[str, int]:
    export = ask_for_export(inquiry=inquiry, format="csv", by=CONSOLE)
    make_export(export.pk)
    return {"export": export.pk}


def address_of(name: str, keys: Sequence[str], records: dict[str, Any]) -> str:
    """An address: a key names the record that stands in it, ``=word`` stands for itself, ``?name`` asks for one."""
    path = [key for key in keys if not key.startswith("?")]
    words = [key[1:] if key.startswith("=") else records[key] for key in path]
    asked = "".join(f"{key}={records[key[1:]]}" for key in keys if key.startswith("?"))
    return reverse(name, args=[records["inquiry"].code, *words]) + asked
