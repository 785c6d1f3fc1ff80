"""What is asked in an invented inquiry: its question, themes and recommendations."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from accounts.roles import CONSOLE
from bench.fiction.names import Names
from bench.fiction.words import paragraph, title
from inquiry.actions import (
    ThemeEntry,
    add_framework,
    add_principle,
    ask_terms_of_reference,
    cite_work,
    create_inquiry,
    name_addressee,
    write_recommendation,
)
from inquiry.models import CitationStyle, Inquiry, Recommendation, Theme

OBJECTIVES, MISSIONS_EACH = 4, 3
ADDRESSEES = ("Fictional central government", "Fictional local government", "Fictional community organisations")
RECOMMENDATIONS_EACH = 6
BEGINS = dt.date(2031, 1, 6)


@dataclass
class Setting:
    """The inquiry, what its evidence is tagged to, and the one source of all chance in it."""

    inquiry: Inquiry
    rng: random.Random
    names: Names
    themes: list[Theme] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)


def set_up(code: str, seed: int) -> Setting:
    """Opens the inquiry, with all that evidence is held against.

    :raises Refused: where there is an inquiry with the code already.
    """
    rng = random.Random(f"{code} {seed}")  # noqa: S311 - chance that comes out the same each time
    inquiry = create_inquiry(
        code=code,
        title=f"Fictional inquiry into {title(rng, 3).lower()} (seed {seed})",
        body="Fictional Group on Invented Places",
        style=CitationStyle.COMMONS,
        question=paragraph(rng, 20),
        report_title="A fictional report",
        opened_on=BEGINS,
        by=CONSOLE,
    )
    ask_terms_of_reference(inquiry=inquiry, questions=[paragraph(rng, 15) for _ in range(5)], by=CONSOLE)
    setting = Setting(inquiry, rng, Names(rng))
    setting.themes = _themes(setting)
    setting.recommendations = _recommendations(setting)
    for number in range(1, 6):
        author = setting.names.person()
        key = f"Fiction {2020 + number}"
        cite_work(inquiry=inquiry, key=key, author=author, year=str(2020 + number), title=title(rng), by=CONSOLE)
    return setting


def _themes(setting: Setting) -> list[Theme]:
    rng = setting.rng
    framework = add_framework(
        inquiry=setting.inquiry,
        name="Fictional framework",
        levels=["Objective", "Mission"],
        themes=[
            ThemeEntry(
                chr(ord("A") + objective),
                title(rng),
                themes=[
                    ThemeEntry(str(objective * MISSIONS_EACH + n), title(rng, 3), aim=paragraph(rng, 20))
                    for n in range(1, MISSIONS_EACH + 1)
                ],
            )
            for objective in range(OBJECTIVES)
        ],
        by=CONSOLE,
    )
    return list(Theme.objects.filter(framework=framework).leaves().in_order())


def _recommendations(setting: Setting) -> list[Recommendation]:
    inquiry, rng = setting.inquiry, setting.rng
    principles = [add_principle(inquiry=inquiry, title=title(rng, 3), by=CONSOLE) for _ in range(4)]
    written = []
    for name in ADDRESSEES:
        addressee = name_addressee(inquiry=inquiry, name=name, by=CONSOLE)
        for _ in range(RECOMMENDATIONS_EACH):
            written.append(
                write_recommendation(
                    addressee=addressee,
                    title=title(rng, 5),
                    text=paragraph(rng, 40),
                    status=rng.choice(Recommendation.Status.values),
                    principles=rng.sample(principles, 2),
                    by=CONSOLE,
                )
            )
    return written
