"""Whose short form it is, of fictional people."""

import pytest

from evidence.transcripts.reading.matching import match_speakers
from evidence.transcripts.reading.names import whose
from evidence.transcripts.reading.reader import read_transcript

NAMES = (
    "Mr David Heath",
    "Stephen Metcalfe",
    "Professor Mick Yates",
    "Dr Ella McPherson",
    "Rt Hon Jacob Rees-Mogley MP",
    "Sir Ian Duncan Moss KC",
    "Siân O’Dowd",
    "Ursula van der Hoek",
    "Baroness Young of Old Harbour",
    "The Lord Bishop of Wick",
    "Viscount Hanmer",
    "The Earl of Lytt",
    "Lord Smith of Ayr",
    "Lord Smith of Tain",
    "John Stone",
    "Dr Jane Stone",
    "Jo Brown (Chair of the Board)",
    "Jim Brown",
    "Mr Major",
)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Mr Heath", "Mr David Heath"),
        ("MR HEATH", "Mr David Heath"),
        ("David Heath", "Mr David Heath"),
        ("D. Heath", "Mr David Heath"),
        ("Mrs Heath", None),
        ("Lord Heath", None),
        ("Paul Heath", None),
        ("Metcalfe", "Stephen Metcalfe"),
        ("Mr Metcalfe", "Stephen Metcalfe"),
        ("Stephen", "Stephen Metcalfe"),
        ("Mr Stephen", None),
        ("Prof. Yates", "Professor Mick Yates"),
        ("Professor Mick Yates", "Professor Mick Yates"),
        ("Dr Mc Pherson", "Dr Ella McPherson"),
        ("Mr Rees-Mogley", "Rt Hon Jacob Rees-Mogley MP"),
        ("Jacob Rees Mogley", "Rt Hon Jacob Rees-Mogley MP"),
        ("Mr Mogley", None),
        ("Sir Ian", "Sir Ian Duncan Moss KC"),
        ("Sir Ian Duncan Moss", "Sir Ian Duncan Moss KC"),
        ("Ms O'Dowd", "Siân O’Dowd"),
        ("Sian O‘Dowd", "Siân O’Dowd"),
        ("Ms van der Hoek", "Ursula van der Hoek"),
        ("Baroness Young", "Baroness Young of Old Harbour"),
        ("Lady Young of Old Harbour", "Baroness Young of Old Harbour"),
        ("Baroness Young of New Harbour", None),
        ("Ms Young", None),
        ("Lord Bishop of Wick", "The Lord Bishop of Wick"),
        ("Lord Hanmer", "Viscount Hanmer"),
        ("Earl of Lytt", "The Earl of Lytt"),
        ("Lord Smith", None),
        ("Lord Smith of Tain", "Lord Smith of Tain"),
        ("Dr Stone", "Dr Jane Stone"),
        ("Mr Stone", "John Stone"),
        ("Jane Stone", "Dr Jane Stone"),
        ("Stone", None),
        ("J Stone", None),
        ("Jo Brown", "Jo Brown (Chair of the Board)"),
        ("Brown", None),
        ("Mr Major", "Mr Major"),
        ("Carl Miller", None),
        ("", None),
        ("Dr", None),
    ],
)
def test_short_forms(short, full):
    assert whose(short, NAMES) == full


def test_a_witness_is_one_only_on_their_panel_and_the_chair_is_marked():
    transcript = read_transcript(
        b"Members present: Ada Quill (Chair); Ben Roe; Cara Pell.\n\n"
        b"Witness: Dr Ann Roe, Director, Fog Trust, gave evidence.\n\n"
        b"Q1 Chair: Hello.\n\nDr Roe: Hello.\n\nBen Roe: Sister?\n\n"
        b"Examination of witness\n\nWitness: Professor Ann Poe, gave evidence.\n\n"
        b"Q2 The Chair: Hello.\n\nProfessor Poe: Yes.\n\nDr Roe: I am still here.\n\nMs Nobody: And I?\n\n"
        b"Chair (Cara Pell): I took over."
    )
    matches = match_speakers(transcript)
    assert [(m.speaker, m.panel, m.name, m.role) for m in matches.speakers] == [
        ("Chair", 1, "Ada Quill", "member"),
        ("Dr Roe", 1, "Dr Ann Roe", "witness"),
        ("Ben Roe", 1, "Ben Roe", "member"),
        ("The Chair", 2, "Ada Quill", "member"),
        ("Professor Poe", 2, "Professor Ann Poe", "witness"),
        ("Dr Roe", 2, "", ""),
        ("Ms Nobody", 2, "", ""),
        ("Chair (Cara Pell)", 2, "Cara Pell", "member"),
    ]
    assert matches.unmatched_speakers == ("Dr Roe", "Ms Nobody")
