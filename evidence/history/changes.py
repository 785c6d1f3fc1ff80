"""What the database wrote down of each change, told as who, when, and what it was before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import CharField, Value

from accounts.models import User
from inquiry.models import Inquiry

# What has a history page: its name in the address, its model, and what it is called. Passages and allotted references
# are left out: their words never change, and their document or submission tells of them.
KINDS = {
    "inquiry": ("inquiry.Inquiry", "Inquiry"),
    "question": ("inquiry.TermOfReference", "Term of reference"),
    "framework": ("inquiry.Framework", "Framework"),
    "theme": ("inquiry.Theme", "Theme"),
    "succession": ("inquiry.Succession", "Succession of a theme"),
    "session": ("inquiry.Session", "Session"),
    "panel": ("inquiry.Panel", "Panel"),
    "insight": ("inquiry.Insight", "Insight"),
    "addressee": ("inquiry.Addressee", "Addressee"),
    "recommendation": ("inquiry.Recommendation", "Recommendation"),
    "principle": ("inquiry.Principle", "Principle"),
    "delivered": ("inquiry.Delivers", "Principle of a recommendation"),
    "reference": ("inquiry.ReferenceWork", "Reference"),
    "witness": ("witnesses.Witness", "Witness"),
    "organisation": ("witnesses.Organisation", "Organisation"),
    "appearance": ("witnesses.Appearance", "Appearance"),
    "document": ("documents.Document", "Document"),
    "campaign": ("campaigns.Campaign", "Campaign"),
    "letter": ("campaigns.InCampaign", "Letter of a campaign"),
    "unlike": ("campaigns.NotAlike", "Said not to be alike"),
    "transcript": ("transcripts.Transcript", "Transcript"),
    "part": ("transcripts.Part", "Part of a transcript"),
    "speaker": ("transcripts.Speaker", "Speaker in a transcript"),
    "draft": ("transcripts.Draft", "Draft of a transcript"),
    "redaction": ("documents.Redaction", "Redaction"),
    "download": ("documents.Download", "Download of a document"),
    "submission": ("submissions.Submission", "Submission"),
    "submitter": ("submissions.Submitter", "Submitter"),
    "file": ("submissions.SubmissionFile", "File of a submission"),
    "step": ("submissions.StateChange", "Step of a submission"),
    "decision": ("submissions.PublicationDecision", "Decision on publication"),
    "import": ("importing.Batch", "Import"),
    "row": ("importing.BatchRow", "Row of an import"),
    "column": ("importing.ColumnMeaning", "Meaning of a column"),
    "acknowledgement": ("acknowledgements.Acknowledgement", "Acknowledgement"),
    "wording": ("acknowledgements.Wording", "Wording of acknowledgements"),
    "consent": ("submissions.Consent", "Consent"),
    "contact": ("submissions.ContactDetails", "Contact details"),
    "quote": ("quotes.Quote", "Quote"),
    "tag": ("tags.Tag", "Tag"),
    "round": ("coding.Round", "Round of double coding"),
    "coder": ("coding.Coder", "Coder of a round"),
    "unit": ("coding.Unit", "Passage of a round"),
    "coding": ("coding.Coding", "Passage coded"),
    "code": ("coding.Code", "Theme of a coded passage"),
    "settlement": ("coding.Settlement", "Disagreement settled"),
    "dismissal": ("suggestions.Dismissal", "Suggestion set aside"),
    "together": ("together.Together", "Tagging of many"),
    "export": ("report.Export", "Export"),
    "taken": ("report.ExportDownload", "Download of an export"),
    "role": ("accounts.Membership", "Role of a person"),
    "invitation": ("accounts.Invitation", "Invitation of a person"),
}
LABELS = {"insert": "entered", "update": "changed", "delete": "removed"}
NEWEST = 50


@dataclass(frozen=True)
class Detail:
    """One field of a change."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One row of history."""

    kind: str
    called: str
    pk: int
    what: str
    who: str
    when: datetime
    details: tuple[Detail, ...]


def newest(inquiry: Inquiry) -> list[Change]:
    """The inquiry's latest changes of every kind, the newest first; one query finds them."""
    columns = ("of_kind", "pgh_id", "pgh_obj_id", "pgh_label", "pgh_created_at", "pgh_context__metadata")
    first, *others = (
        _events(inquiry, kind).annotate(of_kind=Value(kind, CharField())).order_by("-pgh_id").values(*columns)[:NEWEST]
        for kind in KINDS
    )
    rows = list(first.union(*others, all=True).order_by("-pgh_created_at", "of_kind", "-pgh_id")[:NEWEST])
    people = _people(row["pgh_context__metadata"] for row in rows)
    return [
        _change(
            row["of_kind"],
            row["pgh_obj_id"],
            row["pgh_label"],
            row["pgh_created_at"],
            _who(row["pgh_context__metadata"], people),
        )
        for row in rows
    ]


def of_record(inquiry: Inquiry, kind: str, pk: int) -> list[Change]:
    """Every change of one record, the newest first; also of one that is there no more."""
    events = list(_events(inquiry, kind).filter(pgh_obj_id=pk).select_related("pgh_context").order_by("pgh_id"))
    names = _Names(events)
    people = _people(_context(event) for event in events)
    changes = [
        _change(
            kind,
            pk,
            event.pgh_label,
            event.pgh_created_at,
            _who(_context(event), people),
            names.differences(before, event),
        )
        for before, event in zip([None, *events], events, strict=False)
    ]
    return changes[::-1]


def _events(inquiry: Inquiry, kind: str) -> models.QuerySet[Any]:
    model: Any = apps.get_model(KINDS[kind][0])
    events = model._meta.get_field("events").related_model._default_manager
    found = events.filter(pgh_obj_id=inquiry.pk) if model is Inquiry else events.filter(inquiry=inquiry)
    # Where two people work without seeing each other's, neither does history tell.
    return found.filter(model.told_in_history()) if hasattr(model, "told_in_history") else found


def _context(event: Any) -> dict[str, Any] | None:
    return event.pgh_context.metadata if event.pgh_context else None


def _people(contexts: Iterable[dict[str, Any] | None]) -> dict[int, str]:
    ids = {context["user"] for context in contexts if context and context.get("user")}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def _who(context: dict[str, Any] | None, people: dict[int, str]) -> str:
    user = context.get("user") if context else None
    return people.get(user, "Someone who has left") if user else "Command line"


class _Names:
    """What foreign keys in a record's history point at, by name; one query for each of its relations."""

    def __init__(self, events: Sequence[Any]) -> None:
        self.names: dict[tuple[str, int], str] = {}
        for field in _fields(events[0]) if events else ():
            if field.is_relation:
                ids = {getattr(event, field.attname) for event in events} - {None}
                for row in field.related_model._base_manager.filter(pk__in=ids):
                    self.names[field.name, row.pk] = str(row)

    def differences(self, before: Any, event: Any) -> tuple[Detail, ...]:
        """The fields that the change changed; all that hold something, for the first."""
        told = ((f, self._say(before, f) if before else "", self._say(event, f)) for f in _fields(event))
        return tuple(Detail(str(f.verbose_name), old, new) for f, old, new in told if old != new)

    def _say(self, event: Any, field: Any) -> str:
        value = getattr(event, field.attname)
        if value in (None, "", []):
            return ""
        if field.is_relation:
            return self.names.get((field.name, value), f"no. {value}, no longer there")
        if isinstance(value, list):
            return "; ".join(map(str, value))
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(dict(field.flatchoices).get(value, value))


def _fields(event: Any) -> list[Any]:
    # A file's path is the machine's own; its name and digest are told.
    hidden = {"id", "inquiry", "created_at", "file"}
    return [f for f in event._meta.concrete_fields if not f.name.startswith("pgh_") and f.name not in hidden]


def _change(kind: str, pk: int, label: str, when: datetime, who: str, details: tuple[Detail, ...] = ()) -> Change:
    return Change(
        kind=kind,
        called=KINDS[kind][1],
        pk=pk,
        what=LABELS.get(label, label),
        who=who,
        when=when,
        details=details,
    )
