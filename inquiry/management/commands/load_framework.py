from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.refusals import Refused
from accounts.roles import CONSOLE
from inquiry.actions import add_framework
from inquiry.framework_files import read_framework
from inquiry.models import Inquiry


class Command(BaseCommand):
    help = "Enters a framework of themes, from a JSON file, into an inquiry: the whole tree, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inquiry", required=True, help="its code, such as LUI")
        parser.add_argument("file", type=Path, metavar="FILE.json")

    def handle(self, *args: Any, inquiry: str, file: Path, **options: Any) -> None:
        found = Inquiry.objects.visible_to(CONSOLE).filter(code=inquiry).first()
        if found is None:
            raise CommandError(f"There is no inquiry with the code {inquiry}.")
        try:
            framework = add_framework(inquiry=found, by=CONSOLE, **read_framework(file.read_bytes()))
        except OSError as error:
            raise CommandError(f"“{file}” cannot be read: {error.strerror}.") from error
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{found.code}: {framework}, with {framework.themes.count()} themes")
