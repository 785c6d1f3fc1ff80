"""What somebody may have meant, where nothing is found: words that stand where this person can read them."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity

from evidence.search.actions import SHORTEST
from evidence.search.candidates import any_fits
from evidence.search.models import Word
from inquiry.models import Inquiry
from inquiry.words import STRAIGHT, asked_for

LOOKED_AT = 4
OFFERED = 3
LIKE_ENOUGH = 0.35
_WORD = re.compile(rf"(?<![\w'-])[^\W\d_]{{{SHORTEST},40}}(?![\w'])")


def near_misses(words: str, *, user: Any, inquiry: Inquiry) -> list[str]:
    """The same question with its unknown words put right, the likest first; only those that find something."""
    plain = words.translate(STRAIGHT)
    meant = [
        (match, likely)
        for match in list(_WORD.finditer(plain))[:LOOKED_AT]
        if (likely := _meant(match[0].lower(), user, inquiry)) and likely[0] != match[0].lower()
    ]
    if not meant:
        return []
    if len(meant) == 1:
        match, likely = meant[0]
        return [_with(plain, {match: one}) for one in likely if _finds(_with(plain, {match: one}), user, inquiry)]
    together = _with(plain, {match: likely[0] for match, likely in meant})
    return [together] if _finds(together, user, inquiry) else [likely[0] for _, likely in meant]


def _meant(word: str, user: Any, inquiry: Inquiry) -> list[str]:
    """The words most like this one that the person can find; itself alone, if it is one of them."""
    if _finds(word, user, inquiry):
        return [word]
    like = Word.objects.filter(inquiry=inquiry, word__trigram_similar=word)
    like = like.annotate(likeness=TrigramSimilarity("word", word)).filter(likeness__gte=LIKE_ENOUGH)
    nearest = like.order_by("-likeness", "word").values_list("word", flat=True)[: OFFERED * 2]
    return [one for one in nearest if _finds(one, user, inquiry)][:OFFERED]


def _with(text: str, put_right: dict[re.Match[str], str]) -> str:
    for match, word in sorted(put_right.items(), key=lambda pair: pair[0].start(), reverse=True):
        text = text[: match.start()] + word + text[match.end() :]
    return text


def _finds(words: str, user: Any, inquiry: Inquiry) -> bool:
    return any_fits(asked_for(words), user, inquiry)
