from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.refusals import Refused
from evidence.loading.actions import load_inquiry


class Command(BaseCommand):
    help = "Loads a whole inquiry from a folder with inquiry.json and framework*.json: all of it, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            inquiry = load_inquiry(folder)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{inquiry.code}: {inquiry.title}")
