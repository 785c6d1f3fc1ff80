"""A search: what fits, narrowed by facets that say how much each would leave, a page at a time. One statement.

Who may see what is asked of each kind's ``visible_to`` before anything is ranked or counted. At most 2,000 of a kind
are looked at; whoever finds more is told to narrow the search.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db.models import Case, CharField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from accounts.statements import Given, Statement, compiled, kept_for
from evidence.review.voices import UNNAMED, WRITTEN, sectors_on
from evidence.search.candidates import BEST, COLUMNS, candidates, filled
from evidence.submissions.models import Submission
from evidence.witnesses.models import Sector
from inquiry.dates import Precision
from inquiry.models import Inquiry

ON_A_PAGE = 20
# What stands in a hit's own row, and what stands in its tags.
OF_A_HIT = ("kind", "heard", "sector", "lived", "year", "state")
OF_ITS_TAGS = ("theme", "recommendation", "stance", "tagged_by")
FACETS = (*OF_A_HIT, *OF_ITS_TAGS)
# A stance is one on a recommendation: a hit fulfils both with the same tag, or misses them as one.
JUDGED_AS = {"recommendation": "link", "stance": "link"}
# A piece of evidence is tagged to each only once, so that these need not be told apart.
ONCE_ON_A_HIT = ("theme", "recommendation")
BESIDE = {"recommendation": "stance", "stance": "recommendation"}
# The first and the last day of a search; either may be left open.
Days = tuple[dt.date | None, dt.date | None]
EVER: Days = (None, None)

_SOURCE = """
    source (kind, pk, fits, session_id, submission_id, appearance_id, corrected) AS MATERIALIZED (
        SELECT 'passage', passage.pk, fits, session_id, submission_id, said.appearance_id, corrected
        FROM passage
        LEFT JOIN transcripts_part part
            ON part.transcript_id = passage.transcript_id AND position BETWEEN first_position AND last_position
        LEFT JOIN transcripts_speaker said ON said.part_id = part.id AND said.printed = speaker
        UNION ALL
        SELECT 'quote', quote.pk, fits, panel.session_id, submission_id, appearance_id, t.corrected
        FROM quote
        LEFT JOIN inquiry_panel panel ON panel.id = panel_id
        LEFT JOIN documents_passage p ON p.id = CASE WHEN panel_id IS NOT NULL THEN first_passage_id END
        LEFT JOIN transcripts_transcript t ON t.document_id = p.document_id
        UNION ALL SELECT 'submission', pk, fits, NULL, pk, NULL, NULL FROM submission
        UNION ALL SELECT 'witness', pk, fits, NULL, NULL, NULL, NULL FROM witness
        UNION ALL SELECT 'session', pk, fits, pk, NULL, NULL, NULL FROM session
    )
"""
_HIT = f"""
    hit AS (
        SELECT x.kind, x.pk, x.fits,
            CASE WHEN s.id IS NULL THEN x.session_id::text ELSE '{WRITTEN}' END AS heard,
            CASE
                WHEN s.id IS NOT NULL THEN s.sector
                WHEN o.id IS NOT NULL THEN o.sector
                WHEN w.lived_experience THEN '{Sector.RESIDENTS}'
                WHEN w.id IS NOT NULL THEN '{Sector.NOT_KNOWN}'
            END AS sector,
            CASE WHEN coalesce(s.lived_experience, w.lived_experience) THEN 'yes' ELSE 'no' END AS lived,
            extract(year FROM coalesce(s.received_on, m.date))::int AS year,
            coalesce(s.received_on, m.date) AS day, coalesce(s.received_precision, m.date_precision) AS known, m.days,
            CASE WHEN s.id IS NOT NULL THEN s.state WHEN x.corrected THEN 'corrected'
                WHEN NOT x.corrected THEN 'uncorrected' END AS state
        FROM source x
        LEFT JOIN written s ON s.id = x.submission_id
        LEFT JOIN inquiry_session m ON m.id = x.session_id
        LEFT JOIN witnesses_appearance a ON a.id = x.appearance_id
        LEFT JOIN witnesses_witness w ON w.id = CASE x.kind WHEN 'witness' THEN x.pk ELSE a.witness_id END
        LEFT JOIN witnesses_organisation o ON o.id = a.organisation_id
    )
"""
_OF_WRITTEN = ("sector", "lived_experience", "received_on", "received_precision", "state")
_NO_WRITTEN = "NULL::bigint, NULL::varchar, NULL::boolean, NULL::date, NULL::varchar, NULL::varchar"

# Of what lasted days, or is known by its month or year alone.
_LAST_DAY = f"""
    (day + CASE known
        WHEN '{Precision.YEAR}' THEN interval '1 year'
        WHEN '{Precision.MONTH}' THEN interval '1 month'
        ELSE coalesce(days, 1) * interval '1 day'
    END)::date - 1
"""

# By an array of keys: by a subquery, the database reads all tags that there are.
_TAGGED = " UNION ALL ".join(
    f"""
        SELECT '{kind}', {kind}_id, theme_id, recommendation_id, nullif(stance, ''), tagged_by_id
        FROM tags_tag WHERE {kind}_id = ANY (ARRAY(SELECT pk FROM {kind})) AND (
            recommendation_id IS NULL
            OR recommendation_id IN (SELECT id FROM inquiry_recommendation WHERE withdrawn_at IS NULL)
        )
    """
    for kind in ("quote", "submission", "witness", "session")
)

# Which facet a hit misses: none, one by its name, or more, and then it counts for nothing.
_NONE, _MORE = "", "-"
_JUDGED = f"""
    SELECT hit.*, CASE cardinality(misses) WHEN 0 THEN '{_NONE}' WHEN 1 THEN misses[1] ELSE '{_MORE}' END AS missed
    FROM hit CROSS JOIN LATERAL (SELECT array_remove(ARRAY[{{misses}}], NULL) AS misses) AS judged
"""
_SHOWN = f"""
    SELECT json_agg(json_build_array(kind, pk) ORDER BY fits DESC, kind, pk) FROM (
        SELECT kind, pk, fits FROM judged WHERE missed = '{_NONE}' ORDER BY fits DESC, kind, pk LIMIT %s OFFSET %s
    ) AS shown
"""
_GROUPED = f"""
    SELECT json_agg(json_build_array({", ".join(OF_A_HIT)}, missed, hits)) FROM (
        SELECT {", ".join(OF_A_HIT)}, missed, count(*) AS hits FROM judged WHERE missed <> '{_MORE}'
        GROUP BY {", ".join(OF_A_HIT)}, missed
    ) AS grouped
"""
_THEIRS = f"SELECT missed, tagged.* FROM judged JOIN tagged USING (kind, pk) WHERE missed <> '{_MORE}'"
_OF_THEIRS = f"""
    SELECT '{{name}}', value::text, count(*) FROM (
        SELECT {{once}} {{name}} AS value, kind, pk FROM theirs
        WHERE missed IN ('{_NONE}', '{{judged_as}}') AND {{name}} IS NOT NULL {{also}}
    ) AS {{name}} GROUP BY value
"""
_BY_THEIR_TAGS = """
    SELECT json_agg(json_build_array(name, value, hits)) FROM ({counts}) AS counted (name, value, hits)
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

    def put_together() -> Statement:
        return _statement(user, inquiry, asked, days)

    narrowed = any(asked.values()) or any(days)
    statement = put_together() if narrowed else kept_for(user, ("search", inquiry.pk), put_together)
    ((more, *parts),) = filled(statement, query).rows(size=size, after=(page - 1) * size)
    groups, tags, hits = (part or [] for part in parts)
    return Found(
        hits=[(kind, pk) for kind, pk in hits],
        total=sum(many for *_, missed, many in groups if missed == _NONE),
        counts=_of_hits(groups) | _of_their_tags(tags),
        more=more,
    )


def best(user: Any, inquiry: Inquiry, query: Any, size: int) -> list[tuple[str, int]]:
    """The few that fit best, and nothing counted: for somebody who is still typing."""
    kinds = candidates(user, inquiry)
    fitting = " UNION ALL ".join(f"SELECT '{kind}' AS kind, pk, fits FROM {kind}" for kind in kinds)
    sql = f"SELECT * FROM (WITH {', '.join(_tables(kinds))} {fitting}) AS found ORDER BY fits DESC, kind, pk LIMIT %s"
    statement = Statement(sql, tuple(chain(*(rows.values for rows in kinds.values()), [size])))
    return [(kind, pk) for kind, pk, _ in filled(statement, query).rows()]


def _tables(kinds: Mapping[str, Statement]) -> list[str]:
    return [f"{kind} ({', '.join(COLUMNS[kind])}) AS MATERIALIZED ({rows.sql})" for kind, rows in kinds.items()]


def _statement(user: Any, inquiry: Inquiry, chosen: dict[str, list[str]], days: Days) -> Statement:
    """All of it, but for what is sought; of the page, the ``size`` and the number of hits ``after`` which it comes."""
    kinds = candidates(user, inquiry)
    written = kept_for(user, "written", lambda: _written(user))
    judged = _judged(chosen, days)
    tables = [
        *_tables(kinds),
        _SOURCE,
        f"written (id, {', '.join(_OF_WRITTEN)}) AS MATERIALIZED ({written.sql})",
        _HIT,
        f"tagged (kind, pk, {', '.join(OF_ITS_TAGS)}) AS MATERIALIZED ({_TAGGED})",
        f"judged AS MATERIALIZED ({judged.sql})",
        f"theirs AS MATERIALIZED ({_THEIRS})",
    ]
    tags = _by_their_tags(chosen)
    more = " OR ".join(f"(SELECT count(*) FROM {kind}) = {BEST}" for kind in kinds)
    # It begins with SELECT, for what does not is taken for a change and told who makes it.
    sql = f"SELECT * FROM (WITH {', '.join(tables)} SELECT {more}, ({_GROUPED}), ({tags.sql}), ({_SHOWN})) AS found"
    parts = (*kinds.values(), written, judged, tags)
    return Statement(sql, (*chain(*(part.values for part in parts)), Given("size"), Given("after")))


def _written(user: Any) -> Statement:
    """What is counted of each found submission: its sector is its first submitter's, if the person may know them."""
    whose = Case(*sectors_on("submitters__"), output_field=CharField())
    known = When(names_open=True, then=Coalesce(whose, Value(UNNAMED)))
    found = Submission.objects.visible_to(user).filter(pk__in=RawSQL("SELECT submission_id FROM source", []))
    found = found.annotate(sector=Case(known, default=Value(UNNAMED)))
    first = found.order_by("pk", "submitters__position", "submitters__pk").distinct("pk")
    return compiled(first.values_list("pk", *_OF_WRITTEN), none=_NO_WRITTEN)


def _judged(chosen: dict[str, list[str]], days: Days) -> Statement:
    """Each hit with which of the facets it misses. The days are one facet more, whose values nobody counts."""
    fulfils: dict[str, str] = {}
    values: list[Any] = []
    for name in OF_A_HIT:
        if chosen[name]:
            fulfils[name] = f"coalesce({name}::text = ANY (%s), FALSE)"
            values.append(chosen[name])
    for name in dict.fromkeys(JUDGED_AS.get(each, each) for each in OF_ITS_TAGS if chosen[each]):
        asked = [each for each in OF_ITS_TAGS if chosen[each] and JUDGED_AS.get(each, each) == name]
        wanted = " AND ".join(f"{each}::text = ANY (%s)" for each in asked)
        fulfils[name] = f"(kind, pk) IN (SELECT kind, pk FROM tagged WHERE {wanted})"
        values += [chosen[each] for each in asked]
    bounds = [(each, day) for each, day in zip((f"{_LAST_DAY} >= %s", "day <= %s"), days, strict=True) if day]
    if bounds:
        fulfils["days"] = f"coalesce({' AND '.join(condition for condition, _ in bounds)}, FALSE)"
        values += [day for _, day in bounds]
    if not fulfils:
        return Statement(f"SELECT *, '{_NONE}' AS missed FROM hit")
    misses = ", ".join(f"CASE WHEN NOT {condition} THEN '{name}' END" for name, condition in fulfils.items())
    return Statement(_JUDGED.format(misses=misses), tuple(values))


def _by_their_tags(chosen: dict[str, list[str]]) -> Statement:
    """How many hits each value of their tags would leave: each hit once, however many of its tags have it."""
    counts: list[str] = []
    values: list[Any] = []
    for name in OF_ITS_TAGS:
        beside = BESIDE.get(name, "")
        asked = chosen.get(beside)
        if asked:
            values.append(asked)
        counts.append(
            _OF_THEIRS.format(
                name=name,
                judged_as=JUDGED_AS.get(name, name),
                once="" if name in ONCE_ON_A_HIT else "DISTINCT",
                also=f"AND {beside}::text = ANY (%s)" if asked else "",
            )
        )
    return Statement(_BY_THEIR_TAGS.format(counts=" UNION ALL ".join(counts)), tuple(values))


def _of_hits(groups: list[list[Any]]) -> dict[str, dict[str, int]]:
    """How many hits each value would leave, together with what is chosen of the other facets."""
    counts = {}
    for place, name in enumerate(OF_A_HIT):
        left: Counter[Any] = Counter()
        for *values, missed, hits in groups:
            if missed in (_NONE, name):
                left[values[place]] += hits
        counts[name] = _said(left)
    return counts


def _of_their_tags(counted: list[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    """The same by what they are tagged to."""
    counts: dict[str, dict[str, int]] = {name: {} for name in OF_ITS_TAGS}
    for name, value, hits in counted:
        counts[name][value] = hits
    return counts


def _said(counts: Counter[Any]) -> dict[str, int]:
    return {str(value): count for value, count in counts.items() if value is not None}
