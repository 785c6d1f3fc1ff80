from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.roles import CONSOLE
from inquiry.commands import inquiry_called, write_whole
from report.actions import render
from report.assembly import assemble
from report.models import Format, Layout


class Command(BaseCommand):
    help = "Writes an inquiry’s appendix to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inquiry", required=True, help="its code, such as LUI")
        parser.add_argument("--layout", choices=Layout.values, default=Layout.APPG)
        parser.add_argument("--format", choices=Format.values, required=True)
        parser.add_argument("--include-unchecked", action="store_true", help="print unchecked quotes too, marked")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, inquiry: str, format: str, output: Path, **options: Any) -> None:
        found = inquiry_called(inquiry)
        appendix = assemble(
            found, by=CONSOLE, made_on=timezone.localdate(), include_unchecked=options["include_unchecked"]
        )
        write_whole(output, render(appendix, Format(format)))
        for left_out in appendix.left_out:
            self.stderr.write(f"Left out: {left_out.what} {left_out.why}")
