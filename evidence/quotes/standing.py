"""Whose words stand in a passage, how they are cited, and whether they could be quoted, before anybody does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from evidence.documents.models import Document, Passage, PassageKind
from evidence.quotes.citations import cite
from evidence.quotes.models import Quote, all_but
from evidence.submissions.at_hand import submissions_seen
from evidence.submissions.life import TAKEN, Treatment
from evidence.submissions.models import Submission, treated
from evidence.transcripts.models import Speaker
from inquiry.models import Inquiry, Panel, Rule


def quotable(user: Any, inquiry: int) -> QuerySet[Any]:
    """Passages of which a quote could be taken and printed: a witness's or a submitter's own words, with none redacted.

    Not confidential evidence, nor what was heard in private, whoever asks.
    """
    open_evidence = Submission.objects.filter(inquiry=inquiry, state__in=TAKEN)
    written = open_evidence.exclude(treated(Treatment.CONFIDENTIAL)).order_by()
    said = Speaker.objects.filter(
        part__transcript__document=OuterRef("document"),
        part__first_position__lte=OuterRef("position"),
        part__last_position__gte=OuterRef("position"),
        printed=OuterRef("speaker"),
        appearance__isnull=False,
    ).exclude(part__panel__in=Panel.objects.ruled(Rule.PRIVATE).values("pk"))
    return (
        Passage.objects.visible_to(user)
        .filter(inquiry=inquiry, document__transcript__replaced_at=None, open_text=F("received_text"))
        .exclude(kind=PassageKind.HEADING)
        .filter(Q(document__submission_file__submission__in=written.values("pk")) | Exists(said))
    )


def placed(seen: QuerySet[Any], *, user: Any, inquiry: Inquiry) -> list[Any]:
    """The passages in their places."""
    return in_place(with_document(seen), user=user, inquiry=inquiry)


def with_document(seen: QuerySet[Any]) -> QuerySet[Any]:
    """Passages with what they are of, as far as their place tells it; but for submissions, which are read apart."""
    rows = seen.select_related("document__submission_file", "document__transcript__session")
    return rows.defer(*all_but("document", Document, "id"), "document__transcript__session__members_present")


def in_place(passages: Iterable[Any], *, user: Any, inquiry: Inquiry) -> list[Any]:
    """The passages, each with ``who`` said or wrote it, ``place`` and ``reference`` of where, and how to ``cite`` it.

    Who a printed name is, is said by a citation alone, and looked up for all of them when the first one is asked for.
    """
    passages = _with_submissions(list(passages), user, inquiry)
    said = cache(partial(_speakers, passages))
    for passage in passages:
        of, passage.who = _source(passage)
        numbered = passage.question or passage.number
        passage.place = f"{of}, {passage}" if numbered else of
        passage.reference = f"{of} {passage}" if numbered else of
        passage.cite = partial(_cite, passage, inquiry, said)
    return passages


def _with_submissions(passages: list[Any], user: Any, inquiry: Inquiry) -> list[Any]:
    """The passages, each of written evidence with its submission; what the person may not see any more is left out."""
    files = {each.pk: each.document.submission_file for each in passages if hasattr(each.document, "submission_file")}
    written = submissions_seen(user, {file.submission_id for file in files.values()}, inquiry)
    for file in files.values():
        if file.submission_id in written:
            file.submission = written[file.submission_id]
    return [each for each in passages if each.pk not in files or files[each.pk].submission_id in written]


def _source(passage: Any) -> tuple[str, str]:
    """What the passage is of, and who said or wrote it."""
    document = passage.document
    if hasattr(document, "transcript"):
        return document.transcript.session.name, passage.speaker
    submission = document.submission_file.submission
    return submission.reference, submission.submitted_by


def _cite(passage: Any, inquiry: Inquiry, said: Callable[[], dict[int, Speaker]]) -> str:
    """As a quote of it would be."""
    document = passage.document
    quote = Quote(inquiry=inquiry, first_passage=passage, last_passage=passage)
    if hasattr(document, "transcript"):
        speaker = said().get(passage.pk)
        quote.panel = Panel(session=document.transcript.session)
        quote.appearance = speaker.appearance if speaker else None
    else:
        quote.submission = document.submission_file.submission
    return cite(quote)


def _speakers(passages: list[Any]) -> dict[int, Speaker]:
    """Who each turn's printed name is."""
    turns = [each for each in passages if hasattr(each.document, "transcript")]
    if not turns:
        return {}
    known = Speaker.objects.filter(
        part__transcript__document__in={each.document_id for each in turns}, printed__in={t.speaker for t in turns}
    ).select_related("part__transcript", "appearance__witness", "appearance__organisation")
    return {turn.pk: one for one in known for turn in turns if _is_said_by(turn, one)}


def _is_said_by(turn: Any, one: Speaker) -> bool:
    part = one.part
    here = part.transcript.document_id == turn.document_id and part.first_position <= turn.position
    return here and turn.position <= part.last_position and one.printed == turn.speaker
