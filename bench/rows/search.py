"""A search, with its facets and snippets, beside the same list of results as one statement written by hand.

That finds the same things in the same order, and with each of them its words with marks, who said or wrote them, where,
and what they bear on. It counts no facets.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from bench.large import Large, large, read
from bench.measuring import Amount, Line, Row, waited_for
from evidence.documents.models import Passage
from evidence.search.finding import find
from inquiry.words import APOSTROPHES, asked_for

NAME = "search"
LIMITS = (3.0, 0.1)
SAMPLE = 3_000
# How common a word is, of those that search does not pass over: the commonest, one of the middle, a seldom one.
RANKS = (0, 200, 1_000)
# As the indexes have it.
STRAIGHT = "''" * len(APOSTROPHES)
FOUND_BY = f"to_tsvector('attest'::regconfig, translate({{}}, '{APOSTROPHES}', '{STRAIGHT}'))"
PERSON, BODY, SESSION, SUBMISSION = (FOUND_BY.format(each) for each in ("w.name", "o.name", "m.title", "s.title"))
SOUGHT = "SELECT word FROM unnest(%s::text[]) AS word WHERE numnode(websearch_to_tsquery('attest', word)) > 0"
BY_HAND = f"""
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
    ),
    body AS (SELECT o.id FROM asked, witnesses_organisation o WHERE {BODY} @@ query AND o.inquiry_id = %(inquiry)s),
    person AS (SELECT w.id FROM asked, witnesses_witness w WHERE {PERSON} @@ query AND w.inquiry_id = %(inquiry)s),
    spoke AS (
        SELECT a.witness_id, a.organisation_id FROM witnesses_appearance a
        JOIN inquiry_panel n ON n.id = a.panel_id JOIN inquiry_session m ON m.id = n.session_id
        WHERE coalesce(nullif(n.rule, ''), m.rule) <> 'private'
    ),
    wrote AS (
        SELECT b.witness_id, b.submission_id FROM submissions_submitter b
        JOIN submissions_submission s ON s.id = b.submission_id
        WHERE s.readable AND s.names_known
        AND (b.witness_id IN (SELECT id FROM person) OR b.organisation_id IN (SELECT id FROM body))
    ),
    called AS (
        SELECT 'witness' AS kind, witness_id, 4 AS fits FROM spoke
        WHERE witness_id IN (SELECT id FROM person) OR organisation_id IN (SELECT id FROM body)
        UNION SELECT 'witness', witness_id, 4 FROM wrote WHERE witness_id IN (SELECT id FROM person)
        UNION SELECT 'session', m.id, 3 FROM asked, inquiry_session m
        WHERE {SESSION} @@ query AND m.inquiry_id = %(inquiry)s
        UNION SELECT 'submission', s.id, 2 FROM asked, submissions_submission s
        WHERE {SUBMISSION} @@ query AND s.inquiry_id = %(inquiry)s AND s.readable AND s.names_known
        UNION SELECT 'submission', submission_id, 2 FROM wrote
    ),
    best (kind, id, fits) AS (
        SELECT * FROM passage UNION ALL SELECT * FROM quote UNION ALL SELECT * FROM called
        ORDER BY fits DESC, 1, 2 LIMIT 20
    )
    SELECT best.kind, best.id, ts_headline('attest', coalesce(p.open_text, q.text), query, 'HighlightAll=true'),
        coalesce(w.name, p.speaker), o.name, by_whom, s.number, m.title, f.number, f.question, bears_on
    FROM asked, best
    LEFT JOIN quotes_quote q ON best.kind = 'quote' AND q.id = best.id
    LEFT JOIN documents_passage p ON best.kind = 'passage' AND p.id = best.id
    LEFT JOIN documents_passage f ON f.id = q.first_passage_id
    LEFT JOIN submissions_submissionfile sent ON sent.document_id = p.document_id
    LEFT JOIN submissions_submission s ON s.id = coalesce(q.submission_id, sent.submission_id)
    LEFT JOIN inquiry_panel n ON n.id = q.panel_id
    LEFT JOIN inquiry_session m ON m.id = n.session_id
    LEFT JOIN witnesses_appearance a ON a.id = q.appearance_id
    LEFT JOIN witnesses_witness w ON w.id = a.witness_id
    LEFT JOIN witnesses_organisation o ON o.id = a.organisation_id
    CROSS JOIN LATERAL (
        SELECT string_agg(coalesce(x.name, y.name), '; ' ORDER BY b.position) AS by_whom FROM submissions_submitter b
        LEFT JOIN witnesses_witness x ON x.id = b.witness_id
        LEFT JOIN witnesses_organisation y ON y.id = b.organisation_id
        WHERE b.submission_id = s.id
    ) AS written
    CROSS JOIN LATERAL (
        SELECT json_agg(json_build_array(h.number, h.title, r.title, t.stance)) AS bears_on FROM tags_tag t
        LEFT JOIN inquiry_theme h ON h.id = t.theme_id LEFT JOIN inquiry_recommendation r ON r.id = t.recommendation_id
        WHERE t.quote_id = q.id
    ) AS tagged
    ORDER BY fits DESC, 1, 2
"""  # noqa: S608 - of what stands here


def measure(amount: Amount) -> Iterator[Line]:
    """Words of three kinds, from the commonest on."""
    here = large(amount)
    common = _words(here)
    for word in dict.fromkeys(common[min(rank, len(common) - 1)] for rank in RANKS):
        address = f"{reverse('search:search', args=[here.inquiry.code])}?{urlencode({'q': word})}"
        asked = {"words": word, "inquiry": here.inquiry.pk}
        ours, theirs = find(here.member, here.inquiry, asked_for(word), {}).hits, read(BY_HAND, asked)
        if ours != [(kind, key) for kind, key, *_ in theirs]:
            raise AssertionError(f"Not the same is found for “{word}”.")
        ways = (
            lambda address=address: here.opened(address),
            lambda asked=asked: read(BY_HAND, asked),
        )
        yield waited_for(NAME, f"search for “{word}”", "the results by hand", ways, LIMITS)


def _words(here: Large) -> list[str]:
    """Words that are sought and not passed over as "the" and "of" are, the commonest first."""
    said: Counter[str] = Counter()
    texts = list(Passage.objects.filter(inquiry=here.inquiry).order_by("pk").values_list("open_text", flat=True))
    for text in random.Random(1).sample(texts, min(SAMPLE, len(texts))):  # noqa: S311 - a sample
        said.update({word.strip(".,?").lower() for word in text.split()})
    sought = {word for (word,) in read(SOUGHT, [[word for word in said if word.isalpha()]])}
    return sorted(sought, key=lambda word: (-said[word], word))


ROW = Row(NAME, measure)
