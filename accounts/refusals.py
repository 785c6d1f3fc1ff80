"""Refusals that their reader can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import BaseConstraint


class Refused(Exception):
    """What was asked can't be done now; the message is a sentence for the person who asked.

    ``about`` is the detail that is refused, where it is one: a form says the sentence beside its field.
    """

    def __init__(self, sentence: str, about: str = "") -> None:
        super().__init__(sentence)
        self.about = about


class ChangedMeanwhile(Refused):
    """Somebody else changed the record between the moment it was shown and the moment it was saved."""


@contextmanager
def refusals_of_the_database() -> Iterator[None]:
    """Turns what the database's own rules refuse into ``Refused``, with the sentence that the rule gives."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        sentence = _sentence_of(getattr(error.__cause__, "diag", None))
        if not sentence:
            raise
        raise Refused(sentence) from error


def in_a_sentence(error: ValidationError) -> str:
    """What cannot stand in which field, for somebody who has no form before them."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())


def check_what_was_put_off() -> None:
    """Has the database ask now what it would ask at the end of the transaction, to be told here what it refuses."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _sentence_of(diagnosis: Any) -> str:
    """What a trigger says, or what the constraint of a model has for a message."""
    said = getattr(diagnosis, "message_primary", None) or ""
    if said.endswith("."):
        return said
    broken = getattr(diagnosis, "constraint_name", None)
    constraints = (each for model in apps.get_models() for each in model._meta.constraints if each.name == broken)
    message = next((str(each.violation_error_message) for each in constraints), "")
    return "" if message == str(BaseConstraint.default_violation_error_message) else message
