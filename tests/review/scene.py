"""An inquiry with evidence that everyone may read, and evidence that most may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.roles import CONSOLE
from evidence.documents.actions import redact
from evidence.quotes.actions import remove_quote
from evidence.quotes.models import Quote
from evidence.review.unused import KINDS
from evidence.submissions.actions import withdraw_submission
from evidence.submissions.life import State
from evidence.tags.actions import tag_recommendation, tag_theme
from inquiry.models import Inquiry, Recommendation, Rule, Theme
from tests import builders

OPEN = ("Openly spoken words.", "Open Witness", "Example residents group")
# What nobody outside the secretariat may meet on any page: the names behind anonymised evidence among it.
SECRETS = (
    "Privately",
    "Private Witness",
    "Private Body",
    "Confidentially",
    "Confidential Body",
    "Redactedly",
    "Withdrawnly",
    "Withdrawn Body",
    "Hidden Person",
    "Hidden Body",
    "Removedly",
    "Telling title",
    "Private Member",
    "private-recording",
)
SEEN_BY_ALL = 2


@dataclass
class Scene:
    inquiry: Inquiry
    theme: Theme
    recommendation: Recommendation
    quotes: dict[str, Quote]


def guarded() -> Scene:
    """Seven quotes on one theme and for one recommendation, of which a member may read two."""
    inquiry = builders.an_inquiry()
    theme = builders.missions(inquiry, 1)[0]
    recommendation = builders.a_recommendation(inquiry)
    quotes = _heard(inquiry) | _written(inquiry)
    for quote in quotes.values():
        tag_theme(evidence=quote, theme=theme, by=CONSOLE)
        tag_recommendation(evidence=quote, recommendation=recommendation, stance="supports", by=CONSOLE)
    confidential, anonymised = quotes["confidential"].submission, quotes["anonymised"].submission
    for whole in (confidential, anonymised, quotes["private"].panel.session):
        tag_theme(evidence=whole, theme=theme, by=CONSOLE)
    redact(passage=quotes["redacted"].first_passage, start=0, end=10, reason="names a person", by=CONSOLE)
    withdraw_submission(submission=quotes["withdrawn"].submission, reason="asked to", by=CONSOLE)
    remove_quote(quote=quotes["removed"], by=CONSOLE)
    return Scene(inquiry, theme, recommendation, quotes)


def _heard(inquiry: Inquiry) -> dict[str, Quote]:
    session = builders.a_session(inquiry, number=1, witnesses=((OPEN[1], OPEN[2]),))
    private = builders.a_session(
        inquiry,
        number=2,
        witnesses=(("Private Witness", "Private Body"),),
        rule=Rule.PRIVATE,
        title="In private",
        members_present=["Private Member MP (fictional)"],
        recording="https://example.org/private-recording",
    )
    return {
        "open": builders.a_spoken_quote(session, OPEN[0]),
        "private": builders.a_spoken_quote(private, "Privately spoken."),
        "removed": builders.a_spoken_quote(session, "Removedly spoken."),
    }


def _written(inquiry: Inquiry) -> dict[str, Quote]:
    confidential = builders.a_submission(
        inquiry, submitter="Confidential Body", text="Confidentially written.", requested="confidential"
    )
    anonymised = builders.a_submission(
        inquiry,
        submitter="Hidden Body",
        person="Hidden Person",
        text="Unsigned words.",
        title="Telling title",
        requested="anonymised",
    )
    withdrawn = builders.a_submission(inquiry, submitter="Withdrawn Body", text="Withdrawnly written.")
    redacted = builders.a_submission(inquiry, submitter="Plain Body", text="Redactedly written.")
    return {
        "anonymised": builders.a_written_quote(anonymised),
        "confidential": builders.a_written_quote(confidential),
        "withdrawn": builders.a_written_quote(withdrawn),
        "redacted": builders.a_written_quote(redacted),
    }


def many(rows: int) -> Scene:
    """``rows`` of everything: sessions, submissions, themes, recommendations, and quotes tagged to each."""
    inquiry = builders.an_inquiry()
    themes = builders.missions(inquiry, rows)
    first: Any = None
    quotes: dict[str, Quote] = {}
    for n in range(rows):
        session = builders.a_session(inquiry, number=n + 1, witnesses=((f"Witness {n}", f"Body {n}"),))
        submission = builders.a_submission(inquiry, submitter=f"Writer {n}", state=State.DECIDED)
        recommendation = builders.a_recommendation(inquiry, f"Recommendation {n}")
        first = first or recommendation
        spoken, written = builders.a_spoken_quote(session), builders.a_written_quote(submission)
        quotes |= {f"spoken {n}": spoken, f"written {n}": written}
        for quote, stance in ((spoken, "supports"), (written, "challenges")):
            tag_theme(evidence=quote, theme=themes[0], by=CONSOLE)
            tag_recommendation(evidence=quote, recommendation=recommendation, stance=stance, by=CONSOLE)
            tag_recommendation(evidence=quote, recommendation=first, stance=stance, by=CONSOLE)
        tag_theme(evidence=submission, theme=themes[0], by=CONSOLE)
        tag_theme(evidence=session, theme=themes[n], by=CONSOLE)
        builders.a_written_quote(builders.a_submission(inquiry, submitter=f"Unheeded {n}"))
    return Scene(inquiry, themes[0], first, quotes)


def page(client: Client, name: str, *args: Any, asked: str = "") -> str:
    """The page, which must be there."""
    response = client.get(reverse(name, args=args) + asked)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def all_pages(scene: Scene) -> list[str]:
    """The address of every page on which evidence is reviewed."""
    code = scene.inquiry.code
    theme = reverse("review:theme", args=[code, scene.theme.pk])
    quotes = reverse("review:quotes", args=[code])
    return [
        reverse("review:overview", args=[code]),
        reverse("review:themes", args=[code]),
        theme,
        f"{theme}?recommendation={scene.recommendation.pk}",
        f"{theme}?from=written",
        quotes,
        f"{quotes}?theme={scene.theme.pk}&sort=heard",
        reverse("review:recommendations", args=[code]),
        reverse("review:recommendation", args=[code, scene.recommendation.pk]),
        *(f"{reverse('review:unused', args=[code])}?kind={kind}" for kind in KINDS),
        *(reverse("review:quote", args=[code, scene.quotes[name].pk]) for name in ("open", "anonymised")),
    ]
