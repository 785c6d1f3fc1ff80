"""Quotes from what was heard and written, anchored where the words stand, and what they are tagged to."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bench.fiction.setting import Setting
from evidence.documents.models import Passage, PassageKind
from evidence.quotes.models import Quote
from evidence.submissions.models import Submission
from evidence.tags.models import Stance, Tag
from evidence.transcripts.models import Part, Transcript

SHORTEST, LONGEST = 6, 30
# What is cut from the middle of an edited quote leaves so many words on each side.
KEPT = 2
# No word of the vocabulary, so that a quote with it says what was not said.
NOT_SAID = "allegedly"


@dataclass(frozen=True)
class Place:
    """A passage that can be quoted, and whose words it holds."""

    passage: int
    document: int
    position: int
    text: str
    source: tuple[tuple[str, int], ...]


def take_quotes(setting: Setting, places: Sequence[Place], count: int) -> None:
    """Takes so many quotes from these passages, each once, and tags them."""
    quotes = list(_quotes(setting, places, count))
    Quote.objects.bulk_create(quotes, batch_size=1000)
    Tag.objects.bulk_create([tag for quote in quotes for tag in tags(setting, quote=quote)], batch_size=1000)


def tags(setting: Setting, **evidence: Any) -> Iterator[Tag]:
    """What a piece of evidence bears on: a theme or two, and at times a recommendation."""
    rng, mine = setting.rng, {"inquiry": setting.inquiry, **evidence}
    for theme in rng.sample(setting.themes, rng.choice((1, 1, 2))):
        yield Tag(theme=theme, **mine)
    if rng.random() < 0.3:
        yield Tag(recommendation=rng.choice(setting.recommendations), stance=rng.choice(Stance.values), **mine)


def said_in(transcript: Transcript) -> list[Place]:
    """What witnesses said, as far as a transcript has it."""
    found: list[Place] = []
    passages = Passage.objects.filter(document=transcript.document_id, kind=PassageKind.TURN)
    for part in Part.objects.filter(transcript=transcript):
        heard = dict(part.speakers.filter(appearance__isnull=False).values_list("printed", "appearance"))
        turns = passages.filter(position__range=(part.first_position, part.last_position)).order_by("position")
        for pk, position, speaker, text in turns.values_list("pk", "position", "speaker", "received_text"):
            if speaker in heard:
                source = (("panel_id", part.panel_id), ("appearance_id", heard[speaker]))
                found.append(Place(pk, transcript.document_id, position, text, source))
    return found


def written_in(submissions: Iterable[Submission]) -> list[Place]:
    """The paragraphs of these submissions."""
    paragraphs = (
        Passage.objects.filter(document__submission_file__submission__in=submissions, kind=PassageKind.PARAGRAPH)
        .order_by("document", "position")
        .values_list("pk", "document", "position", "received_text", "document__submission_file__submission")
    )
    return [Place(pk, doc, at, text, (("submission_id", mine),)) for pk, doc, at, text, mine in paragraphs]


def _quotes(setting: Setting, places: Sequence[Place], count: int) -> Iterator[Quote]:
    rng = setting.rng
    taken: set[tuple[int, int, int, int]] = set()
    for _ in range(count):
        while True:
            at = rng.randrange(len(places))
            first = places[at]
            after = places[at + 1] if at + 1 < len(places) and rng.random() < 0.05 else first
            follows = (after.document, after.source) == (first.document, first.source)
            last = after if follows and after.position == first.position + 1 else first
            start, end, text = _words(rng, first, last)
            key = (first.passage, start, last.passage, end)
            if key not in taken:
                break
        taken.add(key)
        yield Quote(
            inquiry=setting.inquiry,
            first_passage_id=first.passage,
            start=start,
            last_passage_id=last.passage,
            end=end,
            text=_edited(rng, text),
            **dict(first.source),
        )


def _words(rng: random.Random, first: Place, last: Place) -> tuple[int, int, str]:
    """Some of the words: where they begin and end, and what they are."""
    words = first.text.split(" ")
    if first is last:
        count = min(len(words), rng.randint(SHORTEST, LONGEST))
        skipped = rng.randint(0, len(words) - count)
        start = sum(len(word) + 1 for word in words[:skipped])
        text = " ".join(words[skipped : skipped + count])
        return start, start + len(text), text
    tail = " ".join(words[-SHORTEST:])
    head = " ".join(last.text.split(" ")[:SHORTEST])
    return len(first.text) - len(tail), len(head), f"{tail} {head}"


def _edited(rng: random.Random, text: str) -> str:
    """Mostly as it stands; at times with words left out and marked, and seldom with one that nobody said."""
    chance, words = rng.random(), text.split(" ")
    if chance < 0.01:
        return " ".join((*words[:KEPT], NOT_SAID, *words[KEPT:]))
    if chance < 0.15 and len(words) > 2 * KEPT:
        return " ".join((*words[:KEPT], "[…]", *words[-KEPT:]))
    return text
