"""A search, with its facets and snippets, beside the same list of results as one statement written by hand."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from bench.large import Large, large, read
from bench.measuring import Amount, Line, Row, waited_for
from evidence.documents.models import Passage

NAME = "search"
LIMITS = (3.0, 0.1)
SAMPLE = 3_000
# How common a word is: among those that say something the commonest, one of the middle, and one that is seldom.
RANKS = (60, 200, 1_000)
BY_HAND = """
    WITH asked AS (SELECT websearch_to_tsquery('attest', %(words)s) AS query),
    passage AS (
        SELECT 'passage', p.id, ts_rank(p.found_by, query, 1) AS fits
        FROM asked, documents_passage p
        LEFT JOIN submissions_submissionfile f ON f.document_id = p.document_id
        LEFT JOIN submissions_submission s ON s.id = f.submission_id
        LEFT JOIN transcripts_transcript t ON t.document_id = p.document_id
        WHERE p.found_by @@ query AND p.inquiry_id = %(inquiry)s
        AND (s.readable OR (t.id IS NOT NULL AND t.replaced_at IS NULL AND NOT EXISTS (
            SELECT FROM transcripts_part x JOIN inquiry_panel n ON n.id = x.panel_id
            JOIN inquiry_session m ON m.id = n.session_id
            WHERE x.transcript_id = t.id AND coalesce(nullif(n.rule, ''), m.rule) = 'private'
        )))
        LIMIT 2000
    ),
    quote AS (
        SELECT 'quote', q.id, 1.5 * ts_rank(q.found_by, query, 1) AS fits
        FROM asked, quotes_quote q
        LEFT JOIN submissions_submission s ON s.id = q.submission_id
        LEFT JOIN inquiry_panel n ON n.id = q.panel_id
        LEFT JOIN inquiry_session m ON m.id = n.session_id
        WHERE q.found_by @@ query AND q.inquiry_id = %(inquiry)s AND q.removed_at IS NULL AND NOT q.redacted
        AND (s.readable OR coalesce(nullif(n.rule, ''), m.rule) <> 'private')
        LIMIT 2000
    )
    SELECT * FROM passage UNION ALL SELECT * FROM quote ORDER BY fits DESC LIMIT 20
"""


def measure(amount: Amount) -> Iterator[Line]:
    """Words of three kinds, from the commonest on."""
    here = large(amount)
    common = _words(here)
    for word in dict.fromkeys(common[min(rank, len(common) - 1)] for rank in RANKS):
        address = f"{reverse('search:search', args=[here.inquiry.code])}?{urlencode({'q': word})}"
        asked = {"words": word, "inquiry": here.inquiry.pk}
        ways = (
            lambda address=address: here.opened(address),
            lambda asked=asked: read(BY_HAND, asked),
        )
        yield waited_for(NAME, f"search for “{word}”", "the results by hand", ways, LIMITS)


def _words(here: Large) -> list[str]:
    """Words, the commonest first."""
    said: Counter[str] = Counter()
    texts = list(Passage.objects.filter(inquiry=here.inquiry).order_by("pk").values_list("open_text", flat=True))
    for text in random.Random(1).sample(texts, min(SAMPLE, len(texts))):  # noqa: S311 - a sample
        said.update({word.strip(".,?").lower() for word in text.split()})
    return sorted((word for word in said if word.isalpha()), key=lambda word: (-said[word], word))


ROW = Row(NAME, measure)
