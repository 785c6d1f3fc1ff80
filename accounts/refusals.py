"""Refusals that their reader can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction


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
        diagnosis = getattr(error.__cause__, "diag", None)
        sentence = getattr(diagnosis, "message_primary", "") or ""
        if not sentence.endswith("."):
            raise
        raise Refused(sentence) from error


def in_a_sentence(error: ValidationError) -> str:
    """What cannot stand in which field, for somebody who has no form before them."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
