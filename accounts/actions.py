"""What is done with people: they are invited into an inquiry, given another role, and shown out."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING, Any

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from accounts.models import Invitation, Membership, User
from accounts.refusals import Refused, refusals_of_the_database
from accounts.roles import Console, Role, Verb, recorded, require

if TYPE_CHECKING:
    from inquiry.models import Inquiry

INVITATION_STANDS_FOR = dt.timedelta(days=7)


@transaction.atomic
def add_person(*, inquiry: Inquiry, email: str, name: str, role: Role, by: User | Console) -> Membership:
    """Gives a person a role in the inquiry; someone new to the installation is entered without a password."""
    require(by, Verb.MANAGE_PEOPLE, inquiry)
    person = User.objects.with_email(email).first()
    if person is None:
        with refusals_of_the_database():
            person = User.objects.create_user(email=email, name=name)
    if Membership.objects.filter(user=person, inquiry=inquiry).exists():
        raise Refused(f"{person.name} already has a role in this inquiry. Change it in the list of people.")
    return Membership.objects.create(user=person, inquiry=inquiry, role=role)


@transaction.atomic
def invite(*, person: User, inquiry: Inquiry, by: User | Console) -> str:
    """Makes the one-time link part by which a person without a password sets one; earlier links stop working."""
    require(by, Verb.MANAGE_PEOPLE, inquiry)
    if person.has_usable_password():
        raise Refused(f"{person.name} has a password already, and can ask for a new one on the sign-in page.")
    person.invitations.filter(accepted_at=None).delete()
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(user=person, secret_digest=_digest(secret), invited_by=recorded(by))
    return secret


def open_invitation(secret: str) -> Invitation:
    """The invitation that the link belongs to.

    :raises Refused: when it is unknown, used, or older than a week.
    """
    since = timezone.now() - INVITATION_STANDS_FOR
    found = Invitation.objects.select_related("user").filter(
        secret_digest=_digest(secret), accepted_at=None, invited_at__gte=since, user__is_active=True
    )
    invitation = found.first()
    if invitation is None or invitation.user.has_usable_password():
        raise Refused("This link has been used, or is more than a week old. Ask whoever invited you for a new one.")
    return invitation


@transaction.atomic
def accept_invitation(*, secret: str, password: str) -> User:
    """Sets the invited person's first password, once."""
    invitation = open_invitation(secret)
    person = User.objects.select_for_update().get(pk=invitation.user_id)
    open_invitation(secret)
    validate_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())
    return person


@transaction.atomic
def set_password(*, person: User, password: str, by: Console) -> None:
    """Gives a person another password. Only whoever runs the installation does so; others reset theirs by mail."""
    validate_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: User | Console) -> Membership:
    """Gives the person another role; an inquiry keeps at least one administrator."""
    require(by, Verb.MANAGE_PEOPLE, membership.inquiry)
    membership.role = role
    membership.save(update_fields=["role"])
    _keep_an_administrator(membership.inquiry)
    return membership


@transaction.atomic
def remove_person(*, membership: Membership, by: User | Console) -> None:
    """Ends the person's role in the inquiry; what they did there stays under their name."""
    require(by, Verb.MANAGE_PEOPLE, membership.inquiry)
    inquiry = membership.inquiry
    membership.delete()
    _keep_an_administrator(inquiry)


def _keep_an_administrator(inquiry: Any) -> None:
    administrators = Membership.objects.select_for_update().filter(inquiry=inquiry, role=Role.ADMINISTRATOR)
    if not administrators:
        raise Refused("An inquiry needs an administrator. Make someone else administrator first.")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
