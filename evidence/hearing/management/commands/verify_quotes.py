from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.roles import CONSOLE
from evidence.quotes.actions import judge_again
from evidence.quotes.citations import cite
from evidence.quotes.models import Quote, Verdict
from inquiry.commands import inquiry_called


class Command(BaseCommand):
    help = "Compares every quote with its source once more, and tells what each is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inquiry", required=True, help="its code, such as SMD")
        parser.add_argument("--json", action="store_true", help="tell it as one JSON object")

    def handle(self, *args: Any, inquiry: str, **options: Any) -> None:
        found = inquiry_called(inquiry)
        changed = judge_again(inquiry=found, by=CONSOLE)
        quotes = Quote.objects.visible_to(CONSOLE).filter(inquiry=found).standing().with_source().order_by("pk")
        behind = set(quotes.left_behind().values_list("pk", flat=True))
        told: dict[str, Any] = {
            "quotes": len(quotes),
            "verdicts": {verdict: sum(quote.verdict == verdict for quote in quotes) for verdict in Verdict.values},
            "changed": changed,
            "left_behind": len(behind),
            "to_mend": [
                {"id": quote.pk, "verdict": quote.verdict, "citation": cite(quote), "text": quote.text}
                for quote in quotes
                if quote.verdict in (Verdict.MISMATCH, Verdict.UNCHECKED) or quote.pk in behind
            ],
        }
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(", ".join(f"{count} {verdict}" for verdict, count in told["verdicts"].items() if count))
        for quote in told["to_mend"]:
            self.stdout.write(f"{quote['verdict']}: {quote['citation']}: {quote['text'][:80]}")
