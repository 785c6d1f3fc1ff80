"""What is done with warnings: they are accepted, with a reason, and that is taken back."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import Console, Verb, recorded, require
from inquiry.changes import change, enter, locked
from inquiry.models import Inquiry
from report.readiness.models import Acceptance
from report.readiness.reading import found_now
from report.readiness.table import BY_CODE, Weight

MENDED_MEANWHILE = "Some of this was mended or changed meanwhile. Nothing was accepted; look at what is warned of now."


@transaction.atomic
def accept_warnings(
    *, inquiry: Inquiry, code: str, findings: Mapping[str, str], reason: str, by: User | Console
) -> list[Acceptance]:
    """Accepts what a check warns of, for a reason. ``findings`` are the key and the sign of each, as the person saw it.

    What blocks can't be accepted. An acceptance ends by itself when what was accepted changes.
    """
    require(by, Verb.ACCEPT_WARNINGS, inquiry)
    check = BY_CODE.get(code)
    if check is None:
        raise Refused("There is no such check.")
    require(by, check.needs, inquiry)
    if check.weight == Weight.BLOCKS:
        raise Refused("This would make the report wrong, so it cannot be accepted. It has to be mended.")
    if not findings:
        raise Refused("Tick what is to be accepted.")
    if not reason.strip():
        raise Refused("Say why it may stay so.", about="reason")
    Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    now = found_now(by, inquiry, check, set(findings))
    if {key: each.sign for key, each in now.items()} != dict(findings):
        raise Refused(MENDED_MEANWHILE)
    older = Acceptance.objects.filter(inquiry=inquiry, check_code=code, key__in=list(findings)).standing()
    older.update(withdrawn_at=timezone.now(), withdrawn_by=recorded(by))
    return [
        enter(
            Acceptance,
            inquiry=inquiry,
            check_code=code,
            key=each.key,
            sign=each.sign,
            says=each.kept,
            reason=reason.strip(),
            accepted_by=recorded(by),
        )
        for each in now.values()
    ]


@transaction.atomic
def withdraw_acceptance(*, acceptance: Acceptance, by: User | Console) -> Acceptance:
    """Takes an acceptance back: it is warned of again, if it is still so."""
    require(by, Verb.ACCEPT_WARNINGS, acceptance.inquiry)
    acceptance = locked(acceptance)
    if acceptance.withdrawn_at:
        return acceptance
    return change(acceptance, withdrawn_at=timezone.now(), withdrawn_by=recorded(by))
