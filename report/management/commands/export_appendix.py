from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.roles import CONSOLE
from inquiry.models import Inquiry
from report.actions import render
from report.assembly import assemble
from report.models import Format, Layout


class Command(BaseCommand):
    help = "Writes an inquiry's appendix to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inquiry", required=True, help="its code, such as LUI")
        parser.add_argument("--layout", choices=Layout.values, default=Layout.APPG)
        parser.add_argument("--format", choices=Format.values, required=True)
        parser.add_argument("--include-unchecked", action="store_true", help="print unchecked quotes too, marked")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, inquiry: str, format: str, output: Path, **options: Any) -> None:
        found = Inquiry.objects.visible_to(CONSOLE).filter(code=inquiry).first()
        if found is None:
            raise CommandError(f"There is no inquiry with the code {inquiry}.")
        appendix = assemble(
            found, by=CONSOLE, made_on=timezone.localdate(), include_unchecked=options["include_unchecked"]
        )
        _write(output, render(appendix, Format(format)))
        for left_out in appendix.left_out:
            self.stderr.write(f"Left out: {left_out.what} {left_out.why}")


def _write(output: Path, made: bytes) -> None:
    """Writes the whole file or none of it: an older file of that name stays until the new one is complete."""
    beside = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        beside.write_bytes(made)
        beside.replace(output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CommandError(f"“{output}” cannot be written: {error.strerror}.") from error
