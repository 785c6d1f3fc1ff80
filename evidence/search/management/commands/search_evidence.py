from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from evidence.search.finding import Days, find
from evidence.search.forms import DayField, in_order
from evidence.search.showing import show
from inquiry.commands import inquiry_called, person_or_console
from inquiry.models import Theme
from inquiry.words import LONGEST, asked_for


class Command(BaseCommand):
    help = "Searches an inquiry's evidence, and tells what fits best."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", help="what is looked for, as in the search field")
        parser.add_argument("--inquiry", required=True, help="its code, such as LUI")
        parser.add_argument("--theme", help="only what is tagged to the theme of this number")
        parser.add_argument("--from", dest="first", metavar="DAY", help="heard or received on 2023-04-06 or later")
        parser.add_argument("--to", dest="last", metavar="DAY", help="heard or received on that day or before it")
        parser.add_argument("--as", dest="email", metavar="EMAIL", help="as this person sees it; otherwise all of it")
        parser.add_argument("--page", type=int, default=1, help="20 results a page")
        parser.add_argument("--json", action="store_true", help="tell it as one JSON object")

    def handle(self, *args: Any, inquiry: str, words: str, **options: Any) -> None:
        of = inquiry_called(inquiry)
        if len(words) > LONGEST:
            raise CommandError(f"Ask with at most {LONGEST} characters.")
        user = person_or_console(options["email"])
        query = asked_for(words)
        chosen, days = self._chosen(user, of, options["theme"]), self._days(options["first"], options["last"])
        found = find(user, of, query, chosen, days=days, page=max(1, options["page"]))
        hits = show(found.hits, user=user, inquiry=of, query=query, words=words)
        told = [hit.plain for hit in hits]
        if options["json"]:
            self.stdout.write(json.dumps({"total": found.total, "more": found.more, "hits": told}, ensure_ascii=False))
            return
        for hit in told:
            self.stdout.write(f"{hit['kind']}: {hit['citation']}: {hit['snippet']}")
        self.stdout.write(f"{found.total:,} found")

    def _chosen(self, user: Any, of: Any, theme: str | None) -> dict[str, list[str]]:
        if theme is None:
            return {}
        found = Theme.objects.visible_to(user).filter(inquiry=of, number__iexact=theme)
        if not found:
            raise CommandError(f"There is no theme {theme}.")
        return {"theme": [str(each.pk) for each in found]}

    def _days(self, *said: str | None) -> Days:
        try:
            first, last = [DayField().clean(each) for each in said]
            return in_order((first, last))
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from None
