"""A quote knows whether it touches a redaction, whoever makes, moves or lifts it, and in whatever order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.roles import CONSOLE, Role
from evidence.documents.actions import lift_redaction, redact
from evidence.documents.models import Redaction
from evidence.quotes.actions import take_quote
from evidence.quotes.models import Quote
from evidence.submissions.models import Submission
from tests import builders

pytestmark = pytest.mark.django_db
some = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
# From the middle of the first passage to the middle of the third; one passage alone; the whole.
PLACES = ((0, 10, 2, 10), (1, 4, 1, 12), (0, 0, 2, 20))


@pytest.fixture
def submission() -> Submission:
    text = "\n\n".join(f"Passage {n} is about an invented street." for n in range(3))
    return builders.a_submission(builders.an_inquiry(), state="decided", text=text)


def taken(submission: Submission, place: tuple[int, int, int, int]) -> Quote:
    passages = builders.passages(submission)
    first, start, last, end = place
    return take_quote(first_passage=passages[first], start=start, last_passage=passages[last], end=end, by=CONSOLE)


def touches(quote: tuple[int, int, int, int], redaction: tuple[int, int, int]) -> bool:
    first, start, last, end = quote
    passage, begins, ends = redaction
    return (passage, ends) > (first, start) and (passage, begins) < (last, end) and first <= passage <= last


# A passage has 38 characters.
redactions = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 24), st.integers(1, 14)).map(lambda r: (r[0], r[1], r[1] + r[2])),
    max_size=4,
)


@some
@given(before=redactions, after=redactions)
def test_it_follows_from_where_the_redactions_are(submission: Submission, before: Any, after: Any) -> None:
    Quote.objects.all().delete()
    Redaction.objects.all().delete()
    passages = builders.passages(submission)

    def made(places: Any) -> None:
        for passage, start, end in places:
            redact(passage=passages[passage], start=start, end=end, reason="An example.", by=CONSOLE)

    made(before)
    quotes = {place: taken(submission, place).pk for place in PLACES}
    made(after)
    standing: list[tuple[Any, ...]] = [*before, *after]
    for left in (standing, []):
        found = dict(Quote.objects.values_list("pk", "redacted"))
        assert {place: found[pk] for place, pk in quotes.items()} == {
            place: any(touches(place, redaction) for redaction in left) for place in PLACES
        }
        for redaction in Redaction.objects.all():
            lift_redaction(redaction=redaction, by=CONSOLE)


def test_it_is_the_databases_to_say(submission: Submission) -> None:
    quote = taken(submission, PLACES[1])
    redact(passage=builders.passages(submission)[1], start=6, end=9, reason="An example.", by=CONSOLE)
    Quote.objects.update(redacted=False)
    assert Quote.objects.get().redacted
    member = builders.a_person(submission.inquiry, Role.MEMBER)
    assert not Quote.objects.visible_to(member).exists()
    Quote.objects.update(start=10)
    assert not Quote.objects.get().redacted
    with connection.cursor() as sql:
        sql.execute('UPDATE documents_redaction SET start = 10, "end" = 11')
        assert Quote.objects.get().redacted
        sql.execute("DELETE FROM documents_redaction")
    assert list(Quote.objects.visible_to(member)) == [quote]


@pytest.mark.django_db(transaction=True)
def test_a_quote_taken_while_its_words_are_redacted_knows_of_it(submission: Submission) -> None:
    passage, place = builders.passages(submission)[1], PLACES[1]
    both = Barrier(2, timeout=10)

    def apart(write: Any) -> None:
        try:
            both.wait()
            write()
        finally:
            connection.close()

    for _ in range(5):
        with ThreadPoolExecutor(2) as threads:
            jobs = [
                threads.submit(apart, lambda: taken(submission, place)),
                threads.submit(
                    apart, lambda: redact(passage=passage, start=6, end=9, reason="An example.", by=CONSOLE)
                ),
            ]
            [job.result() for job in jobs]
        assert Quote.objects.get().redacted
        Quote.objects.all().delete()
        Redaction.objects.all().delete()
