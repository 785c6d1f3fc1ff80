"""A document opened: what stands in it, for whom."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.roles import CONSOLE, Role
from evidence.documents.actions import read_document
from evidence.documents.models import Document, Passage
from evidence.quotes.actions import remove_quote, take_quote
from evidence.reader.window import IN_VIEW, LISTED
from evidence.submissions.actions import add_file, decide_publication
from tests import builders
from tests.reader.placing import address, document_of, redacted

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def passages_of(page: str) -> list[str]:
    """The words of each passage, without the marks that stand in them."""
    found = re.findall(r"<(?:p|h2) data-words>(.*?)</(?:p|h2)>", page, re.S)
    without_asides = [re.sub(r'<span class="visually-hidden" data-aside>.*?</span>', "", each) for each in found]
    return [re.sub(r"<[^>]+>", "", each) for each in without_asides]


def long_text(count: int) -> str:
    return "\n\n".join(f"{n}. Example paragraph {n} about the hall." for n in range(1, count + 1))


def test_passages_stand_with_their_numbers(client: Client) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry)
    client.force_login(builders.a_person(inquiry, Role.MEMBER))
    page = read(client, address(submission))
    assert passages_of(page)[0] == "Our street has a hall and nobody has the key."
    assert "<span>1</span>" in page
    assert submission.reference in page
    assert "Example Residents Association" in page


def test_words_are_text_and_never_markup(client: Client) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry, text="1. <script>alert('&amp;')</script> said the hall.")
    builders.a_written_quote(submission, start=0, end=8)
    client.force_login(builders.a_person(inquiry))
    page = read(client, address(submission))
    assert "<script>alert" not in page
    assert passages_of(page)[0].startswith("&lt;script&gt;alert(&#x27;&amp;amp;&#x27;)")


@pytest.mark.parametrize("role", Role)
def test_every_role_reads_what_was_accepted(client: Client, role: Role) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry)
    client.force_login(builders.a_person(inquiry, role))
    page = read(client, address(submission))
    assert ("data-quote-panel" in page) is (role != Role.MEMBER)
    assert ("Redact these words" in page) is (role in (Role.CLERK, Role.ADMINISTRATOR))


def test_a_stranger_finds_no_document(client: Client) -> None:
    submission = builders.a_submission(builders.an_inquiry())
    client.force_login(builders.a_person(builders.an_inquiry()))
    assert client.get(address(submission)).status_code == 404


def test_a_document_is_found_under_its_own_inquiry_only(client: Client) -> None:
    submission, other = builders.a_submission(builders.an_inquiry()), builders.an_inquiry()
    client.force_login(builders.a_person(other))
    wrong = reverse("reader:document", args=[other.code, document_of(submission).pk])
    assert client.get(wrong).status_code == 404


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISER])
def test_a_confidential_submission_is_for_the_secretariat(client: Client, role: Role) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry, state="decided", treatment="confidential")
    client.force_login(builders.a_person(inquiry, role))
    assert client.get(address(submission)).status_code == 404
    client.force_login(builders.a_person(inquiry, Role.CLERK))
    assert client.get(address(submission)).status_code == 200


def test_an_anonymised_submitter_is_not_named_by_the_file_either(client: Client) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry, submitter="Example Refuge", state="decided", treatment="anonymised")
    name = document_of(submission).name
    client.force_login(builders.a_person(inquiry, Role.ADVISER))
    page = read(client, address(submission))
    assert "Example Refuge" not in page
    assert name not in page
    assert "Anonymous" in page


def test_notes_on_intake_are_for_the_secretariat(client: Client) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry, text="No numbers of its own here.")
    note = "It has no numbered paragraphs of its own"
    client.force_login(builders.a_person(inquiry, Role.CLERK))
    assert note in read(client, address(submission))
    client.force_login(builders.a_person(inquiry, Role.MEMBER))
    assert note not in read(client, address(submission))


def test_a_file_that_is_still_being_read_says_so(client: Client) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry)
    client.force_login(builders.a_person(inquiry))
    Document.objects.filter(pk=document_of(submission).pk).update(state="running", progress=40, doing="Opening it")
    assert "Opening it" in read(client, address(submission))


def test_quotes_are_marked_where_they_stand_overlapping_ones_too(client: Client) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry, text="1. One two three four five.\n\n2. Six seven eight.")
    first = builders.a_written_quote(submission, start=4, end=13)
    second = builders.a_written_quote(submission, start=8, end=18)
    client.force_login(builders.a_person(inquiry, Role.MEMBER))
    page = read(client, address(submission))
    assert passages_of(page)[0] == "One two three four five."
    assert f'<mark id="q-{first.pk}" data-quotes="{first.pk}">two </mark>' in page
    both = f'<mark id="q-{second.pk}" data-quotes="{first.pk} {second.pk}"><mark>three</mark></mark>'
    assert both in page
    assert f'<mark data-quotes="{second.pk}"> four</mark>' in page


def test_a_quote_over_several_passages_is_marked_in_each(client: Client) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry, text="1. One two.\n\n2. Three four.\n\n3. Five six.")
    places = builders.passages(submission)
    quote = take_quote(first_passage=places[0], start=4, last_passage=places[2], end=4, by=CONSOLE)
    client.force_login(builders.a_person(inquiry))
    page = read(client, address(submission))
    marked = re.findall(rf'<mark[^>]*data-quotes="{quote.pk}">(.*?)</mark>', page)
    assert marked == ["two.", "Three four.", "Five"]
    assert page.count(f'id="q-{quote.pk}"') == 1


def test_two_quotes_that_begin_together_can_both_be_pointed_at(client: Client) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry)
    quotes = [builders.a_written_quote(submission, start=0, end=end) for end in (10, 17)]
    client.force_login(builders.a_person(inquiry))
    page = read(client, address(submission))
    assert all(page.count(f'id="q-{quote.pk}"') == 1 for quote in quotes)


def test_a_removed_quote_is_not_marked(client: Client) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry)
    remove_quote(quote=builders.a_written_quote(submission, end=10), by=CONSOLE)
    client.force_login(builders.a_person(inquiry))
    assert "<mark" not in read(client, address(submission))


def test_a_long_document_opens_where_a_passage_stands(client: Client) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry, text=long_text(2 * IN_VIEW + 50))
    places = builders.passages(submission)
    client.force_login(builders.a_person(inquiry, Role.MEMBER))
    page = read(client, address(submission, at=places[IN_VIEW + 10].pk))
    assert f'id="p-{places[IN_VIEW].pk}"' in page
    assert f'id="p-{places[IN_VIEW - 1].pk}"' not in page
    assert len(passages_of(page)) == IN_VIEW
    assert f'href="?from={2 * IN_VIEW + 1}"' in page
    assert 'href="?from=1"' in page


@pytest.mark.parametrize("query", [{"at": "99999999999999999999"}, {"at": "x"}, {"from": "-1"}, {"from": "9" * 30}])
def test_an_address_that_points_nowhere_still_opens_the_document(client: Client, query: dict[str, Any]) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry)
    client.force_login(builders.a_person(inquiry, Role.MEMBER))
    assert len(passages_of(read(client, address(submission, **query)))) == 3


def test_the_panel_lists_the_first_quotes_only(client: Client) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry)
    for n in range(LISTED + 2):
        builders.a_written_quote(submission, end=10 + n)
    client.force_login(builders.a_person(inquiry, Role.MEMBER))
    page = client.get(address(submission))
    assert len(page.context["window"].quotes) == LISTED
    assert "And 2 more, marked in the text." in page.content.decode()


@pytest.mark.parametrize(
    ("words", "shown"),
    [("a" * 160, "a" * 160), ("a" * 161, "a" * 159 + "…"), ("a" * 158 + "q\u0301" + "a" * 9, "a" * 158 + "…")],
)
def test_of_a_long_quote_the_beginning_is_listed(client: Client, words: str, shown: str) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry, text=f"1. {words}")
    builders.a_written_quote(submission)
    client.force_login(builders.a_person(inquiry, Role.MEMBER))
    assert f'<p class="said">{shown}</p>' in read(client, address(submission))


def test_outside_the_secretariat_redacted_words_are_nowhere_on_the_page(client: Client) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry, text="1. My neighbour Zebedee Quill has the key.")
    touching = builders.a_written_quote(submission, start=3, end=24)
    clear = builders.a_written_quote(submission, start=31, end=34)
    redacted(submission, "Zebedee Quill", reason="Names a neighbour.")
    for role in (Role.MEMBER, Role.ADVISER):
        client.force_login(builders.a_person(inquiry, role))
        page = read(client, address(submission))
        assert "Zebedee" not in page
        assert "Quill" not in page
        assert "Names a neighbour." not in page
        assert f"q-{touching.pk}" not in page
        assert f'id="q-{clear.pk}"' in page
        assert passages_of(page)[0] == "My neighbour █████████████ has the key."
        assert '<span class="visually-hidden" data-aside>redacted</span>' in page


def test_the_secretariat_sees_what_is_redacted_and_why(client: Client) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry, text="1. My neighbour Zebedee Quill has the key.")
    redacted(submission, "Zebedee Quill", reason="Names a neighbour.")
    client.force_login(builders.a_person(inquiry, Role.CLERK))
    page = read(client, address(submission))
    assert passages_of(page)[0] == "My neighbour Zebedee Quill has the key."
    assert '<del class="redacted" title="Redacted: Names a neighbour.">' in page


def test_opening_costs_the_same_at_one_quote_and_at_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    inquiry = builders.an_inquiry()
    builders.missions(inquiry)
    builders.a_recommendation(inquiry)
    submission = builders.a_submission(inquiry)
    member, clerk = builders.a_person(inquiry, Role.MEMBER), builders.a_person(inquiry, Role.CLERK)
    here = address(submission)
    for more in (1, 2):
        for n in range(more):
            builders.a_written_quote(submission, end=10 * more + n)
        client.force_login(member)
        with django_assert_num_queries(13):
            client.get(here)
        client.force_login(clerk)
        with django_assert_num_queries(16):
            client.get(here)


def test_opening_a_transcript_costs_the_same_at_one_quote_and_at_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    inquiry = builders.an_inquiry()
    transcript = builders.a_transcript(builders.a_session(inquiry, witnesses=builders.HEARD))
    client.force_login(builders.a_person(inquiry, Role.MEMBER))
    here = reverse("reader:document", args=[inquiry.code, transcript.document_id])
    for turns in ((1,), (2, 4)):
        for turn in turns:
            builders.a_heard_quote(transcript, turn)
        with django_assert_num_queries(12):
            client.get(here)


def test_decided_evidence_is_read_as_decided(client: Client) -> None:
    """A decision that makes evidence confidential closes its document at once."""
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry)
    client.force_login(builders.a_person(inquiry, Role.MEMBER))
    assert client.get(address(submission)).status_code == 200
    decide_publication(submission=submission, treatment="confidential", by=CONSOLE)
    assert client.get(address(submission)).status_code == 404


def test_a_quote_that_spans_a_whole_part_is_marked_in_all_of_it(client: Client) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry, text=long_text(3 * IN_VIEW))
    places = builders.passages(submission)
    spans, before = (
        take_quote(first_passage=places[begin], start=0, last_passage=places[end], end=7, by=CONSOLE)
        for begin, end in ((IN_VIEW - 5, 2 * IN_VIEW + 5), (3, 4))
    )
    client.force_login(builders.a_person(inquiry))
    answer = client.get(address(submission, at=places[IN_VIEW + 10].pk))
    assert [quote.pk for quote in answer.context["window"].quotes] == [spans.pk]
    marked = answer.content.decode()
    assert marked.count("<mark") >= IN_VIEW
    assert f"q-{before.pk}" not in marked
    assert f"paras {IN_VIEW - 4}–{2 * IN_VIEW + 6}" in marked


def test_quotes_that_begin_earlier_are_listed_first(client: Client) -> None:
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry, text=long_text(2 * IN_VIEW))
    places = builders.passages(submission)
    within, later, earlier = (
        take_quote(first_passage=places[begin], start=start, last_passage=places[end], end=7, by=CONSOLE)
        for begin, start, end in ((IN_VIEW, 0, IN_VIEW), (IN_VIEW - 1, 2, IN_VIEW), (IN_VIEW - 2, 5, IN_VIEW + 1))
    )
    client.force_login(builders.a_person(inquiry))
    answer = client.get(address(submission, **{"from": IN_VIEW + 1}))
    assert [quote.pk for quote in answer.context["window"].quotes] == [earlier.pk, later.pk, within.pk]


def test_quotes_of_another_file_stay_there_though_its_keys_lie_between(client: Client) -> None:
    """Files of one submission that are read at once take the keys of their passages in turn."""
    inquiry = builders.an_inquiry()
    submission = builders.a_submission(inquiry, text="1. First file.")
    document = document_of(submission)
    annex = add_file(submission=submission, name="annex.txt", data=b"1. Second file.\n", by=CONSOLE)
    read_document(annex.pk)
    text = "Read when the other was."
    last = Passage.objects.create(inquiry=inquiry, document=document, position=9, received_text=text, open_text=text)
    elsewhere, here = (
        take_quote(first_passage=passage, start=0, last_passage=passage, end=4, by=CONSOLE)
        for passage in (annex.passages.get(), last)
    )
    client.force_login(builders.a_person(inquiry))
    answer = client.get(reverse("reader:document", args=[inquiry.code, document.pk]))
    assert [quote.pk for quote in answer.context["window"].quotes] == [here.pk]
    assert f"q-{elsewhere.pk}" not in answer.content.decode()
