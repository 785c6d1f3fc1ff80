from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.refusals import Refused
from accounts.roles import CONSOLE
from inquiry.commands import inquiry_called, write_whole
from inquiry.models import CitationStyle, Inquiry
from report.actions import as_it_is_now, note_export, render
from report.commands import snapshot_numbered
from report.layouts import PartName
from report.models import Format


class Command(BaseCommand):
    help = "Writes an inquiry’s appendix to a file, and keeps the snapshot that it was made from."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inquiry", required=True, help="its code, such as LUI")
        parser.add_argument("--layout", choices=CitationStyle.values, help="the inquiry’s own unless another is named")
        parser.add_argument("--format", choices=Format.values, required=True)
        parser.add_argument("--parts", nargs="+", metavar="PART", help=f"of {', '.join(PartName.values)}")
        parser.add_argument("--include-unchecked", action="store_true", help="print unchecked quotes too, marked")
        parser.add_argument("--snapshot", type=int, metavar="ID", help="what was frozen before, instead of what is now")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, inquiry: str, format: str, output: Path, **options: Any) -> None:
        found = inquiry_called(inquiry)
        again = options["snapshot"] is not None
        try:
            made, noted = (self._again if again else self._anew)(found, Format(format), options)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        write_whole(output, made)
        export = note_export(inquiry=found, format=format, made=made, by=CONSOLE, **noted)
        self.stdout.write(f"Snapshot {export.snapshot_id}")

    def _anew(self, inquiry: Inquiry, format: Format, options: dict[str, Any]) -> tuple[bytes, dict[str, Any]]:
        choice = {"parts": _parts(options["parts"] or []), "include_unchecked": options["include_unchecked"]}
        appendix, style = as_it_is_now(
            inquiry,
            by=CONSOLE,
            layout=options["layout"] or inquiry.citation_style,
            with_sources=format == Format.QDPX,
            **choice,
        )
        for left_out in appendix.left_out:
            self.stderr.write(f"Left out: {left_out.what} {left_out.why}")
        made = render(appendix, format, style.read() if style else None)
        return made, choice | {"appendix": appendix, "style": style}

    def _again(self, inquiry: Inquiry, format: Format, options: dict[str, Any]) -> tuple[bytes, dict[str, Any]]:
        if options["layout"] or options["parts"] or options["include_unchecked"]:
            raise Refused("A snapshot has its layout and its parts: name them, or --snapshot, and not both.")
        snapshot = snapshot_numbered(options["snapshot"], inquiry)
        snapshot.refuse_where_nothing_may_be_made(format)
        style = snapshot.house_style
        return render(snapshot.appendix(), format, style.read() if style else None), {"snapshot": snapshot}


def _parts(named: list[str]) -> list[str]:
    """The parts, named with spaces or commas between them."""
    names = [name for each in named for name in each.split(",") if name]
    for name in names:
        if name not in PartName.values:
            raise Refused(f"There is no part “{name}”; there are {', '.join(PartName.values)}.")
    return names
