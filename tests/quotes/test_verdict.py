"""What the database says of a quote's words: verbatim, edited, or a mismatch."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.quotes.actions import verdict_on
from evidence.quotes.models import Verdict

pytestmark = pytest.mark.django_db
SOURCE = "We’d asked for a “youth worker” – for six years - and nobody came, ever."
many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    "quoted",
    [
        SOURCE,
        'We\'d asked for a "youth worker" - for six years – and nobody came, ever.',
        "  We’d asked\n\nfor a\t“youth\u00a0worker” – for six\u2009years - and nobody came, ever. ",
        "We’d asked for a „youth worker‟ — for six years \u2212 and no\u00adbody came,\u200b ever.",
    ],
)
def test_white_space_quotes_and_dashes_count_as_equal(quoted: str) -> None:
    assert verdict_on(quoted, SOURCE) == Verdict.VERBATIM


def test_a_letter_composed_or_with_a_combining_accent_is_the_same() -> None:
    assert verdict_on("Ve\u0301lo \u1ec7", "V\u00e9lo e\u0323\u0302") == Verdict.VERBATIM


@pytest.mark.parametrize(
    "quoted",
    [
        "We’d asked for a “youth worker” […] and nobody came, ever.",
        "[…] for a “youth worker” – for six years - and nobody came, ever.",
        "We’d asked for a “youth worker” – […]",
        "We’d asked [...] worker” [ … ] ever.",
        "We’d asked for a[…]came, ever.",
        "[The residents had] asked for a “youth worker” – for six years - and nobody came, ever.",
        "We’d asked [the council] for a “youth worker” – for six years - and nobody came, ever.",
        "[w]e’d asked for a “youth worker” – for six years - and nobody came, ever.",
        "We’d ask[ed] for a “youth worker” – for six year[s] - and nobody came, ever.",
        "We’d asked for a “youth worker” – for six years - and nobody [came], ever.",
        "We’d asked for a “youth worker” – for six years - and nobody came[…]",
        "We’d asked for a “youth worker” […], ever.",
        "We’d asked for a “youth worker […] nobody came, ever.",
        "[…] youth worker […]",
    ],
)
def test_marked_edits_alone_make_it_edited(quoted: str) -> None:
    assert verdict_on(quoted, SOURCE) == Verdict.EDITED


@pytest.mark.parametrize(
    "quoted",
    [
        "",
        " ",
        "[…]",
        "[…] […]",
        "[anything at all]",
        "[a][b]",
        "[…]…",
        "We’d asked for a “youth worker” … and nobody came, ever.",
        "We’d asked for a “youth worker” - and nobody came, ever.",
        "We’d asked for a “youth worker” – for six years - and nobody came.",
        "we’d asked for a “youth worker” – for six years - and nobody came, ever.",
        "asked for a “youth worker” – for six years - and nobody came, ever.",
        "We’d asked for a “youth worker” – for six years - and nobody came, ever. Not once.",
        "We’d asked for a “youth work[…] and everybody came, ever.",
        "nobody came, […] asked for a “youth worker”",
        "We’d asked for a % and nobody came, ever.",
        "We’d asked [ for a “youth worker” ] […] came ever.",
        "We’d asked […] six [years",
        "We’d […] ye[ar",
        "We’d asked for […] no-one came, ever.",
        "We’d asked for a “youth worker” – for six years - and nobody came ever.",
        "We’d asked for a youth worker […]",
    ],
)
def test_everything_else_is_a_mismatch(quoted: str) -> None:
    assert verdict_on(quoted, SOURCE) == Verdict.MISMATCH


@pytest.mark.parametrize(
    ("quoted", "source", "verdict"),
    [
        ("50% of […] it_all", "50% of us said it_all", Verdict.EDITED),
        ("5_% of […]", "50% of us", Verdict.MISMATCH),
        ("%% of […]", "50% of us", Verdict.MISMATCH),
        ("a\\b […]", "a\\b c", Verdict.EDITED),
        ("a\\\\b […]", "a\\b c", Verdict.MISMATCH),
        ("\\% […]", "% c", Verdict.MISMATCH),
        ("[w]e % all", "We % all", Verdict.EDITED),
        ("[w]e % all", "We x all", Verdict.MISMATCH),
        ("\ue000 all", "We all", Verdict.MISMATCH),
        ("[…] \ue001", "We all", Verdict.MISMATCH),
        ("We a\ue001 […]", "We all came", Verdict.MISMATCH),
        ("said [sic] it", "said [sic] it", Verdict.VERBATIM),
        ("said it […]", "said it [sic] too", Verdict.EDITED),
        ("said [sic] it […]", "said [sic] it too", Verdict.EDITED),
        ("Was it fair […]", "Was it fair? No.", Verdict.MISMATCH),
        ("Was it fair? […]", "Was it fair? No.", Verdict.EDITED),
    ],
)
def test_no_character_of_a_quote_is_a_wildcard(quoted: str, source: str, verdict: Verdict) -> None:
    assert verdict_on(quoted, source) == verdict


def test_an_omission_keeps_the_order_of_the_words() -> None:
    assert verdict_on("six […] nobody", "nobody waited six years, and nobody came: nobody") == Verdict.MISMATCH
    assert verdict_on("nobody […] nobody", "nobody waited six years, and nobody came: nobody") == Verdict.EDITED


def test_twenty_thousand_characters_with_many_edits_are_judged_at_once() -> None:
    rng = random.Random(7)
    said = [rng.choice(["a", "the", "hall", "key", "of", "our"]) for _ in range(5000)]
    quoted = " ".join(word if rng.random() < 0.8 else "[…]" for word in said)
    begun = time.perf_counter()
    assert verdict_on(quoted, " ".join(said)) == Verdict.EDITED
    assert verdict_on(quoted + " never", " ".join(said)) == Verdict.MISMATCH
    assert verdict_on("a […] " * 3000 + "never", "a " * 10_000) == Verdict.MISMATCH
    assert verdict_on("b[…]" * 2500, "b" * 20_000) in (Verdict.EDITED, Verdict.MISMATCH)
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    ("quoted", "source", "verdict"),
    [
        ("[…] " + "a " * 4000 + "b […]", "a " * 8000, Verdict.MISMATCH),
        ("[…] " + "a " * 4000 + "b […]", "a " * 8000 + "b c", Verdict.EDITED),
        ("a[x]" * 2000 + "b", "a" * 40_000, Verdict.MISMATCH),
        ("[…] " + "a[x]b " * 4000, "acb " * 5000, Verdict.EDITED),
    ],
)
def test_the_hardest_comparison_takes_no_time(quoted: str, source: str, verdict: Verdict) -> None:
    begun = time.perf_counter()
    assert verdict_on(quoted, source) == verdict
    assert time.perf_counter() - begun < 3


word = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Co"), exclude_characters="[]\u00ad\u200b\u2060\ufeff"
    ),
    min_size=1,
    max_size=8,
)
sentence = st.lists(word, min_size=2, max_size=15)


@many
@given(sentence, st.data())
def test_words_left_out_and_marked_are_never_a_mismatch(said: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(said) - 1))
    end = data.draw(st.integers(start, len(said)))
    if end - start == len(said):
        end -= 1
    quoted = [*said[:start], "[…]", *said[end:]]
    assert verdict_on(" ".join(quoted), " ".join(said)) == Verdict.EDITED
    assert verdict_on(" ".join(said), " ".join(said)) == Verdict.VERBATIM


@many
@given(sentence, st.data())
def test_a_changed_word_is_always_a_mismatch(said: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(said) - 1))
    changed = [*said[:at], said[at] + "q", *said[at + 1 :]]
    assert verdict_on(" ".join(changed), " ".join(said)) == Verdict.MISMATCH
    gap = data.draw(st.integers(0, len(said) - 1))
    if gap != at:
        changed[gap] = "[…]"
        kept = [w for w in changed if w != "[…]"]
        expected = stands_in_order(kept, changed, said)
        assert (verdict_on(" ".join(changed), " ".join(said)) == Verdict.EDITED) is expected


def stands_in_order(kept: list[str], quoted: list[str], said: list[str]) -> bool:
    """Whether the words before the one omission begin the source and those after it end it."""
    gap = quoted.index("[…]")
    before, after = quoted[:gap], quoted[gap + 1 :]
    fits = len(kept) <= len(said)
    return fits and said[: len(before)] == before and said[len(said) - len(after) :] == after


GAP = "[…]"
LETTERS = "[x]"
few = ["a", "b", "ab", "(a", "a,", "(b)", '"a"', "b."]
piece = st.one_of(st.sampled_from([*few, GAP, GAP, "a[x]", "[x]b", "a[x]b", "(a[x]"]))


def stands(quoted: list[str], said: list[str]) -> bool:
    """Whether the quote's pieces are the source's words one by one, and each gap any number of them; tries all."""

    def rest(j: int, i: int) -> bool:
        if j == len(quoted):
            return i == len(said)
        if quoted[j] == GAP:
            return any(rest(j + 1, later) for later in range(i, len(said) + 1))
        return i < len(said) and alike(j, said[i]) and rest(j + 1, i + 1)

    def alike(j: int, word: str) -> bool:
        openings = {word, word.lstrip('("')} if j > 0 and quoted[j - 1] == GAP else {word}
        closings = {o.rstrip('.,;:…)"') for o in openings} if j + 1 < len(quoted) and quoted[j + 1] == GAP else set()
        before, letters, after = quoted[j].partition(LETTERS)
        return any(
            w.startswith(before) and w.endswith(after) and len(w) >= len(before + after) if letters else w == before
            for w in openings | closings
        )

    return rest(0, 0)


@many
@given(st.lists(piece, min_size=1, max_size=8), st.lists(st.sampled_from(few), min_size=1, max_size=8), st.data())
def test_the_quick_comparison_says_what_trying_every_way_says(
    quoted: list[str], said: list[str], data: st.DataObject
) -> None:
    if data.draw(st.booleans()):
        # More often than by chance a quote that begins as its source does.
        keep = data.draw(st.integers(0, len(said)))
        quoted = [*said[:keep], *quoted]
    marked = any("[" in each for each in quoted) and any(each != GAP for each in quoted)
    expected = Verdict.EDITED if marked and stands(quoted, said) else Verdict.MISMATCH
    expected = Verdict.VERBATIM if quoted == said else expected
    assert verdict_on(" ".join(quoted), " ".join(said)) == expected


@many
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_get_a_verdict(quoted: str, source: str) -> None:
    quoted, source = quoted.replace("\x00", ""), source.replace("\x00", "")
    assert verdict_on(quoted, source) in (Verdict.VERBATIM, Verdict.EDITED, Verdict.MISMATCH)
