"""A meeting pack put together: of what its reader may see and what a report may print, as the report cites it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from accounts.refusals import Refused
from evidence.notes.reading import marked_by, on_theme
from evidence.quotes.citations import author_year, cite, letters_of, place
from evidence.quotes.models import CLEARED, Quote, Verdict
from evidence.submissions.models import Submission
from evidence.tags.models import Stance, Tag
from inquiry.models import Inquiry, Recommendation, Theme
from report.pack.structure import Pack, Question, Side
from report.structure import Evidence, paragraphs

ALL, STARRED, RAISED = "all", "starred", "raised"
# More than anybody reads before a meeting; and a page of so many bytes stays well under a megabyte.
MOST = 300
BYTES = 700_000
AROUND_A_PIECE = 400
NAMES = {
    Stance.SUPPORTS: "▲ What was said for it",
    Stance.CHALLENGES: "▼ What was said against it",
    Stance.QUALIFIES: "◆ What was said to qualify it",
}


@dataclass(frozen=True)
class Choice:
    """Which evidence a pack holds: on a theme or for and against a recommendation; all of it, or a shortlist."""

    theme: Theme | None = None
    recommendation: Recommendation | None = None
    only: str = ALL

    @property
    def subject(self) -> str:
        return str(self.theme or self.recommendation or "")


def assemble(inquiry: Inquiry, *, by: Any, made_on: dt.date, choice: Choice) -> Pack:
    """The pack that a person has chosen.

    :raises accounts.refusals.Refused: where nothing narrows it.
    """
    if choice.only == ALL and not (choice.theme or choice.recommendation):
        raise Refused("Choose a theme, a recommendation, or what is starred or raised.")
    return _Assembly(inquiry, by, choice).pack(made_on)


@dataclass
class _Assembly:
    inquiry: Inquiry
    by: Any
    choice: Choice
    room: int = BYTES
    printed: int = 0
    by_question: dict[int | None, dict[str, list[Evidence]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def pack(self, made_on: dt.date) -> Pack:
        self._place()
        inquiry = self.inquiry
        return Pack(
            title=f"Meeting pack: {self.choice.subject or self._called}",
            made_on=made_on,
            inquiry_title=inquiry.title,
            body=inquiry.body,
            holds=self._holds(),
            rubric=tuple(paragraphs(inquiry.rubric)),
            questions=tuple(self._questions()),
            left_out=tuple(self._left_out()),
            empty="" if self.printed else "There is nothing that this pack could hold.",
        )

    @property
    def _called(self) -> str:
        return "raised for the meeting" if self.choice.only == RAISED else "starred evidence"

    def _holds(self) -> str:
        who = getattr(self.by, "name", "")
        what = {ALL: "What was said", STARRED: f"What {who} has starred", RAISED: "What is raised for the meeting"}
        return f"{what[self.choice.only]}, as far as {who} may read it and a report may print it."

    def _chosen(self, kind: str) -> Any:
        """What was chosen, as far as the person may see it."""
        model: Any = Quote if kind == "quote" else Submission
        found = model.objects.visible_to(self.by).filter(inquiry=self.inquiry)
        if self.choice.only != ALL:
            found = marked_by(self.by, self.inquiry, kind, self.choice.only)
        if kind == "quote":
            found = found.standing()
        if self.choice.theme:
            found = found.filter(on_theme(self.choice.theme, kind))
        if self.choice.recommendation:
            bears = Tag.objects.filter(**{kind: OuterRef("pk")}, recommendation=self.choice.recommendation)
            found = found.filter(Exists(bears.order_by()))
        return found

    @cached_property
    def quotes(self) -> list[Quote]:
        printable = self._chosen("quote").may_be_printed().filter(verdict__in=CLEARED)
        return list(printable.with_source().order_by("listed__place")[:MOST])

    @cached_property
    def submissions(self) -> list[Submission]:
        return list(self._chosen("submission").may_be_printed().with_submitters().order_by("number")[:MOST])

    def _place(self) -> None:
        """Puts each piece where it bears, as long as there is room."""
        letters = letters_of([*(quote.submission for quote in self.quotes), *self.submissions], self.by)
        bears = self._bears()
        for quote in self.quotes:
            letter = letters.get(quote.submission_id or 0, "")
            self._add(bears["quote", quote.pk], quote.text, _listed(cite(quote, letter=letter), quote))
        for each in self.submissions:
            citation = f"{author_year(each, letters.get(each.pk, ''))} · {each.reference}, the whole of it"
            self._add(bears["submission", each.pk], "", citation)

    def _bears(self) -> dict[tuple[str, int], list[Tag]]:
        """On which recommendations each piece bears, and how."""
        here = Q(quote__in=[one.pk for one in self.quotes]) | Q(submission__in=[one.pk for one in self.submissions])
        tags = Tag.objects.standing().filter(here, inquiry=self.inquiry, recommendation__isnull=False)
        if self.choice.recommendation:
            tags = tags.filter(recommendation=self.choice.recommendation)
        found: dict[tuple[str, int], list[Tag]] = defaultdict(list)
        for tag in tags.order_by("pk"):
            found["quote" if tag.quote_id else "submission", tag.quote_id or tag.submission_id or 0].append(tag)
        return found

    def _add(self, tags: list[Tag], text: str, citation: str) -> None:
        cost = (len(text.encode()) + len(citation.encode()) + AROUND_A_PIECE) * max(1, len(tags))
        if cost > self.room or self.printed >= MOST:
            # What follows is left out too, so that nobody takes the shorter of two sides for the whole of it.
            self.room = 0
            return
        self.room -= cost
        self.printed += 1
        for tag in tags:
            self.by_question[tag.recommendation_id][tag.stance].append(Evidence(text, citation, note=tag.note))
        if not tags:
            self.by_question[None][""].append(Evidence(text, citation))

    def _questions(self) -> Iterable[Question]:
        asked = Recommendation.objects.visible_to(self.by).filter(inquiry=self.inquiry, pk__in=[*self.by_question])
        for one in asked.in_order() if any(self.by_question) else ():
            said = self.by_question[one.pk]
            yield Question(
                title=str(one),
                text=one.text,
                sides=tuple(Side(s, NAMES[Stance(s)], tuple(said[s])) for s in Stance.values if said.get(s)),
                missing=_missing(said),
            )
        if rest := self.by_question.get(None):
            yield Question("On no recommendation yet", sides=(Side("", "", tuple(rest[""])),))

    def _left_out(self) -> Iterable[str]:
        """How much is not in it, and why: the numbers alone, of what the person may see."""
        chosen, written = self._chosen("quote").order_by(), self._chosen("submission").order_by()
        counts = chosen.may_be_printed().aggregate(
            good=Count("pk", filter=Q(verdict__in=CLEARED)),
            unchecked=Count("pk", filter=Q(verdict=Verdict.UNCHECKED)),
            mismatch=Count("pk", filter=Q(verdict=Verdict.MISMATCH)),
        )
        may_be = counts["good"] + written.may_be_printed().count()
        other = chosen.count() + written.count() - may_be - counts["unchecked"] - counts["mismatch"]
        for number, one, many in (
            (counts["unchecked"], "quote that nobody has checked", "quotes that nobody has checked"),
            (counts["mismatch"], "quote that differs from its source", "quotes that differ from their source"),
            (other, "piece of evidence that may not be printed", "pieces of evidence that may not be printed"),
            (may_be - self.printed, "more piece, for want of room", "more pieces, for want of room"),
        ):
            if number > 0:
                yield f"{number:,} {one if number == 1 else many}"


def _listed(citation: str, quote: Quote) -> str:
    """Who said it, where the citation does not tell, how it is cited, and where it is found."""
    who = quote.appearance.described if quote.appearance else ""
    if quote.submission:
        who = quote.submission.printed_submitters
    where = place(quote) if quote.submission or quote.questions else ""
    return " · ".join(part for part in ("" if who in citation else who, citation, where) if part)


def _missing(said: Any) -> str:
    """What a fair decision would ask for."""
    if not said.get(Stance.SUPPORTS):
        return "Nothing in this pack speaks for it."
    return "" if said.get(Stance.CHALLENGES) else "Nothing in this pack speaks against it."
