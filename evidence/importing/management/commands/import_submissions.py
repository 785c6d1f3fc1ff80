from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.refusals import Refused
from accounts.roles import CONSOLE
from evidence.importing.actions import Result, import_now
from inquiry.models import Inquiry


class Command(BaseCommand):
    help = (
        "Imports submissions from a list (CSV, XLSX, ODS), from files named by reference in a folder or ZIP, or from "
        "JSON of the UK Parliament’s Committees API: all of them, or nothing where a row is refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inquiry", required=True, metavar="CODE")
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would become of each row, save nothing")
        parser.add_argument("--accept", action="store_true", help="accept rows without a decision as evidence at once")
        parser.add_argument("--json", action="store_true", help="print one object")

    def handle(self, *args: Any, inquiry: str, file: Path, dry_run: bool, accept: bool, **options: Any) -> None:
        found = Inquiry.objects.filter(code=inquiry).first()
        if found is None:
            raise CommandError(f"There is no inquiry with the code {inquiry}.")
        try:
            result = import_now(inquiry=found, path=file, dry_run=dry_run, accept=accept, by=CONSOLE)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        for note in result.notes:
            self.stderr.write(note)
        if options["json"]:
            self.stdout.write(json.dumps(_told(result, dry_run), ensure_ascii=False))
        else:
            self.stdout.write(_in_a_sentence(result, dry_run))
        if result.refused:
            for each in result.refused:
                self.stderr.write(f"Row {each['row']}: {each['why']}")
            sys.stdout.flush()
            count = len(result.refused)
            raise CommandError(f"Nothing was imported: {count} row{'s are' if count > 1 else ' is'} refused.")


def _told(result: Result, dry_run: bool) -> dict[str, Any]:
    told = asdict(result) | {"dry_run": dry_run}
    del told["notes"]
    if not result.added:
        del told["added"]
    return told


def _in_a_sentence(result: Result, dry_run: bool) -> str:
    if not result.refused and not (result.created or result.added):
        return f"Nothing to import: all {result.rows} rows are here already."
    parts = [f"{result.created} new"]
    parts += [f"{result.added} with a file added"] if result.added else []
    parts += [f"{result.unchanged} as before"] if result.unchanged else []
    parts += [f"{len(result.refused)} refused"] if result.refused else []
    would = "would be " if dry_run or result.refused else ""
    return f"{result.rows} rows: {would}{', '.join(parts)}."
