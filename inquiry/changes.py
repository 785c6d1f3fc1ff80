"""How a record is entered and changed: only in the fields named, checked as a form would, never behind a back."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

from django.db import DatabaseError, models

from accounts.refusals import ChangedMeanwhile, Refused, refusals_of_the_database

Row = TypeVar("Row", bound=models.Model)
REMOVED = "Somebody else removed this while you were writing."


def enter(model: type[Row], **details: Any) -> Row:
    """Makes a record of these fields.

    :raises django.core.exceptions.ValidationError: where a value cannot stand in its field.
    :raises accounts.refusals.Refused: where the database's own rules refuse it.
    """
    row = model(**details)
    # Relations are the database's to check, and what nobody enters is its to fill.
    row.clean_fields(exclude=[f.name for f in row._meta.fields if f.is_relation or not f.editable])
    with refusals_of_the_database():
        row.save(force_insert=True)
    return row


def change(row: Row, **details: Any) -> Row:
    """Sets the fields and saves them, and them alone.

    :raises django.core.exceptions.ValidationError: where a value cannot stand in its field.
    :raises accounts.refusals.Refused: where the database's own rules refuse it, or the record is gone.
    """
    for name, value in details.items():
        setattr(row, name, value)
    unchanged = [f.name for f in row._meta.fields if f.name not in details and f.attname not in details]
    row.clean_fields(exclude=unchanged)
    try:
        with refusals_of_the_database():
            row.save(update_fields=list(details))
    except DatabaseError as error:
        # Django's own finding that no row was there; what the database says has its cause.
        if error.__cause__:
            raise
        raise Refused(REMOVED) from error
    return row


def locked(row: Row, *related: str) -> Row:
    """The record as it stands now, which nobody else changes until the transaction ends.

    :raises accounts.refusals.Refused: where it is gone.
    """
    rows = type(row)._base_manager.select_for_update(of=("self",)).select_related(*related or [None])
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise Refused(REMOVED)
    return found


def sign(*says: Any) -> str:
    """A short sign of what a record says, which is another as soon as the record says something else."""
    return hashlib.sha256(repr(says).encode()).hexdigest()[:16]


def sign_of(row: models.Model, *more: Any) -> str:
    """The sign of all that stands in a record's own row; ``more`` is what else it says."""
    return sign([f.value_from_object(row) for f in row._meta.concrete_fields if not f.generated], *more)


def refuse_if_changed(row: models.Model, seen: str | None, now: str) -> None:
    """Tells the second of two people who write at one record. Without ``seen`` nobody had it before them.

    :param seen: the sign of what the person had before them.
    :param now: the sign of what it says.
    :raises accounts.refusals.ChangedMeanwhile: where they differ.
    """
    if seen is not None and seen != now:
        raise ChangedMeanwhile(f"Somebody else changed this {row._meta.verbose_name} while you were writing.")
