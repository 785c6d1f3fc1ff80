"""A quote's citations and the link to its words, for whoever may see the quote."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE, Role
from evidence.quotes.actions import remove_quote
from evidence.quotes.models import Quote
from evidence.submissions.actions import decide_publication
from inquiry.models import Inquiry
from tests import builders
from tests.builders import HEARD, SPOKEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry() -> Inquiry:
    return builders.an_inquiry("CITE", style="lords")


def words(quote: Quote) -> str:
    return reverse("review:quote_words", args=["CITE", quote.pk])


def as_role(client: Client, inquiry: Inquiry, role: Role) -> Client:
    client.force_login(builders.a_person(inquiry, role))
    return client


def test_the_inquirys_own_style_stands_first(client: Client, inquiry: Inquiry) -> None:
    builders.a_written_quote(builders.a_submission(inquiry, submitter="Example Trust"))
    page = as_role(client, inquiry, Role.MEMBER).get(reverse("review:quotes", args=["CITE"])).content.decode()
    ours, *others = (
        page.index(text) for text in ("(CITE0001)</strong>", "Example Trust (2023)<", "(CITE0001) para 1<")
    )
    assert ours < min(others)


def test_nobody_is_named_who_is_anonymous_to_others(client: Client, inquiry: Inquiry) -> None:
    submission = builders.a_submission(
        inquiry, submitter="", person="Nora Secret", treatment="anonymised", state="published"
    )
    quote = builders.a_written_quote(submission)
    # The secretariat knows the name, and prints it no more than others do.
    for role in (Role.MEMBER, Role.CLERK):
        page = as_role(client, inquiry, role).get(reverse("review:quote", args=["CITE", quote.pk])).content.decode()
        cited = page.partition("How it is cited")[2]
        assert "Written evidence from Anonymous (CITE0001)" in cited
        assert "Secret" not in cited


def test_the_link_leads_to_the_words(client: Client, inquiry: Inquiry) -> None:
    quote = builders.a_written_quote(builders.a_submission(inquiry))
    place = quote.first_passage
    answer = as_role(client, inquiry, Role.MEMBER).get(words(quote))
    assert answer.url == f"/CITE/read/{place.document_id}/?at={place.pk}#q-{quote.pk}"


def test_the_link_follows_the_words_into_a_corrected_transcript(client: Client, inquiry: Inquiry) -> None:
    session = builders.a_session(inquiry, witnesses=HEARD)
    quote = builders.a_heard_quote(builders.a_transcript(session), words="Nobody has the key.")
    corrected = builders.a_transcript(session, SPOKEN.replace("would help.", "would help us."), corrected=True)
    answer = as_role(client, inquiry, Role.MEMBER).get(words(quote))
    assert answer.url.startswith(f"/CITE/read/{corrected.document_id}/?at=")


def test_where_no_words_stand_the_link_leads_to_the_quote(client: Client, inquiry: Inquiry) -> None:
    spoken = builders.a_spoken_quote(builders.a_session(inquiry, witnesses=HEARD[:1]))
    removed = builders.a_written_quote(builders.a_submission(inquiry))
    remove_quote(quote=removed, by=CONSOLE)
    as_role(client, inquiry, Role.CLERK)
    for quote in (spoken, removed):
        assert client.get(words(quote)).url == f"/CITE/evidence/{quote.pk}/"


def test_who_may_not_see_the_quote_is_led_nowhere(client: Client, inquiry: Inquiry) -> None:
    submission = builders.a_submission(inquiry)
    quote = builders.a_written_quote(submission)
    as_role(client, inquiry, Role.MEMBER)
    assert client.get(words(quote)).status_code == 302
    decide_publication(submission=submission, treatment="confidential", by=CONSOLE)
    assert client.get(words(quote)).status_code == 404
    as_role(client, builders.an_inquiry(), Role.CLERK)
    assert client.get(words(quote)).status_code == 404
