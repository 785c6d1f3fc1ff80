"""An open page says when somebody else has changed what it shows; and only of what its reader may see."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import CONSOLE, Role
from evidence.documents.actions import redact
from evidence.live.signs import SHOWN
from evidence.quotes.actions import check_quote, edit_quote, remove_quote, restore_quote, take_quote
from evidence.sessions.actions import PanelEntry, change_session, entries_of, log_session
from evidence.submissions.actions import (
    Contact,
    add_files,
    change_submission,
    decide_publication,
    keep_contact_details,
    record_consent,
    withdraw_submission,
)
from evidence.tags.actions import change_link, tag_recommendation, tag_theme
from evidence.tags.models import Tag, kind_of
from evidence.witnesses.actions import change_organisation, change_witness
from evidence.witnesses.models import Appearance, Organisation, Witness
from inquiry.actions import change_addressee, change_recommendation, change_theme, record_insight
from inquiry.models import Inquiry, Recommendation, Rule, Theme
from tests.builders import (
    a_person,
    a_recommendation,
    a_session,
    a_spoken_quote,
    a_submission,
    a_written_quote,
    an_inquiry,
    missions,
    passages,
)
from tests.everything import one_of_everything
from tests.reader.placing import address as placed
from tests.reader.placing import selected

pytestmark = pytest.mark.django_db
CHANGED = "What this page shows has changed since you opened it."


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


def asked(client: Client, address: str) -> str:
    """What the page is told, and where it asks next; as a browser asks that shows a page."""
    answer = client.get(address, headers={"hx-request": "true", "hx-current-url": "http://testserver/LUI/page/"})
    assert answer.status_code == 200
    return str(answer.content.decode())


def opened(client: Client, kind: str, row: Any) -> str:
    """The address at which a page that was just opened asks from then on."""
    told = asked(client, reverse("live:changed", args=[row.inquiry.code, kind, row.pk]))
    found = re.search(r'hx-get="([^"]+)"', told)
    assert found
    return found[1]


def signed_in(inquiry: Inquiry, role: str = Role.CLERK) -> tuple[Client, User]:
    person = a_person(inquiry, role)
    client = Client()
    client.force_login(person)
    return client, person


def changes(inquiry: Inquiry) -> list[tuple[str, Any, Any]]:
    """Of each kind of page a record, and what a colleague may do to what the page shows."""
    submission, session = a_submission(inquiry), a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),))
    event = log_session(inquiry=inquiry, kind="workshop", title="Workshop", rule=Rule.CHATHAM_HOUSE, by=CONSOLE)
    quote, theme, recommendation = a_written_quote(submission), missions(inquiry)[0], a_recommendation(inquiry)
    document = passages(submission)[0].document
    place = passages(submission)[1]
    assert document
    return [
        ("submission", submission, lambda by: change_submission(submission=submission, title="Halls", by=by)),
        ("submission", submission, lambda by: add_files(submission=submission, files=[("b.txt", b"More.")], by=by)),
        ("session", session, lambda by: tag_theme(evidence=session, theme=theme, by=by)),
        ("session", event, lambda by: record_insight(session=event, text="Time.", by=by)),
        ("quote", quote, lambda by: tag_theme(evidence=quote, theme=theme, by=by)),
        (
            "document",
            document,
            lambda by: take_quote(first_passage=place, start=0, last_passage=place, end=4, by=by),
        ),
        ("theme", theme, lambda by: tag_theme(evidence=submission, theme=theme, by=by)),
        ("theme", theme, lambda by: change_theme(theme=Theme.objects.get(pk=theme.pk), aim="Another.", by=by)),
        (
            "recommendation",
            recommendation,
            lambda by: tag_recommendation(evidence=quote, recommendation=recommendation, stance="supports", by=by),
        ),
        (
            "recommendation",
            recommendation,
            lambda by: change_recommendation(
                recommendation=Recommendation.objects.get(pk=recommendation.pk), title="Keep it open", by=by
            ),
        ),
    ]


def again(row: Any) -> Any:
    """The record as it is now, as a colleague has it before them."""
    return type(row)._base_manager.get(pk=row.pk)


def correct_appearance(session: Any, by: Any, **says: str) -> None:
    """What the first witness of the session was on that day is corrected."""
    session = again(session)
    (panel,) = entries_of(session)
    first, *others = panel.appearances
    panel = replace(panel, appearances=(replace(first, **says), *others))
    change_session(session=session, panels=[panel], by=by)


def corrections(inquiry: Inquiry) -> list[tuple[list[tuple[str, Any]], Any]]:
    """What a colleague may correct, and the pages that show it."""
    submission, session = a_submission(inquiry), a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),))
    theme, recommendation = missions(inquiry)[0], a_recommendation(inquiry)
    written, spoken = a_written_quote(submission), a_spoken_quote(session, against="")
    for quote in (written, spoken):
        tag_theme(evidence=quote, theme=theme, by=CONSOLE)
        tag_recommendation(evidence=quote, recommendation=recommendation, stance="supports", by=CONSOLE)
    appearance = Appearance.objects.get(panel__session=session)
    witness, body = appearance.witness, appearance.organisation
    assert body
    submitter = Organisation.objects.get(submitted__submission=submission)
    heard = [("session", session), ("witness", witness)]
    used = [("theme", theme), ("recommendation", recommendation)]
    where_spoken = [*heard, ("quote", spoken), *used]
    document = passages(submission)[0].document
    where_written = [("submission", submission), ("document", document), ("quote", written), *used]
    link = Tag.objects.get(quote=written, recommendation=recommendation)
    decided = {"treatment": "full", "reason": "Nothing speaks against it."}
    consent = {"to": "named", "wording": "Yes.", "given_on": dt.date(2023, 3, 1)}
    return [
        (where_spoken, lambda by: edit_quote(quote=again(spoken), text="We know our streets.", by=by)),
        (where_spoken, lambda by: check_quote(quote=again(spoken), checked_against="The report.", by=by)),
        (where_written, lambda by: edit_quote(quote=again(written), text="Our […] hall", by=by)),
        (where_written, lambda by: edit_quote(quote=again(written), text="Our hall", by=by)),
        (where_written, lambda by: remove_quote(quote=again(written), by=by)),
        (where_written, lambda by: restore_quote(quote=again(written), by=by)),
        (where_spoken, lambda by: remove_quote(quote=again(spoken), by=by)),
        (where_spoken, lambda by: restore_quote(quote=again(spoken), by=by)),
        ([*where_spoken[2:], *where_written[1:3]], lambda by: change_theme(theme=again(theme), title="Halls", by=by)),
        ([*heard, ("quote", spoken), *used], lambda by: correct_appearance(session, by, role="Chair")),
        ([*heard, ("quote", spoken), *used], lambda by: correct_appearance(session, by, organisation="Another Trust")),
        (where_spoken, lambda by: change_witness(witness=again(witness), name="Dr Ann Example", by=by)),
        (where_written, lambda by: change_organisation(organisation=again(submitter), name="Residents", by=by)),
        (heard[:1], lambda by: change_session(session=again(session), venue="Town Hall", by=by)),
        ([*heard, ("quote", spoken)], lambda by: change_session(session=again(session), title="Opening", by=by)),
        (where_written[:1], lambda by: decide_publication(submission=again(submission), by=by, **decided)),
        (where_written[:1], lambda by: record_consent(of=again(submission), by=by, **consent)),
        (heard[1:], lambda by: record_consent(of=again(appearance), by=by, **consent)),
        (
            where_written[:1],
            lambda by: keep_contact_details(submission=submission, contact=Contact(email="a@example.org"), by=by),
        ),
        (
            where_written[1:2],
            lambda by: redact(passage=passages(submission)[1], start=0, end=2, reason="A name.", by=by),
        ),
        ([("quote", written), *used[1:]], lambda by: change_link(tag=again(link), stance="qualifies", note="", by=by)),
        (used[1:], lambda by: change_recommendation(recommendation=again(recommendation), text="At once.", by=by)),
        (used[1:], lambda by: change_addressee(addressee=again(recommendation.addressee), name="Councils", by=by)),
    ]


def test_every_page_is_told_what_a_colleague_corrected(inquiry: Inquiry) -> None:
    client, _ = signed_in(inquiry)
    colleague = a_person(inquiry)
    for number, (pages, correct) in enumerate(corrections(inquiry)):
        asking = [opened(client, kind, row) for kind, row in pages]
        correct(colleague)
        told = [CHANGED in asked(client, address) for address in asking]
        assert told == [True] * len(pages), (number, pages)


def test_another_insight_and_another_panel_are_told(inquiry: Inquiry) -> None:
    client, _ = signed_in(inquiry)
    event = log_session(inquiry=inquiry, kind="workshop", title="Workshop", rule=Rule.CHATHAM_HOUSE, by=CONSOLE)
    insight = record_insight(session=event, text="Time.", by=CONSOLE)
    theme = missions(inquiry)[0]
    for change, page in (
        (lambda by: tag_theme(evidence=insight, theme=theme, by=by), event),
        (lambda by: change_session(session=again(event), panels=[PanelEntry(title="Morning")], by=by), event),
    ):
        asking = opened(client, "session", page)
        change(a_person(inquiry))
        assert CHANGED in asked(client, asking)


def test_a_clerk_alone_is_told_what_changed_of_what_is_kept_from_others(inquiry: Inquiry) -> None:
    clerk, _ = signed_in(inquiry)
    others = [signed_in(inquiry, role)[0] for role in (Role.MEMBER, Role.ADVISER)]
    colleague = a_person(inquiry)
    for number, (kind, row, change) in enumerate(hidden_changes(inquiry)):
        asking = [opened(client, kind, row) for client in (clerk, *others)]
        change(colleague)
        told = [CHANGED in asked(client, page) for client, page in zip((clerk, *others), asking, strict=True)]
        assert told == [True, False, False], (number, kind)


def hidden_changes(inquiry: Inquiry) -> list[tuple[str, Any, Any]]:
    """Pages that everybody sees, and changes of what only the secretariat sees on them."""
    private = a_session(
        inquiry, witnesses=(("Pri Vate", "Private Body"),), rule=Rule.PRIVATE, members_present=["A Member"]
    )
    openly = a_session(inquiry, number=2, witnesses=(("Pri Vate", "Open Body"),))
    kept, spoken = a_spoken_quote(private), a_spoken_quote(openly)
    theme, recommendation = missions(inquiry)[0], a_recommendation(inquiry)
    secret, redacted = a_submission(inquiry, requested="confidential"), a_submission(inquiry)
    nameless = a_submission(inquiry, requested="anonymised", submitter="Name Less Trust", title="Telling")
    hidden, struck, anonymous = (a_written_quote(each) for each in (secret, redacted, nameless))
    redact(passage=passages(redacted)[0], start=0, end=3, reason="A name.", by=CONSOLE)
    for quote in (kept, hidden, struck, anonymous):
        tag_theme(evidence=quote, theme=theme, by=CONSOLE)
        tag_recommendation(evidence=quote, recommendation=recommendation, stance="supports", by=CONSOLE)
    document = passages(redacted)[0].document
    witness = Witness.objects.get(appearances__panel__session=openly)
    body = Organisation.objects.get(submitted__submission=nameless)
    consent = {"to": "named", "wording": "Yes.", "given_on": dt.date(2023, 3, 1)}

    def rename(by: User) -> None:
        change_organisation(organisation=again(body), name=f"{again(body).name} again", by=by)

    return [
        ("session", private, lambda by: correct_appearance(private, by, role="Chair")),
        ("session", private, lambda by: edit_quote(quote=again(kept), text="Said otherwise.", by=by)),
        ("session", private, lambda by: change_session(session=again(private), members_present=["Another"], by=by)),
        ("session", private, lambda by: change_session(session=again(private), recording="https://a.org/", by=by)),
        ("witness", witness, lambda by: record_consent(of=again(spoken.appearance), by=by, **consent)),
        ("submission", nameless, lambda by: change_submission(submission=again(nameless), title="Another", by=by)),
        ("submission", nameless, lambda by: record_consent(of=again(nameless), by=by, **consent)),
        ("submission", nameless, rename),
        ("document", passages(nameless)[0].document, rename),
        ("quote", anonymous, rename),
        ("theme", theme, rename),
        ("recommendation", recommendation, rename),
        ("document", document, lambda by: edit_quote(quote=again(struck), text="Our […] hall", by=by)),
        ("submission", redacted, lambda by: remove_quote(quote=again(struck), by=by)),
        ("theme", theme, lambda by: edit_quote(quote=again(hidden), text="Our hall", by=by)),
        ("recommendation", recommendation, lambda by: edit_quote(quote=again(kept), text="And otherwise.", by=by)),
    ]


def test_a_page_is_told_what_a_colleague_changed(inquiry: Inquiry) -> None:
    client, _ = signed_in(inquiry)
    colleague = a_person(inquiry)
    for kind, row, change in changes(inquiry):
        address = opened(client, kind, row)
        assert CHANGED not in asked(client, address), kind
        change(colleague)
        told = asked(client, address)
        assert CHANGED in told, kind
        assert 'href="/LUI/page/"' in told
        assert CHANGED not in asked(client, opened(client, kind, row))


@pytest.mark.parametrize("whose", ["mine", "theirs"])
def test_a_page_is_told_of_another_stance_and_of_another_note(inquiry: Inquiry, whose: str) -> None:
    client, person = signed_in(inquiry)
    colleague = a_person(inquiry)
    recommendation = a_recommendation(inquiry)
    for evidence in (a_written_quote(a_submission(inquiry)), a_submission(inquiry), a_session(inquiry)):
        by = {"mine": person, "theirs": colleague}[whose]
        tag = tag_recommendation(evidence=evidence, recommendation=recommendation, stance="supports", by=by)
        kinds = [(kind_of(evidence), evidence), ("recommendation", recommendation)]
        for stance, note in (("qualifies", ""), ("qualifies", "Only in part.")):
            pages = [opened(client, kind, row) for kind, row in kinds]
            change_link(tag=tag, stance=stance, note=note, by=colleague)
            assert [CHANGED in asked(client, page) for page in pages] == [True, True]


def taken(client: Client, submission: Any, words: str, address: str) -> str:
    """Where a page asks next on which its reader has just taken a quote."""
    sent = selected(submission, words, 1) | {"seen": re.findall("seen=(\\w+)", address), "but": own_of(address)}
    answer = client.post(placed(submission, "take"), sent | {"text": ""}, headers={"hx-request": "true"})
    found = re.search(r'hx-get="([^"]*/live/[^"]+)"', answer.content.decode())
    assert found
    return found[1].replace("&amp;", "&")


def own_of(address: str) -> list[str]:
    return re.findall(r"but=(\d+)", address)


def test_what_a_person_takes_on_the_page_themselves_is_no_news(inquiry: Inquiry) -> None:
    client, _ = signed_in(inquiry)
    submission = a_submission(inquiry)
    document = passages(submission)[0].document
    page = opened(client, "document", document)
    first = taken(client, submission, "We asked", page)
    second = taken(client, submission, "youth worker", first)
    assert [len(own_of(each)) for each in (first, second)] == [1, 2]
    told = asked(client, second)
    assert CHANGED not in told
    (going_on,) = re.findall(r'hx-get="([^"]+)"', told)
    assert own_of(going_on) == []
    assert CHANGED not in asked(client, going_on)


def test_a_colleagues_change_is_told_also_where_a_person_has_just_taken_a_quote(inquiry: Inquiry) -> None:
    client, _ = signed_in(inquiry)
    submission = a_submission(inquiry)
    there = a_written_quote(submission)
    page = opened(client, "document", passages(submission)[0].document)
    edit_quote(quote=there, text="Our […] hall", by=a_person(inquiry))
    assert CHANGED in asked(client, taken(client, submission, "We asked", page))


def test_what_a_person_does_elsewhere_is_told(inquiry: Inquiry) -> None:
    client, person = signed_in(inquiry)
    submission, theme, recommendation = a_submission(inquiry), missions(inquiry)[0], a_recommendation(inquiry)
    quote = a_written_quote(submission)
    tag = tag_recommendation(evidence=quote, recommendation=recommendation, stance="supports", by=person)
    pages = [opened(client, kind, row) for kind, row in (("quote", quote), ("recommendation", recommendation))]
    change_link(tag=tag, stance="qualifies", note="", by=person)
    assert [CHANGED in asked(client, page) for page in pages] == [True, True]
    page = opened(client, "theme", theme)
    tag_theme(evidence=quote, theme=theme, by=person)
    assert CHANGED in asked(client, page)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
def test_nobody_is_told_that_something_changed_which_they_may_not_see(inquiry: Inquiry, role: Role) -> None:
    client, _ = signed_in(inquiry, role)
    clerks, _ = signed_in(inquiry)
    theme, recommendation = missions(inquiry)[0], a_recommendation(inquiry)
    secret = a_submission(inquiry, requested="confidential")
    pages = [("theme", theme), ("recommendation", recommendation)]
    theirs = [opened(client, kind, row) for kind, row in pages]
    own = [opened(clerks, kind, row) for kind, row in pages]
    for evidence in (secret, a_written_quote(secret)):
        tag_theme(evidence=evidence, theme=theme, by=CONSOLE)
        tag_recommendation(evidence=evidence, recommendation=recommendation, stance="supports", by=CONSOLE)
    assert [CHANGED in asked(client, page) for page in theirs] == [False, False]
    assert [CHANGED in asked(clerks, page) for page in own] == [True, True]
    address = reverse("live:changed", args=[inquiry.code, "submission", secret.pk])
    assert client.get(address).status_code == 404


def test_a_record_that_is_gone_or_no_longer_open_is_said_to_be(inquiry: Inquiry) -> None:
    client, _ = signed_in(inquiry, Role.MEMBER)
    submission = a_submission(inquiry)
    page = opened(client, "submission", submission)
    withdraw_submission(submission=submission, reason="asked to", by=CONSOLE)
    assert "This submission was removed, or is no longer open to you." in asked(client, page)


def test_every_kind_of_page_asks_and_asks_cheaply() -> None:
    records = one_of_everything()
    inquiry = records["inquiry"]
    client, _ = signed_in(inquiry)
    # Who asks, their roles and the inquiry; and one statement for all that the page shows.
    queries = dict.fromkeys(SHOWN, 5)
    pages = {
        "session": "sessions:detail",
        "submission": "submissions:detail",
        "witness": "witnesses:detail",
        "quote": "review:quote",
        "document": "reader:document",
        "theme": "review:theme",
        "recommendation": "review:recommendation",
    }
    met = {}
    for kind in queries:
        by = "number" if kind == "submission" else "pk"
        row = SHOWN[kind].model.objects.get(**{"inquiry": inquiry, by: records[kind]})
        address = reverse("live:changed", args=[inquiry.code, kind, row.pk])
        with CaptureQueriesContext(connection) as asked_of_it:
            asked(client, address)
        met[kind] = len(asked_of_it)
        shown = client.get(reverse(pages[kind], args=[inquiry.code, records[kind]])).content.decode()
        assert f"/live/{kind}/" in shown
    assert met == queries


def test_odd_questions_get_an_answer(inquiry: Inquiry) -> None:
    client, _ = signed_in(inquiry)
    theme = missions(inquiry)[0]
    address = reverse("live:changed", args=[inquiry.code, "theme", theme.pk])
    for sign in ("(", "\x00", "a" * 10_000, "‮"):
        assert CHANGED in asked(client, f"{address}?seen={sign}")
    for kind, pk in (("nothing", 1), ("theme", 10**9), ("theme", 10**18)):
        assert client.get(reverse("live:changed", args=[inquiry.code, kind, pk])).status_code == 404
    answer = client.get(f"{address}?seen=x", headers={"hx-current-url": "http://testserver//example.org/"})
    assert "example.org" not in answer.content.decode()
    assert not Tag.objects.exists()
