"""What is done in the reader: words are quoted with their tags, or redacted, in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import Console, Verb, require
from evidence.documents.actions import redact
from evidence.documents.models import Passage
from evidence.quotes.actions import take_quote
from evidence.quotes.models import Quote
from evidence.tags.actions import set_tags
from inquiry.models import Recommendation, Theme


@transaction.atomic
def take_tagged_quote(
    *,
    first_passage: Passage,
    start: int,
    last_passage: Passage,
    end: int,
    themes: Iterable[Theme],
    stances: Mapping[Recommendation, str],
    by: User | Console,
    text: str = "",
) -> Quote:
    """Takes words from where they stand, tagged to themes and recommendations: all of it, or nothing."""
    quote = take_quote(
        first_passage=first_passage,
        start=start,
        last_passage=last_passage,
        end=end,
        text=text,
        by=by,
    )
    set_tags(evidence=quote, themes=themes, stances=stances, by=by)
    return quote


@transaction.atomic
def redact_words(
    *, first_passage: Passage, start: int, last_passage: Passage, end: int, reason: str, by: User | Console
) -> None:
    """Redacts the words between two places of a document, in every passage that they run through."""
    require(by, Verb.DECIDE, first_passage.inquiry)
    if first_passage.document_id != last_passage.document_id:
        raise Refused("Words are redacted in one document at a time.")
    through = Passage.objects.filter(
        document=first_passage.document_id,
        position__gte=first_passage.position,
        position__lte=last_passage.position,
    )
    found = False
    for passage in through.select_related("inquiry").order_by("position"):
        begin = start if passage == first_passage else 0
        stop = end if passage == last_passage else len(passage.received_text)
        if begin < stop:
            redact(passage=passage, start=begin, end=stop, reason=reason, by=by)
            found = True
    if not found:
        raise Refused("Select the words to redact.")
