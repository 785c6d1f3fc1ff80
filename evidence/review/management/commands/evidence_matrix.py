from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evidence.review.matrix import ACROSS, COUNTED, Matrix
from inquiry.commands import inquiry_called, person_or_console
from inquiry.models import Framework


class Command(BaseCommand):
    help = "Tells how much was heard on each theme, by session, sector, recommendation or kind of evidence."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inquiry", required=True, help="its code, such as LUI")
        parser.add_argument("--by", choices=list(ACROSS), default="session", help="what stands across")
        parser.add_argument("--count", choices=list(COUNTED), default="people", help="what is counted")
        parser.add_argument("--framework", help="its name; otherwise the inquiry's first")
        parser.add_argument("--as", dest="email", metavar="EMAIL", help="as this person sees it; otherwise all of it")
        parser.add_argument("--json", action="store_true", help="tell it as one JSON object")

    def handle(self, *args: Any, inquiry: str, by: str, count: str, **options: Any) -> None:
        of = inquiry_called(inquiry)
        user = person_or_console(options["email"])
        frameworks = Framework.objects.visible_to(user).filter(inquiry=of).order_by("created_at", "id")
        if options["framework"]:
            frameworks = frameworks.filter(name=options["framework"])
        framework = frameworks.first()
        if framework is None:
            raise CommandError(f"{of.code} has no such framework. load_framework enters one.")
        matrix = Matrix(user, of, framework, by, count)
        if options["json"]:
            self.stdout.write(json.dumps(matrix.as_json(), ensure_ascii=False))
            return
        for row in matrix.table():
            self.stdout.write("\t".join(map(str, row)))
