"""References that go straight there: ``lui 12``, ``LUI0012 para 3``, ``Q45``, ``para 3``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from evidence.documents.models import Passage
from evidence.submissions.models import Submission
from evidence.submissions.references import read_reference
from inquiry.models import Inquiry

MOST = 20
_QUESTION = re.compile(r"qq?\s*\.?\s*(\d{1,6})", re.IGNORECASE)
_PARAGRAPH = re.compile(
    r"(?P<before>.*?)[\s,]*(?:\bparagraph|\bpara|¶)\s*\.?\s*(?P<number>\d{1,6}(?:\.\d{1,4})*)", re.IGNORECASE
)


@dataclass(frozen=True)
class Jump:
    """Where a reference leads."""

    label: str
    url: str


def jumps(text: str, *, user: Any, inquiry: Inquiry, document: int | None = None) -> list[Jump]:
    """The places that the reference may mean, as far as the person may see them; none where it is no reference.

    ``document`` is what the person reads: a question or paragraph without more is one of it, if it has it.
    """
    text = text.strip()
    if question := _QUESTION.fullmatch(text):
        return _passages(Q(question=int(question[1]), document__transcript__replaced_at=None), user, inquiry, document)
    if paragraph := _PARAGRAPH.fullmatch(text):
        wanted = Q(number=paragraph["number"], document__transcript=None)
        if before := paragraph["before"]:
            number = _number(before, inquiry)
            if number is None:
                return []
            wanted &= Q(document__submission_file__submission__number=number)
        return _passages(wanted, user, inquiry, document)
    number = _number(text, inquiry)
    found = Submission.objects.visible_to(user).filter(inquiry=inquiry, number=number).first() if number else None
    if found is None:
        return []
    return [Jump(found.reference, reverse("submissions:detail", args=[inquiry.code, found.number]))]


def _number(text: str, inquiry: Inquiry) -> int | None:
    """The number of a reference that names the inquiry's code; a bare number may be anything."""
    read = read_reference(text)
    return read[1] if read and read[0] == inquiry.code.upper() else None


def _passages(wanted: Q, user: Any, inquiry: Inquiry, document: int | None) -> list[Jump]:
    seen = Passage.objects.visible_to(user).filter(wanted, inquiry=inquiry).order_by("document", "position")
    first = seen.distinct("document").select_related(
        "document__transcript__session", "document__submission_file__submission__inquiry"
    )
    here = list(first.filter(document=document)) if document else []
    return [_jump(each, inquiry) for each in here or first[:MOST]]


def _jump(passage: Any, inquiry: Inquiry) -> Jump:
    document = passage.document
    transcript = getattr(document, "transcript", None)
    of = transcript.session.name if transcript else document.submission_file.submission.reference
    where = reverse("reader:document", args=[inquiry.code, document.pk], query={"at": passage.pk})
    return Jump(f"{of}, {passage}", f"{where}#p-{passage.pk}")
