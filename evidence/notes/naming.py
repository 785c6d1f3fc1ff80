"""Whom a note names: a colleague of the inquiry, after an ``@``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from accounts.models import Membership, User
from accounts.refusals import Refused
from accounts.roles import Verb, may
from accounts.statements import number_given, records_kept_for
from evidence.notes.models import SharedWith, seen_by
from inquiry.models import Inquiry

NAMES_OFFERED = 100
# Not the one within an e-mail address.
_AT = re.compile(r"(?<![\w.@])@(?=\w)")
_WORD = re.compile(r"[\w’'-]+")


def colleagues(inquiry: Inquiry, *, but: User) -> list[Membership]:
    """Everyone else in the inquiry who can sign in, by name."""

    def others() -> Any:
        members = Membership.objects.filter(inquiry=number_given("inquiry"), user__is_active=True)
        return members.exclude(user=number_given("but")).select_related("user").order_by("user__name", "pk")

    return records_kept_for(None, "colleagues", others, inquiry=inquiry.pk, but=but.pk)


def named_in(text: str, people: Iterable[User]) -> list[User]:
    """Those of the people whom the text names: by the whole name, the longest that fits; by all who are called so.

    :raises accounts.refusals.Refused: where an ``@`` stands before a name that nobody has.
    """
    people = list(people)
    named: dict[int, User] = {}
    for at in _AT.finditer(text):
        rest = text[at.end() :]
        called = [person for person in people if _begins(rest, person.name)]
        if not called:
            word = _WORD.match(rest)
            raise Refused(
                f"Nobody else in this inquiry is called “{word[0] if word else rest[:20]}”. "
                "Write the whole name after the @, as it stands in the list below the field.",
                about="text",
            )
        longest = max(len(person.name) for person in called)
        named |= {person.pk: person for person in called if len(person.name) == longest}
    return list(named.values())


def _begins(text: str, name: str) -> bool:
    """Whether the text begins with the name, and the name ends there."""
    after = text[len(name) : len(name) + 1]
    return text[: len(name)].casefold() == name.casefold() and not (name[-1:].isalnum() and after.isalnum())


def refuse_who_cannot_read(named: Iterable[User], *, kind: str, pk: int, shared_with: str, inquiry: Inquiry) -> None:
    """Nobody is named in a note that they would not find.

    :raises accounts.refusals.Refused: with a sentence that says who, and why.
    """
    for person in named:
        if shared_with == SharedWith.PRIVATE:
            raise Refused(
                f"A note that only you read can’t tell {person.name} anything. Share it, or leave the name out.",
                about="text",
            )
        if shared_with == SharedWith.MEMBERS and not may(person, Verb.READ_PANEL, inquiry):
            raise Refused(
                f"{person.name} doesn’t read what is shared with members. Share the note with everyone in the "
                "inquiry, or leave the name out.",
                about="text",
            )
        if not seen_by(person, kind).filter(pk=pk).exists():
            raise Refused(f"{person.name} may not read this evidence, so the note can’t name them.", about="text")
