"""What becomes of invented submissions: each goes through its states in their order, many of them at once."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from evidence.documents.models import Passage, Redaction
from evidence.submissions.life import NEEDS_A_REASON, Request, State, Treatment
from evidence.submissions.models import Consent, PublicationDecision, StateChange, Submission

T = TypeVar("T")

REASON = "A fictional reason."
MEETING = "Fictional private meeting"
PATHS = (
    (5, (State.RECEIVED,)),
    (2, (State.RECEIVED, State.RETURNED)),
    (13, (State.RECEIVED, State.ACCEPTED)),
    (10, (State.RECEIVED, State.ACCEPTED, State.DECIDED)),
    (66, (State.RECEIVED, State.ACCEPTED, State.DECIDED, State.PUBLISHED)),
    (4, (State.RECEIVED, State.ACCEPTED, State.DECIDED, State.WITHDRAWN)),
)
ASKED = ((80, Request.FULL), (12, Request.ANONYMISED), (8, Request.CONFIDENTIAL))
# What is decided, by what was asked for: never more open than that.
DECIDED = {
    Request.FULL: ((84, Treatment.FULL), (10, Treatment.REDACTED), (6, Treatment.ANONYMISED)),
    Request.ANONYMISED: ((90, Treatment.ANONYMISED), (10, Treatment.CONFIDENTIAL)),
    Request.CONFIDENTIAL: ((100, Treatment.CONFIDENTIAL),),
}


@dataclass
class Life:
    """A submission, and the way that it goes."""

    asked: Request
    path: tuple[State, ...]
    treatment: Treatment
    cleared: bool
    received_on: dt.date
    submission: Submission = field(init=False)


def a_life(rng: random.Random, received_on: dt.date) -> Life:
    """One of the ways that a submission that came on this day can go."""
    asked = _one_of(rng, ASKED)
    path = _one_of(rng, PATHS)
    treatment = _one_of(rng, DECIDED[asked])
    cleared = rng.random() < 0.8
    closed = treatment == Treatment.CONFIDENTIAL or (treatment == Treatment.ANONYMISED and not cleared)
    if closed and path[-1] == State.PUBLISHED:
        path = path[:-1]
    return Life(asked, path, treatment, cleared, received_on)


def _one_of(rng: random.Random, weighted: Sequence[tuple[int, T]]) -> T:
    (chosen,) = rng.choices([each for _, each in weighted], weights=[weight for weight, _ in weighted])
    return chosen


def live(rng: random.Random, lives: Sequence[Life]) -> None:
    """Takes the submissions through their states."""
    StateChange.objects.bulk_create(_step(life, State.RECEIVED) for life in lives)
    for state in (State.RETURNED, State.ACCEPTED, State.DECIDED, State.PUBLISHED, State.WITHDRAWN):
        here = [life for life in lives if state in life.path]
        StateChange.objects.bulk_create(_step(life, state) for life in here)
        if state == State.DECIDED:
            _decide(rng, here)
        else:
            more = {"published_on": timezone.localdate()} if state == State.PUBLISHED else {}
            _of(here).update(state=state, **more)
    _clear_of_names([life for life in lives if life.treatment == Treatment.ANONYMISED and life.cleared])
    _consent(rng, lives)


def _of(lives: Iterable[Life]) -> QuerySet[Submission]:
    return Submission.objects.filter(pk__in=[life.submission.pk for life in lives])


def _step(life: Life, state: State) -> StateChange:
    reason = REASON if state in NEEDS_A_REASON else ""
    return StateChange(inquiry_id=life.submission.inquiry_id, submission=life.submission, state=state, reason=reason)


def _decide(rng: random.Random, lives: Sequence[Life]) -> None:
    _redact(rng, [life for life in lives if life.treatment == Treatment.REDACTED])
    by_treatment: dict[Treatment, list[Life]] = defaultdict(list)
    for life in lives:
        by_treatment[life.treatment].append(life)
    for treatment, alike in by_treatment.items():
        PublicationDecision.objects.bulk_create(
            PublicationDecision(
                inquiry_id=life.submission.inquiry_id,
                submission=life.submission,
                treatment=treatment,
                decided_on=life.received_on + dt.timedelta(days=30),
                meeting=MEETING,
            )
            for life in alike
        )
        _of(alike).update(state=State.DECIDED, decision=treatment)


def _redact(rng: random.Random, lives: Sequence[Life]) -> None:
    """Blacks out a few words of one paragraph of each."""
    passages = Passage.objects.filter(
        document__submission_file__submission__in=[life.submission for life in lives], position=1
    )
    Redaction.objects.bulk_create(
        Redaction(inquiry_id=inquiry, passage_id=pk, start=0, end=min(len(words), rng.randint(5, 30)), reason=REASON)
        for pk, inquiry, words in passages.order_by("pk").values_list("pk", "inquiry", "received_text")
    )


def _clear_of_names(lives: Sequence[Life]) -> None:
    """Nobody's name stands in these texts."""
    here = [life for life in lives if State.DECIDED in life.path]
    _of(here).update(cleared_at=timezone.now())


def _consent(rng: random.Random, lives: Sequence[Life]) -> None:
    """What was agreed to with the evidence; few took it back."""
    given: list[Consent] = []
    for life in lives:
        if life.asked == Request.CONFIDENTIAL:
            continue
        wished = [Consent.To.PUBLISH, Consent.To.BE_QUOTED]
        wished += [Consent.To.BE_NAMED] if life.asked == Request.FULL else []
        day = life.received_on
        back = day + dt.timedelta(days=40) if rng.random() < 0.02 else None
        for to in wished:
            given.append(
                Consent(
                    inquiry_id=life.submission.inquiry_id,
                    submission=life.submission,
                    to=to,
                    wording="I agree. (fictional)",
                    given_on=day,
                    withdrawn_on=back,
                )
            )
    Consent.objects.bulk_create(given)
    taken_back = [consent.submission for consent in given if consent.withdrawn_on]
    Submission.objects.filter(pk__in=[each.pk for each in taken_back if each]).update(consent_withdrawn=True)
