"""Recommendations that a reader would not follow: what each lacks, and which are drafts."""

from __future__ import annotations

from collections.abc import Callable

from evidence.review.standing import LACKS, Standing
from report.readiness.findings import Asked, Finding


def lacking(lack: str) -> Callable[[Asked], list[Finding]]:
    """The check for one of the things that a recommendation may lack."""
    _, lacks = LACKS[lack]

    def find(asked: Asked) -> list[Finding]:
        found = (one for one in asked.recommendations if lacks(asked.standings.get(one.pk, Standing())))
        return [asked.of_recommendation(one) for one in found]

    return find


def drafts(asked: Asked) -> list[Finding]:
    """Their words are not agreed."""
    return [asked.of_recommendation(one) for one in asked.recommendations if not one.agreed]
