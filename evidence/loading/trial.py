"""The trial: the levelling up inquiry, and one person in each role with a password made on the spot."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from accounts.actions import accept_invitation, add_person, invite
from accounts.models import User
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
    """Loads the inquiry and its trial people into an installation without people; one in use is left alone."""
    if User.objects.exists():
        return []
    inquiry = load_inquiry(LEVELLING_UP)
    people = [TrialPerson(role, f"{role}@example.org", secrets.token_urlsafe(9)) for role in Role]
    for person in people:
        name = f"Trial {person.role.label}"
        member = add_person(inquiry=inquiry, email=person.email, name=name, role=person.role, by=CONSOLE)
        secret = invite(person=member.user, inquiry=inquiry, by=CONSOLE)
        accept_invitation(secret=secret, password=person.password)
    return people
