"""Suggestions as a page shows them: the passage, whose it is, and the quotes that made it look alike, words marked."""

from __future__ import annotations

from collections.abc import Sequence
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


def show(likes: Sequence[Like], *, user: Any, inquiry: Inquiry) -> list[dict[str, Any]]:
    """The suggestions in their order; what the person can't see any more is left out."""
    seen = Passage.objects.visible_to(user).filter(pk__in=[like.passage for like in likes])
    passages = {each.pk: each for each in placed(seen, user=user, inquiry=inquiry)}
    wanted = {pk for like in likes for pk in like.quotes}
    found = Quote.objects.visible_to(user).filter(inquiry=inquiry, pk__in=wanted)
    quotes = {each.pk: each for each in found.with_source()}
    there = [like for like in likes if like.passage in passages]
    pairs = [(like, pk) for like in there for pk in like.quotes if pk in quotes]
    words = _marked([(passages[like.passage].words, like.stems) for like in there], OF_A_PASSAGE)
    said = _marked([(quotes[pk].text, like.quotes[pk]) for like, pk in pairs], OF_A_QUOTE)
    why = {(like.passage, pk): one for (like, pk), one in zip(pairs, said, strict=True)}
    return [
        {
            "passage": passages[like.passage],
            "words": one,
            "why": [
                {"speaker": speaker(quotes[pk]), "place": place(quotes[pk]), "pk": pk, "words": why[like.passage, pk]}
                for pk in like.quotes
                if pk in quotes
            ],
        }
        for like, one in zip(there, words, strict=True)
    ]


def _marked(texts: list[tuple[str, list[str]]], length: int) -> list[SafeString]:
    found = places_of_stems(texts) if texts else []
    return [snippet(text, places, length=length) for (text, _), places in zip(texts, found, strict=True)]
