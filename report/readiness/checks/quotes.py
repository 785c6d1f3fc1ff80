"""Quotes that cannot be printed as they are."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.db.models.functions import MD5

from evidence.quotes.citations import place
from evidence.quotes.models import Quote, Verdict
from report.readiness.findings import Asked, Rows

LONGEST = 90


def mismatched(asked: Asked) -> Rows:
    """Their words differ from their source."""
    return _quotes(asked, _standing(asked).filter(verdict=Verdict.MISMATCH).exclude(pk__in=_behind(asked)))


def waiting(asked: Asked) -> Rows:
    """Their transcript was replaced, and nobody has settled them."""
    behind = _standing(asked).left_behind()

    def url(quote: Any) -> str:
        return asked.url("hearing:left_behind", quote.panel.session_id)

    return _quotes(asked, behind, url)


def unchecked(asked: Asked) -> Rows:
    """Nobody has checked them against a recording or a published source."""
    return _quotes(asked, _standing(asked).filter(verdict=Verdict.UNCHECKED))


def _standing(asked: Asked) -> Any:
    return asked.seen(Quote).standing()


def _behind(asked: Asked) -> Any:
    return Quote.objects.filter(inquiry=asked.inquiry).left_behind().order_by().values("pk")


def _quotes(asked: Asked, quotes: Any, url: Any = None) -> Rows:
    def said(quote: Quote) -> tuple[str, str, str]:
        words = quote.text if len(quote.text) < LONGEST else f"{quote.text[: LONGEST - 1]}…"
        page = url(quote) if url else asked.url("review:quote", quote.pk)
        return f"“{words}” ({place(quote)})", page, f"A quote from {place(quote)}"

    return Rows(quotes.annotate(sign=MD5(F("text"))).with_source().order_by("pk"), said)
