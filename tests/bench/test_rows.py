"""Each row of the table measures something, once and small. How quick it was is no matter of a test."""

from __future__ import annotations

import json
import math

import pytest

from bench.__main__ import as_json, table
from bench.fiction.sizes import Size
from bench.measuring import Amount, Line
from bench.rows import ROWS

SMALL = Amount(Size(sessions=0, submissions=0, passages=0, quotes=0), turns=12, passages=40, repeats=1)


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.django_db
def test_a_row_gives_figures(name):
    lines = list(ROWS[name].measure(SMALL))
    assert lines
    for line in lines:
        assert line.row == name
        assert line.seconds > 0
        assert math.isfinite(line.ratio)


def test_the_table_says_whether_a_budget_was_met():
    lines = [Line("a", "this", 3.0, "that", 1.0, 3.0), Line("b", "this", 3.2, "that", 1.0, 3.0)]
    first, second = (row.split("|")[-2].strip() for row in table(lines).splitlines()[2:])
    assert (first, second) == ("met", "NOT MET")
    told = json.loads(as_json(lines))
    assert [(row["ratio"], row["met"]) for row in told] == [(3.0, True), (3.2, False)]
