"""Who may do what, as one table. When a thing may be done is told by each stage's own transitions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models

if TYPE_CHECKING:
    from accounts.models import User


class Role(models.TextChoices):
    CLERK = "clerk", "Clerk"
    MEMBER = "member", "Member"
    ADVISER = "adviser", "Adviser"
    ADMINISTRATOR = "administrator", "Administrator"


class Verb(StrEnum):
    """What can be done in an inquiry. The value completes "Your role does not let you …"."""

    READ = "read this inquiry’s evidence"
    SEE_UNPUBLISHED = "see evidence that is not for members"
    LOG_EVIDENCE = "log sessions, witnesses and submissions"
    DECIDE = "decide on publication"
    TAKE_QUOTES = "take quotes"
    KEEP_NOTES = "keep marks and write notes"
    READ_PANEL = "read what members share among themselves"
    TAG = "tag evidence"
    WRITE_RECOMMENDATIONS = "write recommendations"
    EDIT_INQUIRY = "change the inquiry and its frameworks"
    EXPORT = "export the appendix"
    SEE_READINESS = "see what the report still lacks"
    ACCEPT_WARNINGS = "accept warnings about the report"
    SEE_HISTORY = "see who changed what"
    MANAGE_PEOPLE = "manage people"


_SECRETARIAT = frozenset({Role.CLERK, Role.ADMINISTRATOR})
_STAFF = _SECRETARIAT | {Role.ADVISER}
_PANEL = _SECRETARIAT | {Role.MEMBER}
_EVERYONE = frozenset(Role)

ROLES: dict[Verb, frozenset[Role]] = {
    Verb.READ: _EVERYONE,
    Verb.SEE_UNPUBLISHED: _SECRETARIAT,
    Verb.LOG_EVIDENCE: _SECRETARIAT,
    Verb.DECIDE: _SECRETARIAT,
    Verb.TAKE_QUOTES: _STAFF,
    Verb.KEEP_NOTES: _EVERYONE,
    Verb.READ_PANEL: _PANEL,
    Verb.TAG: _STAFF,
    Verb.WRITE_RECOMMENDATIONS: _STAFF,
    Verb.EDIT_INQUIRY: _SECRETARIAT,
    Verb.EXPORT: _STAFF,
    Verb.SEE_READINESS: _STAFF,
    Verb.ACCEPT_WARNINGS: _SECRETARIAT,
    Verb.SEE_HISTORY: _SECRETARIAT,
    Verb.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
}


class Console:
    """Whoever runs a command on the machine itself: they hold the database anyway, so nothing is kept from them."""

    pk = None
    is_active = True
    is_authenticated = True
    name = "Command line"

    def __str__(self) -> str:
        return self.name


CONSOLE = Console()


class NotAllowed(PermissionDenied):
    """Says in a sentence what the person's role does not let them do."""


def role_in(user: Any, inquiry: Any) -> Role | None:
    """The person's role in the inquiry, or None for a stranger to it."""
    if not getattr(user, "is_authenticated", False):
        return None
    if isinstance(user, Console):
        return Role.ADMINISTRATOR
    return user.roles.get(getattr(inquiry, "pk", inquiry))


def may(user: Any, verb: Verb, inquiry: Any) -> bool:
    """Whether the person's role in the inquiry lets them do this. Costs one query a request, for all inquiries."""
    return role_in(user, inquiry) in ROLES[verb]


def require(user: Any, verb: Verb, inquiry: Any) -> None:
    """Refuses, in a sentence, what the person's role does not allow.

    :raises NotAllowed: unless ``may``.
    """
    if not may(user, verb, inquiry):
        role = role_in(user, inquiry)
        why = f"Your role ({role.label.lower()}) does not let you {verb.value}." if role else "You have no role here."
        raise NotAllowed(f"{why} Ask an administrator of the inquiry.")


def inquiries_where(user: Any, verb: Verb) -> Any:
    """The ids of the inquiries in which the person may do this.

    They are named, not asked for again in each of the subqueries in which they stand: a page has dozens.
    """
    from django.apps import apps

    if isinstance(user, Console):
        return apps.get_model("inquiry", "Inquiry")._default_manager.values("pk")
    if not getattr(user, "is_authenticated", False):
        return []
    return [inquiry for inquiry, role in user.roles.items() if role in ROLES[verb]]


def recorded(by: User | Console) -> User | None:
    """The person to write beside a record: nobody, when a command did it."""
    return None if isinstance(by, Console) else by


@dataclass(frozen=True)
class Capabilities:
    """What the templates ask: ``{% if may.log_evidence %}``."""

    user: Any
    inquiry: Any

    def __getattr__(self, name: str) -> bool:
        try:
            verb = Verb[name.upper()]
        except KeyError:
            raise AttributeError(name) from None
        # A list asks it for each of its rows.
        allowed = self.__dict__[name] = may(self.user, verb, self.inquiry)
        return allowed
