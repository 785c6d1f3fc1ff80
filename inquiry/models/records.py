"""What every record of an inquiry has in common: it belongs to one inquiry and points at nothing outside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self, cast

import pgtrigger
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.lookups import Exact

from accounts.roles import Verb, inquiries_where


class SameInquiry(pgtrigger.Trigger):
    """No record moves to another inquiry, or points at a record of another inquiry.

    The references are read from the model's own foreign keys, so a new one is guarded when it is declared.
    """

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def get_func(self, model: Any) -> str:
        checks = [
            f"""
            IF NEW.{field.column} IS NOT NULL AND NOT EXISTS (
                SELECT FROM {field.related_model._meta.db_table} other
                WHERE other.id = NEW.{field.column} AND other.inquiry_id = NEW.inquiry_id
            ) THEN
                RAISE EXCEPTION '{model._meta.verbose_name} and its {field.name} belong to different inquiries.'
                    USING ERRCODE = 'check_violation';
            END IF;"""
            for field in _references(model)
        ]
        return f"""
            IF TG_OP = 'UPDATE' THEN
                IF NEW.inquiry_id <> OLD.inquiry_id THEN
                    RAISE EXCEPTION 'A record cannot move to another inquiry.' USING ERRCODE = 'check_violation';
                END IF;
            END IF;
            {"".join(checks)}
            RETURN NEW;
        """


def _references(model: type[models.Model]) -> list[Any]:
    return [
        field
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.name != "inquiry"
        and any(f.name == "inquiry" for f in cast(Any, field.related_model)._meta.concrete_fields)
    ]


class OfItsInquiry(models.BaseConstraint):
    """The record that the field points at is of the same inquiry: a foreign key of both columns together.

    It does what ``SameInquiry`` and the plain foreign keys of ``field`` and ``inquiry`` do for a new row, in one look.
    """

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        """None within the table's own statement: it comes when all that the statement makes is there."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return ""

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        pointer = model._meta.get_field(self.field)
        table, name, column, to = map(
            schema_editor.quote_name,
            (model._meta.db_table, self.name, pointer.column, pointer.related_model._meta.db_table),
        )
        return (
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, inquiry_id) "
            f"REFERENCES {to} (id, inquiry_id) DEFERRABLE INITIALLY DEFERRED"
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        return str(schema_editor._delete_constraint_sql(schema_editor.sql_delete_fk, model, self.name))

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        """Left to the database, as ``SameInquiry`` is."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, OfItsInquiry):
            return NotImplemented
        return (self.name, self.field) == (other.name, other.field)

    def __hash__(self) -> int:
        return hash((self.name, self.field))

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, _, kwargs = super().deconstruct()
        return path, (), kwargs | {"field": self.field}


def exactly_one(*names: str) -> Exact:
    """That one of these columns points at something, and the others at nothing."""
    return Exact(models.Func(*names, function="num_nonnulls", output_field=models.IntegerField()), 1)


class RecordQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """What the person may see: the records of the inquiries in which they have a role."""
        return self.filter(inquiry__in=inquiries_where(user, Verb.READ))


def secretariat(user: Any) -> models.Q:
    """Records of the inquiries in which the person belongs to the secretariat, which sees all."""
    return models.Q(inquiry__in=inquiries_where(user, Verb.SEE_UNPUBLISHED))


def kept_from_others(user: Any, *, unless: models.Q) -> models.Q:
    """Records that the secretariat sees, and everyone else in the inquiry where the condition is met."""
    return secretariat(user) | (models.Q(inquiry__in=inquiries_where(user, Verb.READ)) & unless)


class SecretariatQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> Self:
        """For the secretariat alone."""
        return self.filter(secretariat(user))


def all_of(records: Iterable[Any], inquiry: Any) -> list[Any]:
    """Records that are all of this inquiry, each with it at hand: it is not read once more beside each of them."""
    found = list(records)
    for record in found:
        record.inquiry = inquiry
    return found


class Record(models.Model):
    """Belongs to one inquiry, for good."""

    inquiry = models.ForeignKey("inquiry.Inquiry", models.PROTECT, related_name="%(class)ss")
    created_at = models.DateTimeField(auto_now_add=True)
    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        triggers: tuple[pgtrigger.Trigger, ...] = (SameInquiry(name="same_inquiry"),)
