"""The appendix put together: from an inquiry's records to plain, ordered data.

What is printed passes two questions, whoever asks: may this person see it, and may it be printed? What fails the
second is named under ``left_out``, with the reason.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from string import ascii_lowercase
from typing import Any

from num2words import num2words

from evidence.quotes.citations import author_year, cite, place
from evidence.quotes.models import CLEARED, Quote, Verdict
from evidence.submissions.life import DECIDED, State, Treatment
from evidence.submissions.models import Submission
from evidence.tags.models import Stance, Tag
from evidence.witnesses.models import Appearance
from inquiry.models import Inquiry, Recommendation, ReferenceWork, Rule, Session, Theme
from report import structure as printed

UNCHECKED_MARK = "unchecked"


def assemble(inquiry: Inquiry, *, by: Any, made_on: dt.date, include_unchecked: bool = False) -> printed.Appendix:
    """The appendix in the all-party group's layout.

    Evidence sessions with their witnesses; meetings under the Rule without people; written evidence; quotes by theme;
    recommendations with the evidence for and against; references; under the rubric that the report must carry.
    """
    return _Assembly(inquiry, by, include_unchecked).appendix(made_on)


class _Assembly:
    """One appendix being put together. Each record is read once, in bulk."""

    def __init__(self, inquiry: Inquiry, by: Any, include_unchecked: bool) -> None:
        self.inquiry = inquiry
        self.by = by
        self.verdicts = {*CLEARED, Verdict.UNCHECKED} if include_unchecked else {*CLEARED}
        standing = Quote.objects.visible_to(by).filter(inquiry=inquiry).standing().with_source().order_by("pk")
        open_to_print = set(Quote.objects.filter(inquiry=inquiry).may_be_printed().values_list("pk", flat=True))
        self.quotes: dict[int, Quote] = {}
        self.left_out: list[printed.LeftOut] = []
        for quote in standing:
            if quote.pk in open_to_print and quote.verdict in self.verdicts:
                self.quotes[quote.pk] = quote
            else:
                self.left_out.append(_left_out(quote, quote.pk in open_to_print))
        self.submissions = {
            submission.pk: submission
            for submission in Submission.objects.visible_to(by)
            .filter(inquiry=inquiry)
            .may_be_printed()
            .with_submitters()
            .order_by("number")
        }
        self.letters = _letters(self.submissions.values())
        self.cited: set[int] = set()

    def appendix(self, made_on: dt.date) -> printed.Appendix:
        inquiry = self.inquiry
        funded = f"Researched and funded by {inquiry.funding.rstrip('.')}." if inquiry.funding else ""
        sessions, events = self._sessions()
        themes, recommendations = self._themes(), self._recommendations()
        return printed.Appendix(
            title="Appendix: the evidence",
            report_title=inquiry.report_title,
            inquiry_title=inquiry.title,
            body=inquiry.body,
            rubric=(*printed.paragraphs(inquiry.rubric), *printed.paragraphs(funded)),
            made_on=made_on,
            parts=(sessions, events, self._written(), themes, recommendations, self._references()),
            left_out=tuple(self.left_out),
        )

    def _sessions(self) -> tuple[printed.SessionsPart, printed.EventsPart]:
        sessions = list(Session.objects.visible_to(self.by).filter(inquiry=self.inquiry).in_order())
        witnesses: dict[int, list[printed.Witness]] = defaultdict(list)
        heard = Appearance.objects.visible_to(self.by).filter(inquiry=self.inquiry).may_be_printed().in_order()
        for appearance in heard.select_related("witness", "organisation", "panel"):
            body = appearance.organisation.name if appearance.organisation else ""
            witness = printed.Witness(name=appearance.witness.name, role=appearance.role, organisation=body)
            witnesses[appearance.panel.session_id].append(witness)
        return (
            printed.SessionsPart(
                items=tuple(
                    printed.EvidenceSession(
                        number=str(session.number or ""),
                        title=session.title,
                        date=session.said_date,
                        venue=session.venue,
                        witnesses=tuple(witnesses[session.pk]),
                    )
                    for session in sessions
                    if session.rule != Rule.CHATHAM_HOUSE
                )
            ),
            printed.EventsPart(items=tuple(_event(s) for s in sessions if s.rule == Rule.CHATHAM_HOUSE)),
        )

    def _written(self) -> printed.WrittenPart:
        published = [s for s in self.submissions.values() if s.state == State.PUBLISHED]
        return printed.WrittenPart(
            items=tuple(
                printed.WrittenEvidence(
                    reference=submission.reference,
                    submitters=author_year(submission, self.letters.get(submission.pk, "")),
                    date=submission.said_received if submission.received_precision != "year" else "",
                )
                for submission in published
            )
        )

    def _themes(self) -> printed.ThemesPart:
        on_theme: dict[int, list[Quote]] = defaultdict(list)
        tags = Tag.objects.visible_to(self.by).filter(inquiry=self.inquiry, theme__isnull=False, quote__isnull=False)
        for theme, quote in tags.order_by("quote_id").values_list("theme", "quote"):
            if quote in self.quotes:
                on_theme[theme].append(self.quotes[quote])
        themes = list(Theme.objects.visible_to(self.by).filter(inquiry=self.inquiry).in_order())
        groups: list[printed.ThemeGroup] = []
        tagged: set[int] = set()
        for parent, theme, quotes in ((t.parent or t, t, on_theme[t.pk]) for t in themes if on_theme.get(t.pk)):
            tagged.update(quote.pk for quote in quotes)
            entry = printed.Theme(number=theme.number, title=theme.title, quotes=self._evidence(quotes))
            if groups and (groups[-1].number, groups[-1].title) == (parent.number, parent.title):
                groups[-1] = printed.ThemeGroup(parent.number, parent.title, (*groups[-1].themes, entry))
            else:
                groups.append(printed.ThemeGroup(parent.number, parent.title, (entry,)))
        untagged = [quote for quote in self.quotes.values() if quote.pk not in tagged]
        levels = themes[-1].framework.levels if themes else ["Theme"]
        if untagged:
            entry = printed.Theme("", f"Not tagged to a {levels[-1].lower()}", self._evidence(untagged))
            groups.append(printed.ThemeGroup("", "Other evidence", (entry,)))
        heading = f"Evidence by {' and '.join(level.lower() for level in levels)}"
        return printed.ThemesPart(heading=heading, items=tuple(groups))

    def _recommendations(self) -> printed.RecommendationsPart:
        evidence: dict[tuple[int, str], list[printed.Evidence]] = defaultdict(list)
        tags = Tag.objects.visible_to(self.by).filter(inquiry=self.inquiry, recommendation__isnull=False)
        for tag in tags.order_by("quote_id", "submission_id"):
            if tag.quote_id in self.quotes:
                evidence[tag.recommendation_id, tag.stance] += self._evidence([self.quotes[tag.quote_id]], tag.note)
            elif tag.submission_id in self.submissions:
                citation = self._cite_submission(self.submissions[tag.submission_id])
                evidence[tag.recommendation_id, tag.stance].append(printed.Evidence("", citation, note=tag.note))
        written: dict[int, list[printed.Recommendation]] = defaultdict(list)
        recommendations = Recommendation.objects.visible_to(self.by).filter(inquiry=self.inquiry).in_order()
        for one in recommendations.prefetch_related("principles"):
            written[one.addressee_id].append(
                printed.Recommendation(
                    number=one.label,
                    title=one.title,
                    text=one.text,
                    status=one.get_status_display() if one.status != Recommendation.Status.AGREED else "",
                    principles=tuple(principle.title for principle in one.principles.all()),
                    **{stance: tuple(evidence[one.pk, stance]) for stance in Stance.values},
                )
            )
        addressees = self.inquiry.addressees.order_by("number")
        return printed.RecommendationsPart(
            items=tuple(
                printed.Addressee(title=a.name, number=str(a.number), recommendations=tuple(written[a.pk]))
                for a in addressees
            )
        )

    def _references(self) -> printed.ReferencesPart:
        works = [
            printed.Reference(
                author=work.author, year=work.year, title=work.title, publication=work.publication, url=work.url
            )
            for work in ReferenceWork.objects.visible_to(self.by).filter(inquiry=self.inquiry)
        ]
        for pk in self.cited:
            submission = self.submissions[pk]
            year = str(submission.received_on.year) if submission.received_on else "n.d."
            works.append(
                printed.Reference(
                    author=submission.printed_submitters,
                    year=f"{year}{self.letters.get(pk, '')}",
                    title=f"Written evidence to the {self.inquiry.title}",
                    publication=submission.reference,
                )
            )
        return printed.ReferencesPart(items=tuple(sorted(works, key=lambda work: (work.author.casefold(), work.year))))

    def _evidence(self, quotes: Iterable[Quote], note: str = "") -> tuple[printed.Evidence, ...]:
        return tuple(
            printed.Evidence(
                text=quote.text,
                citation=self._cite(quote),
                mark=UNCHECKED_MARK if quote.verdict == Verdict.UNCHECKED else "",
                note=note,
            )
            for quote in quotes
        )

    def _cite(self, quote: Quote) -> str:
        if quote.submission_id:
            self.cited.add(quote.submission_id)
        return cite(quote, letter=self.letters.get(quote.submission_id or 0, ""))

    def _cite_submission(self, submission: Submission) -> str:
        self.cited.add(submission.pk)
        return author_year(submission, self.letters.get(submission.pk, ""))


def _event(session: Session) -> printed.Event:
    days = f"{num2words(session.days)} days" if session.days > 1 else ""
    return printed.Event(
        title=session.title,
        meeting=str(session.get_kind_display()),
        venue=session.venue,
        days=days,
        date=session.said_date,
    )


def _letters(submissions: Iterable[Submission]) -> dict[int, str]:
    """The letter that tells apart submissions of one author and year: ``2023a``, ``2023b``."""
    alike: dict[str, list[int]] = defaultdict(list)
    for submission in submissions:
        alike[author_year(submission)].append(submission.pk)
    return {pk: _letter(n) for pks in alike.values() if len(pks) > 1 for n, pk in enumerate(pks)}


def _letter(n: int) -> str:
    """a … z, aa, ab, …"""
    return (_letter(n // 26 - 1) if n >= 26 else "") + ascii_lowercase[n % 26]


def _left_out(quote: Quote, may_be_printed: bool) -> printed.LeftOut:
    words = quote.text if len(quote.text) < 80 else f"{quote.text[:77]}…"
    return printed.LeftOut(what=f"“{words}” ({place(quote)})", why=_why(quote, may_be_printed))


def _why(quote: Quote, may_be_printed: bool) -> str:
    if may_be_printed:
        if quote.verdict == Verdict.UNCHECKED:
            return "Nobody has checked it against a recording or a published source."
        return "It does not say what its source says."
    submission = quote.submission
    if submission is None:
        return "It was said in private."
    if submission.state == State.WITHDRAWN:
        return f"{submission.reference} was withdrawn."
    if submission.treatment == Treatment.CONFIDENTIAL:
        return f"{submission.reference} is confidential."
    if submission.state not in DECIDED:
        return f"There is no decision on the publication of {submission.reference} yet."
    return "Words in it are redacted."
