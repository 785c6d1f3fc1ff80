"""How far two agree: the figures of the textbooks, and what is said of them."""

from __future__ import annotations

import pytest

from evidence.coding.agreement import agreement


def of(both: int, first: int, second: int, neither: int) -> list[tuple[bool, bool]]:
    return [(True, True)] * both + [(True, False)] * first + [(False, True)] * second + [(False, False)] * neither


@pytest.mark.parametrize(
    ("table", "same", "kappa", "alpha"),
    [
        # By hand: observed 0.7, expected 0.5; and of 100 answers 55 yes, so 15/50 against 55 · 45 · 2 / (100 · 99).
        ((20, 5, 10, 15), 35, 0.4, 0.4),
        ((5, 0, 0, 5), 10, 1.0, 1.0),
        ((0, 5, 5, 0), 0, -1.0, 1 - 1 / (2 * 10 * 10 / (20 * 19))),
        ((0, 0, 4, 6), 6, 0.0, 1 - 0.4 / (2 * 4 * 16 / (20 * 19))),
    ],
)
def test_the_figures_of_a_table(table, same, kappa, alpha):
    found = agreement(of(*table), given=sum(table[:3]))
    assert (found.n, found.same) == (sum(table), same)
    assert found.kappa == pytest.approx(kappa)
    assert found.alpha == pytest.approx(alpha)


@pytest.mark.parametrize("table", [(7, 0, 0, 0), (0, 0, 0, 7)])
def test_where_there_was_but_one_answer_neither_is_defined_and_that_is_said(table):
    found = agreement(of(*table), given=table[0])
    assert (found.kappa, found.alpha, found.per_cent) == (None, None, 100)
    assert "neither is defined" in found.said


def test_nothing_coded_by_both_is_said():
    assert agreement([], given=0).said == "Nothing was coded by both."


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ((20, 0, 1, 20), "can be relied on"),
        ((20, 3, 3, 20), "tentative conclusions"),
        ((20, 5, 10, 15), "Talk about what belongs here"),
        ((5, 10, 10, 5), "no more than chance"),
        ((3, 0, 0, 30), "It rests on few passages."),
    ],
)
def test_what_it_means_is_said_in_words(table, said):
    assert said in agreement(of(*table), given=sum(table[:3])).said


def test_whole_choices_are_the_same_or_not():
    pairs = [(frozenset("1"), frozenset("1")), (frozenset("12"), frozenset("1")), (frozenset(), frozenset())]
    assert agreement(pairs, given=2).same == 2
