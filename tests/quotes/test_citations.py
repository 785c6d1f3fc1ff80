"""How quotes are cited in each style, and who is named by it."""

from __future__ import annotations

import pytest

from accounts.roles import CONSOLE, Role
from evidence.quotes.actions import take_quote
from evidence.quotes.citations import cite, place, speaker
from evidence.quotes.models import Quote
from evidence.submissions.models import Submission
from inquiry.models import Inquiry
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry() -> Inquiry:
    return builders.an_inquiry("CITE")


def read_back(quote: Quote) -> Quote:
    return Quote.objects.visible_to(CONSOLE).with_source().get(pk=quote.pk)


def over_two(submission: Submission) -> Quote:
    first, second = builders.passages(submission)[:2]
    return take_quote(first_passage=first, start=0, last_passage=second, end=4, by=CONSOLE)


@pytest.mark.parametrize(
    ("style", "citation"),
    [
        ("appg", "Example Trust (2023)"),
        ("commons", "Example Trust (CITE0001) para 2"),
        ("lords", "Written evidence from Example Trust (CITE0001)"),
    ],
)
def test_written_evidence(inquiry: Inquiry, style: str, citation: str) -> None:
    quote = builders.a_written_quote(builders.a_submission(inquiry, submitter="Example Trust"), passage=1)
    assert cite(read_back(quote), style) == citation


def test_a_quote_over_two_paragraphs_names_both(inquiry: Inquiry) -> None:
    quote = over_two(builders.a_submission(inquiry, submitter="Example Trust"))
    assert cite(read_back(quote), "commons") == "Example Trust (CITE0001) paras 1–2"
    assert place(read_back(quote)) == "CITE0001, paras 1–2"


@pytest.mark.parametrize(
    ("style", "citation"),
    [
        ("appg", "Ann Example, Example Trust, oral evidence to inquiry session two"),
        ("commons", "Session 2 [Ann Example]"),
        ("lords", "Session 2 (Ann Example)"),
    ],
)
def test_oral_evidence(inquiry: Inquiry, style: str, citation: str) -> None:
    session = builders.a_session(inquiry, number=2, witnesses=(("Ann Example", "Example Trust"),))
    assert cite(read_back(builders.a_spoken_quote(session)), style) == citation


@pytest.mark.parametrize(("style", "citation"), [("commons", "Q78 [Prof Evans]"), ("lords", "Q 78 (Prof Bea Evans)")])
def test_the_commons_name_people_as_the_transcript_does_and_the_lords_in_full(inquiry, style, citation) -> None:
    session = builders.a_session(inquiry, witnesses=(("Prof Bea Evans", "University of Nowhere"),))
    transcript = builders.a_transcript(session, "question,speaker,text\nQ78,Chair,Why?\n,Prof Evans,It helps.\n")
    assert cite(read_back(builders.a_heard_quote(transcript)), style) == citation


@pytest.mark.parametrize("style", ["appg", "commons", "lords"])
def test_an_anonymised_submitter_is_named_in_no_citation_whoever_asks(inquiry: Inquiry, style: str) -> None:
    submission = builders.a_submission(inquiry, submitter="Example Refuge", state="decided", treatment="anonymised")
    quote = builders.a_written_quote(submission)
    for person in (CONSOLE, builders.a_person(inquiry, Role.CLERK), builders.a_person(inquiry, Role.MEMBER)):
        seen = Quote.objects.visible_to(person).with_source().get(pk=quote.pk)
        assert "Example Refuge" not in cite(seen, style)
        assert "Anonymous" in cite(seen, style)


def test_the_speaker_of_an_anonymised_quote_is_anonymous(inquiry: Inquiry) -> None:
    submission = builders.a_submission(inquiry, submitter="Example Refuge", state="decided", treatment="anonymised")
    quote = builders.a_written_quote(submission)
    assert speaker(read_back(quote)) == "Anonymous"


def test_the_inquiry_s_own_style_is_used_unless_another_is_asked_for() -> None:
    lords = builders.an_inquiry("LRDS", style="lords")
    quote = builders.a_written_quote(builders.a_submission(lords, submitter="Example Trust"))
    assert cite(read_back(quote)) == "Written evidence from Example Trust (LRDS0001)"
