"""What is done with a session's transcript as a whole: it is taken in, and its quotes follow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import Console, Verb, require
from evidence.quotes.following import follow
from evidence.transcripts.actions import Settled, take_in
from evidence.transcripts.models import Draft, Transcript
from evidence.transcripts.reading import Transcript as Reading
from evidence.transcripts.reading.as_json import from_json
from inquiry.models import Session
from inquiry.models.jobs import JobState


@dataclass(frozen=True)
class TakenIn:
    """A version of a transcript, and what became of the quotes of the version before."""

    transcript: Transcript
    moved: int = 0
    waiting: int = 0


@transaction.atomic
def bring_in(
    *,
    session: Session,
    name: str,
    data: bytes,
    reading: Reading,
    corrected: bool,
    by: User | Console,
    settled: Sequence[Settled] = (),
) -> TakenIn:
    """Takes a transcript in; the quotes of the version that it replaces follow it, or wait for a clerk."""
    old = session.transcripts.current().first()
    new = take_in(session=session, name=name, data=data, reading=reading, corrected=corrected, settled=settled, by=by)
    if old is None:
        return TakenIn(new)
    moved, waiting = follow(old=old, new=new, by=by)
    return TakenIn(new, moved, waiting)


@transaction.atomic
def confirm(*, draft: Draft, settled: Sequence[Settled], by: User | Console) -> TakenIn:
    """Takes in a draft that a clerk has looked over."""
    require(by, Verb.LOG_EVIDENCE, draft.inquiry)
    draft = Draft.objects.select_for_update(of=("self",)).select_related("session__inquiry").get(pk=draft.pk)
    if draft.state != JobState.DONE:
        raise Refused("This transcript has not been read yet.")
    with draft.file.open("rb") as file:
        data = file.read()
    return bring_in(
        session=draft.session,
        name=draft.name,
        data=data,
        reading=from_json(draft.reading),
        corrected=draft.corrected,
        settled=settled,
        by=by,
    )
