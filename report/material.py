"""What an appendix is put together from: the inquiry's records that the person may see and a report may print.

What is printed passes two questions, whoever asks: may this person see it, and may it be printed? What fails the
second is named under ``left_out``, with the reason. Each record is read once, in bulk.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from evidence.documents.models import Passage
from evidence.quotes.citations import cite, cite_appearance, cite_session, cite_submission, letters
from evidence.quotes.models import CLEARED, Quote, Verdict
from evidence.submissions.life import TAKEN
from evidence.submissions.models import Submission
from evidence.tags.models import Tag
from evidence.transcripts.models import Part
from evidence.witnesses.models import Appearance
from inquiry.models import CitationStyle, Inquiry, Insight, Rule, Session
from report import structure as printed
from report.left_out import quote_left_out, submission_left_out

UNCHECKED_MARK = "unchecked"

# What a citation says of a quote's source, and no more: there may be thousands.
RELATED = (
    *("panel__session", "appearance__witness", "appearance__organisation"),
    *("first_passage__document__transcript", "last_passage"),
)
NEEDED = (
    *("text", "verdict", "inquiry", "panel", "appearance", "submission", "start", "end"),
    *("panel__rule", "panel__session__kind", "panel__session__number", "panel__session__title", "panel__session__rule"),
    *("appearance__witness__name", "appearance__organisation__name"),
    *("first_passage__document", "first_passage__number", "first_passage__question", "first_passage__speaker"),
    *("last_passage__number", "last_passage__question"),
    *("first_passage__document__id", "first_passage__document__transcript__replaced_at"),
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
        self._received = self._all_received()
        self.quotes = self._quotes()
        self.submissions = self._submissions()

    def _all_received(self) -> dict[int, Submission]:
        """Every submission that the person may see; each is read once, for itself and for its quotes."""
        mine = Submission.objects.visible_to(self.by).filter(inquiry=self.inquiry).select_related(None)
        found = {submission.pk: submission for submission in mine.with_submitters().order_by("number")}
        for submission in found.values():
            submission.inquiry = self.inquiry
        return found

    def _quotes(self) -> dict[int, Quote]:
        mine = Quote.objects.visible_to(self.by).filter(inquiry=self.inquiry).standing().order_by("pk")
        open_to_print = set(Quote.objects.filter(inquiry=self.inquiry).may_be_printed().values_list("pk", flat=True))
        kept = {}
        for quote in mine.select_related(*RELATED).only(*NEEDED):
            quote.inquiry = self.inquiry
            if quote.submission_id:
                quote.submission = self._received[quote.submission_id]
            if quote.pk in open_to_print and quote.verdict in self.verdicts:
                kept[quote.pk] = quote
            else:
                self.left_out.append(quote_left_out(quote, may_be_printed=quote.pk in open_to_print))
        return kept

    def _submissions(self) -> dict[int, Submission]:
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
    def sessions(self) -> list[Session]:
        return list(Session.objects.visible_to(self.by).filter(inquiry=self.inquiry).in_order())

    @cached_property
    def questions(self) -> dict[int, tuple[int, int]]:
        """The first and the last question of each panel, in the transcript that counts."""
        asked = Passage.objects.filter(
            document=OuterRef("transcript__document"),
            position__gte=OuterRef("first_position"),
            position__lte=OuterRef("last_position"),
            question__isnull=False,
        ).order_by("position")
        parts = Part.objects.visible_to(self.by).filter(inquiry=self.inquiry, transcript__replaced_at=None)
        ends = parts.annotate(
            first=Subquery(asked.values("question")[:1]), last=Subquery(asked.reverse().values("question")[:1])
        ).filter(first__isnull=False)
        return {panel: (first, last) for panel, first, last in ends.values_list("panel", "first", "last")}

    def tags(self, **which: Any) -> QuerySet[Tag]:
        """Tags that the person may see, on quotes first."""
        mine = Tag.objects.visible_to(self.by).filter(inquiry=self.inquiry, **which)
        related = mine.select_related("session", "witness", "insight__session")
        return related.order_by("quote_id", "submission_id", "witness_id", "session_id", "insight_id", "pk")

    def evidence_of(self, tag: Tag) -> list[printed.Evidence]:
        """What is tagged, as it is printed; nothing, where it may not be."""
        if tag.quote_id:
            return [self.quoted(self.quotes[tag.quote_id], tag.note)] if tag.quote_id in self.quotes else []
        if tag.submission_id:
            return [self._whole(tag.submission_id, tag.note)] if tag.submission_id in self.submissions else []
        if tag.insight:
            return [_noted(tag.insight, tag.note)]
        if tag.session:
            found = [_at(tag.session, tag.note)] if tag.session.rule == Rule.ON_RECORD else []
        else:
            found = self._of_witness(tag.witness_id or 0, tag.note)
        if not found:
            self.left_out.append(printed.LeftOut(what=str(tag.session or tag.witness), why="It was heard in private."))
        return found

    def quoted(self, quote: Quote, note: str = "") -> printed.Evidence:
        """A quote under its citation."""
        if quote.submission_id:
            self.cited.add(quote.submission_id)
        return printed.Evidence(
            text=quote.text,
            citation=cite(quote, self.layout, self.letters.get(quote.submission_id or 0, "")),
            mark=UNCHECKED_MARK if quote.verdict == Verdict.UNCHECKED else "",
            note=note,
            key=f"quote-{quote.pk}",
            source=source_of(quote),
        )

    def _whole(self, pk: int, note: str) -> printed.Evidence:
        """The citation of a whole submission."""
        self.cited.add(pk)
        submission = self.submissions[pk]
        said = cite_submission(submission, self.layout, self.letters.get(pk, ""))
        return printed.Evidence("", said, note=note, key=submission.reference, source=submission.reference)

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
        for submission in self.submissions.values():
            if submission.names_may_be_printed:
                for author in {each.witness_id for each in submission.submitters.all() if each.witness_id}:
                    found[author].append(submission.pk)
        return found


def key_of(appearance: Appearance) -> str:
    """What a witness on a panel stays the same by."""
    return f"appearance-{appearance.pk}"


def source_of(quote: Quote) -> str:
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


def _noted(insight: Insight, note: str) -> printed.Evidence:
    """An insight. Not a quote: nobody said it."""
    said = " ".join(part for part in (insight.text, note) if part)
    where = f"Insight from “{insight.session.title}”, held under the Chatham House Rule"
    return printed.Evidence("", where, note=said, key=f"insight-{insight.pk}")


def _at(session: Session, note: str) -> printed.Evidence:
    return printed.Evidence("", cite_session(session), note=note, key=f"session-{session.pk}")
