"""A reference is allotted on receipt, once, whatever happens at the same moment or afterwards."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.refusals import Refused
from accounts.roles import CONSOLE
from evidence.submissions.actions import SubmitterEntry, receive_submission
from evidence.submissions.models import AllottedReference, Submission
from evidence.submissions.references import read_reference
from inquiry.models import Inquiry
from tests.builders import a_submission, an_inquiry


@pytest.mark.django_db(transaction=True)
def test_twenty_clerks_at_once_get_twenty_references_in_a_row() -> None:
    inquiry = an_inquiry("LUI")
    together = Barrier(20)

    def receive(n: int) -> int:
        try:
            mine = Inquiry.objects.get(pk=inquiry.pk)
            together.wait(timeout=30)
            who = [SubmitterEntry(organisation=f"Example Body {n}")]
            return receive_submission(inquiry=mine, submitters=who, by=CONSOLE).number
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as clerks:
        numbers = list(clerks.map(receive, range(20)))
    assert sorted(numbers) == list(range(1, 21))
    assert list(inquiry.allottedreferences.order_by("number").values_list("number", flat=True)) == list(range(1, 21))


@pytest.mark.django_db(transaction=True)
def test_a_receipt_that_fails_takes_no_reference_with_it() -> None:
    inquiry = an_inquiry()
    assert a_submission(inquiry).number == 1
    with pytest.raises(Refused):
        receive_submission(inquiry=inquiry, submitters=[], files=[("picture.png", b"\x89PNG\r\n\x1a\n")], by=CONSOLE)
    assert a_submission(inquiry).number == 2
    assert Submission.objects.filter(inquiry=inquiry).count() == 2


@pytest.mark.django_db
def test_the_reference_of_a_submission_that_was_deleted_is_never_given_again() -> None:
    inquiry = an_inquiry()
    for _ in range(3):
        last = a_submission(inquiry, text=None)
    assert last.number == 3
    Submission.objects.filter(pk=last.pk).delete()
    assert a_submission(inquiry, text=None).number == 4


@pytest.mark.django_db
def test_no_one_can_take_back_that_a_reference_was_given() -> None:
    a_submission(inquiry := an_inquiry(), text=None)
    given = AllottedReference.objects.filter(inquiry=inquiry)
    for attempt in (given.delete, lambda: given.update(number=7)):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            attempt()


@pytest.mark.django_db
def test_a_reference_cannot_be_changed_or_given_twice() -> None:
    inquiry = an_inquiry()
    first, second = a_submission(inquiry, text=None), a_submission(inquiry, text=None)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Submission.objects.filter(pk=second.pk).update(number=first.number)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.bulk_create([Submission(inquiry=inquiry, number=first.number, received_precision="")])


@pytest.mark.django_db
def test_each_inquiry_counts_for_itself() -> None:
    assert [a_submission(an_inquiry(), text=None).number for _ in range(2)] == [1, 1]


@pytest.mark.parametrize("written", ["LUI0012", "LUI 12", "LUI012", "lui0012", "lui-12", " LUI/0012 "])
def test_a_reference_is_read_in_every_form_in_the_wild(written: str) -> None:
    assert read_reference(written) == ("LUI", 12)


@pytest.mark.parametrize(("written", "read"), [("12", ("", 12)), ("0012", ("", 12)), ("Power", None), ("LUI", None)])
def test_figures_alone_are_a_reference_and_words_are_not(written: str, read: object) -> None:
    assert read_reference(written) == read
