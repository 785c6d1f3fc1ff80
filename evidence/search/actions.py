"""Gathering the words that occur in an inquiry."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from evidence.documents.models import Document
from evidence.search.models import Gathered, Word
from inquiry.models.jobs import JobState
from inquiry.words import APOSTROPHES

SHORTEST, LONGEST = 4, 40
AT_ONCE = 1_000
# In one order, so that two workers who add the same words wait for each other and not in a ring.
_GATHER = f"""
    INSERT INTO {Word._meta.db_table} (inquiry_id, word)
    SELECT DISTINCT p.inquiry_id, lower(token)
    FROM documents_passage p,
        LATERAL ts_parse('default', translate(open_text, '{APOSTROPHES}', '    ')) AS part (of_kind, token)
    WHERE document_id = %s
        AND of_kind IN (SELECT tokid FROM ts_token_type('default') WHERE alias IN ('asciiword', 'word'))
        AND length(token) BETWEEN {SHORTEST} AND {LONGEST}
    ORDER BY 1, 2
    ON CONFLICT DO NOTHING
"""


def gather_words() -> int:
    """Adds the words of documents that were read, a portion at a time; gives how many documents there were."""
    read = Document.objects.filter(state=JobState.DONE)
    waiting = read.exclude(Exists(Gathered.objects.filter(document=OuterRef("pk")))).order_by("pk")
    portion = list(waiting.values_list("pk", "inquiry")[:AT_ONCE])
    for pk, inquiry in portion:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_GATHER, [pk])
            Gathered.objects.bulk_create([Gathered(document_id=pk, inquiry_id=inquiry)], ignore_conflicts=True)
    return len(portion)
