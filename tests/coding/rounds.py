"""Rounds of double coding, for tests."""

from __future__ import annotations

from accounts.models import User
from accounts.roles import CONSOLE, Role
from evidence.coding.actions import code_passage, finish, open_round, settle
from evidence.coding.comparing import compare
from evidence.coding.models import Round, Unit
from inquiry.models import Framework, Inquiry
from tests.builders import a_person, missions

Chosen = list[tuple[str, str]]


def coders_of(round: Round) -> list[User]:
    return [coder.person for coder in round.coders.select_related("person")]


def units_of(round: Round) -> list[Unit]:
    return list(round.units.select_related("round__framework", "round__inquiry", "inquiry").order_by("position"))


def a_round(inquiry: Inquiry, *, title: str = "A round", count: int = 200, coded: int = 0) -> Round:
    """A round of an adviser and a clerk over all of the evidence; the adviser has given ``coded`` passages a theme."""
    framework = Framework.objects.filter(inquiry=inquiry).first() or missions(inquiry)[0].framework
    coders = (
        a_person(inquiry, Role.ADVISER, "Ada Coder (fictional)"),
        a_person(inquiry, Role.CLERK, "Bo Coder (fictional)"),
    )
    made = open_round(inquiry=inquiry, title=title, framework=framework, coders=coders, count=count, seed=7, by=CONSOLE)
    for unit in units_of(made)[:coded]:
        code_passage(unit=unit, themes=made.themes()[:1], by=coders[0])
    return made


def code(round: Round, chosen: Chosen, *, only: User | None = None) -> Round:
    """Both code its passages, in order: the numbers of the themes that each gives, and none to the rest."""
    by_number = {theme.number: theme for theme in round.themes()}
    for n, coder in enumerate(coders_of(round)):
        if only not in (None, coder):
            continue
        for place, unit in enumerate(units_of(round)):
            said = chosen[place][n] if place < len(chosen) else ""
            code_passage(unit=unit, themes=[by_number[number] for number in said], by=coder)
    return round


def a_coded_round(inquiry: Inquiry) -> Round:
    """A round that both have finished, with disagreements, of which the first is settled."""
    made = code(a_round(inquiry, title="A coded round"), [("1", "2"), ("12", "1"), ("1", "1")])
    for coder in coders_of(made):
        finish(round=made, by=coder)
    first = compare(made, CONSOLE).disagreements[0]
    settle(unit=Unit.objects.select_related("round").get(pk=first.unit), outcome="both", by=coders_of(made)[1])
    return made
