"""The layouts of both Houses: who was heard with which questions, and the written evidence in their order."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from accounts.roles import CONSOLE, Role
from evidence.loading.actions import load_inquiry
from evidence.loading.trial import LEVELLING_UP
from evidence.sessions.actions import AppearanceEntry, PanelEntry, log_session, put_under_the_rule
from evidence.submissions.actions import (
    SubmitterEntry,
    accept_submission,
    decide_publication,
    receive_submission,
    withdraw_submission,
)
from evidence.tags.actions import answer_contrary_evidence, tag_recommendation, tag_theme
from inquiry.actions import APPG_RUBRIC
from inquiry.models import CitationStyle, Inquiry
from report.assembly import assemble
from report.layouts import USUAL, PartName
from report.structure import (
    AlphabeticalPart,
    Appendix,
    PublishedPart,
    RecommendationsPart,
    SessionsPart,
    ThemesPart,
    WitnessesPart,
)
from tests.builders import (
    HEARD,
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

pytestmark = pytest.mark.django_db
TODAY = dt.date(2023, 5, 4)
LATER = SPOKEN.replace("Q1", "Q3").replace("Q2", "Q4")


def made(inquiry: Inquiry, layout: str, by: Any = CONSOLE, **choice: Any) -> Appendix:
    return assemble(inquiry, by=by, made_on=TODAY, layout=layout, **choice)


def part(appendix: Appendix, kind: type) -> Any:
    (found,) = [one for one in appendix.parts if isinstance(one, kind)]
    return found


def told(appendix: Appendix) -> str:
    return json.dumps(appendix.printed(), ensure_ascii=False)


def on(day: int, month: int = 6) -> dict[str, Any]:
    return {"date": dt.date(2014, month, day), "date_precision": "day"}


def test_witnesses_stand_by_sitting_date_one_entry_a_panel_with_its_questions():
    inquiry = an_inquiry(style="commons")
    second = a_session(inquiry, number=2, witnesses=HEARD, **on(9, 7))
    first = a_session(inquiry, number=1, witnesses=HEARD, **on(18))
    a_transcript(first)
    a_transcript(second, LATER)
    witnesses = part(made(inquiry, "commons"), WitnessesPart)
    assert [sitting.named for sitting in witnesses.items] == ["Wednesday 18 June 2014", "Wednesday 9 July 2014"]
    entries = [(panel.printed, panel.questions) for sitting in witnesses.items for panel in sitting.panels]
    both = "Ann Example, Example Trust, and Bob Example, Example Council"
    assert entries == [(both, "Q1-2"), (both, "Q3-4")]
    oral = part(made(inquiry, "lords"), WitnessesPart)
    assert [panel.questions for sitting in oral.items for panel in sitting.panels] == ["QQ 1–2", "QQ 3–4"]


def test_a_corrected_transcript_counts_alone():
    inquiry = an_inquiry()
    session = a_session(inquiry, witnesses=HEARD)
    a_transcript(session)
    a_transcript(session, SPOKEN + "Q3,Chair,Anything else?\n,Ann Example,No.\n", corrected=True)
    (sitting,) = part(made(inquiry, "commons"), WitnessesPart).items
    assert [panel.questions for panel in sitting.panels] == ["Q1-3"]


def test_panels_have_roman_numerals_in_the_lords_where_a_sitting_had_several():
    inquiry = an_inquiry()
    panels = [PanelEntry(appearances=[AppearanceEntry(name=name, role="Resident")]) for name in ("Ann A", "Bob B")]
    log_session(inquiry=inquiry, title="Two", number=1, panels=panels, by=CONSOLE)
    a_session(inquiry, number=2, witnesses=(("Cas C", ""),))
    two, one = part(made(inquiry, "lords"), WitnessesPart).items
    assert [panel.printed for panel in two.panels] == ["I: Ann A, Resident", "II: Bob B, Resident"]
    assert [panel.printed for panel in one.panels] == ["Cas C"]
    assert [
        panel.numeral for sitting in part(made(inquiry, "commons"), WitnessesPart).items for panel in sitting.panels
    ] == [
        "",
        "",
        "",
    ]


def test_where_only_the_month_is_known_the_title_tells_which_sitting_it_was():
    inquiry = load_inquiry(LEVELLING_UP)
    sittings = part(made(inquiry, "commons"), WitnessesPart).items
    assert [sitting.named for sitting in sittings] == [
        "April 2022 · Levelling up social outcomes",
        "July 2022 · Levelling up economic outcomes",
        "November 2022 · Levelling up communities",
        "January 2023 · Levelling up investment",
    ]
    assert [len(sitting.panels) for sitting in sittings] == [1, 1, 0, 1]


@pytest.mark.parametrize(
    ("layout", "cited"),
    [
        ("appg", "Anna Bradley-Dorman, Ramsey Million Big Local, oral evidence to inquiry session two"),
        ("commons", "Session 2 [Anna Bradley-Dorman]"),
        ("lords", "Session 2 (Anna Bradley-Dorman)"),
    ],
)
def test_the_real_inquirys_sessions_and_quotes_print_in_every_layout(layout, cited):
    inquiry = load_inquiry(LEVELLING_UP)
    known = json.loads((LEVELLING_UP / "inquiry.json").read_text())
    text = told(made(inquiry, layout))
    for quote in known["quotes"]:
        assert quote["text"] in text
    for session in known["sessions"]:
        if session["kind"] == "evidence":
            assert session["title"] in text
    assert cited in text


def test_written_evidence_is_numbered_in_the_order_of_its_submitters_as_they_are_written():
    inquiry = an_inquiry(code="SMD")
    for name in ("Zed Example Ltd", "éxample Trust", "Dr Ann Example", "O'Example", "O’Example"):
        a_submission(inquiry, submitter=name, state="published")
    gone = a_submission(inquiry, submitter="MARKER Ltd", state="published")
    withdraw_submission(submission=gone, reason="Asked.", by=CONSOLE)
    a_submission(inquiry, submitter="MARKER Trust", state="published", treatment="anonymised")
    a_submission(inquiry, submitter="MARKER Council", state="decided", treatment="confidential")
    written = part(made(inquiry, "commons"), PublishedPart)
    assert [f"{one.submitters} ({one.reference})" for one in written.items] == [
        "Anonymous (SMD0007)",
        "Dr Ann Example (SMD0003)",
        "éxample Trust (SMD0002)",
        "O'Example (SMD0004)",
        "O’Example (SMD0005)",
        "Zed Example Ltd (SMD0001)",
    ]
    assert "SMD numbers" in written.lead
    assert "may not be complete" in written.lead
    assert "MARKER" not in told(made(inquiry, "commons"))


def received(inquiry: Inquiry, *submitters: SubmitterEntry) -> None:
    submission = receive_submission(inquiry=inquiry, submitters=submitters, by=CONSOLE)
    accept_submission(submission=submission, by=CONSOLE)
    decide_publication(submission=submission, treatment="full", by=CONSOLE)


def test_one_entry_for_a_person_or_body_with_all_that_they_said_and_wrote():
    inquiry = an_inquiry(code="SPA")
    speakers = [
        AppearanceEntry(name="Ann Example", role="Director", organisation="Example Trust"),
        AppearanceEntry(name="Bob Example"),
    ]
    heard = log_session(inquiry=inquiry, title="One", number=1, panels=[PanelEntry(appearances=speakers)], by=CONSOLE)
    a_transcript(heard)
    a_transcript(a_session(inquiry, number=2, witnesses=HEARD), LATER)
    a_session(inquiry, number=3, witnesses=(("Prof Cas Adams", ""),), **on(18))
    received(inquiry, SubmitterEntry(organisation="Example Trust"))
    received(inquiry, SubmitterEntry(person="Prof Cas Adams"), SubmitterEntry(organisation="Zed Ltd"))
    received(inquiry, SubmitterEntry(organisation="Example Trust"), SubmitterEntry(person="Bob Example"))
    entries = part(made(inquiry, "lords"), AlphabeticalPart).items
    assert [(one.name, one.beside, one.evidence) for one in entries] == [
        ("Prof Cas Adams", "", "oral evidence, Wednesday 18 June 2014, SPA0002"),
        ("Ann Example", "Director, Example Trust; Example Trust", "QQ 1–2, QQ 3–4"),
        ("Bob Example", "Example Council", "QQ 1–2, QQ 3–4, SPA0003"),
        ("Example Council", "Bob Example", "QQ 3–4"),
        ("Example Trust", "Ann Example, Director; Ann Example", "QQ 1–2, QQ 3–4, SPA0001, SPA0003"),
        ("Zed Ltd", "", "SPA0002"),
    ]


def test_who_wrote_for_a_body_is_found_under_both_names():
    inquiry = an_inquiry(code="SPA")
    a_session(inquiry, witnesses=(("Prof Bea Evans", "University of Nowhere"),), **on(18))
    received(inquiry, SubmitterEntry(person="Prof Bea Evans", organisation="University of Nowhere"))
    entries = part(made(inquiry, "lords"), AlphabeticalPart).items
    evidence = "oral evidence, Wednesday 18 June 2014, SPA0001"
    assert [(one.name, one.capacities, one.people, one.evidence) for one in entries] == [
        ("Prof Bea Evans", ("University of Nowhere",), (), evidence),
        ("University of Nowhere", (), ("Prof Bea Evans",), evidence),
    ]


def test_the_article_of_a_body_sorts_as_written_in_the_commons_and_not_in_the_lords():
    inquiry = an_inquiry()
    for body in ("Zed Ltd", "The Example Society", "Friends of Nowhere"):
        received(inquiry, SubmitterEntry(organisation=body))
    of_the_lords = part(made(inquiry, "lords"), AlphabeticalPart).items
    assert [one.name for one in of_the_lords] == ["The Example Society", "Friends of Nowhere", "Zed Ltd"]
    of_the_commons = part(made(inquiry, "commons"), PublishedPart).items
    assert [one.submitters for one in of_the_commons] == ["Friends of Nowhere", "The Example Society", "Zed Ltd"]


def test_a_panels_questions_begin_with_its_own():
    """A welcome before the second panel's first question still stands under the last of the first panel."""
    inquiry = an_inquiry()
    panels = [
        PanelEntry(appearances=[AppearanceEntry(name=name)]) for name in ("Ann Example", "Bob Sample", "Cas Specimen")
    ]
    session = log_session(inquiry=inquiry, title="Three", number=1, panels=panels, by=CONSOLE)
    spoken = (
        "Examination of Witness\n\nWitness: Ann Example gave evidence.\n\nQ7 Chair: What helps?\n\n"
        "Ann Example: A hall.\n\nExamination of Witness\n\nWitness: Bob Sample gave evidence.\n\n"
        "Chair: You are welcome.\n\nQ8 Chair: And you?\n\nBob Sample: A key.\n\nQ9 Chair: Thank you.\n\n"
        "Examination of Witness\n\nWitness: Cas Specimen gave evidence.\n\nChair: We are out of time.\n\n"
        "Cas Specimen: I have said it all.\n"
    )
    a_transcript(session, spoken)
    for layout, printed in (("commons", ["Q7", "Q8-9", "Q9"]), ("lords", ["Q 7", "QQ 8–9", "Q 9"])):
        (sitting,) = part(made(inquiry, layout), WitnessesPart).items
        assert [panel.questions for panel in sitting.panels] == printed


def test_sessions_of_one_day_stand_under_one_date_but_for_those_at_which_nobody_is_listed():
    inquiry = an_inquiry()
    a_session(inquiry, number=1, witnesses=(("Ann A", ""),), **on(18))
    a_session(inquiry, number=2, witnesses=(("Bob B", ""),), **on(18))
    a_session(inquiry, number=3, witnesses=(("Cas MARKER", ""),), rule="private", **on(18))
    month = {"date": dt.date(2014, 7, 1), "date_precision": "month"}
    a_session(inquiry, number=4, witnesses=(("Dov D", ""),), title="Four", **month)
    a_session(inquiry, number=5, witnesses=(("Eve E", ""),), title="Five", **month)
    sittings = part(made(inquiry, "lords"), WitnessesPart).items
    assert [(one.named, [panel.printed for panel in one.panels] or one.nobody) for one in sittings] == [
        ("Wednesday 18 June 2014", ["Ann A", "Bob B"]),
        ("Wednesday 18 June 2014", "Heard in private."),
        ("July 2014 · Four", ["Dov D"]),
        ("July 2014 · Five", ["Eve E"]),
    ]


def test_who_spoke_for_two_bodies_is_named_once():
    inquiry = an_inquiry()
    twice = [
        AppearanceEntry(name="Ann Example", role="Director", organisation="Example Trust"),
        AppearanceEntry(name="Ann Example", role="Trustee", organisation="Example Fund"),
        AppearanceEntry(name="Bob Example", role="Resident"),
    ]
    log_session(inquiry=inquiry, title="One", number=1, panels=[PanelEntry(appearances=twice)], by=CONSOLE)
    (sitting,) = part(made(inquiry, "commons"), WitnessesPart).items
    ann = "Ann Example, Director, Example Trust, and Trustee, Example Fund"
    assert sitting.panels[0].printed == f"{ann}, and Bob Example, Resident"
    (session,) = part(made(inquiry, "appg"), SessionsPart).items
    assert session.heard == f"{ann}; Bob Example, Resident"
    (alone, *_) = part(made(inquiry, "lords"), AlphabeticalPart).items
    assert (alone.name, alone.heard_as) == ("Ann Example", "Director, Example Trust; Trustee, Example Fund")


def test_the_layout_of_a_group_carries_the_rubric_that_groups_must_print():
    inquiry = an_inquiry(style="commons")
    assert made(inquiry, "commons").rubric == ()
    assert made(inquiry, "appg").rubric == (APPG_RUBRIC,)
    own = an_inquiry(style="appg", rubric="Not an official publication, in our words.", funding="Example Trust")
    assert made(own, "appg").rubric == (
        "Not an official publication, in our words.",
        "Researched and funded by Example Trust.",
    )


@pytest.mark.parametrize("layout", CitationStyle.values)
def test_contrary_evidence_stands_with_its_answer(layout):
    inquiry = an_inquiry()
    asked = a_recommendation(inquiry)
    first, later, closed = (a_written_quote(a_submission(inquiry, state="published")) for _ in range(3))
    tag_recommendation(evidence=first, recommendation=asked, stance="challenges", by=CONSOLE)

    def printed() -> Any:
        return part(made(inquiry, layout), RecommendationsPart).recommendations[0]

    assert (printed().answer, printed().unanswered) == ("", "The evidence against it has not been answered yet.")
    answer_contrary_evidence(recommendation=asked, text="It was paid for since.", by=CONSOLE)
    assert (printed().answer, printed().unanswered) == ("It was paid for since.", "")
    tag_recommendation(evidence=later, recommendation=asked, stance="challenges", by=CONSOLE)
    tag_recommendation(evidence=closed, recommendation=asked, stance="challenges", by=CONSOLE)
    withdraw_submission(submission=closed.submission, reason="Asked.", by=CONSOLE)
    assert printed().unanswered == "1 of 2 that challenge it came after this answer."


def test_an_answer_is_not_printed_where_none_of_what_it_answers_may_be():
    inquiry = an_inquiry()
    asked = a_recommendation(inquiry)
    against = a_written_quote(a_submission(inquiry, state="published"))
    tag_recommendation(evidence=against, recommendation=asked, stance="challenges", by=CONSOLE)
    answer_contrary_evidence(recommendation=asked, text="To MARKER we say no.", by=CONSOLE)
    assert "MARKER" in told(made(inquiry, "appg"))
    withdraw_submission(submission=against.submission, reason="Asked.", by=CONSOLE)
    appendix = made(inquiry, "appg")
    assert "MARKER" not in told(appendix)
    assert "The answer to the evidence against 1.1" in [one.what for one in appendix.left_out]


def test_anonymous_submissions_are_never_shown_to_be_by_one_hand():
    inquiry = an_inquiry(code="ANO")
    for _ in range(2):
        a_submission(inquiry, person="Ann MARKER", submitter="", state="published", treatment="anonymised")
    entries = part(made(inquiry, "lords"), AlphabeticalPart).items
    assert [(one.name, one.references) for one in entries] == [("Anonymous", ("ANO0001",)), ("Anonymous", ("ANO0002",))]
    assert "MARKER" not in told(made(inquiry, "lords"))


@pytest.mark.parametrize("layout", ["commons", "lords"])
def test_nobody_heard_in_private_or_under_the_rule_is_listed(layout):
    inquiry = an_inquiry()
    a_session(inquiry, number=1, witnesses=(("Ann MARKER", "MARKER Trust"),), rule="private")
    put_under_the_rule(session=a_session(inquiry, number=2, witnesses=(("Bob MARKER", ""),), title="Ruled"), by=CONSOLE)
    appendix = made(inquiry, layout)
    assert "MARKER" not in told(appendix)
    (sitting,) = part(appendix, WitnessesPart).items
    assert sitting.nobody == "Heard in private."
    assert "Ruled" not in told(appendix)
    assert "Ruled" in told(made(inquiry, layout, parts=PartName.values))


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADVISER, Role.MEMBER])
@pytest.mark.parametrize("layout", CitationStyle.values)
def test_what_is_printed_is_the_same_whoever_asks(role, layout):
    inquiry = an_inquiry()
    session = a_session(inquiry, witnesses=HEARD)
    a_heard_quote(a_transcript(session), 1, "Nobody has the key.")
    a_written_quote(a_submission(inquiry, state="published"))
    a_submission(inquiry, submitter="MARKER Ltd", state="decided", treatment="confidential")
    person = a_person(inquiry, role)
    assert made(inquiry, layout, by=person).digest == made(inquiry, layout).digest


@pytest.mark.parametrize(
    ("layout", "spoken", "written", "witness"),
    [
        (
            "appg",
            "Ann Example, Example Trust, oral evidence to inquiry session one",
            "Example Trust (2023)",
            "Ann Example, Example Trust, oral evidence to inquiry session one",
        ),
        ("commons", "Q1 [Ann Example]", "Example Trust (CIT0001) para 1", "Qq1-2 [Ann Example]"),
        ("lords", "Q 1 (Ann Example)", "Written evidence from Example Trust (CIT0001)", "QQ 1-2 (Ann Example)"),
    ],
)
def test_evidence_is_cited_in_the_style_of_the_layout(layout, spoken, written, witness):
    inquiry = an_inquiry(code="CIT")
    session = a_session(inquiry, witnesses=HEARD)
    quotes = [
        a_heard_quote(a_transcript(session), 1, "Nobody has the key."),
        a_written_quote(a_submission(inquiry, submitter="Example Trust", state="published")),
    ]
    person = session.panels.get().appearances.get(witness__name="Ann Example").witness
    theme = missions(inquiry)[0]
    for evidence in (*quotes, person):
        tag_theme(evidence=evidence, theme=theme, by=CONSOLE)
    (group,) = part(made(inquiry, layout), ThemesPart).items
    assert [one.citation for one in group.themes[0].evidence] == [spoken, written, witness]


@pytest.mark.parametrize("layout", CitationStyle.values)
def test_parts_can_be_chosen(layout):
    inquiry = an_inquiry(style=layout)
    assert len(made(inquiry, "").parts) == len(USUAL[layout])
    assert made(inquiry, "").layout == layout
    (only,) = made(inquiry, layout, parts=["written"]).parts
    assert only.kind == {"appg": "written", "commons": "published", "lords": "alphabetical"}[layout]
    appendix = made(inquiry, layout, parts=["references", "sessions"])
    assert [one.kind for one in appendix.parts] == ["sessions" if layout == "appg" else "witnesses", "references"]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("layout", "queries"), [("commons", 16), ("lords", 16)])
def test_a_layout_asks_as_often_for_one_row_as_for_three(rows, layout, queries, django_assert_num_queries):
    inquiry = an_inquiry()
    theme, recommendation = missions(inquiry)[0], a_recommendation(inquiry)
    for n in range(1, rows + 1):
        session = a_session(inquiry, number=n, witnesses=HEARD)
        spoken = SPOKEN.replace("Q1", f"Q{2 * n - 1}").replace("Q2", f"Q{2 * n}")
        for quote in (a_heard_quote(a_transcript(session, spoken), 1), a_spoken_quote(session, text=f"Words {n}.")):
            tag_theme(evidence=quote, theme=theme, by=CONSOLE)
        written = a_submission(inquiry, state="published", submitter=f"Example Body {n}")
        tag_recommendation(
            evidence=a_written_quote(written), recommendation=recommendation, stance="supports", by=CONSOLE
        )
    with django_assert_num_queries(queries):
        made(inquiry, layout)
