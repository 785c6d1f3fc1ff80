"""Where the report stands: every check, with what it found and nobody has accepted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import CharField, Count, Exists, Q, Value, Window
from django.db.models.functions import Cast

from accounts.roles import may
from inquiry.models import Inquiry
from report.readiness.findings import SHOWN, Asked, Finding, Rows
from report.readiness.models import Acceptance
from report.readiness.table import CHECKS, Check, Weight


@dataclass(frozen=True)
class Result:
    """What a check found: the first of it, how much there is, and how much of it is accepted."""

    check: Check
    lines: list[Finding]
    count: int
    accepted: int

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True)
class Readiness:
    """All checks that the person may see, what blocks before what is warned of."""

    results: list[Result]

    def of(self, weight: Weight) -> list[Result]:
        return [each for each in self.results if each.check.weight == weight and each.count]

    @property
    def blocks(self) -> list[Result]:
        return self.of(Weight.BLOCKS)

    @property
    def warnings(self) -> list[Result]:
        return self.of(Weight.WARNS)

    @property
    def clear(self) -> list[Check]:
        """The checks that found nothing, or nothing but what is accepted."""
        return [each.check for each in self.results if not each.count]

    @property
    def ready(self) -> bool:
        """Whether nothing blocks."""
        return not self.blocks


def readiness(user: Any, inquiry: Inquiry) -> Readiness:
    """What stands between now and a report that can be printed, as far as the person may see."""
    asked = Asked(user, inquiry)
    accepted = _accepted(inquiry)
    checks = [check for check in CHECKS if may(user, check.needs, inquiry)]
    return Readiness([_result(asked, check, accepted.get(check.code, {})) for check in checks])


def found_now(user: Any, inquiry: Inquiry, check: Check, keys: Collection[str]) -> dict[str, Finding]:
    """Of these things, those that the check still finds."""
    asked = Asked(user, inquiry)
    found = check.find(asked)
    if isinstance(found, Rows):
        rows = _keyed(found.rows).filter(key__in=list(keys))[: len(keys)]
        return {row.key: _finding(found, row) for row in rows}
    return {each.key: each for each in found if each.key in keys}


def _accepted(inquiry: Inquiry) -> dict[str, dict[str, Acceptance]]:
    """The acceptances that stand, whoever asks: what is accepted is warned of to nobody."""
    found: dict[str, dict[str, Acceptance]] = {}
    standing = Acceptance.objects.filter(inquiry=inquiry).standing().select_related("accepted_by")
    for each in standing:
        found.setdefault(each.check_code, {})[each.key] = each
    return found


def _result(asked: Asked, check: Check, accepted: dict[str, Acceptance]) -> Result:
    """The first findings that nobody has accepted, and how many there are; one that has changed since is told so."""
    found = check.find(asked)
    if isinstance(found, Rows):
        lines, count, held = _of_rows(asked, check, found)
    else:
        still = [each for each in found if each.key not in accepted or accepted[each.key].sign != each.sign]
        lines, count, held = still[:SHOWN], len(still), len(found) - len(still)
    return Result(check, [replace(each, before=accepted.get(each.key)) for each in lines], count, held)


def _of_rows(asked: Asked, check: Check, found: Rows) -> tuple[list[Finding], int, int]:
    """In one statement: the first rows, the number of all, and of those that are accepted."""
    rows = _keyed(found.rows)
    if check.weight == Weight.WARNS:
        rows = rows.annotate(held=Exists(Acceptance.objects.of(check.code)))
    else:
        rows = rows.annotate(held=Value(False))
    rows = rows.annotate(total=Window(Count("pk")), held_in_all=Window(Count("pk", filter=Q(held=True))))
    shown = list(rows.order_by("held", *rows.query.order_by)[:SHOWN])
    if not shown:
        return [], 0, 0
    held = shown[0].held_in_all
    return [_finding(found, row) for row in shown if not row.held], shown[0].total - held, held


def _keyed(rows: Any) -> Any:
    return rows.annotate(key=Cast("pk", CharField()))


def _finding(found: Rows, row: Any) -> Finding:
    says, url, kept = found.said(row)
    return Finding(row.key, row.sign, says, url, kept)
