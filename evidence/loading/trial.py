"""The trial: the levelling up inquiry, and one person in each role with a password made on the spot."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from accounts.actions import add_person, set_password
from accounts.models import Invitation, User
from accounts.roles import CONSOLE, Role
from evidence.loading.actions import load_inquiry

LEVELLING_UP = Path(__file__).parent / "data" / "levelling_up"


@dataclass(frozen=True)
class TrialPerson:
    """Someone to sign in as; the password is kept nowhere else."""

    role: Role
    email: str
    password: str


@transaction.atomic
def load_trial() -> list[TrialPerson]:
    """Loads the inquiry and its trial people into an installation without people; one in use is left alone.

    Where nobody but trial people is there, they get new passwords: the ones before may never have been shown.
    """
    people = {f"{role}@example.org": role for role in Role}
    if User.objects.exclude(email__in=people).exists() or Invitation.objects.exists():
        return []
    if not User.objects.exists():
        inquiry = load_inquiry(LEVELLING_UP)
        for email, role in people.items():
            add_person(inquiry=inquiry, email=email, name=f"Trial {role.label}", role=role, by=CONSOLE)
    return [_with_a_password(person, people[person.email]) for person in User.objects.order_by("pk")]


def _with_a_password(person: User, role: Role) -> TrialPerson:
    password = secrets.token_urlsafe(9)
    set_password(person=person, password=password, by=CONSOLE)
    return TrialPerson(role, person.email, password)
