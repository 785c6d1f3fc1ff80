"""What is done with people and bodies: they are named, corrected, and entered on panels."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.refusals import ChangedMeanwhile, Refused, refusals_of_the_database
from accounts.roles import Console, Verb, require
from evidence.witnesses.models import Appearance, Organisation, Sector, Witness
from inquiry.changes import change, enter
from inquiry.models import Inquiry, Panel


@transaction.atomic
def name_organisation(*, inquiry: Inquiry, name: str, by: User | Console, sector: str = "") -> Organisation:
    """Enters a body, or finds it where the inquiry knows it by that name, whatever its capitals."""
    require(by, Verb.LOG_EVIDENCE, inquiry)
    name = " ".join(name.split())
    known = Organisation.objects.filter(inquiry=inquiry, name__iexact=name).first()
    return known or enter(Organisation, inquiry=inquiry, name=name, sector=sector or Sector.NOT_KNOWN)


@transaction.atomic
def name_witness(*, inquiry: Inquiry, name: str, by: User | Console, lived_experience: bool = False) -> Witness:
    """Enters a person, or finds them where the inquiry knows one person of that name."""
    require(by, Verb.LOG_EVIDENCE, inquiry)
    name = " ".join(name.split())
    known = list(Witness.objects.filter(inquiry=inquiry, name__iexact=name)[:2])
    if len(known) == 1:
        if lived_experience and not known[0].lived_experience:
            change(known[0], lived_experience=True)
        return known[0]
    return enter(Witness, inquiry=inquiry, name=name, lived_experience=lived_experience)


def said(record: Witness | Organisation) -> str:
    """What the record says of the person or body, in a line."""
    if isinstance(record, Organisation):
        return f"{record.name} ({record.get_sector_display()})"
    return f"{record.name} ({'' if record.lived_experience else 'not '}from lived experience)"


def as_recorded(record: Witness | Organisation) -> str:
    """A short sign of what the record says, which is another as soon as the record is."""
    return hashlib.sha256(said(record).encode()).hexdigest()[:16]


@transaction.atomic
def change_witness(*, witness: Witness, by: User | Console, seen: str = "", **details: Any) -> Witness:
    """Corrects a person's name, or whether they speak from lived experience.

    ``seen`` is the ``as_recorded`` of what the person had before them.

    :raises ChangedMeanwhile: when that is not what the record says now.
    """
    require(by, Verb.LOG_EVIDENCE, witness.inquiry)
    witness = Witness.objects.select_for_update().get(pk=witness.pk)
    _refuse_if_changed(witness, seen)
    return change(witness, **_tidied(details))


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, by: User | Console, seen: str = "", **details: Any
) -> Organisation:
    """Corrects a body's name or sector.

    ``seen`` is the ``as_recorded`` of what the person had before them.

    :raises ChangedMeanwhile: when that is not what the record says now.
    """
    require(by, Verb.LOG_EVIDENCE, organisation.inquiry)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    _refuse_if_changed(organisation, seen)
    details = _tidied(details)
    name = details.get("name", organisation.name)
    twin = Organisation.objects.filter(inquiry=organisation.inquiry, name__iexact=name).exclude(pk=organisation.pk)
    if twin.exists():
        raise Refused(f"There is an organisation called “{name}” already.")
    return change(organisation, **details)


def _refuse_if_changed(record: Witness | Organisation, seen: str) -> None:
    if seen and seen != as_recorded(record):
        raise ChangedMeanwhile(f"Somebody else changed this {record._meta.verbose_name} while you were writing.")


def _tidied(details: dict[str, Any]) -> dict[str, Any]:
    return details | {"name": " ".join(details["name"].split())} if "name" in details else details


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
