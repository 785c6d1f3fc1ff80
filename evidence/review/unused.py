"""Heard but not used: evidence on which no recommendation stands, or that bears on no theme either."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from accounts.context import HowMany
from evidence.quotes.models import Quote
from evidence.review.evidence import AS_HEARD, quotes_of, shown
from evidence.submissions.life import TAKEN
from evidence.submissions.models import Submission
from evidence.tags.models import Tag
from evidence.witnesses.models import Appearance, Witness
from inquiry.lists import COUNTED_TO
from inquiry.models import Inquiry, Insight, Session

# Each kind of evidence: what it is called, and how a quote of it is found.
KINDS = {
    "quote": ("Quotes", ""),
    "submission": ("Submissions", "submission"),
    "session": ("Sessions", "panel__session"),
    "insight": ("Insights", ""),
    "witness": ("Witnesses heard", "appearance__witness"),
}
USES = {"recommendation": "By no recommendation", "any": "By no recommendation and no theme"}


def unused(user: Any, inquiry: Inquiry, kind: str, use: str) -> QuerySet[Any]:
    """The evidence of this kind that the person may see and that nothing uses.

    A quote that is used uses what it was taken from; so does an insight its session.
    """
    tags = Tag.objects.standing().filter(inquiry=inquiry)
    tags = tags.filter(recommendation__isnull=False) if use == "recommendation" else tags
    rows = _all_of(user, inquiry, kind).exclude(Exists(tags.filter(**{kind: OuterRef("pk")})))
    whose = KINDS[kind][1]
    if whose:
        quotes = Quote.objects.visible_to(user).filter(inquiry=inquiry, **{whose: OuterRef("pk")}).standing()
        rows = rows.exclude(Exists(quotes.filter(Exists(tags.filter(quote=OuterRef("pk"))))))
    if kind == "session":
        rows = rows.exclude(Exists(tags.filter(insight__session=OuterRef("pk"))))
    return rows


def _all_of(user: Any, inquiry: Inquiry, kind: str) -> QuerySet[Any]:
    if kind == "quote":
        return quotes_of(user, inquiry).order_by(*AS_HEARD)
    if kind == "submission":
        taken = Submission.objects.visible_to(user).filter(inquiry=inquiry, state__in=TAKEN)
        return taken.order_by("number")
    if kind == "session":
        return Session.objects.visible_to(user).filter(inquiry=inquiry).in_order()
    if kind == "insight":
        return Insight.objects.visible_to(user).filter(inquiry=inquiry).order_by("session", "pk")
    heard = Appearance.objects.visible_to(user).filter(witness=OuterRef("pk"))
    return Witness.objects.visible_to(user).filter(Exists(heard), inquiry=inquiry).order_by("name", "pk")


def how_many(user: Any, inquiry: Inquiry, use: str) -> dict[str, int]:
    """How much evidence of each kind nothing uses, counted in one statement, each as far as lists count."""
    counts = {kind: HowMany(unused(user, inquiry, kind, use).order_by().values("pk")[:COUNTED_TO]) for kind in KINDS}
    counted: Any = Inquiry.objects.filter(pk=inquiry.pk).values(**counts).get()
    return counted


def as_shown(user: Any, inquiry: Inquiry, kind: str, rows: Any) -> list[dict[str, Any]]:
    """A page of it: quotes as lists show them, all else by its name."""
    if kind == "quote":
        return shown(rows, inquiry.code, user=user)
    return [_line(inquiry.code, kind, row) for row in rows]


def with_what_is_shown(kind: str, rows: Any) -> QuerySet[Any]:
    """The rows with what their lines say, in a bounded number of queries."""
    if kind == "quote":
        return rows.with_source()
    if kind == "submission":
        return rows.with_submitters()
    return rows.select_related("session") if kind == "insight" else rows


def _line(code: str, kind: str, row: Any) -> dict[str, Any]:
    if kind == "submission":
        where, title, what = "submissions:detail", f"{row.reference} · {row.submitted_by}", row.shown_title
        return {"url": reverse(where, args=[code, row.number]), "title": title, "what": what}
    if kind == "witness":
        what = "with lived experience" if row.lived_experience else ""
        return {"url": reverse("witnesses:detail", args=[code, row.pk]), "title": row.name, "what": what}
    session = row.session if kind == "insight" else row
    called = f"{session.number} {session.title}" if session.number else session.title
    title, what = (row.text, called) if kind == "insight" else (called, session.said_date)
    return {"url": reverse("sessions:detail", args=[code, session.pk]), "title": title, "what": what}
