"""The appendix put together: from an inquiry's records to plain, ordered data.

What is printed passes two questions, whoever asks: may this person see it, and may it be printed? What fails the
second is named under ``left_out``, with the reason.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from num2words import num2words

from evidence.quotes.citations import author_year, cite, cite_appearance, cite_session, letters
from evidence.quotes.models import CLEARED, Quote, Verdict
from evidence.submissions.life import TAKEN
from evidence.submissions.models import Submission
from evidence.tags.models import Stance, Tag
from evidence.witnesses.models import Appearance
from inquiry.models import Inquiry, Recommendation, ReferenceWork, Rule, Session, SessionKind, Theme
from report import structure as printed
from report.left_out import quote_left_out, submission_left_out

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
        self.left_out: list[printed.LeftOut] = []
        self.quotes = self._quotes()
        self.submissions = self._submissions()
        heard = Appearance.objects.visible_to(by).filter(inquiry=inquiry).may_be_printed().in_order()
        self.heard = list(heard.select_related("witness", "organisation", "panel__session"))
        self.letters = letters(self.submissions.values())
        self.cited: set[int] = set()

    def _quotes(self) -> dict[int, Quote]:
        mine = Quote.objects.visible_to(self.by).filter(inquiry=self.inquiry).standing().with_source().order_by("pk")
        open_to_print = set(Quote.objects.filter(inquiry=self.inquiry).may_be_printed().values_list("pk", flat=True))
        kept = {}
        for quote in mine:
            if quote.pk in open_to_print and quote.verdict in self.verdicts:
                kept[quote.pk] = quote
            else:
                self.left_out.append(quote_left_out(quote, may_be_printed=quote.pk in open_to_print))
        return kept

    def _submissions(self) -> dict[int, Submission]:
        mine = Submission.objects.visible_to(self.by).filter(inquiry=self.inquiry)
        taken = mine.with_submitters().order_by("number")
        for submission in taken.filter(state__in=TAKEN).exclude(pk__in=mine.may_be_printed().order_by().values("pk")):
            self.left_out.append(submission_left_out(submission))
        return {submission.pk: submission for submission in taken.may_be_printed()}

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
        for appearance in self.heard:
            body = appearance.organisation.name if appearance.organisation else ""
            witness = printed.Witness(name=appearance.witness.name, role=appearance.role, organisation=body)
            witnesses[appearance.panel.session_id].append(witness)
        themes: dict[int, list[str]] = defaultdict(list)
        for tag in self._tags().filter(session__isnull=False, theme__isnull=False).order_by("theme__position"):
            themes[tag.session_id].append(f"{tag.theme.number} {tag.theme.title}".strip())
        return (
            printed.SessionsPart(
                items=tuple(
                    printed.EvidenceSession(
                        number=str(session.number or ""),
                        title=session.title,
                        date=session.said_date,
                        venue=session.venue,
                        witnesses=tuple(witnesses[session.pk]),
                        meeting="" if session.kind == SessionKind.EVIDENCE else str(session.get_kind_display()),
                        private=session.rule == Rule.PRIVATE,
                        themes=tuple(themes[session.pk]),
                    )
                    for session in sessions
                    if session.rule != Rule.CHATHAM_HOUSE
                )
            ),
            printed.EventsPart(items=tuple(_event(s) for s in sessions if s.rule == Rule.CHATHAM_HOUSE)),
        )

    def _written(self) -> printed.WrittenPart:
        return printed.WrittenPart(
            items=tuple(
                printed.WrittenEvidence(
                    reference=submission.reference,
                    submitters=submission.printed_submitters,
                    date=submission.said_received,
                )
                for submission in self.submissions.values()
            )
        )

    def _tags(self) -> Any:
        """The tags that the person may see, on quotes first."""
        mine = Tag.objects.visible_to(self.by).filter(inquiry=self.inquiry)
        related = mine.select_related("theme", "session", "witness", "insight__session")
        return related.order_by("quote_id", "submission_id", "witness_id", "session_id", "insight_id")

    def _themes(self) -> printed.ThemesPart:
        on_theme: dict[int, list[printed.Evidence]] = defaultdict(list)
        tagged: set[int] = set()
        # What a session was about is said beside the session.
        for tag in self._tags().filter(theme__isnull=False, session=None):
            on_theme[tag.theme_id] += self._on(tag)
            tagged.add(tag.quote_id)
        themes = list(Theme.objects.visible_to(self.by).filter(inquiry=self.inquiry).in_order())
        groups: list[printed.ThemeGroup] = []
        for parent, theme, evidence in ((t.parent or t, t, on_theme[t.pk]) for t in themes if on_theme.get(t.pk)):
            entry = printed.Theme(number=theme.number, title=theme.title, evidence=tuple(evidence))
            if groups and (groups[-1].number, groups[-1].title) == (parent.number, parent.title):
                groups[-1] = printed.ThemeGroup(parent.number, parent.title, (*groups[-1].themes, entry))
            else:
                groups.append(printed.ThemeGroup(parent.number, parent.title, (entry,)))
        untagged = [quote for quote in self.quotes.values() if quote.pk not in tagged]
        levels = themes[-1].framework.levels if themes else ["Theme"]
        if untagged:
            entry = printed.Theme("", f"Not tagged to a {levels[-1].lower()}", tuple(map(self._quoted, untagged)))
            groups.append(printed.ThemeGroup("", "Other evidence", (entry,)))
        heading = f"Evidence by {' and '.join(level.lower() for level in levels)}"
        return printed.ThemesPart(heading=heading, items=tuple(groups))

    def _recommendations(self) -> printed.RecommendationsPart:
        evidence: dict[tuple[int, str], list[printed.Evidence]] = defaultdict(list)
        for tag in self._tags().filter(recommendation__isnull=False):
            evidence[tag.recommendation_id, tag.stance] += self._on(tag)
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

    def _on(self, tag: Tag) -> list[printed.Evidence]:
        """What is tagged, as it is printed; nothing, where it may not be."""
        if tag.quote_id:
            return [self._quoted(self.quotes[tag.quote_id], tag.note)] if tag.quote_id in self.quotes else []
        if tag.submission_id:
            cited = [self._cite_submission(tag.submission_id)] if tag.submission_id in self.submissions else []
        elif tag.insight:
            # Not a quote: nobody said it.
            note = " ".join(part for part in (tag.insight.text, tag.note) if part)
            where = f"Insight from “{tag.insight.session.title}”, held under the Chatham House Rule"
            return [printed.Evidence("", where, note=note)]
        elif tag.session:
            cited = [cite_session(tag.session)] if tag.session.rule == Rule.ON_RECORD else []
        else:
            cited = self._cite_witness(tag.witness_id or 0)
        if not cited and not tag.submission_id:
            self.left_out.append(printed.LeftOut(what=str(tag.session or tag.witness), why="It was heard in private."))
        return [printed.Evidence("", citation, note=tag.note) for citation in cited]

    def _quoted(self, quote: Quote, note: str = "") -> printed.Evidence:
        if quote.submission_id:
            self.cited.add(quote.submission_id)
        return printed.Evidence(
            text=quote.text,
            citation=cite(quote, letter=self.letters.get(quote.submission_id or 0, "")),
            mark=UNCHECKED_MARK if quote.verdict == Verdict.UNCHECKED else "",
            note=note,
        )

    def _cite_submission(self, pk: int) -> str:
        self.cited.add(pk)
        return author_year(self.submissions[pk], self.letters.get(pk, ""))

    def _cite_witness(self, pk: int) -> list[str]:
        """Where a person was heard, and what they wrote under their name."""
        wrote = [
            submission.pk
            for submission in self.submissions.values()
            if submission.names_may_be_printed and pk in {each.witness_id for each in submission.submitters.all()}
        ]
        return [
            *(cite_appearance(each) for each in self.heard if each.witness_id == pk),
            *map(self._cite_submission, wrote),
        ]


def _event(session: Session) -> printed.Event:
    days = f"{num2words(session.days)} days" if session.days > 1 else ""
    return printed.Event(
        title=session.title,
        meeting=str(session.get_kind_display()),
        venue=session.venue,
        days=days,
        date=session.said_date,
    )
