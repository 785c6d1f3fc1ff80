"""What an appendix is put together from: the inquiry's records that the person may see and a report may print.

What is printed passes two questions, whoever asks: may this person see it, and may it be printed? What fails the
second is named under ``left_out``, with the reason. Each record is read once, in bulk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from evidence.documents.models import Passage
from evidence.quotes.citations import cite_appearance, cite_in, cite_session, cite_submission, letters
from evidence.quotes.models import CLEARED, Quote, Verdict
from evidence.quotes.rows import QuoteRow, Sources
from evidence.quotes.rows import rows as quote_rows
from evidence.submissions.life import TAKEN
from evidence.submissions.models import Submission
from evidence.submissions.rows import SubmissionRow
from evidence.submissions.rows import rows as submission_rows
from evidence.tags.models import Tag
from evidence.transcripts.models import Part
from evidence.witnesses.models import Appearance
from inquiry.models import CitationStyle, Inquiry, Panel, Recommendation, Rule, Session, Theme
from report import structure as printed
from report.left_out import quote_left_out, submission_left_out

UNCHECKED_MARK = "unchecked"

# What is printed of each, or told of what is left out, and no more: there may be thousands.
OF_A_TAG = (
    *("theme_id", "recommendation_id", "stance", "answered_at", "note"),
    *("quote_id", "submission_id", "session_id", "witness_id"),
    *("witness__name", "insight_id", "insight__text", "insight__session__title"),
)


class Material:
    """The records of one appendix, and how each is printed in its layout."""

    def __init__(self, inquiry: Inquiry, by: Any, layout: str, *, include_unchecked: bool = False) -> None:
        self.inquiry = inquiry
        self.by = by
        self.layout = layout
        self.verdicts = {*CLEARED, Verdict.UNCHECKED} if include_unchecked else {*CLEARED}
        self.left_out: list[printed.LeftOut] = []
        self.cited: set[int] = set()
        self._cited_as: dict[int, str] = {}
        self._printed: dict[str, printed.Evidence] = {}
        self._received = self._all_received()
        self.quotes = self._quotes()
        self.submissions = self._submissions()

    def _all_received(self) -> dict[int, SubmissionRow]:
        """Every submission that the person may see; each is read once, for itself and for its quotes."""
        mine = Submission.objects.visible_to(self.by).order_by("number")
        return {submission.pk: submission for submission in submission_rows(mine, self.inquiry)}

    def _quotes(self) -> dict[int, QuoteRow]:
        mine = Quote.objects.visible_to(self.by).filter(inquiry=self.inquiry).standing().order_by("pk")
        open_to_print = set(Quote.objects.filter(inquiry=self.inquiry).may_be_printed().values_list("pk", flat=True))
        panels = Panel.objects.filter(inquiry=self.inquiry).select_related("session").in_bulk()
        # Whom a report may not name, nothing here asks for.
        appearances = {one.pk: one for together in self.heard.values() for one in together}
        kept = {}
        for quote in quote_rows(mine, Sources(panels, appearances, self._received)):
            if quote.pk in open_to_print and quote.verdict in self.verdicts:
                kept[quote.pk] = quote
            else:
                self.left_out.append(quote_left_out(quote, may_be_printed=quote.pk in open_to_print))
        return kept

    def _submissions(self) -> dict[int, SubmissionRow]:
        mine = Submission.objects.filter(inquiry=self.inquiry).may_be_printed()
        printed_ones = set(mine.order_by().values_list("pk", flat=True))
        for pk, submission in self._received.items():
            if submission.state in TAKEN and pk not in printed_ones:
                self.left_out.append(submission_left_out(submission))
        return {pk: submission for pk, submission in self._received.items() if pk in printed_ones}

    @cached_property
    def letters(self) -> dict[int, str]:
        """What tells apart submissions of one author and year."""
        return letters(self.submissions.values())

    @cached_property
    def heard(self) -> dict[int, list[Appearance]]:
        """The witnesses of each panel, in their order; of none that was heard in private."""
        found = Appearance.objects.visible_to(self.by).filter(inquiry=self.inquiry).may_be_printed().in_order()
        panels: dict[int, list[Appearance]] = defaultdict(list)
        for appearance in found.select_related("witness", "organisation", "panel__session"):
            panels[appearance.panel_id].append(appearance)
        return panels

    @cached_property
    def themes(self) -> list[Theme]:
        """All themes of the inquiry, in order."""
        return list(Theme.objects.visible_to(self.by).filter(inquiry=self.inquiry).in_order())

    @cached_property
    def sessions(self) -> list[Session]:
        return list(Session.objects.visible_to(self.by).filter(inquiry=self.inquiry).in_order())

    @cached_property
    def questions(self) -> dict[int, tuple[int, int]]:
        """The first and the last question of each panel, in the transcript that counts.

        What is said before a panel's first question, a welcome, still stands under the last question of the panel
        before; the panel's questions begin with its own.
        """
        every = Passage.objects.filter(document=OuterRef("transcript__document"), question__isnull=False)
        before = every.filter(position__lt=OuterRef("first_position")).order_by("-position")
        asked = every.filter(
            position__gte=OuterRef("first_position"), position__lte=OuterRef("last_position")
        ).order_by("position")
        own = asked.exclude(question=OuterRef("carried"))
        parts = Part.objects.visible_to(self.by).filter(inquiry=self.inquiry, transcript__replaced_at=None)
        ends = parts.annotate(
            carried=Coalesce(Subquery(before.values("question")[:1]), 0),
            first=Coalesce(Subquery(own.values("question")[:1]), Subquery(asked.values("question")[:1])),
            last=Subquery(asked.reverse().values("question")[:1]),
        ).filter(first__isnull=False)
        return {panel: (first, last) for panel, first, last in ends.values_list("panel", "first", "last")}

    def tagged(self, **which: Any) -> QuerySet[Tag]:
        """The tags that the person may see."""
        return self._tags.filter(**which)

    @cached_property
    def _tags(self) -> QuerySet[Tag]:
        return Tag.objects.visible_to(self.by).filter(inquiry=self.inquiry)

    def tags(self, **which: Any) -> Iterable[Any]:
        """Tags that the person may see, on quotes first, as rows with no more than is printed of them."""
        order = ("quote_id", "submission_id", "witness_id", "session_id", "insight_id", "pk")
        return self.tagged(**which).order_by(*order).values_list(*OF_A_TAG, named=True)

    def evidence_of(self, tag: Any) -> list[printed.Evidence]:
        """What is tagged, as it is printed; nothing, where it may not be."""
        if tag.quote_id:
            return [self.quoted(self.quotes[tag.quote_id], tag.note)] if tag.quote_id in self.quotes else []
        if tag.submission_id:
            return [self._whole(tag.submission_id, tag.note)] if tag.submission_id in self.submissions else []
        if tag.insight_id:
            return [_insight(tag)]
        session = self._session_of.get(tag.session_id)
        if session:
            found = [_at(session, tag.note)] if session.rule == Rule.ON_RECORD else []
        else:
            found = self._of_witness(tag.witness_id or 0, tag.note)
        if not found:
            what = str(session or tag.witness__name)
            self.left_out.append(printed.LeftOut(what=what, why="It was heard in private."))
        return found

    def answer_to(self, recommendation: Recommendation, contrary: Sequence[printed.Evidence]) -> str:
        """What is said to the evidence against a recommendation, which stands with it or not at all."""
        if recommendation.answer and not contrary:
            what = f"The answer to the evidence against {recommendation.label}"
            self.left_out.append(printed.LeftOut(what=what, why="None of that evidence may be printed."))
        return recommendation.answer if contrary else ""

    @cached_property
    def _session_of(self) -> dict[int, Session]:
        return {session.pk: session for session in self.sessions}

    def quoted(self, quote: QuoteRow, note: str = "") -> printed.Evidence:
        """A quote under its citation. Without a note it is the same wherever it is printed."""
        if quote.submission:
            self.cited.add(quote.submission.pk)
        key = f"quote-{quote.pk}"
        if key not in self._printed:
            self._printed[key] = printed.Evidence(
                text=quote.text,
                citation=self._citation(quote),
                mark=UNCHECKED_MARK if quote.verdict == Verdict.UNCHECKED else "",
                key=key,
                source=source_of(quote),
            )
        return self._noted(key, note)

    def _noted(self, key: str, note: str) -> printed.Evidence:
        return replace(self._printed[key], note=note) if note else self._printed[key]

    def _citation(self, quote: QuoteRow) -> str:
        """Where the place in a submission is not named, all its quotes are cited alike, and many may be from one."""
        if not quote.submission or self.layout == CitationStyle.COMMONS:
            return cite_in(self.layout, quote)
        return self._cite_whole(quote.submission.pk)

    def _cite_whole(self, pk: int) -> str:
        if pk not in self._cited_as:
            self._cited_as[pk] = cite_submission(self.submissions[pk], self.layout, self.letters.get(pk, ""))
        return self._cited_as[pk]

    def _whole(self, pk: int, note: str) -> printed.Evidence:
        """The citation of a whole submission."""
        self.cited.add(pk)
        key = f"submission-{pk}"
        if key not in self._printed:
            reference = self.submissions[pk].reference
            self._printed[key] = printed.Evidence("", self._cite_whole(pk), key=reference, source=reference)
        return self._noted(key, note)

    def _of_witness(self, pk: int, note: str) -> list[printed.Evidence]:
        """Where a person was heard, and what they wrote under their name."""
        said = [
            printed.Evidence("", self.cite_appearance(one), note=note, key=key_of(one), source=key_of(one))
            for one in self._heard_of[pk]
        ]
        return said + [self._whole(one, note) for one in self._wrote[pk]]

    def cite_appearance(self, appearance: Appearance) -> str:
        return cite_appearance(appearance, self.layout, self.questions_of(appearance.panel_id))

    def questions_of(self, panel: int) -> tuple[int, int] | None:
        """The panel's questions, where the layout has them; the all-party group's needs none."""
        return None if self.layout == CitationStyle.APPG else self.questions.get(panel)

    @cached_property
    def _heard_of(self) -> dict[int, list[Appearance]]:
        found: dict[int, list[Appearance]] = defaultdict(list)
        for appearances in self.heard.values():
            for one in appearances:
                found[one.witness_id].append(one)
        return found

    @cached_property
    def _wrote(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for pk, submission in self.submissions.items():
            if submission.names_may_be_printed:
                for person in {party.witness_id for party in submission.parties if party.witness_id}:
                    found[person].append(pk)
        return found


def key_of(appearance: Appearance) -> str:
    """What a witness on a panel stays the same by."""
    return f"appearance-{appearance.pk}"


def source_of(quote: QuoteRow) -> str:
    """What a quote is from: a submission's reference, or the key of who said it."""
    if quote.submission:
        return quote.submission.reference
    return key_of(quote.appearance) if quote.appearance else ""


def witness_of(appearance: Appearance) -> printed.Witness:
    """A witness as a list of witnesses prints them."""
    body = appearance.organisation.name if appearance.organisation else ""
    return printed.Witness(
        name=appearance.witness.name, role=appearance.role, organisation=body, key=key_of(appearance)
    )


def _insight(tag: Any) -> printed.Evidence:
    """An insight. Not a quote: nobody said it."""
    said = " ".join(part for part in (tag.insight__text, tag.note) if part)
    where = f"Insight from “{tag.insight__session__title}”, held under the Chatham House Rule"
    return printed.Evidence("", where, note=said, key=f"insight-{tag.insight_id}")


def _at(session: Session, note: str) -> printed.Evidence:
    return printed.Evidence("", cite_session(session), note=note, key=f"session-{session.pk}")
