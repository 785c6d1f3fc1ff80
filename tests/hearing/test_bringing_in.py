"""A transcript brought in: read, looked over, and taken in with its panels, witnesses and turns; or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.refusals import Refused
from accounts.roles import CONSOLE, Role
from evidence.documents.models import Document, Passage
from evidence.sessions.actions import PanelEntry, log_session
from evidence.transcripts.actions import draft_transcript, read_draft
from evidence.transcripts.models import Draft, Part, Speaker, Transcript
from evidence.witnesses.models import Appearance, Organisation
from inquiry.models import Inquiry, Rule, Session
from tests.builders import HEARD, SPOKEN, a_person, a_session, a_transcript, an_inquiry, turns

pytestmark = pytest.mark.django_db
PRINTED = """\
Oral evidence: Halls, HC 1 (fictional)
Tuesday 3 June 2025

Members present: Alex Example (Chair); Sam Sample.

Questions 1 - 3

Witnesses

I: Ann Marker, Director, Example Trust.

II: Dr Bob Marker, Leader, Example Council.

Examination of witness

Witness: Ann Marker.

Q1 Chair: What would help?

Ann Marker: A hall would help.

Q2 Sam Sample: Who decides?

Ann Marker: We were never asked.

Examination of witness

Witness: Dr Bob Marker.

Q3 Chair: Is that so?

Dr Marker: It is.

The Stranger: Nonsense.
"""


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


@pytest.fixture
def clerk(inquiry: Inquiry, client: Client) -> Any:
    person = a_person(inquiry)
    client.force_login(person)
    return person


def page(name: str, *args: Any) -> str:
    return reverse(f"hearing:{name}", args=args)


def sent(client: Client, session: Session, text: str = PRINTED, **more: Any) -> Any:
    file = SimpleUploadedFile("hc1.txt", text.encode())
    address = page("transcript", session.inquiry.code, session.pk)
    return client.post(address, {"transcript": file, **more})


def answers(client: Client, address: str) -> dict[str, str]:
    """The form as it stands, which a browser would send back."""
    form = client.get(address).context["form"]
    return {field.html_name: field.value() or "" for field in form}


def test_nothing_is_saved_until_every_speaker_is_settled(client: Client, inquiry: Inquiry, clerk: Any) -> None:
    session = log_session(inquiry=inquiry, title="On halls", number=1, by=CONSOLE)
    address = sent(client, session).url
    read_draft(Draft.objects.get().pk)
    shown = client.get(address).content.decode()
    assert "1 speaker cannot be told from the header" in shown
    assert "Ann Marker" in shown
    refused = client.post(address, answers(client, address)).content.decode()
    assert "Say who “The Stranger” is." in refused
    assert not Transcript.objects.exists()
    assert not Appearance.objects.exists()
    given = answers(client, address)
    (asked,) = [name for name, value in given.items() if name.startswith("who_") and not value]
    given |= {asked: "other", asked.replace("who", "name"): "A person in the gallery"}
    answer = client.post(address, given)
    transcript = Transcript.objects.get()
    assert answer.url == reverse("reader:document", args=[inquiry.code, transcript.document_id])
    assert not Draft.objects.exists()
    heard = [(each.panel.number, each.listed) for each in Appearance.objects.in_order()]
    assert heard == [(1, "Ann Marker, Director, Example Trust"), (2, "Dr Bob Marker, Leader, Example Council")]
    session.refresh_from_db()
    assert (session.said_date, session.members_present[0]) == ("3 June 2025", "Alex Example")
    assert Speaker.objects.get(printed="The Stranger").name == "A person in the gallery"
    spoken = [(t.question, t.speaker, t.received_text) for t in turns(transcript) if t.kind == "turn"]
    assert spoken[1] == (1, "Ann Marker", "A hall would help.")
    assert spoken[-1] == (3, "The Stranger", "Nonsense.")


def test_a_witness_who_is_entered_twice_is_told_at_once(client: Client, inquiry: Inquiry, clerk: Any) -> None:
    """The database would ask only when the transaction ends, and the clerk would be told nothing."""
    session = log_session(inquiry=inquiry, title="On halls", number=1, by=CONSOLE)
    address = sent(client, session).url
    read_draft(Draft.objects.get().pk)
    given = answers(client, address)
    (asked,) = [name for name, value in given.items() if name.startswith("who_") and not value]
    again = {"who": "new", "name": "DR BOB MARKER", "organisation": "Example Council"}
    given |= {asked.replace("who", field): value for field, value in again.items()}
    told = client.post(address, given)
    assert told.status_code == 200
    assert "The same witness stands twice on a panel for the same body." in told.content.decode()
    assert not Transcript.objects.exists()
    assert not Appearance.objects.exists()
    assert Draft.objects.exists()


@pytest.mark.parametrize(("third", "members"), [("", 2), (Rule.CHATHAM_HOUSE, 0)])
def test_no_members_are_filled_in_beside_a_panel_under_the_rule(
    client: Client, inquiry: Inquiry, clerk: Any, third: str, members: int
) -> None:
    """Who sat there would be known of the part, too, in which nobody may be."""
    panels = [PanelEntry(), PanelEntry(), PanelEntry(rule=third)]
    session = log_session(inquiry=inquiry, title="On halls", number=1, panels=panels, by=CONSOLE)
    text = PRINTED.removesuffix("The Stranger: Nonsense.\n")
    address = sent(client, session, text).url
    read_draft(Draft.objects.get().pk)
    client.post(address, answers(client, address))
    assert Transcript.objects.exists()
    session.refresh_from_db()
    assert (len(session.members_present), session.said_date) == (members, "3 June 2025")
    shown = client.get(reverse("sessions:detail", args=[inquiry.code, session.pk])).content.decode()
    assert ("Sam Sample" in shown) == bool(members)


def test_a_file_sent_by_script_leads_on_to_what_was_read(client: Client, inquiry: Inquiry, clerk: Any) -> None:
    session = log_session(inquiry=inquiry, title="On halls", by=CONSOLE)
    file = SimpleUploadedFile("hc1.txt", PRINTED.encode())
    by_script = {"HX-Request": "true", "HX-Target": "main"}
    answer = client.post(page("transcript", inquiry.code, session.pk), {"transcript": file}, headers=by_script)
    assert answer["HX-Redirect"] == page("draft", inquiry.code, Draft.objects.get().pk)


def test_who_was_logged_before_is_the_same_person(inquiry: Inquiry) -> None:
    session = a_session(inquiry, witnesses=HEARD)
    before = set(Appearance.objects.values_list("pk", flat=True))
    a_transcript(session)
    assert set(Appearance.objects.values_list("pk", flat=True)) == before
    assert set(Speaker.objects.filter(appearance__isnull=False).values_list("printed", flat=True)) == {
        "Ann Example",
        "Bob Example",
    }
    assert Organisation.objects.count() == 2


def test_the_reader_shows_questions_and_speakers(client: Client, inquiry: Inquiry, clerk: Any) -> None:
    session = a_session(inquiry, witnesses=HEARD, title="On halls")
    transcript = a_transcript(session)
    address = reverse("reader:document", args=[inquiry.code, transcript.document_id])
    shown = client.get(address).content.decode()
    assert "uncorrected transcript" in shown
    assert '<span id="q1">Q1</span>' in shown
    assert shown.count(">Ann Example </span>") == 2
    at = client.get(f"{address}?question=2").context["window"]
    assert at.first == 1
    detail = client.get(reverse("sessions:detail", args=[inquiry.code, session.pk])).content.decode()
    assert address in detail


def test_a_second_clerk_with_the_same_file_is_told(client: Client, inquiry: Inquiry, clerk: Any) -> None:
    session = a_session(inquiry, witnesses=HEARD)
    a_transcript(session)
    told = sent(client, session, SPOKEN).content.decode()
    assert "The inquiry has this file already, as the uncorrected transcript of session 1." in told
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("\n".join(["Only prose, and nobody speaks in it."] * 3), "No speaker"),
        ("%PDF-1.7 cut", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why_and_can_be_thrown_away(
    client: Client, inquiry: Inquiry, clerk: Any, text: str, why: str
) -> None:
    session = log_session(inquiry=inquiry, title="On halls", by=CONSOLE)
    address = sent(client, session, text).url
    draft = Draft.objects.get()
    read_draft(draft.pk)
    draft.refresh_from_db()
    assert draft.state == "failed"
    assert why.lower() in draft.error.lower()
    assert draft.error in client.get(address).content.decode().replace("&#x27;", "'")
    client.post(page("discard", inquiry.code, draft.pk))
    assert not Draft.objects.exists()


def test_none_is_kept_under_the_rule(client: Client, inquiry: Inquiry, clerk: Any) -> None:
    event = log_session(inquiry=inquiry, kind="workshop", title="Workshop", rule=Rule.CHATHAM_HOUSE, by=CONSOLE)
    assert "no transcript is" in client.get(page("transcript", inquiry.code, event.pk)).content.decode()
    with pytest.raises(Refused, match="no transcript may be kept"):
        draft_transcript(session=event, name="x.csv", data=SPOKEN.encode(), corrected=False, by=CONSOLE)
    transcript = a_transcript(a_session(inquiry, witnesses=HEARD))
    for refused in (
        lambda: Transcript.objects.bulk_create(
            [Transcript(inquiry=inquiry, session=event, document=a_document(inquiry), version=1)]
        ),
        lambda: Session.objects.filter(pk=transcript.session_id).update(rule=Rule.CHATHAM_HOUSE),
        lambda: transcript.session.panels.update(rule=Rule.CHATHAM_HOUSE),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused()


def a_document(inquiry: Inquiry) -> Document:
    return Document.objects.create(inquiry=inquiry, sha256="a" * 64, size=1, kind="text", name="x", file="x")


def test_a_part_and_a_speaker_are_of_their_own_session(inquiry: Inquiry) -> None:
    transcript = a_transcript(a_session(inquiry, witnesses=HEARD))
    other = a_session(inquiry, number=2, witnesses=(("Cat Example", ""),))
    part = transcript.parts.get()
    for refused in (
        lambda: Part.objects.update(panel=other.panels.get()),
        lambda: Speaker.objects.filter(part=part).update(appearance=other.panels.get().appearances.get()),
        lambda: Passage.objects.filter(document=transcript.document_id).update(speaker="Somebody else"),
        lambda: Transcript.objects.update(session=other),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            refused()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
def test_what_was_said_in_private_is_for_the_secretariat(client: Client, inquiry: Inquiry, role: Role) -> None:
    session = a_session(inquiry, witnesses=HEARD)
    transcript = a_transcript(session)
    person = a_person(inquiry, role)
    client.force_login(person)
    address = reverse("reader:document", args=[inquiry.code, transcript.document_id])
    assert client.get(address).status_code == 200
    session.panels.update(rule=Rule.PRIVATE)
    assert client.get(address).status_code == 404
    assert not Passage.objects.visible_to(person).exists()
    assert client.get(reverse("documents:file", args=[inquiry.code, transcript.document_id])).status_code == 404
    detail = client.get(reverse("sessions:detail", args=[inquiry.code, session.pk])).content.decode()
    assert address not in detail


def test_questions_number_on_and_a_gap_is_told(client: Client, inquiry: Inquiry, clerk: Any) -> None:
    a_transcript(a_session(inquiry, witnesses=HEARD))
    session = a_session(inquiry, number=2, witnesses=HEARD)
    for first, told in (("Q5", "Q3 to Q4 would be missing."), ("Q2", "these numbers overlap."), ("Q3", "")):
        text = f"question,speaker,text\n{first},Ann Example,Good morning.\n"
        address = sent(client, session, text).url
        read_draft(Draft.objects.latest("pk").pk)
        shown = client.get(address).content.decode()
        assert (told in shown) if told else ("would be missing" not in shown and "overlap" not in shown)
