"""What a page shows, as a short sign that is another once anything of it has changed, as far as its reader may see it.

Each part of a page is told by the versions of its rows, and by the short names that stand beside them. Where a row has
columns that are kept from the reader, those that are shown are told instead: a sign must not tell that the others
changed. A document's file is left out, because its page shows by itself how far it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from accounts.roles import Verb, may
from evidence.acknowledgements.models import Acknowledgement
from evidence.campaigns.models import InCampaign
from evidence.documents.models import Document, Redaction
from evidence.live.versions import Told, Version, told
from evidence.quotes.models import Quote, readable_by
from evidence.submissions.models import (
    Consent,
    ContactDetails,
    PublicationDecision,
    StateChange,
    Submission,
    SubmissionFile,
    Submitter,
)
from evidence.tags.models import Tag, model_of
from evidence.transcripts.models import Transcript
from evidence.witnesses.models import Appearance, Witness
from inquiry.changes import sign
from inquiry.models import Delivers, Inquiry, Insight, Panel, Recommendation, Rule, Session, Succession, Theme

Parts = list[Told]
EVERYTHING = Q()
# A person or a body, as it stands beside what they said or wrote.
NAMES = ("witness__name", "witness__lived_experience", "organisation__name", "organisation__sector")
REPLACED = "first_passage__document__transcript__replaced_at"
LABEL = ("recommendation__addressee__number", "recommendation__number")
KEPT_BY_THE_SECRETARIAT = (StateChange, PublicationDecision, Consent, ContactDetails)


@dataclass(frozen=True)
class Shown:
    """A kind of page: the record that it is about, what it is called, and what it says of it and of what is beside."""

    model: Any
    called: str
    parts: Callable[[Any, int, Any], Parts]
    says: Callable[[Any, Any], tuple[Any, ...]]


def sign_now(user: Any, kind: Shown, inquiry: Inquiry, pk: int, *, but: Collection[int] = ()) -> str:
    """The sign of the record and of all that its page shows; empty where there is none, or none that is open to them.

    It takes one statement. ``but`` are quotes that are left out, with their tags.
    """
    record = kind.model.objects.visible_to(user).filter(inquiry=inquiry, pk=pk)
    if kind.model is Quote and not may(user, Verb.TAKE_QUOTES, inquiry):
        record = record.standing()
    parts = [told(record, *kind.says(user, inquiry)), *kind.parts(user, pk, but)]
    (found,) = Inquiry.objects.filter(pk=inquiry.pk).values_list(*parts)
    return "" if found[0].startswith("0:") else sign(*found)


def _seen(model: Any, user: Any, **of: Any) -> Any:
    return model.objects.visible_to(user).filter(**of)


def _keys(rows: Any) -> Any:
    return rows.order_by().values("pk")


def _said_of(quotes: QuerySet[Any]) -> Told:
    """Their words and all else of them, and whether they wait to be compared again."""
    return told(quotes, Version(), REPLACED)


def _tags(*beside: Any, on: Q = EVERYTHING, **of: Any) -> Told:
    """What each says, and what it is to. Whoever asks for them sees what they are on."""
    what_it_is_to = ("theme__number", "theme__title", "recommendation__title", *LABEL)
    return told(Tag.objects.standing().filter(on, **of), Version(), *what_it_is_to, *beside)


def _of_submission(user: Any, inquiry: Any, path: str = "") -> tuple[Any, ...]:
    """All of it for the secretariat; for others what they are shown, of which its title stands with its names."""
    if may(user, Verb.SEE_UNPUBLISHED, inquiry):
        return (Version(path),)
    at = f"{path}__" if path else ""
    columns = ("state", "requested", "decision", "received_on", "received_precision", "published_on", "names_known")
    title = Case(When(**{f"{at}names_known": True}, then=F(f"{at}title")), default=Value(""))
    return (*(f"{at}{name}" for name in columns), title)


def _of_session(user: Any, inquiry: Any) -> tuple[Any, ...]:
    """All of it; for others than the secretariat not who sat in a private one, nor its recording."""
    if may(user, Verb.SEE_UNPUBLISHED, inquiry):
        return (Version(),)
    columns = ("kind", "number", "title", "date", "date_precision", "days", "venue", "rule")
    kept_back = (
        Case(When(rule=Rule.PRIVATE, then=Value("")), default=Cast(name, TextField()), output_field=TextField())
        for name in ("members_present", "recording")
    )
    return (*columns, *kept_back)


def _session(user: Any, pk: int, _but: Any) -> Parts:
    quotes = _seen(Quote, user, panel__session=pk).standing()
    return [
        told(_seen(Panel, user, session=pk), "number", "title", "rule"),
        told(_seen(Appearance, user, panel__session=pk), Version(), *NAMES),
        told(_seen(Insight, user, session=pk), Version()),
        told(_seen(Transcript, user, session=pk), Version()),
        _said_of(quotes),
        _tags(session=pk),
        _tags(insight__in=_keys(_seen(Insight, user, session=pk))),
        _tags(quote__in=_keys(quotes), recommendation__isnull=False),
    ]


def _submission(user: Any, pk: int, _but: Any) -> Parts:
    quotes = Quote.objects.visible_to(user, submission=pk).standing()
    return [
        told(_seen(Submitter, user, submission=pk), Version(), *NAMES),
        told(SubmissionFile.objects.filter(submission__in=_keys(_seen(Submission, user, pk=pk)))),
        _said_of(quotes),
        _tags(submission=pk),
        _tags(quote__in=_keys(quotes), recommendation__isnull=False),
        *(told(_seen(model, user, submission=pk), Version()) for model in KEPT_BY_THE_SECRETARIAT),
        told(_seen(Acknowledgement, user, submission=pk), "state", "error", "sent_at"),
        told(_seen(InCampaign, user, submission=pk), "campaign__name"),
    ]


def _witness(user: Any, pk: int, _but: Any) -> Parts:
    heard = ("panel__rule", *(f"panel__session__{name}" for name in ("rule", "number", "title", "date")))
    return [
        told(_seen(Appearance, user, witness=pk), Version(), "organisation__name", *heard),
        told(_seen(Consent, user, appearance__witness=pk), Version()),
        told(_seen(Submitter, user, witness=pk), "organisation__name", "submission__title"),
        _said_of(_seen(Quote, user, appearance__witness=pk).standing()),
        _tags(witness=pk),
    ]


def _quote(user: Any, pk: int, _but: Any) -> Parts:
    return [
        told(_seen(Appearance, user, quotes=pk), "role", *NAMES),
        told(_seen(Submitter, user, submission__quotes=pk), *NAMES),
        _tags("recommendation__status", quote=pk),
    ]


def _document(user: Any, pk: int, but: Collection[int]) -> Parts:
    submitted = _seen(Submission, user, files__document=pk)
    quotes = _seen(Quote, user, first_passage__document=pk).standing().exclude(pk__in=but)
    return [
        told(_seen(Transcript, user, document=pk), Version(), "session__title", "session__date", "session__venue"),
        told(submitted, "state", "received_on", "names_open", Case(When(names_open=True, then=F("title")))),
        told(_seen(Submitter, user, submission__in=_keys(submitted)), *NAMES),
        _said_of(quotes),
        _tags(quote__in=_keys(quotes)),
        told(Redaction.objects.filter(passage__document__in=_keys(_seen(Document, user, pk=pk)))),
    ]


# What is said of each piece of evidence where it stands on a theme or a recommendation.
LISTED: dict[str, tuple[Any, ...]] = {
    "quote": (Version("quote"), f"quote__{REPLACED}", *(f"quote__appearance__{name}" for name in ("role", *NAMES))),
    "submission": ("submission__number",),
    "session": ("session__number", "session__title", "session__date"),
    "witness": (Version("witness"),),
    "insight": (Version("insight"),),
}


def _evidence(user: Any, **of: Any) -> Parts:
    """What bears on a theme or a recommendation: each piece as it is listed, and what else its quotes bear on."""
    # Each kind is asked for by itself, from the tags: together they make the database look through all the evidence.
    others = {kind: _keys(model_of(kind)._default_manager.visible_to(user)) for kind in LISTED if kind != "quote"}
    seen = {kind: Q(**{f"{kind}__in": rows}) for kind, rows in others.items()}
    seen["quote"] = Q(quote__isnull=False) & readable_by(user, of="quote__")
    tags = Tag.objects.standing().filter(**of).order_by()
    quotes, submissions = (tags.filter(seen[kind]).values(kind) for kind in ("quote", "submission"))
    quoted = Quote.objects.filter(pk__in=quotes, submission__isnull=False).order_by().values("submission")
    return [
        *(_tags(*says, on=seen[kind], **of) for kind, says in LISTED.items()),
        _tags(quote__in=quotes),
        told(_seen(Submission, user, pk__in=submissions), "names_open", Case(When(names_open=True, then=F("title")))),
        told(_seen(Submitter, user, submission__in=submissions.union(quoted)), *NAMES),
    ]


def _theme(user: Any, pk: int, _but: Any) -> Parts:
    succeeded = told(_seen(Succession, user, older=pk), "newer__number", "newer__title")
    return [*_evidence(user, theme=pk), succeeded]


def _recommendation(user: Any, pk: int, _but: Any) -> Parts:
    delivered = told(_seen(Delivers, user, recommendation=pk), "principle__number", "principle__title")
    return [*_evidence(user, recommendation=pk), delivered]


def _as_written(*beside: str) -> Callable[[Any, Any], tuple[Any, ...]]:
    """A record of which nothing is kept from whoever sees it, and what stands beside it."""
    return lambda _user, _inquiry: (Version(), *beside)


def _of_document(user: Any, inquiry: Any) -> tuple[Any, ...]:
    return ("state", "error", *(("intake_notes",) if may(user, Verb.SEE_UNPUBLISHED, inquiry) else ()))


SHOWN = {
    "session": Shown(Session, "session", _session, _of_session),
    "submission": Shown(Submission, "submission", _submission, _of_submission),
    "witness": Shown(Witness, "witness", _witness, _as_written()),
    "quote": Shown(Quote, "quote", _quote, _as_written(REPLACED, "panel__session__title", "submission__received_on")),
    "document": Shown(Document, "document", _document, _of_document),
    "theme": Shown(Theme, "theme", _theme, _as_written("parent__title")),
    "recommendation": Shown(Recommendation, "recommendation", _recommendation, _as_written("addressee__name")),
}
