"""Transcripts as committees print them: who speaks, under which question, on which panel, and what the header says."""

import datetime

import pytest

from evidence.transcripts.reading import WitnessHeard
from evidence.transcripts.reading.building import GUESSED, NO_QUESTIONS
from evidence.transcripts.reading.matching import match_speakers
from evidence.transcripts.reading.reader import read_transcript
from tests.documents.making import pdf, word, word_parts
from tests.transcripts import layouts

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
NUMBERED = {
    "word/numbering.xml": (
        f'<?xml version="1.0"?><w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="80"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Q%1"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    ),
    "word/_rels/document.xml.rels": (
        f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}"><Relationship Id="r9" Target="numbering.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"/></Relationships>'
    ),
}


def said(transcript):
    return [(turn.question, turn.speaker, turn.text) for turn in transcript.turns]


def said_on_panels(transcript):
    return [(turn.panel, turn.question, turn.speaker, turn.text) for turn in transcript.turns]


def read(text):
    return read_transcript(text.encode())


def test_commons_in_word():
    transcript = read_transcript(word(layouts.COMMONS))
    assert said_on_panels(transcript) == layouts.COMMONS_TURNS
    first, second = transcript.panels
    assert first.witnesses == (
        WitnessHeard("Professor Nell van der Hoek", "Professor of Harbours", "University of Brack"),
        WitnessHeard("Rt Hon Tom Reed MP", "Minister for Fog", "Department for Weather, Tides and Mist"),
    )
    assert second.witnesses == (WitnessHeard("Jo Lamb", "Director", "Ferry Users"),)
    assert [(p.number, p.first_question, p.last_question) for p in transcript.panels] == [(1, 1, 3), (2, 5, 7)]
    assert transcript.members == ("Ada Quill", "Ben O’Dowd", "Mrs Cara Pell-Grey", "Sir Ian Duncan Moss")
    assert transcript.chair == "Ada Quill"
    assert transcript.date == datetime.date(2022, 3, 3)
    assert transcript.title == "Ferries and fog"
    assert transcript.stated_questions == (transcript.first_question, transcript.last_question) == (1, 7)
    assert transcript.missing_questions == (4, 6)
    assert transcript.notes == ("Q4 and Q6 are missing.",)
    assert match_speakers(transcript).unmatched_speakers == ()


def test_what_nobody_said_is_kept_as_nobodys():
    transcript = read_transcript(word(layouts.COMMONS))
    asides = [(p.kind, p.text) for p in transcript.passages if p.kind != "turn"]
    for expected in (
        ("heading", "Ferries Committee"),
        ("note", "[This evidence was taken by video conference]"),
        ("note", "Sitting suspended for a Division in the House."),
        ("heading", "Examination of witness"),
        ("note", "Ayes, 2"),
        ("note", "Ada Quill"),
    ):
        assert expected in asides
    assert not any(p.speaker or p.question for p in transcript.passages if p.kind != "turn")


def test_commons_as_pdf_with_running_heads():
    transcript = read_transcript(pdf(layouts.SET, heads=True))
    assert said_on_panels(transcript) == layouts.SET_TURNS
    assert max(turn.page for turn in transcript.turns) >= 4
    assert [turn.page for turn in transcript.turns] == sorted(turn.page for turn in transcript.turns)
    assert [person.name for person in transcript.panels[0].witnesses] == [
        "Professor Nell van der Hoek",
        "Tom Reed",
        "Ann Loe",
    ]
    assert transcript.panels[1].witnesses == (WitnessHeard("Jo Lamb", "Director", "Ferry Users"),)
    assert transcript.members == ("Ada Quill", "Ben O’Dowd", "Mrs Cara Pell-Grey")
    assert transcript.stated_questions == (8, 10)
    assert transcript.title == "Ferries and fog"
    assert transcript.date == datetime.date(2022, 3, 3)
    assert match_speakers(transcript).unmatched_speakers == ()


def test_lords_as_text_with_page_numbers_inside_a_sentence():
    transcript = read(layouts.LORDS)
    assert said(transcript) == layouts.LORDS_TURNS
    assert transcript.panels[0].witnesses == (
        WitnessHeard("Prof Barry Evans", "Chair of Marine Studies", "University of Brack"),
        WitnessHeard("Dr Mary-Jane O'Hara", "Chief Executive", "Ferry Users' Trust"),
    )
    assert transcript.corrected is True
    assert transcript.chair == "Lord Quill of Brack"
    assert transcript.stated_questions == (1, 4)
    matches = match_speakers(transcript)
    assert matches.name_of("Lady Young", 1) == "Baroness Young of Old Harbour"
    assert matches.name_of("Lord Hanmer", 1) == "Viscount Hanmer"
    assert matches.name_of("Dr O’Hara", 1) == "Dr Mary-Jane O'Hara"
    assert matches.unmatched_speakers == ("Lord Smith",)


def test_the_older_layout_with_names_in_brackets():
    transcript = read(layouts.OLD)
    assert said(transcript) == [
        (1, "Chairman", "Good morning."),
        (1, "Dr Roe", "Good morning."),
        (2, "Mr Dowd", "What is it?"),
        (2, "Mr Poe", "A boat."),
        (2, "MRS PELL", "Whose?"),
    ]
    assert transcript.date == datetime.date(1998, 5, 12)
    assert match_speakers(transcript).unmatched_speakers == ()


def test_questions_numbered_by_word_itself():
    def paragraph(*runs, numbered=False):
        number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if numbered else ""
        return f"<w:p><w:pPr>{number}</w:pPr>{''.join(runs)}</w:p>"

    def run(text, *, bold=False):
        return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'

    line_break = "<w:r><w:br/></w:r>"
    body = (
        paragraph(run("Chair:", bold=True), run(" Welcome."), numbered=True)
        + paragraph(run("Dr Roe:", bold=True), run(" Thanks."))
        + paragraph(run("Ben Dowd:", bold=True), run(" Why?"), numbered=True)
        + paragraph(
            run("Dr Roe:", bold=True), run(" Because"), line_break, run("of it."), line_break,
            run("Chair:", bold=True), run(" Ah."),
        )
        + paragraph(run("What now?"), numbered=True)
    )  # fmt: skip
    transcript = read_transcript(word_parts(body, **NUMBERED))
    assert said(transcript) == [
        (80, "Chair", "Welcome."),
        (80, "Dr Roe", "Thanks."),
        (81, "Ben Dowd", "Why?"),
        (81, "Dr Roe", "Because of it."),
        (81, "Chair", "Ah."),
        (82, "Ben Dowd", "What now?"),
    ]
    assert "Q82 names no speaker. It is given to Ben Dowd, who asked before." in transcript.notes


def test_a_transcript_set_as_a_table_in_word():
    markdown = """
+------+-----------+-----------------+
| Q1   | Chair     | Welcome.        |
+------+-----------+-----------------+
|      | Dr Roe    | Thanks.         |
|      |           |                 |
|      |           | And more.       |
+------+-----------+-----------------+
"""
    assert said(read_transcript(word(markdown))) == [
        (1, "Chair", "Welcome."),
        (1, "Dr Roe", "Thanks."),
        (1, "Dr Roe", "And more."),
    ]


@pytest.mark.parametrize(
    "members",
    [
        "Members present: Jane Quill (Chair); Ben Dowd; Cara Pell.",
        "Members present: Jane Quill (in the Chair), Ben Dowd and Cara Pell",
        "Members present: Jane Quill, in the Chair, Ben Dowd, Cara Pell",
        "Members present:\nJane Quill (The Chair)\nBen Dowd\nCara Pell",
        "Members present:\n\nJane Quill, in the Chair\n\nBen Dowd\n\nCara Pell",
        "Lords present: Jane Quill (Chairman); Ben\nDowd; and Cara Pell",
        "Chair: Jane Quill\n\nPresent: Ben Dowd, Cara Pell",
    ],
)
def test_members_present_however_they_are_listed(members):
    transcript = read(f"Oral evidence: Fog\n\n{members}\n\nQ1 Chair: Welcome.\n\nBen Dowd: Hello.")
    assert transcript.members == ("Jane Quill", "Ben Dowd", "Cara Pell")
    assert transcript.chair == "Jane Quill"
    assert said(transcript) == [(1, "Chair", "Welcome."), (1, "Ben Dowd", "Hello.")]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Wednesday 5 June 2024", datetime.date(2024, 6, 5)),
        ("Taken on Wednesday, 5th June 2024", datetime.date(2024, 6, 5)),
        ("June 5, 2024", datetime.date(2024, 6, 5)),
        ("2024-06-05", datetime.date(2024, 6, 5)),
        ("Date: 05/06/2024", datetime.date(2024, 6, 5)),
        ("Ordered to be printed on 9 June 2024\n\nWednesday 5 June 2024", datetime.date(2024, 6, 5)),
        ("31 June 2024", None),
    ],
)
def test_the_day_of_the_hearing(line, day):
    assert read(f"{line}\n\nQ1 Chair: Welcome.").date == day


@pytest.mark.parametrize(
    ("line", "corrected"),
    [
        ("Uncorrected oral evidence: Fog", False),
        ("Neither Members nor witnesses have had the opportunity to correct the record.", False),
        ("This is a corrected transcript of evidence taken in public.", True),
        ("Oral evidence: Fog", None),
    ],
)
def test_corrected_or_not(line, corrected):
    assert read(f"{line}\n\nQ1 Chair: Welcome.").corrected is corrected


def test_questions_in_brackets_repeated_missing_and_out_of_order():
    transcript = read(
        "Questions 1 to 9\n\n[Q1] Chair: One.\n\n(Q2) Ben Dowd: Two.\n\nDr Roe: Yes.\n\nQ.2 Cara Pell: Again.\n\n"
        "Q 5. Chair: Five.\n\nQuestion 4: Chair: Four.\n\nQ6: And six?\n\nDr Roe: Q4 was fine.\n\n"
        "Q7 of next year will be, too."
    )
    assert said(transcript) == [
        (1, "Chair", "One."),
        (2, "Ben Dowd", "Two."),
        (2, "Dr Roe", "Yes."),
        (2, "Cara Pell", "Again."),
        (5, "Chair", "Five."),
        (4, "Chair", "Four."),
        (4, "Chair", "Q6: And six?"),
        (4, "Dr Roe", "Q4 was fine."),
        (4, "Dr Roe", "Q7 of next year will be, too."),
    ]
    assert transcript.notes[-4:] == (
        "Q3 is missing.",
        "Q2 stands there more than once.",
        "Q4 comes after Q5.",
        "The header says questions 1 to 9; found were 1 to 5.",
    )


def test_panels_of_the_header_are_told_apart_by_who_answers():
    transcript = read(
        "Witnesses I: Dr Ann Roe, Director, Fog Trust; Witnesses II: Mr Joe Poe, Master, Harbour Board.\n\n"
        "Q1 Chair: Hello.\n\nDr Roe: Hello.\n\nQ2 Chair: And you?\n\nMr Poe: I too.\n\nQ3 Chair: Thanks."
    )
    assert [turn.panel for turn in transcript.turns] == [1, 1, 2, 2, 2]
    assert [(p.first_question, p.last_question) for p in transcript.panels] == [(1, 1), (2, 3)]
    assert GUESSED in transcript.notes


def test_a_transcript_without_a_header():
    transcript = read("Chair: Welcome.\nMary Stone: Thank you.\nI have two points.\nChair: Good.\n")
    assert said(transcript) == [
        (None, "Chair", "Welcome."),
        (None, "Mary Stone", "Thank you."),
        (None, "Mary Stone", "I have two points."),
        (None, "Chair", "Good."),
    ]
    assert transcript.notes == (NO_QUESTIONS,)
    assert match_speakers(transcript).unmatched_speakers == ("Chair", "Mary Stone")


@pytest.mark.parametrize("feed", ["", "\f"])
def test_running_heads_and_page_numbers_of_a_text_go(feed):
    head = "\n\n{0}\n" + feed + "Evidence on fog {0}\n\n"
    sentence = "this sentence goes on over the end of one more page and"
    text = "".join(f"{sentence}{head.format(n)}" for n in range(1, 5))
    transcript = read(
        f"Q1 Chair: Hello.\n\nDr Roe: Yes, {text}then it ends.\n\n1066 was a year.\n\n5\n\nQ2 Chair: Thanks."
    )
    assert said(transcript) == [
        (1, "Chair", "Hello."),
        (1, "Dr Roe", f"Yes, {' '.join([sentence] * 4)} then it ends."),
        (1, "Dr Roe", "1066 was a year."),
        (2, "Chair", "Thanks."),
    ]


def test_a_name_set_plainly_once_is_still_a_speaker():
    markdown = (
        "Q1 **Chair:** Hello.\n\n**Dr Roe:** One.\n\n**Jo Lamb:** Two.\n\nQ2 **Chair:** And?\n\n**Jo Lamb:** Yes.\n\n"
        "Jo Lamb: Plainly set.\n\nDr Poe: Never in bold.\n\nThe Data Dialogue: that was its title."
    )
    assert [(turn.speaker, turn.text) for turn in read_transcript(word(markdown)).turns][-4:] == [
        ("Jo Lamb", "Yes."),
        ("Jo Lamb", "Plainly set."),
        ("Dr Poe", "Never in bold."),
        ("Dr Poe", "The Data Dialogue: that was its title."),
    ]


def test_lines_that_only_look_like_running_heads_stay():
    lines = "".join(f"\n\nRecommendation {n}\n\nDr Roe: It is well made." for n in range(1, 6))
    numbered = "".join(f"\n\nQ{n}\n\nChair: Why?\n\nYes indeed" for n in range(2, 7))
    transcript = read(f"Q1 Chair: Hello.{lines}{numbered}")
    assert [turn.text for turn in transcript.turns if turn.question == 1 and "Recommendation" in turn.text] == [
        f"Recommendation {n}" for n in range(1, 6)
    ]
    assert [(turn.question, turn.text) for turn in transcript.turns[-10:]] == [
        (n, text) for n in range(2, 7) for text in ("Why?", "Yes indeed")
    ]


def test_a_text_without_blank_lines_that_was_wrapped_by_hand():
    transcript = read(
        "Members present: Ada Quill (Chair); Ben Dowd\nQuestions 1-2\n"
        "Witnesses: Ann Roe, Director, Fog Trust, and Jo Poe, Master, Harbour Board,\ngave evidence.\n"
        "Q1 Chair: Welcome. You know what we are here for, and what it is that\nBrack Harbour: a history says of it.\n"
        "Ann Roe: Yes. There is a good deal of it, and every one of us has read the top-\ndown account—which is the\n"
        "longest.\nJo Poe: Once I speak.\nQ2 Ben Dowd: Thanks.\n"
    )
    assert said(transcript) == [
        (
            1,
            "Chair",
            "Welcome. You know what we are here for, and what it is that Brack Harbour: a history says of it.",
        ),
        (
            1,
            "Ann Roe",
            "Yes. There is a good deal of it, and every one of us has read the top-down account—which is the longest.",
        ),
        (1, "Jo Poe", "Once I speak."),
        (2, "Ben Dowd", "Thanks."),
    ]
    assert [person.name for person in transcript.panels[0].witnesses] == ["Ann Roe", "Jo Poe"]
    assert transcript.members == ("Ada Quill", "Ben Dowd")
    assert transcript.stated_questions == (1, 2)
