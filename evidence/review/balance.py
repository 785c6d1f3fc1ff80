"""The evidence on a recommendation, side by side: what supports it, what challenges it, what qualifies it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from evidence.notes.reading import marks_on
from evidence.quotes.models import CLEARED, Quote
from evidence.review.evidence import RESIDENTS_FIRST, quotes_of, shown
from evidence.submissions.models import Submission
from evidence.tags.models import Stance, Tag
from inquiry.models import Inquiry, Recommendation, Theme

EACH = 20


def tags_on(user: Any, inquiry: Inquiry, recommendation: Recommendation, theme: Theme | None = None) -> QuerySet[Tag]:
    """The recommendation's tags on evidence that stands and that the person may see; on the theme alone, if given."""
    tags = Tag.objects.visible_to(user).filter(inquiry=inquiry, recommendation=recommendation, quote__removed_at=None)
    if theme:
        tags = tags.filter(
            Q(quote__tags__theme=theme)
            | Q(submission__tags__theme=theme)
            | Q(session__tags__theme=theme)
            | Q(insight__tags__theme=theme)
            | Q(witness__tags__theme=theme)
        )
    return tags


def balance(
    user: Any, inquiry: Inquiry, recommendation: Recommendation, theme: Theme | None = None
) -> list[dict[str, Any]]:
    """One column a stance, each with its number of pieces and the first of them, residents' words before others."""
    stance = [F("stance")]
    tags = list(
        tags_on(user, inquiry, recommendation, theme)
        .annotate(
            nth=Window(RowNumber(), partition_by=stance, order_by=F("pk").asc()),
            of=Window(Count("pk"), partition_by=stance),
        )
        .filter(nth__lte=EACH)
        .select_related("session", "witness", "insight__session")
        .order_by("pk")
    )
    found: Any = quotes_of(user, inquiry).filter(pk__in=[tag.quote_id for tag in tags if tag.quote_id])
    here = {"theme": theme.pk if theme else None, "recommendation": recommendation.pk}
    found = found.with_source().order_by(*RESIDENTS_FIRST)
    quotes = {each["pk"]: each for each in shown(found, inquiry.code, user=user, **here)}
    submissions = _submissions(user, tags)
    marks: Any = marks_on(user, "submission", submissions) if submissions else {}
    linked = _linked(tags, inquiry.code)
    return [
        {
            "stance": value,
            "label": label,
            "count": next((tag.of for tag in tags if tag.stance == value), 0),
            "quotes": [quotes[tag.quote_id] | linked(tag) for tag in _ordered(quotes, tags, value)],
            "others": [
                _other(tag, submissions, inquiry.code) | linked(tag) | {"marks": marks.get(tag.submission_id)}
                for tag in tags
                if tag.stance == value and not tag.quote_id
            ],
            "all_url": _all(inquiry.code, recommendation, theme, value),
        }
        for value, label in Stance.choices
    ]


def _submissions(user: Any, tags: list[Any]) -> dict[int, Submission]:
    seen = Submission.objects.visible_to(user).with_submitters()
    return {each.pk: each for each in seen.filter(pk__in=[tag.submission_id for tag in tags if tag.submission_id])}


def _ordered(quotes: dict[int, Any], tags: list[Any], stance: str) -> list[Any]:
    theirs = {tag.quote_id: tag for tag in tags if tag.stance == stance and tag.quote_id}
    return [theirs[pk] for pk in quotes if pk in theirs]


def _linked(tags: list[Any], code: str) -> Callable[[Any], dict[str, Any]]:
    """Of a link: its note, where it is changed, and what it still wants."""
    quotes = Quote.objects.filter(pk__in=[tag.quote_id for tag in tags if tag.quote_id], verdict__in=CLEARED)
    submissions = Submission.objects.filter(pk__in=[tag.submission_id for tag in tags if tag.submission_id])
    open_to_print = set(quotes.may_be_printed().values_list("pk", flat=True))
    whole = set(submissions.may_be_printed().values_list("pk", flat=True))

    def linked(tag: Any) -> dict[str, Any]:
        closed = (tag.quote_id and tag.quote_id not in open_to_print) or (
            tag.submission_id and tag.submission_id not in whole
        )
        unanswered = tag.stance == Stance.CHALLENGES and not tag.answered_at
        wants = (("Not answered", unanswered), ("May not be printed", closed))
        return {
            "note": tag.note,
            "link_url": reverse("review:link_edit", args=[code, tag.pk]),
            "wants": [label for label, so in wants if so],
        }

    return linked


def _other(tag: Any, submissions: dict[int, Submission], code: str) -> dict[str, Any]:
    """A piece of evidence that is no quote: a submission or a session as a whole, a witness, or an insight."""
    if tag.submission_id:
        submission = submissions[tag.submission_id]
        return {
            "title": submission.submitted_by,
            "what": f"written evidence {submission.reference}, the whole of it",
            "url": reverse("submissions:detail", args=[code, submission.number]),
        }
    if tag.insight_id:
        session = tag.insight.session
        return {
            "title": tag.insight.text,
            "what": f"insight from {session.title}, under the Chatham House Rule",
            "url": reverse("sessions:detail", args=[code, session.pk]),
        }
    if tag.session_id:
        return {
            "title": tag.session.title,
            "what": f"{tag.session.name}, the whole of it",
            "url": reverse("sessions:detail", args=[code, tag.session_id]),
        }
    return {
        "title": tag.witness.name,
        "what": "all that this witness said",
        "url": reverse("witnesses:detail", args=[code, tag.witness_id]),
    }


def _all(code: str, recommendation: Recommendation, theme: Theme | None, stance: str) -> str:
    on = f"theme={theme.pk}&" if theme else ""
    return f"{reverse('review:quotes', args=[code])}?{on}recommendation={recommendation.pk}&stance={stance}"
