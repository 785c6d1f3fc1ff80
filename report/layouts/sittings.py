"""Witnesses by sitting, as both Houses list them: an entry a panel, with its questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from django.utils.formats import date_format

from evidence.witnesses.models import Appearance
from inquiry.dates import Precision
from inquiry.models import Rule, Session
from report import structure as printed
from report.material import Material, witness_of

ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def sittings(
    material: Material, say: Callable[[int, int], str], *, numbered: bool = False
) -> tuple[printed.Sitting, ...]:
    """Every session on the record or in private, in the order of its date; those of one day under one date.

    :param say: how a panel's first and last questions are printed.
    :param numbered: whether panels have Roman numerals, where a session had several.
    """
    panels: dict[int, list[list[Appearance]]] = defaultdict(list)
    for appearances in material.heard.values():
        panels[appearances[0].panel.session_id].append(appearances)
    of_a_day: dict[object, list[Session]] = defaultdict(list)
    for session in _by_date(material.sessions):
        if session.rule != Rule.CHATHAM_HOUSE:
            # Where nobody is listed, the reason stands under a date of its own.
            known = session.date_precision == Precision.DAY and panels.get(session.pk)
            of_a_day[session.date if known else session.pk].append(session)
    return tuple(
        printed.Sitting(
            date=sitting_date(first),
            # The day tells which sitting it was; a month may have had several.
            title="" if first.date_precision == Precision.DAY else first.title,
            panels=tuple(
                panel for session in (first, *others) for panel in _panels(material, panels[session.pk], say, numbered)
            ),
            private=first.rule == Rule.PRIVATE,
            key=f"session-{first.pk}",
        )
        for first, *others in of_a_day.values()
    )


def _by_date(sessions: list[Session]) -> list[Session]:
    return sorted(sessions, key=lambda session: (session.date is None, session.date))


def sitting_date(session: Session) -> str:
    """The date with the day of the week, where the day is known."""
    if session.date and session.date_precision == Precision.DAY:
        return date_format(session.date, "l j F Y")
    return session.said_date


def _panels(
    material: Material, heard: list[list[Appearance]], say: Callable[[int, int], str], numbered: bool
) -> list[printed.PanelHeard]:
    return [
        printed.PanelHeard(
            witnesses=tuple(map(witness_of, appearances)),
            questions=say(*questions) if (questions := material.questions_of(appearances[0].panel_id)) else "",
            numeral=roman(place) if numbered and len(heard) > 1 else "",
            key=f"panel-{appearances[0].panel_id}",
        )
        for place, appearances in enumerate(heard, start=1)
    ]


def roman(number: int) -> str:
    """A Roman numeral: 4 is IV."""
    said = ""
    for worth, letters in ROMAN:
        while number >= worth:
            said, number = said + letters, number - worth
    return said
