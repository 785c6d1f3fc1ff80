"""A quote is anchored to words that stand there, and its verdict is the database's: whoever writes, and however."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.refusals import Refused
from accounts.roles import CONSOLE, NotAllowed, Role
from evidence.documents.models import Passage
from evidence.quotes.actions import (
    AlreadyQuoted,
    check_quote,
    edit_quote,
    record_quote,
    remove_quote,
    restore_quote,
    take_quote,
)
from evidence.quotes.models import CLEARED, LONGEST_QUOTE, Quote, Verdict
from evidence.review.filters import search
from evidence.submissions.actions import withdraw_submission
from evidence.submissions.models import Submission
from inquiry.models import Inquiry
from tests import builders
from tests.reader.placing import redacted

pytestmark = pytest.mark.django_db
ANCHORED = "anchored to words that stand in its document"


@pytest.fixture
def inquiry() -> Inquiry:
    return builders.an_inquiry()


@pytest.fixture
def submission(inquiry: Inquiry) -> Submission:
    return builders.a_submission(inquiry, state="decided")


@pytest.fixture
def quote(submission: Submission) -> Quote:
    return builders.a_written_quote(submission, start=4, end=21)


def refused(rows: Any, sentence: str, **changes: Any) -> None:
    """A write that goes round the actions is refused all the same."""
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        rows.update(**changes)


@pytest.mark.parametrize(
    ("start", "end"), [(4, 4), (5, 4), (0, 46), (45, 45), (45, 60), (4000, 4001), (3, 4), (2**31 - 1, 2**31 - 1)]
)
def test_a_place_where_no_words_stand_is_refused(submission: Submission, start: int, end: int) -> None:
    place = builders.passages(submission)[0]
    assert place.received_text[3] == " "
    assert len(place.received_text) == 45
    with pytest.raises(Refused, match=ANCHORED):
        take_quote(first_passage=place, start=start, last_passage=place, end=end, by=CONSOLE)
    assert not Quote.objects.exists()


def test_a_quote_cannot_be_moved_to_where_no_words_stand(quote: Quote) -> None:
    rows = Quote.objects.filter(pk=quote.pk)
    refused(rows, ANCHORED, end=46)
    refused(rows, ANCHORED, start=F("end"))
    refused(rows, "quotes_quote_start", start=-1)
    refused(rows, "anchored_or_not", start=None, first_passage=None)
    refused(rows, ANCHORED, start=None)


def test_a_quote_does_not_run_backwards(submission: Submission, quote: Quote) -> None:
    first, second = builders.passages(submission)[:2]
    with pytest.raises(Refused, match=ANCHORED):
        take_quote(first_passage=second, start=0, last_passage=first, end=4, by=CONSOLE)
    refused(Quote.objects.filter(pk=quote.pk), ANCHORED, first_passage=second)


def test_a_quote_does_not_run_into_another_document(inquiry: Inquiry, quote: Quote) -> None:
    other = builders.passages(builders.a_submission(inquiry))[1]
    refused(Quote.objects.filter(pk=quote.pk), ANCHORED, last_passage=other, end=4)


def test_a_quote_is_of_its_own_submission(inquiry: Inquiry, quote: Quote) -> None:
    other = builders.a_submission(inquiry)
    rows = Quote.objects.filter(pk=quote.pk)
    refused(rows, "document of its own submission", submission=other)
    there = builders.passages(other)[0]
    refused(rows, "document of its own submission", first_passage=there, last_passage=there)


def test_a_quote_points_at_nothing_in_another_inquiry(quote: Quote) -> None:
    elsewhere = builders.a_submission(builders.an_inquiry())
    there = builders.passages(elsewhere)[0]
    rows = Quote.objects.filter(pk=quote.pk)
    for change in ({"submission": elsewhere}, {"first_passage": there, "last_passage": there}):
        refused(rows, "different inquiries|its own submission", **change)
    refused(rows, "cannot move to another inquiry", inquiry=elsewhere.inquiry)


def test_a_quote_of_a_transcribed_kind_needs_its_passage_and_has_one_source(inquiry: Inquiry, quote: Quote) -> None:
    session = builders.a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),))
    rows = Quote.objects.filter(pk=quote.pk)
    refused(rows, "quote_of_one_source", panel=session.panels.get())
    refused(rows, "quote_of_one_source|whoever spoke the words", submission=None)


def test_a_passage_that_is_quoted_stays(quote: Quote) -> None:
    rows = Passage.objects.filter(pk=quote.first_passage_id)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="quotes_quote"):
            rows._raw_delete("default")
        transaction.set_rollback(True)


def test_the_words_of_a_passage_stand(quote: Quote) -> None:
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Passage.objects.filter(pk=quote.first_passage_id).update(received_text="What was never written.")


@pytest.mark.parametrize("claim", [Verdict.VERBATIM, Verdict.EDITED, Verdict.CHECKED, Verdict.UNCHECKED])
def test_a_mismatch_cannot_be_called_anything_else(quote: Quote, claim: Verdict) -> None:
    rows = Quote.objects.filter(pk=quote.pk)
    rows.update(text="street has no hall", verdict=claim)
    assert rows.get().verdict == Verdict.MISMATCH
    rows.update(verdict=claim)
    assert rows.get().verdict == Verdict.MISMATCH
    assert not Quote.objects.may_be_printed().filter(verdict__in=CLEARED).exists()


def test_a_quote_made_in_bulk_is_judged_too(quote: Quote) -> None:
    row = Quote.objects.get(pk=quote.pk)
    row.pk, row.text, row.verdict = None, "never said", Verdict.VERBATIM
    (made,) = Quote.objects.bulk_create([row])
    assert Quote.objects.get(pk=made.pk).verdict == Verdict.MISMATCH


def test_moving_the_anchor_judges_the_words_anew(quote: Quote) -> None:
    rows = Quote.objects.filter(pk=quote.pk)
    assert rows.get().verdict == Verdict.VERBATIM
    rows.update(end=F("end") - 1)
    assert rows.get().verdict == Verdict.MISMATCH


def test_editing_judges_the_words_anew(quote: Quote) -> None:
    assert edit_quote(quote=quote, text="street […] hall", by=CONSOLE).verdict == Verdict.EDITED
    assert edit_quote(quote=quote, text="street had a hall", by=CONSOLE).verdict == Verdict.MISMATCH
    assert edit_quote(quote=quote, text="street\nhas a hall", by=CONSOLE).verdict == Verdict.VERBATIM


class TestWithoutTranscript:
    @pytest.fixture
    def spoken(self, inquiry: Inquiry) -> Quote:
        session = builders.a_session(inquiry, witnesses=(("Ann Example", "Example Trust"),))
        return builders.a_spoken_quote(session, against="")

    def test_nobody_has_checked_it_until_somebody_has(self, inquiry: Inquiry, spoken: Quote) -> None:
        clerk = builders.a_person(inquiry)
        rows = Quote.objects.filter(pk=spoken.pk)
        assert spoken.verdict == Verdict.UNCHECKED
        rows.update(verdict=Verdict.CHECKED)
        assert rows.get().verdict == Verdict.UNCHECKED
        assert not Quote.objects.may_be_printed().filter(verdict__in=CLEARED).exists()
        checked = check_quote(quote=spoken, time_code=dt.timedelta(minutes=12), by=clerk)
        assert (checked.verdict, checked.checked_by) == (Verdict.CHECKED, clerk)
        assert Quote.objects.may_be_printed().filter(verdict__in=CLEARED).exists()

    def test_a_check_names_what_it_was_made_against(self, inquiry: Inquiry, spoken: Quote) -> None:
        with pytest.raises(Refused, match="Name the published source"):
            check_quote(quote=spoken, by=builders.a_person(inquiry))
        rows = Quote.objects.filter(pk=spoken.pk)
        refused(rows, "checked_against_something", checked_at=timezone.now())
        refused(rows, "checked_against_something", checked_at=timezone.now(), time_code=dt.timedelta(minutes=1))

    def test_changed_words_must_be_checked_again(self, inquiry: Inquiry, spoken: Quote) -> None:
        clerk = builders.a_person(inquiry)
        check_quote(quote=spoken, checked_against="Example report", by=clerk)
        edited = edit_quote(quote=spoken, text="We know every street.", by=clerk)
        assert (edited.verdict, edited.checked_by, edited.checked_against) == (Verdict.UNCHECKED, None, "")

    def test_the_words_of_another_panel_are_not_this_witness_s(self, inquiry: Inquiry, spoken: Quote) -> None:
        other = builders.a_session(inquiry, number=2, witnesses=(("Bob Example", ""),))
        appearance = other.panels.get().appearances.get()
        refused(Quote.objects.filter(pk=spoken.pk), "its own panel", appearance=appearance)
        refused(Quote.objects.filter(pk=spoken.pk), "its own panel", panel=other.panels.get())

    def test_a_quote_with_a_source_needs_no_check_by_hand(self, inquiry: Inquiry, submission: Submission) -> None:
        written = builders.a_written_quote(submission)
        with pytest.raises(Refused, match="compared with its source"):
            check_quote(quote=written, checked_against="the letter", by=builders.a_person(inquiry))


def test_a_removed_quote_comes_back_as_it_was(quote: Quote) -> None:
    remove_quote(quote=quote, by=CONSOLE)
    assert not Quote.objects.standing().exists()
    assert not Quote.objects.may_be_printed().filter(verdict__in=CLEARED).exists()
    restore_quote(quote=quote, by=CONSOLE)
    assert Quote.objects.may_be_printed().filter(verdict__in=CLEARED).get().text == "street has a hall"


def test_quotes_of_what_is_withdrawn_or_confidential_are_not_printed(inquiry: Inquiry) -> None:
    open_one = builders.a_submission(inquiry, state="published")
    for treatment in ("confidential", "full"):
        builders.a_written_quote(builders.a_submission(inquiry, state="decided", treatment=treatment))
    quote = builders.a_written_quote(open_one)
    assert Quote.objects.may_be_printed().filter(verdict__in=CLEARED).count() == 2
    withdraw_submission(submission=open_one, reason="Asked to.", by=CONSOLE)
    assert quote not in Quote.objects.may_be_printed().filter(verdict__in=CLEARED)
    assert quote not in Quote.objects.visible_to(builders.a_person(inquiry, Role.MEMBER))
    assert Quote.objects.visible_to(builders.a_person(inquiry, Role.MEMBER)).count() == 1


def test_members_and_strangers_write_no_quotes(inquiry: Inquiry, submission: Submission, quote: Quote) -> None:
    passage = builders.passages(submission)[0]
    here = {"first_passage": passage, "start": 0, "last_passage": passage, "end": 3}
    for person in (builders.a_person(inquiry, Role.MEMBER), builders.a_person(builders.an_inquiry())):
        with pytest.raises(NotAllowed):
            take_quote(**here, by=person)
        with pytest.raises(NotAllowed):
            edit_quote(quote=quote, text="x", by=person)
        with pytest.raises(NotAllowed):
            remove_quote(quote=quote, by=person)
        with pytest.raises(NotAllowed):
            restore_quote(quote=quote, by=person)
    assert Quote.objects.count() == 1


def test_an_adviser_edits_no_quote_whose_words_were_redacted_since(
    inquiry: Inquiry, submission: Submission, quote: Quote
) -> None:
    redacted(submission, "a hall")
    with pytest.raises(Refused, match="redacted"):
        edit_quote(quote=quote, text="street has a hall", by=builders.a_person(inquiry, Role.ADVISER))
    assert edit_quote(quote=quote, text="street has [it]", by=builders.a_person(inquiry)).verdict == Verdict.EDITED


def test_history_keeps_what_a_quote_said_before(quote: Quote) -> None:
    edit_quote(quote=quote, text="street […] hall", by=CONSOLE)
    events = apps.get_model("quotes", "QuoteEvent")._default_manager.filter(pgh_obj=quote.pk).order_by("pgh_id")
    said = list(events.values_list("text", flat=True))
    assert said[0] == "street has a hall"
    assert said[-1] == "street […] hall"


def test_recording_needs_words(inquiry: Inquiry) -> None:
    session = builders.a_session(inquiry, witnesses=(("Ann Example", ""),))
    appearance = session.panels.get().appearances.get()
    with pytest.raises(IntegrityError, match="quote_has_words"):
        record_quote(appearance=appearance, text="  ", by=CONSOLE)


def test_the_same_words_are_quoted_once(quote: Quote, submission: Submission) -> None:
    place = {name: getattr(quote, name) for name in ("first_passage", "start", "last_passage", "end")}
    with pytest.raises(AlreadyQuoted) as refused:
        take_quote(**place, by=CONSOLE)
    assert refused.value.quote == quote
    edited = take_quote(**place, text="street […] hall", by=CONSOLE)
    with pytest.raises(Refused, match="quoted from the same place already"):
        edit_quote(quote=edited, text=quote.text, by=CONSOLE)
    refused_twin = Quote(inquiry=quote.inquiry, submission=submission, text=quote.text, **place)
    with pytest.raises(IntegrityError, match="quoted_once_from_where_it_stands"), transaction.atomic():
        Quote.objects.bulk_create([refused_twin])


def test_removed_words_are_quoted_again_but_not_brought_back_beside_themselves(
    quote: Quote, submission: Submission
) -> None:
    remove_quote(quote=quote, by=CONSOLE)
    again = builders.a_written_quote(submission, start=quote.start, end=quote.end)
    assert again != quote
    with pytest.raises(Refused, match="quoted from the same place already"):
        restore_quote(quote=quote, by=CONSOLE)


def test_a_witness_is_quoted_once_with_the_same_words(inquiry: Inquiry) -> None:
    session = builders.a_session(inquiry, witnesses=(("Ann Example", ""), ("Bob Example", "")))
    ann, bob = session.panels.get().appearances.order_by("position")
    quote = record_quote(appearance=ann, text="We know our street.", by=CONSOLE)
    assert record_quote(appearance=bob, text="We know our street.", by=CONSOLE) != quote
    with pytest.raises(AlreadyQuoted) as refused:
        record_quote(appearance=ann, text=" We know our street. ", checked_against="a report", by=CONSOLE)
    assert refused.value.quote == quote


@pytest.mark.django_db(transaction=True)
def test_the_same_words_taken_twice_at_once_are_one_quote() -> None:
    submission, together = builders.a_submission(builders.an_inquiry()), Barrier(4)

    def take() -> Any:
        try:
            together.wait(30)
            return builders.a_written_quote(submission, end=10)
        except AlreadyQuoted as already:
            return already.quote
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as clerks:
        quotes = [each.result() for each in [clerks.submit(take) for _ in range(4)]]
    assert set(quotes) == {Quote.objects.get()}


def test_a_quote_is_no_longer_than_can_be_searched(inquiry: Inquiry, quote: Quote) -> None:
    session = builders.a_session(inquiry, witnesses=(("Ann Example", ""),))
    # As hard on the index as may be: no word twice, and four bytes to a letter.
    words = " ".join(chr(0x20000 + n) + chr(0x20000 + m) for n in range(116) for m in range(115))[:LONGEST_QUOTE]
    assert builders.a_spoken_quote(session, words).text == words.strip()
    assert search(Quote.objects.all(), "hall", CONSOLE, inquiry).get() == quote
    says = "A quote has at most 40,000 characters"
    with pytest.raises(Refused, match=says):
        builders.a_spoken_quote(session, "a" * (LONGEST_QUOTE + 1))
    with pytest.raises(Refused, match=says):
        edit_quote(quote=quote, text="a" * (LONGEST_QUOTE + 1), by=CONSOLE)
    refused(Quote.objects.filter(pk=quote.pk), "quote_of_bearable_length", text="a" * (LONGEST_QUOTE + 1))
