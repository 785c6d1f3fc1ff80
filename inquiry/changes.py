"""How a record is entered and changed: checked as a form would check it, and only in the fields named."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import DatabaseError, models

from accounts.refusals import ChangedMeanwhile, refusals_of_the_database

Row = TypeVar("Row", bound=models.Model)


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
    :raises accounts.refusals.Refused: where the database's own rules refuse it.
    :raises accounts.refusals.ChangedMeanwhile: where the record is gone.
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
        raise ChangedMeanwhile("Somebody else removed this while you were writing.") from error
    return row
