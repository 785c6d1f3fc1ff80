"""Anchors over texts nobody thought of: places are code points, whatever is written there and blacked out beside it."""

from __future__ import annotations

import hashlib
import itertools

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accounts.refusals import Refused
from accounts.roles import CONSOLE
from evidence.documents.actions import keep_passages, redact
from evidence.documents.models import Document, Passage
from evidence.documents.reading import Kind, ReadPassage
from evidence.documents.reading.passages import clean
from evidence.quotes.actions import take_quote, words_at
from evidence.quotes.models import Verdict
from evidence.submissions.models import SubmissionFile
from tests import builders

pytestmark = pytest.mark.django_db
some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
# Letters, words of several code points each, marks that combine, what is written from the right, and plain prose.
odd = "ab é e\u0301 👩\u200d👩\u200d👧 🌍 नमस्ते שלום\u200f 漢字 “q” ’ – … [x] 1."
written = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(odd.split()), max_size=12).map(" ".join))
documents = st.lists(written.map(clean).filter(bool), min_size=1, max_size=4)
_serial = itertools.count()


@pytest.fixture
def submission():
    return builders.a_submission(builders.an_inquiry(), text=None)


def kept(submission, texts: list[str]) -> list[Passage]:
    digest = hashlib.sha256(f"{next(_serial)}".encode()).hexdigest()
    about = {"inquiry": submission.inquiry, "name": "x.txt", "kind": Kind.TEXT, "size": 1, "state": "done"}
    document = Document.objects.create(sha256=digest, **about)
    SubmissionFile.objects.create(inquiry=submission.inquiry, submission=submission, document=document)
    keep_passages(document=document, passages=[ReadPassage("paragraph", str(n), t) for n, t in enumerate(texts, 1)])
    return list(document.passages.order_by("position"))


def a_place(data: st.DataObject, passages: list[Passage]) -> dict[str, object]:
    first, last = sorted(data.draw(st.lists(st.integers(0, len(passages) - 1), min_size=2, max_size=2)))
    start = data.draw(st.integers(0, len(passages[first].received_text) - 1))
    least = start + 1 if first == last else 1
    end = data.draw(st.integers(least, len(passages[last].received_text)))
    return {"first_passage": passages[first], "start": start, "last_passage": passages[last], "end": end}


@some
@given(texts=documents, data=st.data())
def test_a_quote_says_what_stands_at_its_place_and_nothing_else(submission, texts, data):
    passages = kept(submission, texts)
    place = a_place(data, passages)
    pieces = [p.received_text for p in passages[place["first_passage"].position - 1 : place["last_passage"].position]]
    pieces[-1] = pieces[-1][: place["end"]]
    pieces[0] = pieces[0][place["start"] :]
    words = " ".join(pieces)
    if not words.strip():
        with pytest.raises(Refused):
            take_quote(**place, by=CONSOLE)
        return
    quote = take_quote(**place, by=CONSOLE)
    assert quote.text.split() == words.split()
    assert quote.verdict == Verdict.VERBATIM
    assert words_at(*place.values()).split() == words.split()
    # One word more that nobody wrote, without a mark, and it is not what stands there.
    quote.text = f"{quote.text} allegedly"
    quote.save(update_fields=["text"])
    quote.refresh_from_db()
    assert quote.verdict == Verdict.MISMATCH


@some
@given(texts=documents, data=st.data())
def test_what_is_blacked_out_moves_no_other_place(submission, texts, data):
    passage, *_ = kept(submission, texts)
    words = passage.received_text
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    assume("█" not in words)
    redact(passage=passage, start=start, end=end, reason="An example.", by=CONSOLE)
    passage.refresh_from_db()
    assert passage.open_text == words[:start] + "█" * (end - start) + words[end:]
    assert passage.received_text == words
