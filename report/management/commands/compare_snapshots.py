from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.refusals import Refused
from report.commands import snapshot_numbered
from report.comparing import CAME, CHANGED, WENT, Difference, compare

SIGNS = {CAME: "+", WENT: "-", CHANGED: "~"}


class Command(BaseCommand):
    help = "Tells what came, went and changed between two snapshots of an appendix."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("before", type=int, metavar="A", help="the number of the older snapshot")
        parser.add_argument("after", type=int, metavar="B", help="the number of the newer snapshot")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, before: int, after: int, **options: Any) -> None:
        try:
            old, new = (snapshot_numbered(number) for number in (before, after))
            for snapshot in (old, new):
                if snapshot.recalled_at:
                    raise Refused(f"Snapshot {snapshot.pk} was recalled, so there is nothing in it to compare.")
            if old.inquiry != new.inquiry:
                raise Refused("The snapshots are of different inquiries.")
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        differences = compare(old.appendix(), new.appendix())
        if options["json"]:
            told = {"before": before, "after": after, "differences": [one.to_dict() for one in differences]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for one in differences:
            self.stdout.write(_said(one))
        if not differences:
            self.stdout.write("They print the same.")


def _said(one: Difference) -> str:
    texts = " → ".join(" / ".join(text.split("\n")) for text in (one.before, one.after) if text)
    return f"{SIGNS[one.kind]} {one.part}: {texts}"
