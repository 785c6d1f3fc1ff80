"""Whatever transcript is written in one of the formats is read back as it was."""

import csv
import html
import io
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from evidence.documents.reading.passages import clean
from evidence.transcripts.reading.reader import read_transcript

SPEAKERS = (
    "Chair", "The Chair", "Mr Heath", "Dr Mary-Jane O’Hara", "Professor van der Hoek", "Baroness Young of Old Harbour",
    "Sir Ian Duncan Moss", "MRS PELL", "Lord Bishop of Wick", "Prof. B. Evans", "Ada Quill",
)  # fmt: skip
# Sentences with what turns are made of: quotation, figures, colons, brackets, accents, emoji, other scripts.
PIECES = (
    "fog and the harbour was thick; 60% of “ferries” (or boats) didn’t leave—ever. Q4 was: bad, in 2014? Yes! £3.7 "
    "café naïve 👩‍👩‍👧 мгла 霧 St. Mr Heath’s view: e.g. 1. 2: A/B & co. [sic] <b> * -"
)
WORDS = st.lists(st.sampled_from(PIECES.split()), min_size=1, max_size=40).map(" ".join)
SAID = WORDS.map(lambda words: f"Well, {words}.")


@st.composite
def transcripts(draw, paragraphs=3):
    """Turns as (question, speaker, text), with questions that go up; one who goes on speaks under the same question."""
    turns = []
    question = draw(st.integers(1, 900))
    for number in range(draw(st.integers(1, 12))):
        asks = number == 0 or draw(st.booleans())
        question += 0 if number == 0 or not asks else draw(st.integers(1, 3))
        speaker = draw(st.sampled_from(SPEAKERS))
        texts = draw(st.lists(SAID, min_size=1, max_size=paragraphs))
        turns.append((question, speaker, asks, texts))
    return turns


def flat(transcript):
    return [(question, speaker, text) for question, speaker, _, texts in transcript for text in texts]


def read(text):
    return read_transcript(text.encode())


def said(transcript):
    return [(turn.question, turn.speaker, turn.text) for turn in transcript.turns]


def numbers(transcript):
    asked = sorted({question for question, _, _, _ in transcript})
    return asked[0], asked[-1], tuple(n for n in range(asked[0], asked[-1]) if n not in asked)


@given(transcripts())
def test_text(written):
    lines = [
        f"{f'Q{question} ' if asks else ''}{speaker}: " + "\n\n".join(texts)
        for question, speaker, asks, texts in written
    ]
    transcript = read("\n\n".join(lines))
    assert said(transcript) == flat(written)
    assert (transcript.first_question, transcript.last_question, transcript.missing_questions) == numbers(written)


@given(transcripts(), st.sampled_from(",;\t"), st.booleans(), st.permutations(["question", "speaker", "text"]))
def test_table(written, mark, every_row, columns):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=mark)
    writer.writeheader()
    for question, speaker, asks, texts in written:
        for place, text in enumerate(texts):
            number = question if every_row or (asks and place == 0) else ""
            writer.writerow({"question": number, "speaker": speaker, "text": text.replace(", ", ",\n")})
    transcript = read(out.getvalue())
    assert said(transcript) == flat(written)
    assert (transcript.first_question, transcript.last_question, transcript.missing_questions) == numbers(written)


@given(st.lists(st.tuples(st.sampled_from(SPEAKERS), st.lists(SAID, min_size=1, max_size=3)), min_size=1, max_size=10))
def test_subtitles(written):
    cues, clock = ["WEBVTT\n"], 0
    expected = []
    for speaker, texts in written:
        for text in texts:
            start = timedelta(seconds=clock)
            if expected and expected[-1][0] == speaker:
                expected[-1][2].append(text)
            else:
                expected.append((speaker, start, [text]))
            times = f"{start // timedelta(hours=1):02}:{clock // 60 % 60:02}:{clock % 60:02}.000"
            cues.append(f"{times} --> {times}\n<v {speaker}>{html.escape(text, quote=False)}</v>\n")
            clock += 617
    transcript = read("\n".join(cues))
    assert [(turn.speaker, turn.start, turn.text) for turn in transcript.turns] == [
        (speaker, start, " ".join(texts)) for speaker, start, texts in expected
    ]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300))
def test_any_words_whatever_come_back_clean(words):
    assert [turn.text for turn in read_table(words)] == ([clean(words)] if clean(words) else [])


def read_table(words):
    out = io.StringIO()
    csv.writer(out).writerows([["speaker", "text"], ["Chair", words], ["Chair", "The end."]])
    return read_transcript(out.getvalue().encode()).turns[:-1]
