"""What a page shows, as a short sign that is another once somebody else has changed it.

What the person does themselves on a page changes no sign: their own quotes and tags are left out of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, Func, Max, Q, Sum
from django.db.models.functions import Cast, Concat

from accounts.roles import recorded
from evidence.documents.models import Document, Redaction
from evidence.quotes.models import Quote
from evidence.submissions.models import Submission
from evidence.tags.models import Tag
from evidence.witnesses.models import Appearance, Witness
from inquiry.changes import sign_of
from inquiry.models import Insight, Recommendation, Session, Theme


@dataclass(frozen=True)
class Shown:
    """A kind of page: the record that it is about, what it is called, and what else it shows."""

    model: Any
    called: str
    beside: Callable[[Any, Any], list[models.QuerySet[Any]]]


def _others(rows: Any, by: str, user: Any) -> Any:
    """What anybody but the person has made; a command's is nobody's."""
    return rows.filter(~Q(**{by: recorded(user)}) | Q(**{f"{by}__isnull": True}))


def _tags(user: Any, **of: Any) -> Any:
    """The tags, and what they say: whoever says otherwise of a tag has made it."""
    says = Concat(Cast("pk", models.TextField()), "stance", "note", output_field=models.TextField())
    said = Func(says, function="hashtext", output_field=models.IntegerField())
    return _others(Tag.objects.visible_to(user).filter(**of), "tagged_by", user).annotate(says=said)


def _quotes(user: Any, **of: Any) -> Any:
    return _others(Quote.objects.visible_to(user).standing().filter(**of), "taken_by", user)


def _of_a_session(user: Any, session: Session) -> list[Any]:
    return [
        Appearance.objects.visible_to(user).filter(panel__session=session),
        Insight.objects.visible_to(user).filter(session=session),
        _quotes(user, panel__session=session),
        _tags(user, session=session),
    ]


def _of_a_document(user: Any, document: Document) -> list[Any]:
    return [_quotes(user, first_passage__document=document), Redaction.objects.filter(passage__document=document)]


SHOWN = {
    "session": Shown(Session, "session", _of_a_session),
    "submission": Shown(
        Submission,
        "submission",
        lambda user, one: [_quotes(user, submission=one), _tags(user, submission=one), one.files.all()],
    ),
    "witness": Shown(Witness, "witness", lambda user, one: [Appearance.objects.visible_to(user).filter(witness=one)]),
    "quote": Shown(Quote, "quote", lambda user, one: [_tags(user, quote=one)]),
    "document": Shown(Document, "document", _of_a_document),
    "theme": Shown(Theme, "theme", lambda user, one: [_tags(user, theme=one)]),
    "recommendation": Shown(Recommendation, "recommendation", lambda user, one: [_tags(user, recommendation=one)]),
}


def sign_now(user: Any, kind: Shown, row: Any) -> str:
    """The sign of the record and of what stands beside it: how much there is, the newest of it, and what it says."""
    return sign_of(row, [_counted(rows) for rows in kind.beside(user, row)])


def _counted(rows: Any) -> tuple[Any, ...]:
    says = {"said": Sum("says")} if "says" in rows.query.annotations else {}
    return tuple(rows.order_by().aggregate(n=Count("pk"), newest=Max("pk"), **says).values())
