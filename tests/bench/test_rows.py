"""Each row of the table measures something, once and small. How quick it was is no matter of a test."""

from __future__ import annotations

import json
import math
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from bench.__main__ import as_json, table
from bench.fiction.sizes import Size
from bench.large import large
from bench.measuring import Amount, Line
from bench.rows import ROWS
from bench.rows.throughput import seconds_each

SMALL = Amount(Size(sessions=2, submissions=12, passages=80, quotes=24), turns=12, passages=40, repeats=1)


# A server of its own does not see what a test has not kept; its readers are tried below.
@pytest.mark.parametrize("name", [name for name in ROWS if name != "throughput"])
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
    assert table([Line("a", "this", 3.2, "that", 1.0, None)]).splitlines()[2].endswith("3.20  |        |     |  |")
    told = json.loads(as_json(lines))
    assert [(row["ratio"], row["met"]) for row in told] == [(3.0, True), (3.2, False)]


@pytest.mark.django_db(transaction=True)
def test_readers_of_a_server_are_answered(live_server):
    here = large(SMALL)
    port, cookies = urlsplit(live_server.url).port, here.cookies
    page = reverse("sessions:list", args=[here.inquiry.code])
    assert 0 < seconds_each(port, lambda: page, cookies, 0.2) < 5
    with pytest.raises(AssertionError, match="404"):
        seconds_each(port, lambda: "/nowhere/", cookies, 0.1)


def test_what_a_person_waits_for_too_long_is_not_met():
    quick, slow = Line("a", "p", 1.0, "t", 1.0, 2.0, 0.09, 0.1), Line("a", "p", 1.0, "t", 1.0, 2.0, 0.11, 0.1)
    assert (quick.met, slow.met) == (True, False)
    assert "0.110 (≤ 0.1)" in table([slow])
