"""Readiness: what blocks the report, what is warned of, and what a clerk accepts with a reason."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.refusals import Refused
from accounts.roles import CONSOLE, NotAllowed, Role
from config.commands import ending_in_a_sentence
from evidence.quotes.actions import edit_quote, record_quote
from evidence.quotes.models import Quote
from evidence.sessions.actions import PanelEntry, log_session
from evidence.submissions.actions import (
    decide_publication,
    record_consent,
    withdraw_consent,
)
from evidence.tags.actions import answer_contrary_evidence, tag_recommendation, tag_theme
from evidence.witnesses.actions import name_witness
from inquiry import actions, ledger
from inquiry.actions import cite_work, record_insight
from inquiry.commands import AnswerIsNo
from inquiry.models import Inquiry, Panel, Recommendation, Rule
from report.readiness.actions import accept_warnings, withdraw_acceptance
from report.readiness.models import Acceptance
from report.readiness.reading import Readiness, readiness
from report.readiness.table import CHECKS, Weight
from tests.builders import (
    SPOKEN,
    a_heard_quote,
    a_person,
    a_recommendation,
    a_session,
    a_spoken_quote,
    a_submission,
    a_transcript,
    a_written_quote,
    an_inquiry,
    missions,
)
from tests.review.scene import SECRETS, guarded, many, page

pytestmark = pytest.mark.django_db
ADDRESS = "readiness:readiness"


@pytest.fixture
def inquiry() -> Inquiry:
    return an_inquiry()


def found(inquiry: Inquiry, user: Any = CONSOLE) -> dict[str, list[str]]:
    """What each check that found something says."""
    results = readiness(user, inquiry).results
    return {each.check.code: [line.says for line in each.lines] for each in results if each.count}


def findings(inquiry: Inquiry, code: str) -> dict[str, str]:
    (result,) = (each for each in readiness(CONSOLE, inquiry).results if each.check.code == code)
    return {line.key: line.sign for line in result.lines}


def test_an_inquiry_without_anything_is_ready(client: Client, inquiry: Inquiry) -> None:
    assert found(inquiry) == {}
    client.force_login(a_person(inquiry))
    shown = page(client, ADDRESS, inquiry.code)
    assert "Nothing blocks the report." in shown
    assert "In order" in shown


def test_quotes_that_cannot_be_printed_as_they_are(inquiry: Inquiry) -> None:
    submission = a_submission(inquiry, state="published")
    mismatch = a_written_quote(submission)
    edit_quote(quote=mismatch, text="Our street has a palace.", by=CONSOLE)
    heard = a_session(inquiry, witnesses=(("Ann Example", "Example Trust"), ("Bob Example", "Example Council")))
    a_heard_quote(a_transcript(heard), 1, "Nobody has the key.")
    a_transcript(heard, SPOKEN.replace("Nobody has the key.", "Nobody now has a key."), corrected=True)
    other = a_session(inquiry, number=2, witnesses=(("Cy Example", ""),))
    a_spoken_quote(other, "Nobody listened to this.", against="")
    told = found(inquiry)
    assert told["mismatch"] == [f"“Our street has a palace.” ({inquiry.code}0001, para 1)"]
    assert told["waiting"] == ["“Nobody has the key.” (Session 1, Q1)"]
    assert told["unchecked"] == ["“Nobody listened to this.” (Session 2)"]


def test_decisions_and_consents_that_are_outstanding(inquiry: Inquiry) -> None:
    day = dt.date(2023, 3, 1)
    waits, used = a_submission(inquiry), a_submission(inquiry, state="received")
    tag_theme(evidence=used, theme=missions(inquiry)[0], by=CONSOLE)
    bare, taken_back = (a_submission(inquiry, state="decided") for _ in range(2))
    agreed = a_submission(inquiry, state="published")
    hidden = a_submission(inquiry, state="decided", treatment="confidential")
    for each in (agreed, taken_back):
        consent = record_consent(of=each, to="publish", wording="Yes.", given_on=day, by=CONSOLE)
    withdraw_consent(consent=consent, withdrawn_on=dt.date(2023, 4, 1), by=CONSOLE)
    session = a_session(inquiry, witnesses=(("Ann Example", "Example Trust"), ("Bob Example", "")))
    ann, bob = session.panels.get().appearances.order_by("position")
    for each in (ann, bob):
        record_quote(appearance=each, text="We know.", checked_against="a report", by=CONSOLE)
    consent = record_consent(of=bob, to="quoted", wording="Yes.", given_on=day, by=CONSOLE)
    withdraw_consent(consent=consent, withdrawn_on=dt.date(2023, 4, 1), by=CONSOLE)
    told = found(inquiry)
    who = "Example Residents Association"
    assert told["undecided"] == [f"{waits.reference}, {who}"]
    assert told["undecided_in_use"] == [f"{used.reference}, {who}"]
    assert told["no_consent"] == [f"{bare.reference}, {who}"]
    assert told["consent_taken_back"] == [f"{taken_back.reference}, {who}"]
    assert told["no_consent_to_quote"] == ["Ann Example, Example Trust, at Session 1"]
    assert told["witness_took_back"] == ["Bob Example, at Session 1"]
    assert hidden.reference not in str(told)
    # An adviser is not told of consents, nor of what waits for a decision.
    assert not {"undecided", "no_consent", "consent_taken_back", "witness_took_back"} & set(
        found(inquiry, a_person(inquiry, Role.ADVISER))
    )


def test_anonymised_evidence_in_which_nobody_has_looked_for_names(inquiry: Inquiry) -> None:
    a_submission(inquiry, requested="anonymised")
    waits = a_submission(inquiry)
    decide_publication(submission=waits, treatment="anonymised", by=CONSOLE)
    assert found(inquiry)["with_names"] == [f"{waits.reference}, Example Residents Association"]


def test_what_recommendations_lack(inquiry: Inquiry) -> None:
    bare, thin = a_recommendation(inquiry, "Bare"), a_recommendation(inquiry, "Thin", status="agreed")
    session = a_session(inquiry, witnesses=(("Prof Example", "Example University"),))
    for words, stance in (("It helps.", "supports"), ("It costs.", "challenges")):
        tag_recommendation(evidence=a_spoken_quote(session, words), recommendation=thin, stance=stance, by=CONSOLE)
    tag_recommendation(evidence=a_submission(inquiry), recommendation=thin, stance="qualifies", by=CONSOLE)
    told = found(inquiry)
    assert told["no_evidence"] == told["drafts"] == [str(bare)]
    for code in ("one_source", "no_neighbourhood", "unanswered", "unprintable"):
        assert told[code] == [str(thin)], code
    assert "no_support" not in told
    answer_contrary_evidence(recommendation=thin, text="It pays.", by=CONSOLE)
    ledger.withdraw_recommendation(recommendation=bare, by=CONSOLE)
    assert not {"unanswered", "no_evidence", "drafts"} & set(found(inquiry))


def test_sessions_without_witnesses(inquiry: Inquiry) -> None:
    a_session(inquiry, number=1, witnesses=(("Ann Example", "Example Trust"),))
    a_session(inquiry, number=2, title="Nobody came")
    a_session(inquiry, number=3, rule=Rule.CHATHAM_HOUSE, title="Under the Rule")
    a_session(inquiry, number=None, kind="visit", title="A visit")
    assert found(inquiry)["no_witnesses"] == ["Session 2, Nobody came"]


def test_names_in_words_about_a_meeting_under_the_rule(inquiry: Inquiry) -> None:
    a_session(inquiry, witnesses=(("Dr Ann Example", "Example Trust"), ("Will", "Key")))
    name_witness(inquiry=inquiry, name="Ann Exampleton", by=CONSOLE)
    held = a_session(inquiry, number=None, kind="workshop", title="Workshop with ann example", rule=Rule.CHATHAM_HOUSE)
    insight = record_insight(session=held, text="A key will do, said somebody from Example Trust.", by=CONSOLE)
    note = "Dr Ann Example told us so."
    tag_recommendation(
        evidence=insight, recommendation=a_recommendation(inquiry), stance="supports", note=note, by=CONSOLE
    )
    told = found(inquiry)
    assert told["people_under_the_rule"] == [
        "“Ann Example” stands in the title or the venue of a meeting",
        "“Ann Example” stands in a note on what was heard",
    ]
    assert told["bodies_under_the_rule"] == ["“Example Trust” stands in an insight"]
    # What is kept of an acceptance names nobody.
    (kept,) = accept_warnings(
        inquiry=inquiry,
        code="bodies_under_the_rule",
        findings=findings(inquiry, "bodies_under_the_rule"),
        reason="It is about them, not by them.",
        by=CONSOLE,
    )
    assert "Trust" not in f"{kept.says} {kept.key}"


def test_who_was_heard_openly_may_stand_in_the_title_of_a_meeting_of_which_a_part_is_under_the_rule(
    inquiry: Inquiry,
) -> None:
    from evidence.sessions.actions import AppearanceEntry

    open_panel = PanelEntry(appearances=[AppearanceEntry(name="Ann Example", organisation="Example Trust")])
    held = log_session(
        inquiry=inquiry,
        number=1,
        title="Hearing Ann Example",
        panels=[open_panel, PanelEntry(rule="chatham_house")],
        by=CONSOLE,
    )
    name_witness(inquiry=inquiry, name="Bob Example", by=CONSOLE)
    ruled = Panel.objects.get(session=held, rule=Rule.CHATHAM_HOUSE)
    record_insight(session=held, panel=ruled, text="Bob Example and Ann Example agree.", by=CONSOLE)
    assert found(inquiry)["people_under_the_rule"] == [
        "“Ann Example” stands in an insight",
        "“Bob Example” stands in an insight",
    ]


def test_research_that_is_cited_and_what_is_listed(inquiry: Inquiry) -> None:
    for key, author, used in (("OCSI 2022a", "OCSI", ""), ("Old 1999", "Old", ""), ("Kept 2001", "Kept", "The maps.")):
        cite_work(inquiry=inquiry, key=key, author=author, year=key.split()[1], used_for=used, by=CONSOLE)
    a_submission(inquiry, submitter="Power to Change", state="published", received_on=dt.date(2023, 5, 1))
    a_recommendation(
        inquiry,
        text="As OCSI (2022a) shows (see Bell and Ng, 2021, p. 4), and Power to Change (2023) says, in May (2022) and "
        "under the Localism Act (2011), with { (1999) and ( unclosed.",
    )
    session = a_session(inquiry, witnesses=(("Ann Example", ""),))
    a_spoken_quote(session, "But Łukasz (2020) found otherwise; so did Ó Briain et al. (2019).")
    told = found(inquiry)
    assert told["cited_not_listed"] == ["Bell and Ng (2021)", "Ó Briain et al. (2019)", "Łukasz (2020)"]
    assert told["listed_not_cited"] == ["Old (1999)"]


def test_written_evidence_that_is_not_there_or_may_not_be_printed(inquiry: Inquiry) -> None:
    printed = a_submission(inquiry, state="published")
    hidden = a_submission(inquiry, state="decided", treatment="confidential")
    code = inquiry.code
    one = a_recommendation(inquiry, text=f"See {code} 1, {code.lower()}0002, {code}-9 and XYZ0004; {code}S 3.")
    assert (printed.number, hidden.number) == (1, 2)
    told = [f"{code}0002, named in {one}", f"{code}0009, named in {one}"]
    assert found(inquiry)["evidence_not_there"] == told
    # The same sentence whether it is not there or not for them, so that nobody is told which.
    assert found(inquiry, a_person(inquiry, Role.ADVISER))["evidence_not_there"] == told


def accept(inquiry: Inquiry, code: str, by: Any = CONSOLE, **details: Any) -> list[Acceptance]:
    details = {"findings": findings(inquiry, code), "reason": "The Chair knows."} | details
    return accept_warnings(inquiry=inquiry, code=code, by=by, **details)


def test_an_accepted_warning_is_gone_until_what_it_is_about_changes(inquiry: Inquiry) -> None:
    one, two = a_recommendation(inquiry, "One"), a_recommendation(inquiry, "Two")
    key = str(one.pk)
    (kept,) = accept(inquiry, "drafts", findings={key: findings(inquiry, "drafts")[key]})
    assert (kept.says, kept.reason, kept.accepted_by) == ("Recommendation 1.1", "The Chair knows.", None)
    assert found(inquiry)["drafts"] == [str(two)]
    actions.change_recommendation(recommendation=one, text="New words.", by=CONSOLE)
    assert found(inquiry)["drafts"] == [str(one), str(two)]
    (result,) = (each for each in readiness(CONSOLE, inquiry).results if each.check.code == "drafts")
    assert [line.before for line in result.lines] == [kept, None]
    # Accepted anew, the first acceptance is over.
    (again,) = accept(inquiry, "drafts", findings={key: findings(inquiry, "drafts")[key]})
    kept.refresh_from_db()
    assert kept.withdrawn_at
    withdraw_acceptance(acceptance=again, by=CONSOLE)
    assert found(inquiry)["drafts"] == [str(one), str(two)]


def test_new_evidence_ends_what_was_accepted_of_a_recommendation(inquiry: Inquiry) -> None:
    one = a_recommendation(inquiry)
    session = a_session(inquiry, witnesses=(("Prof Example", "Example University"),))
    tag_recommendation(evidence=a_spoken_quote(session), recommendation=one, stance="supports", by=CONSOLE)
    accept(inquiry, "one_source")
    assert "one_source" not in found(inquiry)
    other = a_spoken_quote(session, "The same person again.")
    tag_recommendation(evidence=other, recommendation=one, stance="supports", by=CONSOLE)
    assert "one_source" in found(inquiry)


def test_rows_of_the_database_are_accepted_too(inquiry: Inquiry) -> None:
    session = a_session(inquiry, witnesses=(("Ann Example", ""),))
    quotes = [a_spoken_quote(session, f"Unheard {n}.", against="") for n in range(3)]
    key = str(quotes[1].pk)
    accept(inquiry, "unchecked", findings={key: findings(inquiry, "unchecked")[key]})
    (result,) = (each for each in readiness(CONSOLE, inquiry).results if each.check.code == "unchecked")
    assert (result.count, result.accepted, len(result.lines), result.more) == (2, 1, 2, 0)
    edit_quote(quote=quotes[1], text="Unheard of.", by=CONSOLE)
    assert len(found(inquiry)["unchecked"]) == 3
    accept(inquiry, "unchecked")
    assert "unchecked" not in found(inquiry)


def test_what_is_refused(inquiry: Inquiry) -> None:
    one = a_recommendation(inquiry)
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("no_evidence", {}, "has to be mended"),
        ("drafts", {"reason": "  "}, "Say why"),
        ("drafts", {"findings": {}}, "Tick what"),
        ("drafts", {"findings": {str(one.pk): "of before"}}, "mended or changed meanwhile"),
        ("drafts", {"findings": {"999999": "x"}}, "mended or changed meanwhile"),
    ]
    for code, details, says in wrong:
        with pytest.raises(Refused, match=says):
            accept(inquiry, code, **details)
    with pytest.raises(Refused, match="no such check"):
        accept_warnings(inquiry=inquiry, code="(", findings={"1": "x"}, reason="Why not.", by=CONSOLE)
    with pytest.raises(NotAllowed):
        accept(inquiry, "drafts", by=a_person(inquiry, Role.ADVISER))
    assert not Acceptance.objects.exists()


def test_the_database_keeps_one_acceptance_of_a_thing_and_its_reason(inquiry: Inquiry) -> None:
    a_recommendation(inquiry)
    (kept,) = accept(inquiry, "drafts")
    with pytest.raises(IntegrityError, match="accepted_for_a_reason"), transaction.atomic():
        Acceptance.objects.filter(pk=kept.pk).update(reason="")
    again = Acceptance(inquiry=inquiry, check_code=kept.check_code, key=kept.key, sign="x", says="x", reason="x")
    with pytest.raises(IntegrityError, match="accepted_once"), transaction.atomic():
        Acceptance.objects.bulk_create([again])


def test_a_clerk_accepts_on_the_page_and_takes_it_back(client: Client, inquiry: Inquiry) -> None:
    one = a_recommendation(inquiry)
    client.force_login(a_person(inquiry, name="Cle Example"))
    address = reverse("readiness:accept", args=[inquiry.code])
    ticked = [f"{key}|{sign}" for key, sign in findings(inquiry, "drafts").items()]
    answer = client.post(address, {"check": "drafts", "line": ticked, "reason": ""})
    shown = answer.content.decode()
    assert "There is a problem" in shown
    assert "Say why it may stay so." in shown
    assert " checked" in shown
    answer = client.post(address, {"check": "drafts", "line": ticked, "reason": "Agreed tomorrow."}, follow=True)
    shown = answer.content.decode()
    assert "1 warning is accepted" in shown
    assert "Agreed tomorrow." in shown
    assert "Cle Example" in shown
    kept = Acceptance.objects.get()
    client.post(reverse("readiness:withdraw", args=[inquiry.code, kept.pk]))
    assert "drafts" in found(inquiry)
    assert str(one) in page(client, ADDRESS, inquiry.code)
    for odd in (
        {},
        {"check": "(", "line": "|||"},
        {"check": "drafts", "line": ["\u202e", "1|\x01"], "reason": "x"},
        {"line": "\0|\0"},
        {"reason": "\0"},
    ):
        assert client.post(address, odd).status_code == 200


def test_another_inquirys_acceptance_is_not_there(client: Client, inquiry: Inquiry) -> None:
    other = an_inquiry()
    a_recommendation(other)
    (theirs,) = accept(other, "drafts")
    client.force_login(a_person(inquiry))
    assert client.post(reverse("readiness:withdraw", args=[inquiry.code, theirs.pk])).status_code == 404


def test_an_adviser_sees_what_they_may_see_and_accepts_nothing(client: Client) -> None:
    inquiry = guarded().inquiry
    a_submission(inquiry, submitter="Confidential Body", requested="confidential")
    accept(inquiry, "no_neighbourhood", reason="Hidden Person said it is all right.")
    client.force_login(a_person(inquiry, Role.ADVISER))
    shown = page(client, ADDRESS, inquiry.code)
    assert [secret for secret in SECRETS if secret in shown] == []
    assert "Accept what is ticked" not in shown
    client.force_login(a_person(inquiry, Role.MEMBER))
    assert client.get(reverse(ADDRESS, args=[inquiry.code])).status_code == 403


def test_long_lists_are_cut_and_say_so(client: Client, inquiry: Inquiry) -> None:
    session = a_session(inquiry, witnesses=(("Ann Example", ""),))
    rows = [Quote(inquiry=inquiry, panel=session.panels.get(), text=f"Unheard {n}.") for n in range(25)]
    Quote.objects.bulk_create(rows)
    client.force_login(a_person(inquiry))
    assert "and 5 more" in page(client, ADDRESS, inquiry.code)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(client: Client, django_assert_num_queries: Callable[..., Any], rows: int) -> None:
    scene = many(rows)
    held = a_session(scene.inquiry, number=None, kind="workshop", rule=Rule.CHATHAM_HOUSE)
    for n in range(rows):
        record_insight(session=held, text=f"Body {n} was there.", by=CONSOLE)
        a_recommendation(scene.inquiry, f"Bare {n}", text=f"See Example (20{n}9) and {scene.inquiry.code}0099.")
    client.force_login(a_person(scene.inquiry))
    with django_assert_num_queries(39):
        page(client, ADDRESS, scene.inquiry.code)


def told_by(*args: str) -> tuple[str, bool]:
    out = StringIO()
    try:
        call_command("check_report", *args, stdout=out)
    except AnswerIsNo:
        return out.getvalue(), False
    return out.getvalue(), True


def test_the_command_says_no_with_status_1(inquiry: Inquiry) -> None:
    code = inquiry.code
    assert told_by("--inquiry", code) == ("Nothing blocks the report.\n", True)
    one = a_recommendation(inquiry)
    said, ready = told_by("--inquiry", code)
    assert not ready
    assert said == (
        f"blocks: Recommendations without evidence: 1\n  {one}\nwarns: Recommendations that are drafts: 1\n  {one}\n"
    )
    said, ready = told_by("--inquiry", code, "--json")
    told = json.loads(said)
    assert not ready
    assert (told["ready"], told["blocks"], told["warnings"], told["accepted"]) == (False, 1, 1, 0)
    assert [each["code"] for each in told["checks"]] == [check.code for check in CHECKS]
    (line,) = next(each for each in told["checks"] if each["code"] == "no_evidence")["lines"]
    assert line["url"] == reverse("review:recommendation", args=[code, one.pk])
    ledger.withdraw_recommendation(recommendation=one, by=CONSOLE)
    a_submission(inquiry)
    said, ready = told_by("--inquiry", code)
    assert ready
    assert "Nothing blocks" in said
    with pytest.raises(CommandError, match="no inquiry with the code"):
        call_command("check_report", "--inquiry", "NIX")


def test_a_no_is_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    def ends(ending: BaseException) -> int:
        def work() -> None:
            raise ending

        return ending_in_a_sentence(work)

    assert [ends(AnswerIsNo()), ends(SystemExit(1)), ends(SystemExit(0))] == [1, 2, 0]
    assert capsys.readouterr().err == ""


def test_what_blocks_stands_before_what_is_warned_of() -> None:
    weights = [check.weight for check in CHECKS]
    assert weights == sorted(weights, key=list(Weight).index)
    assert len({check.code for check in CHECKS}) == len(CHECKS)


def test_withdrawn_recommendations_are_not_looked_at(inquiry: Inquiry) -> None:
    one = a_recommendation(inquiry, text=f"See {inquiry.code}0099.")
    ledger.withdraw_recommendation(recommendation=one, by=CONSOLE)
    assert found(inquiry) == {}
    assert isinstance(readiness(CONSOLE, inquiry), Readiness)
    assert Recommendation.objects.count() == 1
