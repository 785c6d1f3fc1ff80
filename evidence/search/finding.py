"""A search: what fits, narrowed by facets that say how much each would leave, a page at a time. One statement.

Who may see what is asked of each kind's ``visible_to`` before anything is ranked or counted. At most 2,000 of a kind
are looked at; whoever finds more is told to narrow the search.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from evidence.review.voices import UNNAMED, WRITTEN, sectors_on
from evidence.search.candidates import BEST, candidates
from evidence.submissions.models import Submission, Submitter
from evidence.witnesses.models import Sector
from inquiry.dates import Precision
from inquiry.models import Inquiry

ON_A_PAGE = 20
# What stands in a hit's own row, and what stands in its tags.
OF_A_HIT = ("kind", "heard", "sector", "lived", "year", "state")
OF_ITS_TAGS = ("theme", "recommendation", "stance", "tagged_by")
FACETS = (*OF_A_HIT, *OF_ITS_TAGS)
# The first and the last day of a search; either may be left open.
Days = tuple[dt.date | None, dt.date | None]
EVER: Days = (None, None)

_NOTHING = "SELECT NULL::bigint, NULL::float WHERE FALSE"

_SOURCE = """
    source (kind, pk, fits, session_id, submission_id, appearance_id, corrected) AS MATERIALIZED (
        SELECT 'passage', p.id, fits, t.session_id, f.submission_id, said.appearance_id, t.corrected
        FROM passage JOIN documents_passage p ON p.id = passage.pk
        LEFT JOIN submissions_submissionfile f ON f.document_id = p.document_id
        LEFT JOIN transcripts_transcript t ON t.document_id = p.document_id
        LEFT JOIN transcripts_part part
            ON part.transcript_id = t.id AND p.position BETWEEN part.first_position AND part.last_position
        LEFT JOIN transcripts_speaker said ON said.part_id = part.id AND said.printed = p.speaker
        UNION ALL
        SELECT 'quote', q.id, fits, panel.session_id, q.submission_id, q.appearance_id, t.corrected
        FROM quote JOIN quotes_quote q ON q.id = quote.pk
        LEFT JOIN inquiry_panel panel ON panel.id = q.panel_id
        LEFT JOIN documents_passage p ON p.id = q.first_passage_id
        LEFT JOIN transcripts_transcript t ON t.document_id = p.document_id
        UNION ALL SELECT 'submission', pk, fits, NULL, pk, NULL, NULL FROM submission
        UNION ALL SELECT 'witness', pk, fits, NULL, NULL, NULL, NULL FROM witness
        UNION ALL SELECT 'session', pk, fits, pk, NULL, NULL, NULL FROM session
    )
"""
_HIT = f"""
    hit AS MATERIALIZED (
        SELECT x.kind, x.pk, x.fits,
            CASE WHEN s.id IS NULL THEN x.session_id::text ELSE '{WRITTEN}' END AS heard,
            CASE
                WHEN s.id IS NOT NULL THEN coalesce(writer.sector, '{UNNAMED}')
                WHEN o.id IS NOT NULL THEN o.sector
                WHEN w.lived_experience THEN '{Sector.RESIDENTS}'
                WHEN w.id IS NOT NULL THEN '{Sector.NOT_KNOWN}'
            END AS sector,
            CASE WHEN coalesce(s.lived_experience, w.lived_experience) THEN 'yes' ELSE 'no' END AS lived,
            extract(year FROM coalesce(s.received_on, m.date))::int::text AS year,
            coalesce(s.received_on, m.date) AS day, coalesce(s.received_precision, m.date_precision) AS known, m.days,
            CASE WHEN s.id IS NOT NULL THEN s.state WHEN x.corrected THEN 'corrected'
                WHEN NOT x.corrected THEN 'uncorrected' END AS state
        FROM source x
        LEFT JOIN submissions_submission s ON s.id = x.submission_id
        LEFT JOIN writer ON writer.submission_id = s.id
        LEFT JOIN inquiry_session m ON m.id = x.session_id
        LEFT JOIN witnesses_appearance a ON a.id = x.appearance_id
        LEFT JOIN witnesses_witness w ON w.id = CASE x.kind WHEN 'witness' THEN x.pk ELSE a.witness_id END
        LEFT JOIN witnesses_organisation o ON o.id = a.organisation_id
    )
"""

# Of what lasted days, or is known by its month or year alone.
_LAST_DAY = f"""
    (day + CASE known
        WHEN '{Precision.YEAR}' THEN interval '1 year'
        WHEN '{Precision.MONTH}' THEN interval '1 month'
        ELSE coalesce(days, 1) * interval '1 day'
    END)::date - 1
"""

_TAGGED = " UNION ALL ".join(
    f"""
        SELECT '{kind}', {kind}_id, theme_id::text, recommendation_id::text, nullif(stance, ''), tagged_by_id::text
        FROM tags_tag WHERE {kind}_id IN (SELECT pk FROM {kind}) AND (
            recommendation_id IS NULL
            OR recommendation_id IN (SELECT id FROM inquiry_recommendation WHERE withdrawn_at IS NULL)
        )
    """
    for kind in ("quote", "submission", "witness", "session")
)

_COUNTED = """
    SELECT facet, value, count(*)
    FROM judged CROSS JOIN LATERAL (VALUES {of_a_hit}) AS says (facet, value, fulfilled)
    WHERE value IS NOT NULL AND (missed = 0 OR (missed = 1 AND NOT fulfilled))
    GROUP BY facet, value
    UNION ALL
    SELECT facet, value, count(DISTINCT (kind, pk))
    FROM judged JOIN tagged USING (kind, pk)
    CROSS JOIN LATERAL (VALUES {of_its_tags}) AS says (facet, value, fulfilled, beside)
    WHERE value IS NOT NULL AND beside AND (missed = 0 OR (missed = 1 AND NOT fulfilled))
    GROUP BY facet, value
"""


@dataclass(frozen=True)
class Found:
    """A page of what was found (kind and key, best first), how much there is, and how much each facet would leave."""

    hits: list[tuple[str, int]] = field(default_factory=list)
    total: int = 0
    counts: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in FACETS})
    more: bool = False


def find(
    user: Any,
    inquiry: Inquiry,
    query: Any,
    chosen: Mapping[str, Sequence[str]],
    *,
    days: Days = EVER,
    page: int = 1,
    size: int = ON_A_PAGE,
) -> Found:
    """What the person may see of the inquiry that fits the query, the values chosen of each facet, and the days.

    Where only the month or the year is known, it may have been any day of it.
    """
    asked = {name: list(chosen.get(name, ())) for name in FACETS}
    statement, values = _statement(user, inquiry, query, asked, days)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, size, (page - 1) * size])
        hits, total, counted, more = cursor.fetchone()
    # Django hands JSON over as it came.
    hits, counted = json.loads(hits), json.loads(counted)
    counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    for name, value, count in counted:
        counts[name][value] = count
    return Found([(kind, pk) for kind, pk in hits], total, counts, more)


def _statement(
    user: Any, inquiry: Inquiry, query: Any, chosen: dict[str, list[str]], days: Days
) -> tuple[str, list[Any]]:
    values: list[Any] = []
    of_kinds = candidates(user, inquiry, query)
    parts = [f"{kind} (pk, fits) AS MATERIALIZED ({_compiled(rows, values)})" for kind, rows in of_kinds.items()]
    parts += [_SOURCE, f"writer (submission_id, sector) AS MATERIALIZED ({_compiled(_writers(user), values)})", _HIT]
    parts.append(f"tagged (kind, pk, {', '.join(OF_ITS_TAGS)}) AS MATERIALIZED ({_TAGGED})")
    parts.append(f"judged AS MATERIALIZED ({_judged(chosen, days, values)})")
    parts.append(f"counted (facet, value, times) AS ({_counted(chosen, values)})")
    more = " OR ".join(f"(SELECT count(*) FROM {kind}) = {BEST}" for kind in of_kinds)
    return (
        f"""
        WITH {", ".join(parts)}, shown AS (
            SELECT kind, pk, fits FROM judged WHERE missed = 0 ORDER BY fits DESC, kind, pk LIMIT %s OFFSET %s
        )
        SELECT
            (SELECT coalesce(jsonb_agg(jsonb_build_array(kind, pk) ORDER BY fits DESC, kind, pk), '[]') FROM shown),
            (SELECT count(*) FROM judged WHERE missed = 0),
            (SELECT coalesce(jsonb_agg(jsonb_build_array(facet, value, times)), '[]') FROM counted),
            {more}
        """,
        values,
    )


def _compiled(rows: QuerySet[Any], values: list[Any]) -> str:
    try:
        statement, its_values = rows.query.sql_with_params()
    except EmptyResultSet:
        return _NOTHING
    values += its_values
    return statement


def _writers(user: Any) -> QuerySet[Any]:
    """The sector of each found submission's first submitter, where the person may know who it is."""
    names = Submitter._base_manager.filter(submission=OuterRef("pk")).order_by("position", "id")
    first = names.values(whose=Case(*sectors_on(""), output_field=CharField()))[:1]
    found = RawSQL("SELECT submission_id FROM source", [])
    known = Submission.objects.visible_to(user).filter(pk__in=found, names_open=True)
    return known.order_by().annotate(sector=Subquery(first)).values_list("pk", "sector")


def _judged(chosen: dict[str, list[str]], days: Days, values: list[Any]) -> str:
    """Each hit with which of the facets it fulfils, and how many it misses. A stance is one on a recommendation.

    The days are one facet more, whose values nobody counts.
    """
    fulfils = {}
    for name in OF_A_HIT:
        fulfils[name] = f"coalesce({name} = ANY(%s), FALSE)" if chosen[name] else "TRUE"
        values += [chosen[name]] if chosen[name] else []
    for name, tags in {"theme": ["theme"], "link": ["recommendation", "stance"], "tagged_by": ["tagged_by"]}.items():
        asked = [column for column in tags if chosen[column]]
        wanted = " AND ".join(f"{column} = ANY(%s)" for column in asked)
        fulfils[name] = f"(kind, pk) IN (SELECT kind, pk FROM tagged WHERE {wanted})" if asked else "TRUE"
        values += [chosen[column] for column in asked]
    bounds = [(each, day) for each, day in zip((f"{_LAST_DAY} >= %s", "day <= %s"), days, strict=True) if day]
    fulfils["days"] = f"coalesce({' AND '.join(condition for condition, _ in bounds)}, FALSE)" if bounds else "TRUE"
    values += [day for _, day in bounds]
    columns = ", ".join(f"{condition} AS {name}_fulfilled" for name, condition in fulfils.items())
    missed = " + ".join(f"(NOT {name}_fulfilled)::int" for name in fulfils)
    return f"SELECT *, {missed} AS missed FROM (SELECT *, {columns} FROM hit) AS asked"


def _counted(chosen: dict[str, list[str]], values: list[Any]) -> str:
    """How many hits each value would leave, together with what is chosen of the other facets."""
    beside = {}
    for name, other in (("recommendation", "stance"), ("stance", "recommendation")):
        beside[name] = f"coalesce({other} = ANY(%s), FALSE)" if chosen[other] else "TRUE"
        values += [chosen[other]] if chosen[other] else []
    group = {"recommendation": "link", "stance": "link"}
    return _COUNTED.format(
        of_a_hit=", ".join(f"('{name}', {name}, {name}_fulfilled)" for name in OF_A_HIT),
        of_its_tags=", ".join(
            f"('{name}', {name}, {group.get(name, name)}_fulfilled, {beside.get(name, 'TRUE')})" for name in OF_ITS_TAGS
        ),
    )
