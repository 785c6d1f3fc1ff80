"""Quotes follow a transcript to its next version: found again where their words are unchanged, else left to a clerk."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from django.db import transaction

from accounts.models import User
from accounts.refusals import Refused, refusals_of_the_database
from accounts.roles import Console, Verb, require
from evidence.documents.models import Passage
from evidence.quotes.actions import source_of, words_at
from evidence.quotes.finding import find, fold
from evidence.quotes.models import Quote
from evidence.transcripts.corrections import Stretch, align
from evidence.transcripts.models import Transcript
from inquiry.changes import change

# Passages around the place where a quote stood, in which its words are looked for.
AROUND = 3


@dataclass(frozen=True)
class Stand:
    """Where words stand in a version."""

    first_passage: Passage
    start: int
    last_passage: Passage
    end: int


class Joined:
    """Passages as one text, and which place in which passage each place in it is."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.text = "\n\n".join(each.received_text for each in passages)
        lengths = (len(each.received_text) + 2 for each in passages)
        self.begins = list(accumulate(lengths, initial=0))[:-1]

    def stand(self, start: int, end: int) -> Stand:
        first, last = (bisect_right(self.begins, place) - 1 for place in (start, end - 1))
        return Stand(self.passages[first], start - self.begins[first], self.passages[last], end - self.begins[last])

    def only_place_of(self, words: str) -> Stand | None:
        """Where the words stand, if that is in one place."""
        wanted, source = fold(words).text.strip(), fold(self.text)
        at = source.text.find(wanted)
        if not wanted or at < 0 or source.text.find(wanted, at + 1) >= 0:
            return None
        return self.stand(source.places[at][0], source.places[at + len(wanted) - 1][1])


@transaction.atomic
def follow(*, old: Transcript, new: Transcript, by: User | Console) -> tuple[int, int]:
    """Moves the quotes of a replaced transcript to the version that counts.

    Those whose words and speaker are unchanged move silently; the others stay with the words that they were taken
    from, and wait for a clerk. None is dropped.

    :returns: how many moved, and how many wait.
    """
    require(by, Verb.LOG_EVIDENCE, new.inquiry)
    before, after = (_passages(each) for each in (old, new))
    stretches = align(before, after)
    index = {passage.pk: n for n, passage in enumerate(before)}
    moved = waiting = 0
    quotes = Quote.objects.filter(first_passage__document=old.document_id).select_related("inquiry", "appearance")
    for quote in quotes.order_by("pk"):
        stand = _found_again(quote, index, stretches, after)
        if stand and _same_speaker(quote, stand) and _moved(quote, stand):
            moved += 1
        elif quote.removed_at is None:
            waiting += 1
    return moved, waiting


def _moved(quote: Quote, stand: Stand) -> bool:
    """Not where the same words are quoted already: what was said twice is said once in the new version."""
    try:
        change(quote, **vars(stand), **source_of(stand.first_passage))
    except Refused:
        return False
    return True


def _passages(transcript: Transcript) -> list[Passage]:
    return list(Passage.objects.filter(document=transcript.document_id).select_related("inquiry").order_by("position"))


def _found_again(
    quote: Quote, index: dict[int, int], stretches: Sequence[Stretch], after: Sequence[Passage]
) -> Stand | None:
    first, last = index[quote.first_passage_id or 0], index[quote.last_passage_id or 0]
    start, end = quote.start or 0, quote.end or 0
    for stretch in stretches:
        if stretch.same and first in stretch.before and last in stretch.before:
            shift = stretch.after.start - stretch.before.start
            return Stand(after[first + shift], start, after[last + shift], end)
    near = near_place(first, last, stretches, after)
    words = words_at_of(quote)
    return Joined(near).only_place_of(words) or Joined(after).only_place_of(words)


def near_place(first: int, last: int, stretches: Sequence[Stretch], after: Sequence[Passage]) -> Sequence[Passage]:
    """The passages of the new version about where these of the old one stood."""
    return after[max(0, _now_at(first, stretches) - AROUND) : _now_at(last, stretches) + AROUND + 1]


def _now_at(place: int, stretches: Sequence[Stretch]) -> int:
    met = next(each for each in stretches if place in each.before)
    return met.after.start + min(place - met.before.start, max(len(met.after) - 1, 0))


def words_at_of(quote: Quote) -> str:
    """The words in the source that the quote was taken from."""
    if not (quote.first_passage and quote.last_passage):
        return ""
    return words_at(quote.first_passage, quote.start or 0, quote.last_passage, quote.end or 0)


def _same_speaker(quote: Quote, stand: Stand) -> bool:
    try:
        spoken = source_of(stand.first_passage)
    except Refused:
        return False
    appearance = spoken.get("appearance")
    if (appearance.pk if appearance else None) != quote.appearance_id:
        return False
    return bool(appearance) or stand.first_passage.speaker == (quote.first_passage and quote.first_passage.speaker)


@dataclass(frozen=True)
class LeftBehind:
    """A quote that waits for a clerk: the words that it was taken from, and where they may stand now."""

    quote: Quote
    words: str
    near: Joined
    proposal: str


def left_behind(old: Transcript, new: Transcript) -> list[LeftBehind]:
    """The quotes of a version that was replaced, each beside the words that stand there now."""
    before, after = _passages(old), _passages(new)
    stretches = align(before, after)
    index = {passage.pk: n for n, passage in enumerate(before)}
    waiting = Quote.objects.left_behind().filter(first_passage__document=old.document_id).with_source()
    found = []
    for quote in waiting.order_by("first_passage__position", "start", "pk"):
        first, last = index[quote.first_passage_id or 0], index[quote.last_passage_id or 0]
        near = Joined(near_place(first, last, stretches, after))
        words = words_at_of(quote)
        found.append(LeftBehind(quote, words, near, _proposal(words, near.text)))
    return found


def _proposal(words: str, text: str) -> str:
    """The stretch of the text that says most nearly the same."""
    wanted, there = words.split(), text.split()
    blocks = [b for b in SequenceMatcher(None, wanted, there, autojunk=False).get_matching_blocks() if b.size]
    if not blocks:
        return ""
    begin = max(blocks[0].b - blocks[0].a, 0)
    stop = min(blocks[-1].b + blocks[-1].size + len(wanted) - blocks[-1].a - blocks[-1].size, len(there))
    return " ".join(there[begin:stop])


@transaction.atomic
def settle(*, waiting: LeftBehind, text: str, by: User | Console) -> Quote:
    """Gives a quote that waited the words that stand in the version that counts; its tags stay.

    :raises Refused: when the words do not stand there, or are of more than one speaker.
    """
    require(by, Verb.TAKE_QUOTES, waiting.quote.inquiry)
    stand = waiting.near.stand(*find(text, waiting.near.text))
    quote = Quote.objects.select_for_update(of=("self",)).get(pk=waiting.quote.pk)
    with refusals_of_the_database():
        change(quote, **vars(stand), **source_of(stand.first_passage), text=text.strip())
    quote.refresh_from_db(fields=["verdict"])
    return quote
