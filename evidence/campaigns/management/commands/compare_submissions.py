from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evidence.campaigns.actions import compare_all
from evidence.campaigns.models import Likeness
from inquiry.models import Inquiry


class Command(BaseCommand):
    help = "Compares all submissions of an inquiry with each other again. What people said of them stands."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inquiry", required=True, help="the inquiry’s code, such as LUI")

    def handle(self, *args: Any, inquiry: str, **options: Any) -> None:
        found = Inquiry.objects.filter(code=inquiry).first()
        if not found:
            raise CommandError(f"There is no inquiry {inquiry}.")
        compared = compare_all(found)
        groups = Likeness.objects.filter(inquiry=found).groups().count()
        self.stdout.write(f"Compared {compared:,}; {groups:,} groups are alike.")
