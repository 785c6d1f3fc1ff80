"""Passages that are like the quotes on a theme, as PostgreSQL compares their words.

Three steps, each of them bounded: which stems tell the theme's quotes from the rest of the evidence; which passages
have them, by the index; and how like each of these is to each of the quotes. Everything starts at ``visible_to``,
the quotes too: what a person may not read suggests nothing to them.
"""

from __future__ import annotations

import itertools
import json
import math
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, Max, Min, OuterRef, QuerySet

from evidence.documents.models import Passage
from evidence.quotes.models import Quote
from evidence.quotes.standing import quotable
from evidence.suggestions.models import Dismissal
from evidence.tags.models import Tag
from inquiry.models import Theme
from inquiry.words import Stems

# As many of the theme's quotes are looked at, the latest tagged; and passages, to know how common a stem is.
QUOTES, SAMPLED = 200, 1_000
# Stems that tell most, and how many passages their terms may be expected to find together.
TELLING, PAIRED, EXPECTED = 30, 12, 2_000
CANDIDATES, COMPARED = 2_000, 100
WHY = 3
SHARED_AT_LEAST = 2
# So far back is looked for the beginning of a quote that runs through a passage.
LONGEST_RUN = 5


@dataclass(frozen=True)
class Stem:
    """A stem of the theme's quotes: in what share of them it stands, and of the evidence at large."""

    stem: str
    here: float
    there: float

    @property
    def tells(self) -> float:
        return self.here * math.log(self.here / self.there)

    @property
    def rarity(self) -> float:
        return -math.log(self.there)


@dataclass(frozen=True)
class Like:
    """A passage, the quotes that it is most like, and the stems that it shares with each."""

    passage: int
    quotes: dict[int, list[str]]

    @property
    def stems(self) -> list[str]:
        return list(dict.fromkeys(stem for some in self.quotes.values() for stem in some))


def likest(user: Any, theme: Theme) -> list[Like]:
    """The passages most like the theme's quotes, the likest first."""
    pks = list(_on_theme(user, theme).order_by("-pk").values_list("pk", flat=True)[:QUOTES])
    if not pks:
        return []
    stems, scale = _profile(user, theme, pks)
    terms = _terms(stems, scale)
    passages = _best(user, theme, stems, " | ".join(terms)) if terms else []
    return _compared(passages, pks, stems) if passages else []


def _on_theme(user: Any, theme: Theme) -> QuerySet[Quote]:
    tagged = Tag.objects.filter(theme=theme, quote__isnull=False)
    seen = Quote.objects.visible_to(user).filter(inquiry=theme.inquiry_id)
    return seen.standing().filter(pk__in=tagged.order_by().values("quote"))


def _profile(user: Any, theme: Theme, quotes: list[int]) -> tuple[list[Stem], float]:
    """The stems of the quotes, and how many passages a sampled one stands for."""
    ends = Passage.objects.filter(inquiry=theme.inquiry_id).aggregate(first=Min("pk"), last=Max("pk"))
    first, last = ends["first"] or 0, ends["last"] or 0
    step = max(1, (last - first + 1) // SAMPLED)
    sampled = Passage.objects.visible_to(user).filter(inquiry=theme.inquiry_id, pk__in=range(first, last + 1, step))
    sample, values = _sql(sampled.values_list("pk", "found_by"))
    statement = f"""
        WITH sample (pk, words) AS MATERIALIZED ({sample}),
        there AS (
            SELECT lexeme, count(*) AS times FROM sample, LATERAL unnest(words) GROUP BY lexeme
        ),
        here AS (
            SELECT lexeme, count(*) AS times FROM quotes_quote q, LATERAL unnest(q.found_by)
            WHERE q.id = ANY(%s) AND lexeme ~ '^[[:alpha:]-]{{3,}}$' GROUP BY lexeme
        )
        SELECT lexeme, here.times, coalesce(there.times, 0), (SELECT count(*) FROM sample)
        FROM here LEFT JOIN there USING (lexeme)
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, quotes])
        rows = cursor.fetchall()
    found = [
        # Half a passage more for each, so that a stem which the sample has missed is rare, and not unheard of.
        Stem(stem, here / len(quotes), (there + 0.5) / (sampled_in_all + 1))
        for stem, here, there, sampled_in_all in rows
    ]
    return found, step * (rows[0][3] if rows else 0)


def _terms(stems: list[Stem], scale: float) -> list[str]:
    """What is sought: the stems that tell most, or, of those that stand in too many passages, two together."""
    telling = sorted((each for each in stems if each.here > each.there), key=lambda each: (-each.tells, each.stem))
    singles = [((each,), each.tells) for each in telling[:TELLING]]
    pairs = [((one, two), one.tells + two.tells) for one, two in itertools.combinations(telling[:PAIRED], 2)]
    left = float(EXPECTED)
    terms: list[str] = []
    alone: set[str] = set()
    for words, _ in sorted([*singles, *pairs], key=lambda term: (-term[1] / len(term[0]), len(term[0]))):
        expected = scale * math.prod(each.there for each in words)
        if expected > left or any(each.stem in alone for each in words):
            continue
        left -= expected
        terms.append(" & ".join(f"'{each.stem}'" for each in words))
        if len(words) == 1:
            alone.add(words[0].stem)
    return terms


_BEST = """
    WITH candidate (pk) AS MATERIALIZED ({candidates}),
    stem (lexeme, tells) AS MATERIALIZED (SELECT * FROM unnest(%s::text[], %s::float[])),
    best AS (
        SELECT p.id AS pk, p.document_id, p.position, sum(tells) / sqrt(8 + length(p.found_by)) AS fits
        FROM candidate JOIN documents_passage p ON p.id = candidate.pk
        CROSS JOIN LATERAL unnest(p.found_by) JOIN stem USING (lexeme)
        WHERE tells > 0 GROUP BY p.id ORDER BY fits DESC, p.id LIMIT {best}
    )
    SELECT pk, position, ARRAY(
        SELECT id FROM documents_passage before WHERE before.document_id = best.document_id
            AND before.position BETWEEN best.position - {back} AND best.position
    ) FROM best ORDER BY fits DESC, pk
"""


def _best(user: Any, theme: Theme, stems: list[Stem], sought: str) -> list[int]:
    """The passages that have most of what tells, of those that can be found at a look, not quoted on the theme yet."""
    found = quotable(user, theme.inquiry_id).filter(found_by=Stems(sought))
    found = found.exclude(Exists(Dismissal.objects.filter(theme=theme, passage=OuterRef("pk"))))
    candidates, values = _sql(found.order_by().values_list("pk")[:CANDIDATES])
    telling = [each for each in stems if each.tells > 0]
    statement = _BEST.format(candidates=candidates, best=2 * COMPARED, back=LONGEST_RUN)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, [each.stem for each in telling], [each.tells for each in telling]])
        best = cursor.fetchall()
    begun = {pk for _, _, before in best for pk in before}
    ends = _on_theme(user, theme).filter(first_passage__in=begun).order_by()
    until: dict[int, int] = {}
    for first, last in ends.values_list("first_passage", "last_passage__position"):
        until[first] = max(last, until.get(first, 0))
    return [pk for pk, at, before in best if not any(until.get(one, 0) >= at for one in before)][:COMPARED]


_COMPARED = """
    WITH stem (lexeme, rarity) AS MATERIALIZED (SELECT * FROM unnest(%s::text[], %s::float[])),
    word AS MATERIALIZED (
        SELECT p.id AS pk, lexeme, coalesce(rarity, %s) AS rarity, rarity IS NOT NULL AS known
        FROM documents_passage p CROSS JOIN LATERAL unnest(p.found_by) LEFT JOIN stem USING (lexeme)
        WHERE p.id = ANY(%s)
    ),
    long (pk, norm) AS (SELECT pk, sqrt(sum(rarity * rarity)) FROM word GROUP BY pk),
    said AS MATERIALIZED (
        SELECT q.id AS pk, lexeme, rarity
        FROM quotes_quote q CROSS JOIN LATERAL unnest(q.found_by) JOIN stem USING (lexeme) WHERE q.id = ANY(%s)
    ),
    size (pk, norm) AS (SELECT pk, sqrt(sum(rarity * rarity)) FROM said GROUP BY pk),
    pair AS (
        SELECT word.pk AS passage, said.pk AS quote, sum(said.rarity * said.rarity) AS shared,
            array_agg(lexeme ORDER BY said.rarity DESC, lexeme) AS stems
        FROM word JOIN said USING (lexeme) WHERE known GROUP BY 1, 2 HAVING count(*) >= {shared}
    ),
    likeness AS (
        SELECT passage, quote, stems,
            shared / (size.norm * (0.75 * (SELECT avg(norm) FROM long) + 0.25 * long.norm)) AS alike
        FROM pair JOIN size ON size.pk = quote JOIN long ON long.pk = passage
    ),
    ranked AS (
        SELECT *, row_number() OVER (PARTITION BY passage ORDER BY alike DESC, quote) AS nth FROM likeness
    )
    SELECT passage, array_agg(quote ORDER BY nth), jsonb_agg(stems ORDER BY nth)
    FROM ranked WHERE nth <= {why} GROUP BY passage ORDER BY sum(alike) DESC, passage
"""


def _compared(passages: list[int], quotes: list[int], stems: list[Stem]) -> list[Like]:
    """Each passage beside each quote: the cosine of their stems, weighed by rarity. Long passages lose a little."""
    weighed: list[Any] = [[each.stem for each in stems], [each.rarity for each in stems]]
    rarest = max(each.rarity for each in stems)
    with connection.cursor() as cursor:
        cursor.execute(_COMPARED.format(shared=SHARED_AT_LEAST, why=WHY), [*weighed, rarest, passages, quotes])
        rows = cursor.fetchall()
    return [Like(passage, dict(zip(why, json.loads(shared), strict=True))) for passage, why, shared in rows]


def _sql(rows: QuerySet[Any]) -> tuple[str, list[Any]]:
    try:
        statement, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT NULL::bigint, NULL::tsvector WHERE FALSE", []
    return statement, list(values)
