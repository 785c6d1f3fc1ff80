"""What is done with quotes: they are taken, edited, checked against a recording, removed and brought back."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused, refusals_of_the_database
from accounts.roles import Console, Verb, recorded, require
from evidence.documents.models import Passage
from evidence.quotes.models import Quote, Verdict
from evidence.submissions.models import Submission
from evidence.witnesses.models import Appearance
from inquiry.changes import change


@transaction.atomic
def take_quote(
    *,
    submission: Submission,
    first_passage: Passage,
    start: int,
    last_passage: Passage,
    end: int,
    by: User | Console,
    text: str = "",
) -> Quote:
    """Takes words from where they stand. Their text may be given with marked edits; the database judges it.

    ``start`` and ``end`` count code points into the first and the last passage.

    :raises Refused: when no words stand there.
    """
    require(by, Verb.TAKE_QUOTES, submission.inquiry)
    with refusals_of_the_database():
        quote = Quote.objects.create(
            inquiry=submission.inquiry,
            submission=submission,
            first_passage=first_passage,
            start=start,
            last_passage=last_passage,
            end=end,
            text=text.strip() or words_at(first_passage, start, last_passage, end) or "?",
            taken_by=recorded(by),
        )
    quote.refresh_from_db(fields=["verdict"])
    return quote


@transaction.atomic
def record_quote(
    *,
    appearance: Appearance,
    text: str,
    by: User | Console,
    checked_against: str = "",
    time_code: dt.timedelta | None = None,
) -> Quote:
    """Records what a witness said where there is no transcript: checked against a named source, or unchecked."""
    require(by, Verb.TAKE_QUOTES, appearance.inquiry)
    checked = bool(checked_against or time_code is not None)
    with refusals_of_the_database():
        quote = Quote.objects.create(
            inquiry=appearance.inquiry,
            panel=appearance.panel,
            appearance=appearance,
            text=text.strip(),
            checked_against=checked_against,
            time_code=time_code,
            checked_at=timezone.now() if checked else None,
            checked_by=recorded(by) if checked else None,
            taken_by=recorded(by),
        )
    quote.refresh_from_db(fields=["verdict"])
    return quote


@transaction.atomic
def edit_quote(*, quote: Quote, text: str, by: User | Console) -> Quote:
    """Changes a quote's words, which are judged anew; one that was checked must be checked again."""
    require(by, Verb.TAKE_QUOTES, quote.inquiry)
    change(quote, text=text.strip())
    quote.refresh_from_db(fields=["verdict", "checked_at", "checked_by", "checked_against", "time_code"])
    return quote


@transaction.atomic
def check_quote(*, quote: Quote, by: User, checked_against: str = "", time_code: dt.timedelta | None = None) -> Quote:
    """Records that the person has checked the words against the recording, at a time code, or a published source."""
    require(by, Verb.TAKE_QUOTES, quote.inquiry)
    if quote.first_passage_id:
        raise Refused("This quote is compared with its source by itself; it needs no check by hand.")
    if not checked_against and time_code is None:
        raise Refused("Name the published source, or give the time code in the recording.")
    change(
        quote,
        checked_against=checked_against,
        time_code=time_code,
        checked_by=recorded(by),
        checked_at=timezone.now(),
    )
    quote.refresh_from_db(fields=["verdict"])
    return quote


@transaction.atomic
def remove_quote(*, quote: Quote, by: User | Console) -> Quote:
    """Takes a quote out of every list; it can be brought back."""
    require(by, Verb.TAKE_QUOTES, quote.inquiry)
    return change(quote, removed_at=timezone.now(), removed_by=recorded(by))


@transaction.atomic
def restore_quote(*, quote: Quote, by: User | Console) -> Quote:
    """Brings a removed quote back, with its tags."""
    require(by, Verb.TAKE_QUOTES, quote.inquiry)
    return change(quote, removed_at=None, removed_by=None)


def words_at(first_passage: Passage, start: int, last_passage: Passage, end: int) -> str:
    """The words that stand between two places of a document; empty where there are none."""
    return _ask("SELECT attest_source(%s, %s, %s, %s)", first_passage.pk, start, last_passage.pk, end)


def verdict_on(text: str, source: str) -> Verdict:
    """What the database would judge of this text against these words."""
    return Verdict(_ask("SELECT attest_verdict(%s, %s)", text, source))


def _ask(question: str, *values: str | int | None) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        (answer,) = cursor.fetchone() or ("",)
    return answer or ""
