"""What the commands for scripts share: an inquiry by its code, a no, and a file written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.management.base import CommandError

from accounts.models import User
from accounts.roles import CONSOLE, Console
from inquiry.models import Inquiry


class AnswerIsNo(SystemExit):
    """Ends a command that was asked whether something is so, and found that it is not: with status 1, and no error."""

    answer = 1

    def __init__(self) -> None:
        super().__init__(self.answer)


def inquiry_called(code: str) -> Inquiry:
    """The inquiry with this code, or a sentence that there is none."""
    found = Inquiry.objects.visible_to(CONSOLE).filter(code=code).first()
    if found is None:
        raise CommandError(f"There is no inquiry with the code {code}.")
    return found


def person_or_console(email: str | None) -> User | Console:
    """The person who signs in with this address, or the command line itself where none is given."""
    if email is None:
        return CONSOLE
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody signs in as {email}.")
    return person


def write_whole(output: Path, made: bytes) -> None:
    """Writes the whole file or none of it: an older file of that name stays until the new one is complete."""
    beside = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        beside.write_bytes(made)
        beside.replace(output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CommandError(f"“{output}” cannot be written: {error.strerror}.") from error
