from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.roles import CONSOLE
from inquiry.commands import AnswerIsNo, inquiry_called
from report.readiness.reading import Readiness, Result, readiness
from report.readiness.table import Weight


class Command(BaseCommand):
    help = "Tells what stands between an inquiry and a report that can be printed. Ends with 1 when something blocks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inquiry", required=True, help="its code, such as LUI")
        parser.add_argument("--json", action="store_true", help="tell it as one JSON object")

    def handle(self, *args: Any, inquiry: str, **options: Any) -> None:
        found = readiness(CONSOLE, inquiry_called(inquiry))
        if options["json"]:
            self.stdout.write(json.dumps(as_data(inquiry, found), ensure_ascii=False))
        else:
            self._tell(found)
        if not found.ready:
            raise AnswerIsNo

    def _tell(self, found: Readiness) -> None:
        for weight, results in ((Weight.BLOCKS, found.blocks), (Weight.WARNS, found.warnings)):
            for each in results:
                self.stdout.write(f"{weight}: {each.check.title}: {each.count:,}")
                for line in each.lines:
                    self.stdout.write(f"  {line.says}")
                if each.more:
                    self.stdout.write(f"  and {each.more:,} more")
        if found.ready:
            self.stdout.write("Nothing blocks the report.")


def as_data(code: str, found: Readiness) -> dict[str, Any]:
    """The same, for a script: every check, also those that found nothing."""
    return {
        "inquiry": code,
        "ready": found.ready,
        "blocks": sum(each.count for each in found.blocks),
        "warnings": sum(each.count for each in found.warnings),
        "accepted": sum(each.accepted for each in found.results),
        "checks": [_check(each) for each in found.results],
    }


def _check(result: Result) -> dict[str, Any]:
    check = result.check
    return {
        "code": check.code,
        "weight": str(check.weight),
        "title": check.title,
        "mend": check.mend,
        "count": result.count,
        "accepted": result.accepted,
        "lines": [{"key": line.key, "says": line.says, "url": line.url} for line in result.lines],
        "more": result.more,
    }
