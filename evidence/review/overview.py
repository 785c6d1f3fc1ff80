"""Where an inquiry stands, for the person who asks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.roles import Verb, may
from accounts.statements import Statement, compiled, kept_for, totals_kept_for
from evidence.documents.models import Document
from evidence.quotes.models import Listed, Quote, Verdict
from evidence.review.gaps import gap_map, thinnest, voices_at
from evidence.review.standing import Standing, standings
from evidence.review.voices import WRITTEN
from evidence.submissions.life import State
from evidence.submissions.models import Submission
from evidence.witnesses.models import Appearance, Witness
from inquiry.lists import COUNTED_TO
from inquiry.models import Inquiry, Insight, Recommendation, Session, Theme
from inquiry.models.jobs import JobState

THIN_ROWS = 12
BARE_ROWS = 3
SESSIONS_ACROSS = 6
SESSIONS_IN_LINE = 8
NEW_SINCE = dt.timedelta(days=7)


class Overview:
    """One look at an inquiry. Every number is derived from what the person may see."""

    def __init__(self, user: Any, inquiry: Inquiry) -> None:
        self.user, self.inquiry = user, inquiry
        self.secretariat = may(user, Verb.SEE_UNPUBLISHED, inquiry)
        self.submissions = self._totals(
            Submission,
            total=Count("pk"),
            published=Count("pk", filter=Q(state=State.PUBLISHED)),
            **{state: Count("pk", filter=Q(state=state)) for state in (State.RECEIVED, State.ACCEPTED, State.RETURNED)},
            oldest=Min("received_on", filter=Q(state=State.ACCEPTED)),
        )
        self.witnesses = self._totals(Witness, total=Count("pk"), lived=Count("pk", filter=Q(lived_experience=True)))
        stands = Q(standing=True)
        self.quotes = self._totals(
            Listed,
            total=Count("pk", filter=stands),
            mismatch=Count("pk", filter=stands & Q(compared=Verdict.MISMATCH)),
            unchecked=Count("pk", filter=stands & Q(compared=Verdict.UNCHECKED)),
            untagged=Count("pk", filter=stands & Q(tags=0)),
        )
        self.sessions = list(self._seen(Session).in_order())
        self.recommendations = list(self._seen(Recommendation).in_order())
        self.standings = standings(user, inquiry)

    def _seen(self, model: Any) -> Any:
        return model.objects.visible_to(self.user).filter(inquiry=self.inquiry)

    def _totals(self, model: Any, **totals: Any) -> dict[str, Any]:
        called = ("overview", self.inquiry.pk, model)
        return totals_kept_for(self.user, called, lambda: self._seen(model), **totals)

    def _url(self, page: str) -> str:
        return reverse(page, args=[self.inquiry.code])

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read yet."""
        return not (self.sessions or self.submissions["total"] or self.quotes["total"])

    @property
    def to_read(self) -> dict[str, int]:
        """How many quotes and submissions there are."""
        return {"quote": self.quotes["total"], "submission": self.submissions["total"]}

    def has_themes(self) -> bool:
        return bool(self._seen(Theme).exists())

    def kpis(self) -> list[dict[str, Any]]:
        standing = sum(self._standing(one).stands for one in self.recommendations)
        contrary = sum(self._standing(one).challenges > 0 for one in self.recommendations)
        total = len(self.recommendations)
        return [
            {
                "value": f"{self.submissions['total']:,}",
                "label": _plural(self.submissions["total"], "submission", number=False),
                "note": self._submissions_note(),
                "url": self._url("submissions:list"),
            },
            {
                "value": f"{self.witnesses['total']:,}",
                "label": "witness" if self.witnesses["total"] == 1 else "witnesses",
                "note": f"{self.witnesses['lived']:,} with lived experience" if self.witnesses["lived"] else "",
                "url": self._url("witnesses:list"),
            },
            {
                "value": f"{self.quotes['total']:,}",
                "label": _plural(self.quotes["total"], "quote", number=False),
                "note": self._quotes_note(),
                "url": self._url("review:quotes"),
            },
            {
                "value": f"{standing} of {total}",
                "label": "recommendations stand" if total != 1 else "recommendation stands",
                "note": f"{contrary} {'has' if contrary == 1 else 'have'} contrary evidence" if contrary else "",
                "url": self._url("review:recommendations"),
            },
        ]

    def _standing(self, recommendation: Recommendation) -> Standing:
        return self.standings.get(recommendation.pk, Standing())

    def _submissions_note(self) -> str:
        counts = self.submissions
        if not self.secretariat:
            return f"{counts['published']:,} published" if counts["published"] else ""
        steps = ((State.RECEIVED, "to accept"), (State.ACCEPTED, "to decide"), (State.RETURNED, "returned"))
        return ", ".join(f"{counts[state]:,} {step}" for state, step in steps if counts[state])

    def _quotes_note(self) -> str:
        mismatch, unchecked = self.quotes["mismatch"], self.quotes["unchecked"]
        notes = []
        if mismatch:
            notes.append(f"{mismatch:,} {'doesn’t' if mismatch == 1 else 'don’t'} match")
        if unchecked:
            notes.append(f"{unchecked:,} unchecked")
        if notes or not self.quotes["total"]:
            return ", ".join(notes)
        return "compared or checked, every one"

    def timeline(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The evidence sessions, the last few where there are many, and the other meetings; with what each brought."""
        witnesses = self._by_session(Appearance, "panel__session", Count("witness", distinct=True))
        quotes = self._by_session(Listed, "panel__session", Count("pk", filter=Q(standing=True)))
        insights = self._by_session(Insight, "session", Count("pk"))

        def event(session: Session) -> dict[str, Any]:
            parts = (
                session.said_date,
                _plural(witnesses.get(session.pk, 0), "witness", "witnesses"),
                _plural(quotes.get(session.pk, 0), "quote"),
                _plural(insights.get(session.pk, 0), "insight"),
                "under the Chatham House Rule" if session.under_the_rule else "",
            )
            url = reverse("sessions:detail", args=[self.inquiry.code, session.pk])
            title = f"{session.number} {session.title}" if session.number else session.title
            return {"title": title, "url": url, "note": " · ".join(part for part in parts if part)}

        numbered = [session for session in self.sessions if session.number][-SESSIONS_IN_LINE:]
        others = [session for session in self.sessions if not session.number][-SESSIONS_IN_LINE:]
        return [event(session) for session in numbered], [event(session) for session in others]

    def _by_session(self, model: Any, session: str, count: Count) -> dict[int, int]:
        def counting() -> Statement:
            rows = self._seen(model).filter(**{f"{session}__isnull": False}).order_by()
            return compiled(rows.values_list(session).annotate(n=count), none="NULL, NULL")

        return dict(kept_for(self.user, ("by session", self.inquiry.pk, model), counting).numbers())

    def gaps(self) -> dict[str, Any]:
        """The themes of the first framework, the thinnest where they are many, by session and in writing."""
        themes = list(self._seen(Theme).leaves().in_use().in_order())
        themes = [theme for theme in themes if theme.framework_id == themes[0].framework_id]
        counts = voices_at(self.user, self.inquiry)
        across = [session for session in self.sessions if session.number][-SESSIONS_ACROSS:]
        places = [*(str(session.pk) for session in across), WRITTEN]
        shown = thinnest(themes, places, counts, THIN_ROWS, BARE_ROWS)
        nobody = sum(not any(counts.get(theme.pk, {}).get(place) for place in places) for theme in themes)
        return gap_map(self.inquiry, shown, across, counts) | {
            "nobody": nobody,
            "total": len(themes),
            "some": len(shown) < len(themes),
        }

    def waiting(self) -> list[dict[str, Any]]:
        """What the person can do next, most pressing first."""
        lines = []
        if self.secretariat:
            lines += self._waiting_for_secretariat()
        if may(self.user, Verb.TAKE_QUOTES, self.inquiry):
            lines += self._waiting_for_staff()
        else:
            lines += self._new_to_read()
        return [line for line in lines if line["count"]]

    def _waiting_for_secretariat(self) -> list[dict[str, Any]]:
        counts, unread = self.submissions, self._seen(Document).filter(state=JobState.FAILED).count()
        page = self._url("submissions:list")
        return [
            _line(unread, "file", f"{page}?reading=failed", after=" that could not be read"),
            _line(counts[State.RECEIVED], "submission", f"{page}?state=received", after=" to accept"),
            _line(
                counts[State.ACCEPTED],
                "submission",
                f"{page}?state=accepted",
                after=" to decide on",
                note=f"oldest received on {date_format(counts['oldest'], 'j F Y')}" if counts["oldest"] else "",
            ),
            _line(counts[State.RETURNED], "submission", f"{page}?state=returned", after=" returned"),
        ]

    def _waiting_for_staff(self) -> list[dict[str, Any]]:
        bare = sum(not self._standing(one).total for one in self.recommendations)
        quotes, page = self.quotes, self._url("review:quotes")
        return [
            _line(
                quotes["mismatch"],
                "quote",
                f"{page}?verdict=mismatch",
                after=" to mend",
                note="the words differ from their source",
            ),
            _line(quotes["unchecked"], "quote", f"{page}?verdict=unchecked", after=" to check against a recording"),
            _line(quotes["untagged"], "quote", f"{page}?tagged=no", after=" not tagged"),
            _line(bare, "recommendation", self._url("review:recommendations"), after=" without evidence"),
        ]

    def _new_to_read(self) -> list[dict[str, Any]]:
        drafts = sum(one.status == Recommendation.Status.DRAFT for one in self.recommendations)
        new = self._seen(Quote).standing().filter(created_at__gte=timezone.now() - NEW_SINCE)
        found = new.values("pk")[:COUNTED_TO].count()
        more = " or more" if found == COUNTED_TO else ""
        return [
            _line(found, "new quote", f"{self._url('review:quotes')}?sort=-taken", after=f"{more} this week"),
            _line(drafts, "draft recommendation", self._url("review:recommendations"), after=" to read"),
        ]


def _line(count: int, what: str, url: str, *, after: str, note: str = "") -> dict[str, Any]:
    return {"count": count, "label": _plural(count, what) + after, "url": url, "note": note}


def _plural(count: int, one: str, many: str = "", *, number: bool = True) -> str:
    """ "1 quote", "3 quotes"; nothing for none, unless the word alone is asked for."""
    word = one if count == 1 else many or f"{one}s"
    if not number:
        return word
    return f"{count:,} {word}" if count else ""
