"""What is done with people and bodies: they are named, corrected, and entered on panels."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.refusals import Refused, refusals_of_the_database
from accounts.roles import Console, Verb, require
from evidence.witnesses.models import Appearance, Organisation, Sector, Witness, tidied
from inquiry.changes import change, enter, locked, refuse_if_changed, sign_of
from inquiry.models import Inquiry, Panel


@transaction.atomic
def name_organisation(*, inquiry: Inquiry, name: str, by: User | Console, sector: str = "") -> Organisation:
    """Enters a body, or finds it where the inquiry knows it by that name, whatever its capitals."""
    require(by, Verb.LOG_EVIDENCE, inquiry)
    known = Organisation.objects.filter(inquiry=inquiry).called(name).first()
    return known or enter(Organisation, inquiry=inquiry, name=tidied(name), sector=sector or Sector.NOT_KNOWN)


@transaction.atomic
def name_witness(*, inquiry: Inquiry, name: str, by: User | Console, lived_experience: bool = False) -> Witness:
    """Enters a person, or finds them where the inquiry knows one person of that name."""
    require(by, Verb.LOG_EVIDENCE, inquiry)
    known = list(Witness.objects.filter(inquiry=inquiry).called(name)[:2])
    if len(known) == 1:
        if lived_experience and not known[0].lived_experience:
            change(known[0], lived_experience=True)
        return known[0]
    return enter(Witness, inquiry=inquiry, name=tidied(name), lived_experience=lived_experience)


@transaction.atomic
def change_witness(*, witness: Witness, by: User | Console, seen: str | None = None, **details: Any) -> Witness:
    """Corrects a person's name, or whether they speak from lived experience.

    ``seen`` is the ``sign_of`` what the person had before them.
    """
    require(by, Verb.LOG_EVIDENCE, witness.inquiry)
    witness = locked(witness)
    refuse_if_changed(witness, seen, sign_of(witness))
    return change(witness, **_tidied(details))


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, by: User | Console, seen: str | None = None, **details: Any
) -> Organisation:
    """Corrects a body's name or sector.

    ``seen`` is the ``sign_of`` what the person had before them.
    """
    require(by, Verb.LOG_EVIDENCE, organisation.inquiry)
    organisation = locked(organisation)
    refuse_if_changed(organisation, seen, sign_of(organisation))
    details = _tidied(details)
    name = details.get("name", organisation.name)
    twin = Organisation.objects.filter(inquiry=organisation.inquiry_id).called(name).exclude(pk=organisation.pk)
    if twin.exists():
        raise Refused(f"There is an organisation called “{name}” already.")
    return change(organisation, **details)


def _tidied(details: dict[str, Any]) -> dict[str, Any]:
    return details | {"name": tidied(details["name"])} if "name" in details else details


@transaction.atomic
def record_appearance(
    *,
    panel: Panel,
    witness: Witness,
    by: User | Console,
    organisation: Organisation | None = None,
    role: str = "",
    position: int = 0,
) -> Appearance:
    """Enters a witness on a panel, with the role and organisation of that day. Never under the Chatham House Rule."""
    require(by, Verb.LOG_EVIDENCE, panel.inquiry)
    with refusals_of_the_database():
        return Appearance.objects.create(
            inquiry=panel.inquiry,
            panel=panel,
            witness=witness,
            organisation=organisation,
            role=role,
            position=position,
        )
