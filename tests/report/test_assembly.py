"""What the appendix says, and what it must not say."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.documents.actions import redact
from evidence.frameworks.actions import add_theme, retire_theme
from evidence.loading.actions import load_inquiry
from evidence.loading.trial import LEVELLING_UP
from evidence.quotes.actions import edit_quote, remove_quote
from evidence.sessions.actions import put_under_the_rule
from evidence.submissions.actions import decide_publication, withdraw_submission
from evidence.tags.actions import tag_recommendation, tag_theme
from inquiry.actions import record_insight
from inquiry.models import Inquiry, Rule
from report.assembly import assemble
from report.structure import (
    Appendix,
    Evidence,
    RecommendationsPart,
    ReferencesPart,
    SessionsPart,
    ThemesPart,
    WrittenPart,
)
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

pytestmark = pytest.mark.django_db
TODAY = dt.date(2023, 5, 4)


def made(inquiry: Inquiry, by=CONSOLE, **choice) -> Appendix:
    return assemble(inquiry, by=by, made_on=TODAY, **choice)


def told(appendix: Appendix) -> str:
    """Everything that is printed, as text; not what is left out."""
    return json.dumps(appendix.to_dict() | {"left_out": []}, ensure_ascii=False)


def part(appendix: Appendix, kind: type):
    (found,) = [one for one in appendix.parts if isinstance(one, kind)]
    return found


def test_the_real_inquirys_quotes_come_out_with_their_citations():
    inquiry = load_inquiry(LEVELLING_UP)
    expected = json.loads((LEVELLING_UP / "inquiry.json").read_text())["quotes"]
    themes = part(made(inquiry), ThemesPart)
    printed = [(q.text, q.citation) for group in themes.items for theme in group.themes for q in theme.evidence]
    assert printed == [(quote["text"], quote["citation"]) for quote in expected]
    assert made(inquiry).left_out == ()


def test_quotes_stand_under_their_mission_and_recommendation_with_the_stance():
    inquiry = an_inquiry()
    quote = a_written_quote(a_submission(inquiry, state="published", submitter="Example Trust"))
    mission, recommendation = missions(inquiry)[1], a_recommendation(inquiry)
    tag_theme(evidence=quote, theme=mission, by=CONSOLE)
    tag_recommendation(evidence=quote, recommendation=recommendation, stance="challenges", by=CONSOLE)
    appendix = made(inquiry)
    (group,) = part(appendix, ThemesPart).items
    (theme,) = group.themes
    assert (group.title, theme.number, theme.title) == ("Example objective", "2", "Example mission 2")
    assert theme.evidence[0].citation == "Example Trust (2023)"
    (addressee,) = part(appendix, RecommendationsPart).items
    assert [len(addressee.recommendations[0].supports), len(addressee.recommendations[0].challenges)] == [0, 1]


def test_written_evidence_that_is_cited_is_listed_under_references_with_a_letter_where_a_year_has_several():
    inquiry = an_inquiry()
    first, second = (a_submission(inquiry, state="published", submitter="Example Trust") for _ in range(2))
    a_written_quote(first), a_written_quote(second)
    appendix = made(inquiry)
    assert [(work.author, work.year) for work in part(appendix, ReferencesPart).items] == [
        ("Example Trust", "2023a"),
        ("Example Trust", "2023b"),
    ]
    assert [item.submitters for item in part(appendix, WrittenPart).items] == [
        "Example Trust",
        "Example Trust",
    ]


def test_a_letter_is_the_same_on_the_screen_as_in_print(client):
    """Whoever looks, it tells apart those that may be printed; one that is confidential takes none away."""
    inquiry = an_inquiry()
    hidden = a_submission(inquiry, state="decided", treatment="confidential", submitter="Example Trust")
    named = [a_submission(inquiry, state="published", submitter="Example Trust") for _ in range(2)]
    person = a_submission(inquiry, state="published", submitter="Example Trust", person="Ann Example")
    undated = a_submission(inquiry, state="published", submitter="Example Trust", received_on=None)
    nameless = [a_submission(inquiry, state="published", treatment="anonymised", person=f"P{n}") for n in range(3)]
    expected = {
        hidden: "Example Trust (2023)",
        named[0]: "Example Trust (2023a)",
        named[1]: "Example Trust (2023b)",
        person: "Ann Example, Example Trust (2023)",
        undated: "Example Trust (n.d.)",
        **{each: f"Anonymous (2023{letter})" for each, letter in zip(nameless, "abc", strict=True)},
    }
    quotes = {each: a_written_quote(each) for each in expected}
    printed = [f"{work.author} ({work.year})" for work in part(made(inquiry), ReferencesPart).items]
    assert sorted(printed) == sorted(said for each, said in expected.items() if each != hidden)
    expected[hidden] = "Anonymous (2023)"
    for role in (Role.CLERK, Role.MEMBER):
        client.force_login(a_person(inquiry, role))
        for submission, said in expected.items():
            if role == Role.MEMBER and submission == hidden:
                continue
            shown = client.get(reverse("review:quote", args=[inquiry.code, quotes[submission].pk])).content.decode()
            assert f">{said}</strong>" in shown, (role, said)
    client.force_login(a_person(inquiry, Role.ADVISER))
    place = passages(named[1])[1]
    words = {"first_passage": place.pk, "start": 0, "last_passage": place.pk, "end": 5}
    judged = client.get(reverse("reader:judge", args=[inquiry.code, place.document_id]), words).content.decode()
    assert "Example Trust (2023b)" in judged


@pytest.mark.parametrize(
    ("state", "treatment", "why"),
    [
        ("accepted", "", "There is no decision on the publication of"),
        ("decided", "confidential", "is confidential"),
    ],
)
def test_a_quote_from_evidence_that_is_not_for_print_is_left_out_and_named(state, treatment, why):
    inquiry = an_inquiry()
    a_written_quote(a_submission(inquiry, text="MARKER words here.", state=state, treatment=treatment))
    appendix = made(inquiry)
    assert "MARKER" not in told(appendix)
    # The quote, and the submission that it is from.
    assert [("MARKER" in one.what, why in one.why) for one in appendix.left_out] == [(True, True), (False, True)]


def test_what_is_left_out_for_a_member_names_nothing_that_they_may_not_see():
    inquiry = an_inquiry()
    member = a_person(inquiry, Role.MEMBER)
    a_written_quote(a_submission(inquiry, text="MARKER words here.", state="decided", treatment="confidential"))
    assert "MARKER" not in json.dumps(made(inquiry, by=member).to_dict())


def test_an_anonymised_submitter_is_anonymous_in_print_whoever_asks():
    inquiry = an_inquiry()
    submission = a_submission(
        inquiry, submitter="MARKER Trust", person="Dr MARKER", state="published", treatment="anonymised"
    )
    a_written_quote(submission)
    text = told(made(inquiry))
    assert "MARKER" not in text
    assert "Anonymous (2023)" in text


def test_redacted_words_are_not_printed():
    inquiry = an_inquiry()
    submission = a_submission(inquiry, text="Our MARKER said no.\n\nWe went home.")
    quote = a_written_quote(submission)
    a_written_quote(submission, passage=1)
    redact(passage=quote.first_passage, start=4, end=10, reason="names a child", by=CONSOLE)
    decide_publication(submission=submission, treatment="redacted", by=CONSOLE)
    appendix = made(inquiry)
    assert "MARKER" not in told(appendix)
    assert "We went home." in told(appendix)
    assert [one.why for one in appendix.left_out] == ["Words in it are redacted."]


def test_a_mismatch_and_a_removed_quote_are_not_printed():
    inquiry = an_inquiry()
    submission = a_submission(inquiry, state="published")
    edit_quote(quote=a_written_quote(submission), text="MARKER was never said", by=CONSOLE)
    remove_quote(quote=a_written_quote(submission, passage=1), by=CONSOLE)
    appendix = made(inquiry)
    assert part(appendix, ThemesPart).items == ()
    assert [one.why for one in appendix.left_out] == ["It does not say what its source says."]


def test_an_unchecked_quote_is_printed_only_when_asked_for_and_is_marked():
    inquiry = an_inquiry()
    a_spoken_quote(a_session(inquiry, witnesses=(("Ann Example", ""),)), text="Nobody checked this.", against="")
    assert "Nobody checked this." not in told(made(inquiry))
    (group,) = part(made(inquiry, include_unchecked=True), ThemesPart).items
    assert group.themes[0].evidence[0].mark == "unchecked"


def test_a_private_sessions_witnesses_and_words_are_not_printed():
    inquiry = an_inquiry()
    session = a_session(inquiry, witnesses=(("Ann MARKER", "MARKER Trust"),), rule="private")
    a_spoken_quote(session, text="A MARKER word.")
    appendix = made(inquiry)
    assert "MARKER" not in told(appendix)
    assert [one.why for one in appendix.left_out] == ["It was said in private."]
    assert [one.heard for one in part(appendix, SessionsPart).items] == ["Heard in private."]


def test_a_meeting_under_the_rule_is_named_without_people():
    inquiry = an_inquiry()
    session = a_session(inquiry, witnesses=(("Ann MARKER", "MARKER Trust"),), venue="Example Hall")
    a_spoken_quote(session, text="A MARKER word.")
    put_under_the_rule(session=session, by=CONSOLE)
    assert "MARKER" not in json.dumps(made(inquiry).to_dict())
    assert "Example Hall" in told(made(inquiry))


def everything_on(appendix: Appendix) -> tuple[list[Evidence], list[Evidence]]:
    """The evidence under the one theme, and that which challenges the one recommendation."""
    (group,) = part(appendix, ThemesPart).items
    (addressee,) = part(appendix, RecommendationsPart).items
    return list(group.themes[0].evidence), list(addressee.recommendations[0].challenges)


def test_evidence_of_every_kind_stands_under_theme_and_recommendation():
    inquiry = an_inquiry()
    mission, recommendation = missions(inquiry)[0], a_recommendation(inquiry)
    session = a_session(inquiry, number=2, title="On halls", witnesses=(("Ann Example", "Example Trust"),))
    workshop = a_session(inquiry, number=None, kind="workshop", title="A workshop", rule=Rule.CHATHAM_HOUSE)
    insight = record_insight(session=workshop, text="Nobody has the key.", by=CONSOLE)
    submission = a_submission(inquiry, state="published", submitter="Writing Trust")
    witness = session.panels.get().appearances.get().witness
    for evidence in (submission, witness, session, insight):
        tag_theme(evidence=evidence, theme=mission, by=CONSOLE)
        tag_recommendation(evidence=evidence, recommendation=recommendation, stance="challenges", by=CONSOLE)
    heard = Evidence("", "Ann Example, Example Trust, oral evidence to inquiry session two")
    noted = Evidence("", "Insight from “A workshop”, held under the Chatham House Rule", note="Nobody has the key.")
    wrote = Evidence("", "Writing Trust (2023)")
    on_theme, against = everything_on(made(inquiry))
    assert on_theme == [wrote, heard, noted]
    assert against == [wrote, heard, Evidence("", "Inquiry session two, On halls"), noted]
    assert part(made(inquiry), SessionsPart).items[0].themes == ("1 Example mission 1",)
    assert made(inquiry).left_out == ()


def test_private_and_anonymous_people_stand_under_no_recommendation():
    inquiry = an_inquiry()
    recommendation = a_recommendation(inquiry)
    session = a_session(inquiry, witnesses=(("Ann MARKER", "MARKER Trust"),), title="MARKER", rule=Rule.PRIVATE)
    anonymous = a_submission(inquiry, person="Bob MARKER", submitter="", state="published", treatment="anonymised")
    people = [session.panels.get().appearances.get().witness, anonymous.submitters.get().witness]
    for evidence in (session, *people):
        tag_recommendation(evidence=evidence, recommendation=recommendation, stance="supports", by=CONSOLE)
    appendix = made(inquiry)
    assert "MARKER" not in json.dumps(part(appendix, RecommendationsPart).to_dict())
    assert sorted(one.what for one in appendix.left_out) == ["Ann MARKER", "Bob MARKER", "MARKER"]


def test_codes_are_the_themes_in_force_with_what_belongs_to_them():
    inquiry = an_inquiry()
    _, gone, last = missions(inquiry)
    told = {"aim": "An aim.", "definition": "What is here.", "exclusion": "What is not."}
    add_theme(framework=last.framework, parent=last.parent, number="4", title="Added", **told, by=CONSOLE)
    retire_theme(theme=gone, by=CONSOLE)
    missions(an_inquiry())
    (objective,) = made(inquiry).codes
    assert [(one.name, one.about) for one in objective.below] == [
        ("1 · Example mission 1", "Aim of mission 1."),
        ("3 · Example mission 3", "Aim of mission 3."),
        ("4 · Added", "An aim.\n\nWhat belongs here: What is here.\n\nWhat does not: What is not."),
    ]
    missions(inquiry)
    assert [[one.name for one in framework.below] for framework in made(inquiry).codes] == [
        ["A · Example objective"],
        ["A · Example objective"],
    ]
    assert made(inquiry, parts=["recommendations"]).codes == ()


def test_a_visit_on_the_record_says_that_it_was_one():
    inquiry = an_inquiry()
    a_session(inquiry, number=None, kind="visit", title="To the harbour", venue="Example Harbour")
    (visit,) = part(made(inquiry), SessionsPart).items
    assert (visit.circumstances, visit.heard) == ("Visit, Example Harbour", "No witness is recorded.")


def test_a_withdrawn_submission_leaves_the_appendix():
    inquiry = an_inquiry()
    submission = a_submission(inquiry, text="MARKER words here.", state="published")
    a_written_quote(submission)
    assert "MARKER" in told(made(inquiry))
    withdraw_submission(submission=submission, reason="The author asked.", by=CONSOLE)
    assert "MARKER" not in told(made(inquiry))


def test_nothing_of_another_inquiry_is_printed():
    inquiry, other = an_inquiry(), an_inquiry()
    a_written_quote(a_submission(other, text="MARKER words here.", state="published"))
    a_session(other, title="MARKER session")
    assert "MARKER" not in json.dumps(made(inquiry).to_dict())


def fill(inquiry: Inquiry, rows: int) -> None:
    session = a_session(inquiry, witnesses=tuple((f"Witness {n} of {rows}", f"Body {n}") for n in range(rows)))
    theme, recommendation = missions(inquiry)[0], a_recommendation(inquiry)
    for n in range(rows):
        quote = a_written_quote(a_submission(inquiry, state="published"))
        tag_theme(evidence=quote, theme=theme, by=CONSOLE)
        tag_recommendation(evidence=quote, recommendation=recommendation, stance="supports", by=CONSOLE)
        a_spoken_quote(session, text=f"We know our street, and {n} others.")


@pytest.mark.parametrize("rows", [1, 3])
def test_assembly_asks_as_often_for_one_row_as_for_three(rows, django_assert_num_queries):
    inquiry = an_inquiry()
    fill(inquiry, rows)
    with django_assert_num_queries(16):
        made(inquiry)
