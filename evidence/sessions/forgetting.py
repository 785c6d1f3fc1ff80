"""What putting a session under the Chatham House Rule forgets: people, what they said, and the history of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import pgtrigger
from django.db import models, transaction

from evidence.documents.models import Document, Passage, PassageKind, Redaction
from evidence.quotes.models import Quote
from evidence.submissions.models import Consent
from evidence.tags.models import Tag
from evidence.transcripts.models import Draft, Part, Speaker, Transcript
from evidence.witnesses.models import Appearance, Organisation, Witness
from inquiry.models import Panel, Session


def _panels_ever_of(session: Session) -> list[int]:
    """The session's panels, also those that were taken off it and stand in its history alone."""
    ever = _history_of(Panel).filter(session_id=session.pk).values_list("pgh_obj_id", flat=True)
    return [*session.panels.values_list("pk", flat=True), *ever]


def forget(session: Session, panel: Panel | None) -> None:
    """Deletes who was heard at the session, or on one panel, and what they said, and takes both out of the history."""
    panels = [panel.pk] if panel else _panels_ever_of(session)
    _forget_quotes(panels)
    _forget_transcripts(session, panels if panel else None)
    _forget_people(panels)


def _forget_quotes(panels: Sequence[int]) -> None:
    quotes = set(_history_of(Quote).filter(panel_id__in=panels).values_list("pgh_obj_id", flat=True))
    Quote.objects.filter(panel__in=panels).delete()
    erase_history(Quote, quotes)
    erase_history(Tag, quotes, on="quote")


def _forget_people(panels: Sequence[int]) -> None:
    heard = _history_of(Appearance).filter(panel_id__in=panels)
    appearances = set(heard.values_list("pgh_obj_id", flat=True))
    people = (
        (Witness, set(heard.values_list("witness_id", flat=True))),
        (Organisation, set(heard.exclude(organisation=None).values_list("organisation_id", flat=True))),
    )
    Appearance.objects.filter(panel__in=panels).delete()
    erase_history(Appearance, appearances)
    erase_history(Consent, appearances, on="appearance")
    for model, ids in people:
        elsewhere = model.objects.filter(pk__in=ids).exclude(appearances=None, submitted=None)
        unknown = ids - set(elsewhere.values_list("pk", flat=True))
        model.objects.filter(pk__in=unknown).delete()
        erase_history(model, unknown)
        if model is Witness:
            erase_history(Tag, unknown, on="witness")


def _forget_transcripts(session: Session, panels: Sequence[int] | None) -> None:
    """Deletes what was said on the panels, or at the whole session, with the files that hold it, drafts among them.

    The other panels' turns stay where they are; what nobody said goes too, for the header names who was there.
    """
    drafts = Draft.objects.filter(session=session)
    _delete_files(drafts)
    _delete(Draft, drafts.values_list("pk", flat=True))
    transcripts = Transcript.objects.filter(session=session)
    if panels is not None:
        transcripts = transcripts.filter(parts__panel__in=panels)
    parts = Part.objects.filter(transcript__in=transcripts)
    documents = Document.objects.filter(transcript__in=transcripts)
    _delete_files(documents)
    passages = Passage.objects.filter(document__in=documents)
    if panels is not None:
        parts = parts.filter(panel__in=panels)
        told = models.Q(pk__in=[])
        for part in parts.select_related("transcript"):
            told |= models.Q(
                document=part.transcript.document_id,
                position__gte=part.first_position,
                position__lte=part.last_position,
            )
        passages = passages.filter(told | ~models.Q(kind=PassageKind.TURN))
    _delete(Redaction, Redaction.objects.filter(passage__in=passages).values_list("pk", flat=True))
    _delete(Speaker, Speaker.objects.filter(part__in=parts).values_list("pk", flat=True))
    whole = [] if panels is not None else list(transcripts.values_list("pk", "document_id"))
    gone = list(passages.values_list("pk", flat=True))
    _delete(Part, parts.values_list("pk", flat=True))
    _delete(Passage, gone)
    _delete(Transcript, [pk for pk, _ in whole])
    _delete(Document, [pk for _, pk in whole])


def _delete(model: Any, ids: Iterable[int]) -> None:
    ids = list(ids)
    model._base_manager.filter(pk__in=ids).delete()
    erase_history(model, ids)


def _delete_files(rows: models.QuerySet[Any]) -> None:
    """Once it is certain: a file can't be brought back."""
    for row in rows:
        transaction.on_commit(partial(row.file.storage.delete, row.file.name))


def _history_of(model: type[models.Model]) -> Any:
    events: Any = model._meta.get_field("events").related_model
    return events._base_manager


def erase_history(model: type[models.Model], ids: Iterable[int], *, on: str = "pgh_obj") -> None:
    """Takes rows, or what stood on these rows, out of the history too. Only the Rule, and erasure, are a reason to."""
    events = _history_of(model)
    with pgtrigger.ignore(f"{events.model._meta.label}:append_only"):
        events.filter(**{f"{on}_id__in": ids}).delete()
