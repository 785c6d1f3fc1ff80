"""A whole invented inquiry, all of it or nothing.

It is written as an inquiry's own records are, past the forms and their questions but not past the database: every
constraint and every trigger holds for every row, and every row has its history. Sessions and transcripts come in by
the actions; what comes by the ten thousand is written in bulk, some hundred submissions at a time, so that no more of
it is in memory at once.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from accounts.refusals import Refused
from bench.fiction.heard import Hearings, has_a_transcript
from bench.fiction.quoted import said_in, take_quotes, written_in
from bench.fiction.setting import Setting, set_up
from bench.fiction.sizes import SPOKEN, Size, spread
from bench.fiction.written import Receipts
from evidence.documents.models import Document, Passage
from evidence.quotes.models import Quote
from evidence.submissions.models import AllottedReference, Submission, SubmissionFile, Submitter
from evidence.tags.models import Tag
from evidence.transcripts.models import Part, Speaker, Transcript
from evidence.witnesses.models import Appearance, Organisation, Witness
from inquiry.copying import tell_how_tables_have_grown
from inquiry.models import Inquiry

AT_ONCE = 200
# Of a document in passages, and of a passage in quotes.
SHORTEST, MOST_QUOTED = 4, 3
GROWN = (1, 5, 25)
GROWING = (
    *(AllottedReference, Submission, Submitter, SubmissionFile, Document, Passage, Quote, Tag),
    *(Transcript, Part, Speaker, Appearance, Organisation, Witness),
)
Say = Callable[[str], None]


@transaction.atomic
def generate(*, code: str, size: Size, seed: int, say: Say) -> Inquiry:
    """Makes the inquiry of this size. The same code, size and seed make the same words.

    :raises Refused: where there is an inquiry with the code already, or no inquiry can be of that size.
    """
    transcribed = sum(has_a_transcript(place) for place in range(size.sessions))
    _refuse_what_cannot_be(size, transcribed + size.submissions)
    setting = set_up(code, seed)
    spoken = round(size.passages * (SPOKEN if size.submissions else 1)) if transcribed else 0
    quoted = round(size.quotes * spoken / max(1, size.passages))
    _hear(setting, size.sessions, spoken, quoted, say)
    _receive(setting, size.submissions, size.passages - spoken, size.quotes - quoted, say)
    return setting.inquiry


def _refuse_what_cannot_be(size: Size, documents: int) -> None:
    if size.passages < SHORTEST * documents or (size.passages and not documents):
        raise Refused(f"{size.passages:,} passages cannot stand in {documents:,} documents of {SHORTEST} or more.")
    if size.quotes > MOST_QUOTED * size.passages:
        raise Refused(f"{size.quotes:,} quotes are too many for {size.passages:,} passages.")


def _hear(setting: Setting, sessions: int, passages: int, quotes: int, say: Say) -> None:
    hearings = Hearings(setting)
    transcribed = sum(has_a_transcript(place) for place in range(sessions))
    lengths = iter(spread(setting.rng, passages, transcribed, least=SHORTEST))
    shares = iter(spread(setting.rng, quotes, transcribed))
    for place in range(sessions):
        if has_a_transcript(place):
            transcript = hearings.session(place, next(lengths))
            take_quotes(setting, said_in(transcript), next(shares))
        else:
            hearings.workshop(place)
        _note(place + 1, sessions, 50, "session", say)
        if place + 1 in GROWN:
            tell_how_tables_have_grown(GROWING)


def _receive(setting: Setting, submissions: int, passages: int, quotes: int, say: Say) -> None:
    receipts = Receipts(setting)
    lengths = spread(setting.rng, passages, submissions, least=SHORTEST)
    batches = range(0, submissions, AT_ONCE)
    shares = spread(setting.rng, quotes, len(batches))
    for count, (start, share) in enumerate(zip(batches, shares, strict=True), start=1):
        received = receipts.receive(lengths[start : start + AT_ONCE])
        take_quotes(setting, written_in(received), share)
        _note(start + len(received), submissions, 10 * AT_ONCE, "submission", say)
        if count in GROWN:
            tell_how_tables_have_grown(GROWING)


def _note(done: int, whole: int, every: int, what: str, say: Say) -> None:
    if done % every == 0 or done == whole:
        say(f"{done:,} of {whole:,} {what}s")
