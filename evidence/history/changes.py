"""What the database wrote down of each change, told as who, when, and what it was before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.apps import apps
from django.db import models

from accounts.models import User
from inquiry.models import Inquiry

# What has a history page: its name in the address, its model, and what it is called.
KINDS = {
    "session": ("inquiry.Session", "Session"),
    "panel": ("inquiry.Panel", "Panel"),
    "insight": ("inquiry.Insight", "Insight"),
    "theme": ("inquiry.Theme", "Theme"),
    "recommendation": ("inquiry.Recommendation", "Recommendation"),
    "reference": ("inquiry.ReferenceWork", "Reference"),
    "witness": ("witnesses.Witness", "Witness"),
    "organisation": ("witnesses.Organisation", "Organisation"),
    "appearance": ("witnesses.Appearance", "Appearance"),
    "submission": ("submissions.Submission", "Submission"),
    "campaign": ("campaigns.Campaign", "Campaign"),
    "letter": ("campaigns.InCampaign", "Letter of a campaign"),
    "unlike": ("campaigns.NotAlike", "Said not to be alike"),
    "redaction": ("documents.Redaction", "Redaction"),
    "quote": ("quotes.Quote", "Quote"),
    "tag": ("tags.Tag", "Tag"),
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
    """The inquiry's latest changes of every kind, the newest first. As many queries for any number of them."""
    events = chain.from_iterable(
        ((kind, event) for event in _events(kind).filter(inquiry=inquiry).order_by("-pgh_id")[:NEWEST])
        for kind in KINDS
    )
    latest = sorted(events, key=lambda pair: pair[1].pgh_created_at, reverse=True)[:NEWEST]
    people = _people(event for _, event in latest)
    return [_change(kind, event, people) for kind, event in latest]


def of_record(inquiry: Inquiry, kind: str, pk: int) -> list[Change]:
    """Every change of one record, the newest first; also of one that is there no more."""
    events = list(_events(kind).filter(inquiry=inquiry, pgh_obj_id=pk).order_by("pgh_id"))
    names = _Names(events)
    people = _people(events)
    changes = [
        _change(kind, event, people, names.differences(before, event))
        for before, event in zip([None, *events], events, strict=False)
    ]
    return changes[::-1]


def _events(kind: str) -> models.QuerySet[Any]:
    model: Any = apps.get_model(KINDS[kind][0])
    return model._meta.get_field("events").related_model._default_manager.select_related("pgh_context")


def _people(events: Iterable[Any]) -> dict[int, str]:
    ids = {event.pgh_context.metadata.get("user") for event in events if event.pgh_context}
    return dict(User.objects.filter(pk__in=ids - {None}).values_list("pk", "name"))


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
    hidden = {"id", "inquiry", "created_at"}
    return [f for f in event._meta.concrete_fields if not f.name.startswith("pgh_") and f.name not in hidden]


def _change(kind: str, event: Any, people: dict[int, str], details: tuple[Detail, ...] = ()) -> Change:
    user = event.pgh_context.metadata.get("user") if event.pgh_context else None
    return Change(
        kind=kind,
        called=KINDS[kind][1],
        pk=event.pgh_obj_id,
        what=LABELS.get(event.pgh_label, event.pgh_label),
        who=people.get(user, "Someone who has left") if user else "Command line",
        when=event.pgh_created_at,
        details=details,
    )
