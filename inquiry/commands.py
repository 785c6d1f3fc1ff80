"""What the commands for scripts share: an inquiry by its code, and a file written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.management.base import CommandError

from accounts.roles import CONSOLE
from inquiry.models import Inquiry


def inquiry_called(code: str) -> Inquiry:
    """The inquiry with this code, or a sentence that there is none."""
    found = Inquiry.objects.visible_to(CONSOLE).filter(code=code).first()
    if found is None:
        raise CommandError(f"There is no inquiry with the code {code}.")
    return found


def write_whole(output: Path, made: bytes) -> None:
    """Writes the whole file or none of it: an older file of that name stays until the new one is complete."""
    beside = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        beside.write_bytes(made)
        beside.replace(output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CommandError(f"“{output}” cannot be written: {error.strerror}.") from error
