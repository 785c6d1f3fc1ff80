"""Names in the order in which a reader of print looks for them."""

from __future__ import annotations

import random

import pytest

from report.layouts.sittings import roman
from report.names import surname_first, without_article
from report.sorting import alphabetically

AS_WRITTEN = [
    "Ashfield Voices",
    "Dr Ann Example",
    "Élan Trust",
    "Example Residents",
    "O’Hara and Sons",
    "Ohara Trust",
    "O'Neill, Bea",
    "Power to Change",
    "Powerful Voices",
    "The Trust",
    "“Upright” Walkers",
    "‘Zest’",
    "Ελπίδα",
    "Надежда",
    "تقدم",
    "李小龙",
]


def test_names_as_they_are_written():
    shuffled = AS_WRITTEN[:]
    random.Random(4).shuffle(shuffled)
    assert alphabetically(shuffled, lambda name: (name, "")) == AS_WRITTEN


def test_names_that_are_alike_stay_as_they_came():
    came = [("Example", 2), ("Example", 1), ("example", 3)]
    assert [number for _, number in alphabetically(came, lambda one: (one[0], ""))] == [3, 2, 1]


@pytest.mark.parametrize(
    ("name", "surname", "before"),
    [
        ("Prof Barry Evans", "Evans", "Barry"),
        ("Professor Sir Alan van der Berg CBE FRS", "van der Berg", "Alan"),
        ("Dr Ann O’Neill", "O’Neill", "Ann"),
        ("Ludwig van Example", "van Example", "Ludwig"),
        ("Van Example", "Example", "Van"),
        ("van Example", "van Example", ""),
        ("Maria de la Cruz", "de la Cruz", "Maria"),
        ("Anna Bradley-Dorman", "Bradley-Dorman", "Anna"),
        ("Baroness Example of Nowhere", "Example of Nowhere", ""),
        ("The Rt Hon Jane Example MP", "Example", "Jane"),
        ("The Lord Example", "Example", ""),
        ("Cllr. J. Example, Leader", "Example", "J."),
        ("JANE EXAMPLE", "EXAMPLE", "JANE"),
        ("Major", "Major", ""),
        ("Dr Ма́рия Иванова", "Иванова", "Ма́рия"),
        ("李 小龙", "李 小龙", ""),
        ("Sting", "Sting", ""),
        ("Dr Mathieu d'Example", "d'Example", "Mathieu"),
        ("Gerard ’t Example", "’t Example", "Gerard"),
        ("Patrick O. Example", "Example", "Patrick O."),
        ("Patrick O Example", "Example", "Patrick O"),
        ("Ruairí Ó Example", "Ó Example", "Ruairí"),
        ("Ruairi\u0301 O\u0301 Example", "O\u0301 Example", "Ruairi\u0301"),
        ("Mr John Mc Example MP", "Mc Example", "John"),
        ("Oliver St. Example", "St. Example", "Oliver"),
        ("Jean EXAMPLE", "EXAMPLE", "Jean"),
        ("Dr Jean LI", "LI", "Jean"),
        ("Lord Example KCB DL", "Example", ""),
        ("Prof Bea Example FREng FMedSci", "Example", "Bea"),
        ("Ann Mary Example MXYZ", "Example", "Ann Mary"),
        ("Dr Jane Example (Reader, University of Nowhere)", "Example", "Jane"),
        ("(Jane)", "(Jane)", ""),
        ("The Earl of Nowhere", "Nowhere", ""),
        ("The Lord Bishop of Nowhere", "Nowhere", ""),
        ("The Most Revd and Rt Hon Justin Example", "Example", "Justin"),
        ("The Rt Hon the Baroness Example of Nowhere DBE", "Example of Nowhere", ""),
        ("Air Vice-Marshal Sir Tom Example KCB", "Example", "Tom"),
        ("Associate Professor Cas Example", "Example", "Cas"),
        ("Lady Justice Example", "Example", ""),
        ("Dean Example", "Example", "Dean"),
        ("Ahmed El-Example", "El-Example", "Ahmed"),
        ("محمد العلي", "العلي", "محمد"),
        ("", "", ""),
    ],
)
def test_the_surname_of_a_person(name, surname, before):
    assert surname_first(name) == (surname, before)


@pytest.mark.parametrize(
    ("name", "sorted_by"),
    [
        ("The Example Society", ("Example Society", "The")),
        ("the example society", ("example society", "the")),
        ("Theatre Trust", ("Theatre Trust", "")),
        ("Friends of The Hall", ("Friends of The Hall", "")),
        ("The", ("The", "")),
        ("The ", ("The ", "")),
        ("", ("", "")),
    ],
)
def test_a_body_without_its_article(name, sorted_by):
    assert without_article(name) == sorted_by


@pytest.mark.parametrize(("number", "numeral"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (48, "XLVIII")])
def test_a_roman_numeral(number, numeral):
    assert roman(number) == numeral
