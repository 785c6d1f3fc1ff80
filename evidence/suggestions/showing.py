"""Suggestions as a page shows them: the passage, whose it is, and the quotes that made it look alike, words marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.safestring import SafeString

from evidence.documents.models import Passage
from evidence.quotes.citations import place, speaker
from evidence.quotes.models import Quote
from evidence.quotes.standing import placed
from evidence.suggestions.likeness import Like
from inquiry.models import Inquiry
from inquiry.snippets import snippet
from inquiry.words import places_of_stems

OF_A_PASSAGE, OF_A_QUOTE = 600, 200
# So many quotes that stand in the passage already are offered to be tagged.
OFFERED, LOOKED_AT = 3, 200


def show(likes: Sequence[Like], *, user: Any, inquiry: Inquiry) -> list[dict[str, Any]]:
    """The suggestions in their order; what the person can't see any more is left out."""
    seen = Passage.objects.visible_to(user).filter(pk__in=[like.passage for like in likes])
    passages = {each.pk: each for each in placed(seen, user=user, inquiry=inquiry)}
    wanted = {pk for like in likes for pk in like.quotes}
    found = Quote.objects.visible_to(user).filter(inquiry=inquiry, pk__in=wanted)
    quotes = {each.pk: each for each in found.with_source()}
    quoted = _standing_in(passages, user)
    there = [like for like in likes if like.passage in passages]
    pairs = [(like, pk) for like in there for pk in like.quotes if pk in quotes]
    words = _marked([(passages[like.passage].words, like.stems) for like in there], OF_A_PASSAGE)
    words_of = dict(zip([like.passage for like in there], words, strict=True))
    said = _marked([(quotes[pk].text, like.quotes[pk]) for like, pk in pairs], OF_A_QUOTE)
    why = {(like.passage, pk): one for (like, pk), one in zip(pairs, said, strict=True)}
    return [
        {
            "passage": passages[like.passage],
            "words": words_of[like.passage],
            "quoted": quoted[like.passage][:OFFERED],
            "why": [
                {"speaker": speaker(quotes[pk]), "place": place(quotes[pk]), "pk": pk, "words": why[like.passage, pk]}
                for pk in like.quotes
                if pk in quotes
            ],
        }
        for like in there
    ]


def _standing_in(passages: Iterable[int], user: Any) -> dict[int, list[Quote]]:
    """The quotes that begin in each of the passages, whatever they bear on."""
    found: defaultdict[int, list[Quote]] = defaultdict(list)
    standing = Quote.objects.visible_to(user).standing().filter(first_passage__in=passages)
    for one in standing.only("text", "first_passage").order_by("first_passage", "start", "pk")[:LOOKED_AT]:
        found[one.first_passage_id].append(one)
    return found


def _marked(texts: list[tuple[str, list[str]]], length: int) -> list[SafeString]:
    found = places_of_stems(texts) if texts else []
    return [snippet(text, places, length=length) for (text, _), places in zip(texts, found, strict=True)]
