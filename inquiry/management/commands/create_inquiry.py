from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.refusals import Refused, in_a_sentence
from accounts.roles import CONSOLE
from inquiry.actions import create_inquiry
from inquiry.models import CitationStyle


class Command(BaseCommand):
    help = "Opens an inquiry, empty. Add its first administrator with add_person."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--code", required=True, help="two to six capital letters, such as LUI")
        parser.add_argument("--title", required=True)
        parser.add_argument("--body", required=True, help="who inquires")
        parser.add_argument("--style", choices=CitationStyle.values, default=CitationStyle.APPG)

    def handle(self, *args: Any, code: str, title: str, body: str, style: str, **options: Any) -> None:
        try:
            inquiry = create_inquiry(code=code, title=title, body=body, style=style, by=CONSOLE)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except ValidationError as error:
            raise CommandError(in_a_sentence(error)) from error
        self.stdout.write(f"{inquiry.code}: {inquiry.title}")
