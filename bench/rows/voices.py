"""Who was heard on which theme, and where, beside one GROUP BY of the same rows written by hand."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from bench.large import large, read
from bench.measuring import Amount, Line, Row, Way, waited_for
from evidence.review.gaps import voices_at
from evidence.review.voices import heard, voices_by_sector

NAME = "voices"
LIMITS = (2.0, 0.2)
# What others may see, by the columns that the rules of visibility come down to.
SEEN = """
    FROM tags_tag t
    LEFT JOIN quotes_listed l ON l.quote_id = t.quote_id
    LEFT JOIN inquiry_panel p ON p.id = l.panel_id
    LEFT JOIN inquiry_session m ON m.id = p.session_id
    LEFT JOIN submissions_submission s ON s.id = coalesce(t.submission_id, l.submission_id)
    LEFT JOIN witnesses_appearance a ON a.id = l.appearance_id
    LEFT JOIN submissions_submitter b ON b.submission_id = s.id
    WHERE t.inquiry_id = %s AND t.theme_id IS NOT NULL AND (s.id IS NULL OR s.readable)
    AND (t.quote_id IS NULL OR (
        l.standing AND NOT l.redacted AND coalesce(nullif(p.rule, ''), m.rule, '') <> 'private'
    ))
"""
VOICE = "coalesce(a.witness_id * 4, CASE WHEN s.names_known THEN b.witness_id * 4 END, s.id * 4 + 1, t.witness_id * 4)"
BY_PLACE = f"""
    SELECT t.theme_id, coalesce(l.heard_at, 'written'), count(DISTINCT {VOICE}) {SEEN} GROUP BY 1, 2
"""
BY_THEME = f"SELECT t.theme_id, count(DISTINCT {VOICE}) {SEEN} GROUP BY 1"


def measure(amount: Amount) -> Iterator[Line]:
    """The gap map's numbers, those of the list of themes, and who was heard on one theme."""
    here = large(amount)
    of = [here.inquiry.pk]
    ways: tuple[Way, Way] = (lambda: voices_at(here.member, here.inquiry), lambda: read(BY_PLACE, of))
    yield waited_for(NAME, "voices by theme and session", "one GROUP BY by hand", ways, LIMITS)
    theme = heard(here.member, here.inquiry).filter(theme__isnull=False).values_list("theme", flat=True)[0]
    ways = (lambda: voices_by_sector(here.member, here.inquiry, theme=theme), lambda: read(BY_THEME, of))
    yield waited_for(NAME, "voices on a theme by sector", "one GROUP BY of all themes by hand", ways, LIMITS)
    address = reverse("review:themes", args=[here.inquiry.code])
    ways = (lambda: here.opened(address, counted=True), lambda: read(BY_THEME, of))
    yield waited_for(NAME, "the page of themes, all counted anew", "one GROUP BY by hand", ways, LIMITS)


ROW = Row(NAME, measure)
