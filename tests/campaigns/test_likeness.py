"""How alike texts are, and where their words differ. No database."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.campaigns.differences import SHOWN, Difference, differences
from evidence.campaigns.likeness import ALIKE, FEWEST_WORDS, bands, per_cent_alike, sketch

WORDS = [f"word{n}" for n in range(5000)]
LETTER = "We ask the inquiry to open the hall in our street again and to leave its key with those who live there"


def text(seed: int, length: int = 400) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def compared(one: list[str], other: list[str]) -> tuple[int, bool]:
    """How alike they are, and whether an index of their bands would bring them together."""
    mine, theirs = sketch(" ".join(one)), sketch(" ".join(other))
    return per_cent_alike(mine.places, theirs.places), bool(set(bands(mine.places)) & set(bands(theirs.places)))


def test_capitals_and_punctuation_make_no_difference() -> None:
    assert sketch(LETTER.upper().replace(" ", ",\n ")) == sketch(LETTER)


@pytest.mark.parametrize("seed", range(20))
def test_letters_with_a_paragraph_of_their_own_are_found(seed: int) -> None:
    letter, own = text(seed), text(seed + 1000, 80)
    per_cent, met = compared(letter, letter[:200] + own + letter[200:])
    assert met
    assert per_cent >= ALIKE


@pytest.mark.parametrize("seed", range(20))
def test_other_texts_are_not(seed: int) -> None:
    per_cent, met = compared(text(seed), text(seed + 1000))
    assert per_cent < ALIKE / 2
    assert not met


def test_a_few_words_stand_for_nothing() -> None:
    few = " ".join(["word"] * (FEWEST_WORDS - 1))
    assert (sketch(few).places, bands([]), per_cent_alike([], [])) == ([], [], 0)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_wholly_like_itself(any_text: str) -> None:
    found = sketch(any_text)
    assert per_cent_alike(found.places, found.places) == (100 if found.places else 0)
    assert all(-(2**63) <= band < 2**63 for band in bands(found.places))


def test_the_words_that_differ_are_told_with_those_around_them() -> None:
    first = ["Dear all,", "We asked for a youth worker for six years.", "Yours, Ann"]
    other = ["Dear all,", "We asked for a library for six years.", "Yours, Ann", "PS: and a bench."]
    assert differences(first, other) == [
        Difference("We asked for a", "youth worker", "library", "for six years."),
        Difference("", "", "PS: and a bench.", ""),
    ]
    assert differences(first, [each.upper() for each in first]) == []


def test_long_and_many_differences_are_cut_short() -> None:
    one, other = text(1, 3000), text(2, 3000)
    [told] = differences([" ".join(one)], [" ".join(other)])
    assert told.only_first.endswith(" …")
    many = differences([f"{n} first" for n in range(100)], [f"{n} other" for n in range(100)])
    assert len(many) == SHOWN
