"""What is done with quotes: they are taken, edited, checked against a recording, removed and brought back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused, refusals_of_the_database
from accounts.roles import Console, Verb, may, recorded, require
from evidence.documents.models import Passage, Redaction
from evidence.quotes.models import LONGEST_QUOTE, Quote, Verdict
from evidence.submissions.models import Submission
from evidence.transcripts.models import Speaker
from evidence.witnesses.models import Appearance
from inquiry.changes import change, locked, refuse_if_changed, sign_of
from inquiry.models import Inquiry

LONGEST_STRETCH = 10 * LONGEST_QUOTE


class AlreadyQuoted(Refused):
    """The same words are quoted from the same place, or of the same witness, already: maybe they were sent twice."""

    def __init__(self, quote: Quote) -> None:
        super().__init__("These words are quoted already. Nothing was added.")
        self.quote = quote


@transaction.atomic
def take_quote(
    *, first_passage: Passage, start: int, last_passage: Passage, end: int, by: User | Console, text: str = ""
) -> Quote:
    """Takes words from where they stand, in written evidence or a transcript. Whose they are is known from there.

    Their text may be given with marked edits; the database judges it. ``start`` and ``end`` count code points into
    the first and the last passage.

    :raises AlreadyQuoted: when a quote of the same text from the same place stands.
    :raises Refused: when no words stand there, they are of more than one speaker, or some of them are redacted for
        whoever takes them.
    """
    require(by, Verb.TAKE_QUOTES, first_passage.inquiry)
    words = readable_words(first_passage=first_passage, start=start, last_passage=last_passage, end=end, by=by)
    return _entered(
        Quote(
            inquiry=first_passage.inquiry,
            **source_of(first_passage),
            first_passage=first_passage,
            start=start,
            last_passage=last_passage,
            end=end,
            text=text.strip() or words or "?",
            taken_by=recorded(by),
        )
    )


def source_of(passage: Passage) -> dict[str, Any]:
    """Whose words stand in the passage: the submission's, or those of a speaker on a panel.

    :raises Refused: where nobody spoke them: a transcript's heading, or a note in it.
    """
    submission = Submission.objects.filter(files__document=passage.document_id).first()
    if submission:
        return {"submission": submission}
    speaker = (
        Speaker.objects.filter(
            part__transcript__document=passage.document_id,
            part__first_position__lte=passage.position,
            part__last_position__gte=passage.position,
            printed=passage.speaker,
        )
        .select_related("part__panel", "appearance")
        .first()
    )
    if speaker is None:
        raise Refused("Nobody spoke these words: they are a heading or a note. Quote what a speaker said.")
    return {"panel": speaker.part.panel, "appearance": speaker.appearance}


@transaction.atomic
def record_quote(
    *,
    appearance: Appearance,
    text: str,
    by: User | Console,
    checked_against: str = "",
    time_code: dt.timedelta | None = None,
) -> Quote:
    """Records what a witness said where there is no transcript: checked against a named source, or unchecked.

    :raises AlreadyQuoted: when a quote of the same words of this witness stands.
    """
    require(by, Verb.TAKE_QUOTES, appearance.inquiry)
    checked = bool(checked_against or time_code is not None)
    return _entered(
        Quote(
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
    )


def _entered(quote: Quote) -> Quote:
    try:
        with refusals_of_the_database():
            quote.save(force_insert=True)
    except Refused as refused:
        where = ("appearance", "first_passage", "start", "last_passage", "end", "text")
        twin = Quote.objects.standing().filter(**{name: getattr(quote, name) for name in where}).first()
        if twin is None:
            raise
        raise AlreadyQuoted(twin) from refused
    quote.refresh_from_db(fields=["verdict"])
    return quote


@transaction.atomic
def edit_quote(*, quote: Quote, text: str, by: User | Console, seen: str | None = None) -> Quote:
    """Changes a quote's words, which are judged anew; one that was checked must be checked again.

    ``seen`` is the ``sign_of`` what the person had before them.
    """
    require(by, Verb.TAKE_QUOTES, quote.inquiry)
    refuse_if_changed(quote, seen, sign_of(locked(quote)))
    if quote.first_passage and quote.last_passage:
        readable_words(
            first_passage=quote.first_passage,
            start=quote.start or 0,
            last_passage=quote.last_passage,
            end=quote.end or 0,
            by=by,
        )
    change(quote, text=text.strip())
    quote.refresh_from_db(fields=["verdict", "checked_at", "checked_by", "checked_against", "time_code"])
    return quote


@transaction.atomic
def check_quote(
    *,
    quote: Quote,
    by: User,
    checked_against: str = "",
    time_code: dt.timedelta | None = None,
    seen: str | None = None,
) -> Quote:
    """Records that the person has checked the words against the recording, at a time code, or a published source.

    ``seen`` is the ``sign_of`` what the person had before them: nobody checks words that they have not seen.
    """
    require(by, Verb.TAKE_QUOTES, quote.inquiry)
    refuse_if_changed(quote, seen, sign_of(locked(quote)))
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
def judge_again(*, inquiry: Inquiry, by: User | Console) -> int:
    """Has the database compare every anchored quote with its source once more.

    :returns: how many verdicts were others than before, which a sound database never has.
    """
    require(by, Verb.TAKE_QUOTES, inquiry)
    anchored = Quote.objects.filter(inquiry=inquiry, first_passage__isnull=False)
    before = dict(anchored.values_list("pk", "verdict"))
    # Nothing is changed; the trigger that judges runs for each row all the same.
    anchored.update(start=F("start"))
    after = dict(anchored.values_list("pk", "verdict"))
    return sum(after[pk] != verdict for pk, verdict in before.items())


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


def readable_words(*, first_passage: Passage, start: int, last_passage: Passage, end: int, by: User | Console) -> str:
    """The words between two places, for a person who may read all of them; empty where there are none.

    A verdict on redacted words would tell what they are, so nobody outside the secretariat can have them judged.

    :raises Refused: when some of them are redacted for the person, or they are more than can be compared at once.
    """
    if not may(by, Verb.SEE_UNPUBLISHED, first_passage.inquiry_id):
        between = Redaction.objects.filter(
            passage__document=first_passage.document_id,
            passage__position__gte=first_passage.position,
            passage__position__lte=last_passage.position,
        )
        after_the_start = ~Q(passage=first_passage) | Q(end__gt=start)
        if between.filter(after_the_start, ~Q(passage=last_passage) | Q(start__lt=end)).exists():
            raise Refused("Some of these words are redacted. Quote words that everyone may read.")
    words = words_at(first_passage, start, last_passage, end)
    if len(words) > LONGEST_STRETCH:
        raise Refused(f"A quote runs through at most {LONGEST_STRETCH:,} characters of its source. Select fewer.")
    return words


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
