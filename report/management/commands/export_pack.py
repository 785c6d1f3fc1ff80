from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import CONSOLE, Verb, may
from inquiry.commands import inquiry_called, write_whole
from inquiry.models import Inquiry, Recommendation, Theme
from report.models import PACK_FORMATS, Format
from report.pack.assembly import ALL, RAISED, STARRED, Choice, assemble
from report.pack.formats import render


class Command(BaseCommand):
    help = "Writes a meeting pack to a file: what was said for and against, with room to decide."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inquiry", required=True, help="its code, such as LUI")
        parser.add_argument("--theme", help="on the theme of this number")
        parser.add_argument("--recommendation", help="for and against the recommendation of this number, such as 2.5")
        parser.add_argument("--only", choices=[ALL, STARRED, RAISED], default=ALL, help="a shortlist, or all")
        parser.add_argument(
            "--as", dest="email", metavar="EMAIL", help="for this person; otherwise of all that there is"
        )
        parser.add_argument("--format", choices=[each.value for each in PACK_FORMATS], required=True)
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, inquiry: str, format: str, output: Path, **options: Any) -> None:
        found = inquiry_called(inquiry)
        by = self._person(options["email"], found)
        choice = Choice(
            self._theme(by, found, options["theme"]),
            self._recommendation(by, found, options["recommendation"]),
            options["only"],
        )
        if choice.only == STARRED and by is CONSOLE:
            raise CommandError("Say whose stars, with --as.")
        try:
            pack = assemble(found, by=by, made_on=timezone.localdate(), choice=choice)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        write_whole(output, render(pack, Format(format)))
        for line in (pack.empty, *pack.left_out):
            if line:
                self.stderr.write(f"Not in it: {line}" if line != pack.empty else line)

    def _person(self, email: str | None, inquiry: Inquiry) -> Any:
        if email is None:
            return CONSOLE
        person = User.objects.with_email(email).filter(is_active=True).first()
        if person is None or not may(person, Verb.READ, inquiry):
            raise CommandError(f"Nobody in this inquiry signs in as {email}.")
        return person

    def _theme(self, by: Any, inquiry: Inquiry, number: str | None) -> Theme | None:
        if number is None:
            return None
        found = list(Theme.objects.visible_to(by).filter(inquiry=inquiry, number__iexact=number).leaves()[:2])
        if not found:
            raise CommandError(f"There is no theme {number}.")
        if len(found) > 1:
            raise CommandError(f"Several frameworks have a theme {number}.")
        return found[0]

    def _recommendation(self, by: Any, inquiry: Inquiry, number: str | None) -> Recommendation | None:
        if number is None:
            return None
        asked = Recommendation.objects.visible_to(by).filter(inquiry=inquiry).in_order()
        found = next((each for each in asked if each.label == number), None)
        if found is None:
            raise CommandError(f"There is no recommendation {number}.")
        return found
