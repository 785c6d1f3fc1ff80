from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.refusals import Refused
from evidence.loading.trial import load_trial


class Command(BaseCommand):
    help = (
        "On an installation without people: loads the levelling up inquiry and makes one trial person in each role. "
        "Where they are the only people, gives them new passwords."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            people = load_trial()
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        if not people:
            self.stdout.write("There are people in this installation already; nothing was loaded.")
            return
        self.stdout.write("Sign in as one of these trial people. Their passwords are shown this once:\n")
        for person in people:
            self.stdout.write(f"  {person.role.label:<14} {person.email:<28} {person.password}")
