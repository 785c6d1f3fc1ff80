"""Transcripts as tables and as subtitles."""

from datetime import timedelta

import pytest

from evidence.documents.reading import Unreadable
from evidence.transcripts.reading import from_table
from evidence.transcripts.reading.reader import read_transcript


def said(data):
    transcript = read_transcript(data if isinstance(data, bytes) else data.encode())
    return [(turn.question, turn.speaker, turn.text) for turn in transcript.turns]


def spoken(text):
    return [(turn.start.total_seconds(), turn.speaker, turn.text) for turn in read_transcript(text.encode()).turns]


def test_a_row_is_a_turn_and_a_question_covers_the_rows_until_the_next():
    table = 'question,speaker,text\nQ1,Chair,"Welcome,\nall."\n,Dr Roe,Yes.\n,,And more.\n2,Chair,"He said ""no""."\n'
    assert said(table) == [
        (1, "Chair", "Welcome, all."),
        (1, "Dr Roe", "Yes."),
        (1, "Dr Roe", "And more."),
        (2, "Chair", 'He said "no".'),
    ]


@pytest.mark.parametrize(
    "table",
    [
        b"\xef\xbb\xbfquestion,speaker,text\r\n1,Chair,Caf\xc3\xa9 = 1+1\r\n",
        b"Text;Speaker;Question\nCaf\xe9 = 1+1;Chair;Q1\n",
        "turn\ttext\tquestion\tspeaker\n7\tCafé = 1+1\tQ 1\tChair:\n".encode(),
        "speaker,question,text\nChair,1,Café = 1+1\n".encode("utf-16"),
        b'\n"Speaker","Text","Question","Other"\n"Chair","Caf\xc3\xa9 = 1+1","1.0"\n\n,,,\n',
    ],
)
def test_encodings_separators_and_the_order_of_columns(table):
    assert said(table) == [(1, "Chair", "Café = 1+1")]


def test_a_formula_in_a_cell_is_words():
    assert said('speaker,text\nDr Roe,"=HYPERLINK(""https://example.org"")"\n') == [
        (None, "Dr Roe", '=HYPERLINK("https://example.org")')
    ]


def test_rows_that_lack_something_are_told():
    transcript = read_transcript(b"question,speaker,text\n,,Nobody\nQ1,Chair,\nlast,Chair,Hello\nQ3,Chair,Three\n")
    assert [(turn.question, turn.text) for turn in transcript.turns] == [(1, "Hello"), (3, "Three")]
    assert [p.text for p in transcript.passages if p.kind == "note"] == ["Nobody"]
    assert transcript.notes == (
        "Row 2 names no speaker; its words are nobody’s.",
        "Row 3 has no words; it was left out.",
        "Row 4: “last” is no question’s number; it was left out.",
        "Q2 is missing.",
    )


def test_a_table_whose_quotation_marks_do_not_close():
    with pytest.raises(Unreadable) as refused:
        read_transcript(b'speaker,text\nChair,"Hello\nDr Roe,Yes\n')
    assert refused.value.sentence == from_table.BROKEN


VTT = """WEBVTT - Fictional committee

NOTE made by a machine

STYLE
::cue { color: red }

intro
00:00:01.000 --> 00:00:03.000 align:start position:0%
<v Chair>Q1 Welcome &amp; good <i>morning</i>.

00:03.500 --> 00:05.000
<v.loud Chair>Who is <00:00:04.000>first?</v>

00:00:06.000 --> 00:00:08.000
<v Dr Roe>I am.</v>
<v Chair>And?</v>

01:00:09.250 --> 01:00:10.000
That is &lt;all&gt;.
"""


def test_cues_of_one_speaker_make_one_turn():
    assert spoken(VTT) == [
        (1, "Chair", "Welcome & good morning. Who is first?"),
        (6, "Dr Roe", "I am."),
        (6, "Chair", "And? That is <all>."),
    ]
    assert read_transcript(VTT.encode()).first_question == 1


def test_subtitles_with_names_in_their_words():
    srt = (
        "1\r\n00:00:01,000 --> 00:00:03,000\r\nQ4 Chair: Welcome\r\n\r\n"
        "2\r\n00:00:03,000 --> 00:00:04,000\r\nto all. It is this:\r\nhello.\r\n\r\n"
        "3\r\n00:01:05,500 --> 00:01:06,500\r\n- Dr Roe: {\\an8}Thanks.\r\n- Chair: Next.\r\n\r\n"
        "4\r\n00:01:07,000 --> 00:01:08,000\r\n>> MS LAMB: Q4 was good.\r\n"
    )
    assert spoken(srt) == [
        (1, "Chair", "Welcome to all. It is this: hello."),
        (65.5, "Dr Roe", "Thanks."),
        (65.5, "Chair", "Next."),
        (67, "MS LAMB", "Q4 was good."),
    ]
    assert read_transcript(srt.encode()).turns[0].start == timedelta(seconds=1)


def test_subtitles_without_speakers_are_refused():
    with pytest.raises(Unreadable, match="No speakers were found"):
        read_transcript(b"WEBVTT\n\n00:01.000 --> 00:02.000\nhello there\n")
