"""Invented people and bodies. Each says of itself that it is fictional, wherever its name comes to stand."""

from __future__ import annotations

import random

from bench.fiction.words import listed
from evidence.witnesses.models import Sector

FIRST = listed("first_names")
TITLES = ("", "", "", "", "Dr ", "Professor ", "Councillor ")
PLACES = [f"{front}{back}" for front in listed("fronts_of_places") for back in listed("backs_of_places")]
BODIES = {
    Sector.RESIDENTS: ("Residents’ Association", "Tenants’ Group", "Neighbours Together"),
    Sector.CIVIL_SOCIETY: ("Community Trust", "Youth Project", "Carers’ Circle"),
    Sector.THINK_TANK: ("Institute for Places", "Policy Workshop"),
    Sector.ACADEMIA: ("University", "College of the Coast"),
    Sector.LOCAL_GOVERNMENT: ("Town Council", "County Council"),
    Sector.CENTRAL_GOVERNMENT: ("Ministry of Tides", "Office for Ferries"),
    Sector.BUSINESS: ("Works", "Bakery", "Shipyard"),
    Sector.OTHER: ("Chapel", "Choir"),
}
OFTEN = (30, 24, 6, 10, 14, 4, 8, 4)
ROLES = ("Chair", "Director", "Secretary", "Volunteer", "Senior Lecturer", "Head of Policy", "Treasurer")
FICTIONAL = " (fictional)"


class Names:
    """Gives names of which no two are the same."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.given: dict[str, int] = {}

    def person(self) -> str:
        rng = self.rng
        return self._new(f"{rng.choice(TITLES)}{rng.choice(FIRST)} {rng.choice(PLACES)}")

    def body(self) -> tuple[str, str]:
        """A body and the sector that it is of; residents come most often."""
        (sector,) = self.rng.choices(list(BODIES), weights=OFTEN)
        return self._new(f"{self.rng.choice(PLACES)} {self.rng.choice(BODIES[sector])}"), str(sector)

    def _new(self, name: str) -> str:
        times = self.given[name] = self.given.get(name, 0) + 1
        return f"{name} {_roman(times)}{FICTIONAL}" if times > 1 else f"{name}{FICTIONAL}"


def _roman(number: int) -> str:
    signs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    said = ""
    for value, sign in signs:
        said += sign * (number // value)
        number %= value
    return said
