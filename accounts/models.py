"""People, and the one role that each of them has in an inquiry."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Value
from django.db.models.functions import Lower, Now
from django.db.models.lookups import Exact
from django.utils import timezone

from accounts.roles import Role

LONGEST_EMAIL = 254


class UserManager(BaseUserManager["User"]):
    def create_user(self, *, email: str, name: str, password: str | None = None) -> User:
        """A person who can sign in, once they have a password; what they may see depends on their roles.

        :raises django.core.exceptions.ValidationError: where the address is none, or the name is missing.
        """
        user = self.model(email=email.strip().lower(), name=name.strip())
        user.set_password(password)
        user.clean_fields()
        user.save()
        return user

    def with_email(self, email: str) -> models.QuerySet[User]:
        """Whose address it is, whatever its capitals; the same are capitals to the database that keeps it unique."""
        return self.filter(Exact(Lower("email"), Lower(Value(email.strip()))))

    def get_by_natural_key(self, username: str | None) -> User:
        return self.with_email(username or "").get()


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """Someone who works on an inquiry. Signs in by e-mail address."""

    email = models.EmailField("e-mail address", max_length=LONGEST_EMAIL)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField("may sign in", default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    address_proven_at = models.DateTimeField(null=True, editable=False)
    wants_digest = models.BooleanField("is told by e-mail, once a day, of notes that name them", default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()
    watched = False

    class Meta:
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="one_person_per_email",
                violation_error_message="There is a person with this e-mail address already.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @cached_property
    def roles(self) -> dict[int, Role]:
        """This person's role in each inquiry, by the inquiry's id."""
        held = self.memberships.order_by().values_list("inquiry", "role") if self.is_active else ()
        return {inquiry: Role(role) for inquiry, role in held}


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: Any) -> MembershipQuerySet:
        """Everyone in an inquiry may know who else works on it."""
        from accounts.roles import Verb, inquiries_where

        return self.filter(inquiry__in=inquiries_where(user, Verb.READ))


@pghistory.track()
class Membership(models.Model):
    """One person's role in one inquiry."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    inquiry = models.ForeignKey("inquiry.Inquiry", models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateTimeField(auto_now_add=True)
    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("user__name",)
        constraints = (
            models.UniqueConstraint(fields=["user", "inquiry"], name="one_role_per_inquiry"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="a_known_role"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: Any) -> InvitationQuerySet:
        """Whom an inquiry has invited is known to those who look after its people, and to nobody in another."""
        from accounts.roles import Verb, inquiries_where

        return self.filter(inquiry__in=inquiries_where(user, Verb.MANAGE_PEOPLE))

    def waiting(self) -> InvitationQuerySet:
        """Those that nobody has accepted yet."""
        return self.filter(accepted_at=None)


@pghistory.track(exclude=["secret_digest"])
class Invitation(models.Model):
    """One inquiry's invitation to whoever has an e-mail address. Its link works once, and for a week."""

    inquiry = models.ForeignKey("inquiry.Inquiry", models.CASCADE, related_name="invitations")
    email = models.EmailField("e-mail address", max_length=LONGEST_EMAIL)
    name = models.CharField(max_length=200, help_text="As typed by whoever invited them.")
    role = models.CharField(max_length=20, choices=Role.choices)
    secret_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_by = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                "inquiry",
                Lower("email"),
                condition=models.Q(accepted_at=None),
                name="one_invitation_waits_per_address",
                violation_error_message=(
                    "This address has been invited already. Make a new link for it in the list of people."
                ),
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="invited_to_a_known_role"),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None, accepted_by=None)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="accepted_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} · {self.get_role_display()}"

    def account(self) -> User | None:
        """The person who signs in with this address already."""
        return User.objects.with_email(self.email).first()

    def sets_first_password(self) -> bool:
        """Whether its link sets a password: for somebody new; made by the command line, for whoever has none."""
        account = self.account()
        return account is None or (self.invited_by_id is None and not account.has_usable_password())


class Change(models.Model):
    """A transaction that has changed something that pages tell of, and when. It is remembered for a day."""

    transaction = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    watched = False

    def __str__(self) -> str:
        return str(self.transaction)
