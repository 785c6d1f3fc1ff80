"""Questions number on across the sessions of an inquiry; what breaks that is told to the clerk."""

from __future__ import annotations

from django.db.models import Max, Min

from evidence.transcripts.models import Transcript
from evidence.transcripts.reading import Transcript as Reading
from inquiry.models import Session


def breaks(session: Session, reading: Reading) -> list[str]:
    """Where the transcript's questions do not go on from the session before, or run into the session after."""
    if session.number is None or reading.first_question is None or reading.last_question is None:
        return []
    told = []
    others = (
        Transcript.objects.current()
        .filter(inquiry=session.inquiry, document__passages__question__isnull=False)
        .annotate(first=Min("document__passages__question"), last=Max("document__passages__question"))
    )
    before = others.filter(session__number__lt=session.number).order_by("-session__number").first()
    after = others.filter(session__number__gt=session.number).order_by("session__number").first()
    if before and reading.first_question != before.last + 1:
        told.append(
            f"{before.session.name} ended with Q{before.last}, and this begins with Q{reading.first_question}: "
            + _what(before.last, reading.first_question)
        )
    if after and reading.last_question != after.first - 1:
        told.append(
            f"This ends with Q{reading.last_question}, and {after.session.name.lower()} begins with Q{after.first}: "
            + _what(reading.last_question, after.first)
        )
    return told


def _what(last: int, first: int) -> str:
    if first <= last:
        return "these numbers overlap."
    missing = f"Q{last + 1}" if first == last + 2 else f"Q{last + 1} to Q{first - 1}"
    return f"{missing} would be missing."
