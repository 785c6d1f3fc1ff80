"""What is done with people: they are invited into an inquiry, given another role, and shown out."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Change, Invitation, Membership, User
from accounts.refusals import Refused, refusals_of_the_database
from accounts.roles import Console, Role, Verb, recorded, require
from accounts.unchanged import REMEMBERED_FOR

if TYPE_CHECKING:
    from inquiry.models import Inquiry

INVITATION_STANDS_FOR = dt.timedelta(days=7)
_SIGNED_FOR = "accounts.digest"


@transaction.atomic
def add_person(*, inquiry: Inquiry, email: str, name: str, role: Role, by: Console) -> Membership:
    """Puts a person into the inquiry unasked, as only whoever runs the installation does."""
    _refuse_who_is_there(inquiry, email)
    person = User.objects.with_email(email).first()
    if person is None:
        with refusals_of_the_database():
            person = User.objects.create_user(email=email, name=name)
    return Membership.objects.create(user=person, inquiry=inquiry, role=role)


@transaction.atomic
def invite(*, inquiry: Inquiry, email: str, name: str, role: Role, by: User | Console) -> tuple[Invitation, str]:
    """Invites whoever has the address into the inquiry, and makes the one-time secret of the link by which they come.

    It does the same whether or not they are known to the installation, so nobody learns that by asking.

    :raises django.core.exceptions.ValidationError: where the address is none, or the name is missing.
    """
    require(by, Verb.MANAGE_PEOPLE, inquiry)
    _refuse_who_is_there(inquiry, email)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation(
        inquiry=inquiry,
        email=email.strip().lower(),
        name=name.strip(),
        role=role,
        secret_digest=_digest(secret),
        invited_by=recorded(by),
    )
    invitation.clean_fields(exclude=["inquiry", "invited_by", "accepted_by", "accepted_at"])
    with refusals_of_the_database():
        invitation.save()
    return invitation, secret


@transaction.atomic
def invite_again(*, invitation: Invitation, by: User | Console) -> str:
    """Makes another link for an invitation of one's own inquiry; the one before stops working."""
    require(by, Verb.MANAGE_PEOPLE, invitation.inquiry)
    invitation = _still_open(invitation)
    secret = secrets.token_urlsafe(32)
    invitation.secret_digest, invitation.invited_by = _digest(secret), recorded(by)
    invitation.invited_at = timezone.now()
    invitation.save(update_fields=["secret_digest", "invited_by", "invited_at"])
    return secret


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User | Console) -> None:
    """Takes an invitation back that nobody has accepted yet; its link stops working."""
    require(by, Verb.MANAGE_PEOPLE, invitation.inquiry)
    _still_open(invitation).delete()


def oldest_that_stands() -> dt.datetime:
    """When a link must have been made, at the earliest, to work now."""
    return timezone.now() - INVITATION_STANDS_FOR


def open_invitation(secret: str) -> Invitation:
    """The invitation that the link belongs to.

    :raises Refused: when it is unknown, used, or older than a week.
    """
    found = (
        Invitation.objects.waiting()
        .select_related("inquiry")
        .filter(secret_digest=_digest(secret), invited_at__gte=oldest_that_stands())
    )
    if (invitation := found.select_for_update(of=("self",)).first()) is None:
        raise Refused("This link has been used, or is more than a week old. Ask whoever invited you for a new one.")
    return invitation


@transaction.atomic
def accept_invitation(*, secret: str, password: str) -> User:
    """Somebody new sets their first password, and comes into the inquiry."""
    invitation = open_invitation(secret)
    if not invitation.sets_first_password():
        raise Refused("There is a person with this e-mail address already. Sign in to accept the invitation.")
    person = invitation.account()
    if person is None:
        with refusals_of_the_database():
            person = User.objects.create_user(email=invitation.email, name=invitation.name)
    validate_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    _come_in(invitation, person)
    return person


@transaction.atomic
def join_inquiry(*, secret: str, name: str, by: User) -> Membership:
    """Somebody who can sign in already comes into the inquiry, under the name by which they want to be known."""
    invitation = open_invitation(secret)
    if invitation.account() != by:
        raise Refused(f"This invitation is for {invitation.email}. You are signed in with {by.email}.")
    by.name = User._meta.get_field("name").clean(name.strip(), by)
    by.save(update_fields=["name"])
    return _come_in(invitation, by)


@transaction.atomic
def prove_address(*, person: User) -> None:
    """Notes that a link which was sent to the address has been followed.

    The first time, whatever else lets one into the account goes: until then nobody knew who had set it up.
    """
    if person.address_proven_at is None:
        Authenticator.objects.filter(user=person).delete()
        person.address_proven_at = timezone.now()
        person.save(update_fields=["address_proven_at"])


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


def _refuse_who_is_there(inquiry: Inquiry, email: str) -> None:
    there = Membership.objects.filter(user__in=User.objects.with_email(email), inquiry=inquiry).select_related("user")
    if (found := there.first()) is not None:
        raise Refused(f"{found.user.name} already has a role in this inquiry. Change it in the list of people.")


def _still_open(invitation: Invitation) -> Invitation:
    found = Invitation.objects.select_for_update().waiting().filter(pk=invitation.pk).first()
    if found is None:
        raise Refused("This invitation has been accepted or withdrawn meanwhile.")
    return found


def _come_in(invitation: Invitation, person: User) -> Membership:
    invitation.accepted_by, invitation.accepted_at = person, timezone.now()
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    role = {"role": invitation.role}
    return Membership.objects.get_or_create(user=person, inquiry=invitation.inquiry, defaults=role)[0]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def choose_digest(*, person: User, wanted: bool, by: User) -> None:
    """Says whether a person is told by e-mail of notes that name them: each for themselves."""
    if by.pk != person.pk:
        raise Refused("Everybody chooses this for themselves.")
    person.wants_digest = wanted
    person.save(update_fields=["wants_digest"])


def signed_for(person: User) -> str:
    """What the link in a digest holds, by which its reader turns digests off without signing in."""
    return signing.dumps(person.pk, salt=_SIGNED_FOR)


def person_who_was_sent(signed: str) -> User:
    """Who was sent a digest with this link.

    :raises Refused: where nobody was.
    """
    try:
        person = User.objects.filter(pk=signing.loads(signed, salt=_SIGNED_FOR)).first()
    except signing.BadSignature:
        person = None
    if person is None:
        raise Refused("This link is not one that was sent. Sign in, and choose under “E-mails to you”.")
    return person


def forget_changes() -> None:
    """Lets go of what was told so long ago that nobody asks for it any more."""
    to_come = RawSQL("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint", [])
    # What is told of a transaction that is still to come was told on the server that a backup is of.
    Change.objects.filter(Q(at__lt=Now() - REMEMBERED_FOR) | Q(transaction__gte=to_come)).delete()
