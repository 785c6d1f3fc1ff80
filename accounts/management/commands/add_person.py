from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from accounts.actions import invite
from accounts.refusals import Refused, in_a_sentence
from accounts.roles import CONSOLE, Role


class Command(BaseCommand):
    help = "Invites a person into an inquiry, and prints the path at which they set a password, or join with theirs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--inquiry", required=True, help="its code, such as LUI")
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=Role.values)

    @transaction.atomic
    def handle(self, *args: Any, inquiry: str, email: str, name: str, role: str, **options: Any) -> None:
        found = apps.get_model("inquiry", "Inquiry")._default_manager.filter(code=inquiry).first()
        if found is None:
            raise CommandError(f"There is no inquiry with the code {inquiry}.")
        try:
            _, secret = invite(inquiry=found, email=email, name=name, role=Role(role), by=CONSOLE)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except ValidationError as error:
            raise CommandError(in_a_sentence(error)) from error
        self.stdout.write(reverse("accept", args=[secret]))
