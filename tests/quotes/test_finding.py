"""Copied words found where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.refusals import Refused
from evidence.quotes.finding import TWICE, find
from evidence.reader.marks import Span, pieces

WORDS = "“We’d  asked” – in Ve\u0301lo Town – for a youth\u00a0worker 🌍, and asked again; nobody came."


def found(quoted: str, words: str = WORDS) -> str:
    start, end = find(quoted, words)
    return words[start:end]


@pytest.mark.parametrize(
    ("quoted", "words"),
    [
        ('"We\'d asked" - in', "“We’d  asked” – in"),
        ("  in Vélo\n\nTown ", "in Ve\u0301lo Town"),
        ("youth worker 🌍, and", "youth\u00a0worker 🌍, and"),
        ("nobody came.", "nobody came."),
        ("for […] worker", "for a youth\u00a0worker"),
        ("[…] nobody came", "nobody came"),
        ("[n]obody came", "nobody came"),
        ("nobody c[a]me", "nobody came"),
        ("no[one] came", "nobody came"),
        ("nobody ca[n]", "nobody came."),
        ("asked again [and again]", "asked again"),
        ("asked […] nobody", "asked again; nobody"),
    ],
)
def test_words_are_found_as_they_are_compared(quoted: str, words: str) -> None:
    assert found(quoted) == words


@pytest.mark.parametrize(
    ("quoted", "sentence"),
    [
        ("asked", "more than once"),
        ("obody", "do not stand"),
        ("nobody cam", "do not stand"),
        ("came nobody", "do not stand"),
        ("nobody […] asked", "do not stand"),
        ("[…] […]", "Give the words"),
        ("", "Give the words"),
    ],
)
def test_words_that_are_not_there_or_twice_are_refused(quoted: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        find(quoted, WORDS)


def test_many_omissions_in_a_long_passage_take_no_time() -> None:
    with pytest.raises(Refused, match="do not stand"):
        find("a […] " * 200 + "b", "a " * 20_000)
    with pytest.raises(Refused, match="edited in too many places"):
        find("a[…]" * 8000 + "b", "a " * 20_000)


def outcome(quoted: str, words: str) -> str:
    try:
        return found(quoted, words)
    except Refused as refused:
        return str(refused)


@settings(deadline=None)
@given(st.lists(st.text("abé🌍'’-", min_size=1, max_size=4), min_size=1, max_size=12), st.data())
def test_words_cut_from_anywhere_are_found_unless_they_stand_twice(said: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(said) - 1))
    wanted = " ".join(said[start : data.draw(st.integers(start + 1, len(said)))])
    answer = outcome(wanted, " ".join(said))
    assert answer == TWICE or answer.replace("’", "'") == wanted.replace("’", "'")


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=6)


@given(st.text("ab █🌍", min_size=1, max_size=30), spans, spans)
def test_a_passage_in_pieces_has_all_its_words_and_no_other(
    words: str, quotes: list[tuple[int, int]], redactions: list[tuple[int, int]]
) -> None:
    marked = [Span(start, start + length, (n, True)) for n, (start, length) in enumerate(quotes)]
    struck = [Span(start, start + length, n) for n, (start, length) in enumerate(redactions)]
    made = pieces(words, marked, struck)
    assert "".join(piece.text for piece in made) == words
    place = 0
    for piece in made:
        over = {span.of[0] for span in marked if span.start <= place < span.end}
        assert set(piece.quotes) == over
        assert set(piece.text) == {"█"} if piece.is_black else "█" not in piece.text
        place += len(piece.text)
    begun = [pk for piece in made for pk in piece.begins]
    assert sorted(begun) == [n for n, (start, _) in enumerate(quotes) if start < len(words)]
