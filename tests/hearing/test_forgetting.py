"""A session put under the Rule: its transcript, its drafts and their files are nowhere afterwards."""

from __future__ import annotations

import pytest
from django.db import transaction

from accounts.roles import CONSOLE
from evidence.documents.models import Document, Passage
from evidence.sessions.actions import put_under_the_rule
from evidence.transcripts.actions import draft_transcript, read_draft
from evidence.transcripts.models import Draft, Transcript
from inquiry.models import Panel, Rule
from tests.builders import a_heard_quote, a_session, a_transcript, an_inquiry, turns
from tests.sessions.test_forgetting import MARKER, files_that_name, tables_that_name

pytestmark = pytest.mark.django_db
SPOKEN = f"question,speaker,text\nQ1,Chair,Who are you?\n,{MARKER} Wren,I am {MARKER}.\nQ2,Cat Known,I am not.\n"


def test_words_and_files_are_forgotten(django_capture_on_commit_callbacks):
    session = a_session(an_inquiry(), witnesses=((f"{MARKER} Wren", ""), ("Cat Known", "")))
    transcript = a_transcript(session, SPOKEN)
    a_heard_quote(transcript, 1)
    a_transcript(session, SPOKEN.replace("I am not", "I am not, no"), corrected=True)
    draft = draft_transcript(
        session=session, name=f"{MARKER}.csv", data=f"{SPOKEN}\n".encode(), corrected=True, by=CONSOLE
    )
    read_draft(draft.pk)
    assert {"documents_passage", "transcripts_speaker", "transcripts_draft"} <= tables_that_name(MARKER)
    assert files_that_name(MARKER)
    with django_capture_on_commit_callbacks(execute=True):
        put_under_the_rule(session=session, by=CONSOLE)
    assert tables_that_name(MARKER) == set()
    assert files_that_name(MARKER) == set()
    assert not Transcript.objects.exists()
    assert not Document.objects.exists()
    assert not Draft.objects.exists()


PANELS = """\
Members present: Alex Example (Chair).

Questions 1 - 2

Witnesses

I: Ann Known.

II: {marker} Wren.

Examination of witness

Witness: Ann Known.

Q1 Chair: What would help?

Ann Known: A hall would help.

Examination of witness

Witness: {marker} Wren.

Q2 Chair: Is that so?

{marker} Wren: I am {marker}.
"""


def test_one_panel_is_forgotten_and_the_other_can_still_be_quoted(django_capture_on_commit_callbacks):
    session = a_session(an_inquiry(), witnesses=(("Ann Known", ""),))
    transcript = a_transcript(session, PANELS.format(marker=MARKER))
    kept = a_heard_quote(transcript, [t.received_text for t in turns(transcript)].index("A hall would help."))
    assert files_that_name(MARKER)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        put_under_the_rule(session=session, panel=session.panels.get(number=2), by=CONSOLE)
    assert tables_that_name(MARKER) == set()
    assert files_that_name(MARKER) == set()
    assert [p.received_text for p in Passage.objects.all()] == ["What would help?", "A hall would help."]
    kept.refresh_from_db()
    assert kept.first_passage
    assert Panel.objects.get(number=2).rule == Rule.CHATHAM_HOUSE
