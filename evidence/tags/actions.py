"""What is done with tags: evidence is tagged to themes and recommendations, and untagged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusals import refusals_of_the_database
from accounts.roles import Console, Verb, recorded, require
from evidence.quotes.models import Quote
from evidence.submissions.models import Submission
from evidence.tags.models import Stance, Tag, kind_of, tags_on
from evidence.witnesses.models import Witness
from inquiry.changes import change, locked, refuse_if_changed, sign, sign_of
from inquiry.models import Insight, Recommendation, Session, Theme

Evidence = Quote | Submission | Session | Witness | Insight


@dataclass(frozen=True)
class Seen:
    """What evidence was tagged to when the person looked: themes, and recommendations with their stance, by id."""

    themes: frozenset[int]
    stances: Mapping[int, str]


@transaction.atomic
def tag_theme(*, evidence: Evidence, theme: Theme, by: User | Console) -> Tag:
    """Tags evidence to a theme. A second time changes nothing."""
    require(by, Verb.TAG, evidence.inquiry)
    return _tag(evidence, {"theme": theme}, {}, by)


@transaction.atomic
def tag_recommendation(
    *, evidence: Evidence, recommendation: Recommendation, stance: str, by: User | Console, note: str = ""
) -> Tag:
    """Tags evidence to a recommendation that it supports, challenges or qualifies; a second time changes how."""
    require(by, Verb.TAG, evidence.inquiry)
    tag = _tag(evidence, {"recommendation": recommendation}, {"stance": stance, "note": note}, by)
    if tag.stance != stance:
        # What was said against another stance does not answer this one.
        change(tag, stance=stance, note=note or tag.note, tagged_by=recorded(by), answered_at=None)
    elif note and tag.note != note:
        change(tag, note=note, tagged_by=recorded(by))
    return tag


@transaction.atomic
def change_link(*, tag: Tag, stance: str, note: str, by: User | Console, seen: str | None = None) -> Tag:
    """Says otherwise how evidence bears on its recommendation, and what is to be noted of that.

    ``seen`` is the ``sign_of`` what the person had before them.
    """
    require(by, Verb.TAG, tag.inquiry)
    tag = locked(tag, "inquiry")
    refuse_if_changed(tag, seen, sign_of(tag))
    answered = tag.answered_at if stance == tag.stance else None
    return change(tag, stance=stance, note=note, answered_at=answered, tagged_by=recorded(by))


@transaction.atomic
def cut_link(*, tag: Tag, by: User | Console) -> None:
    """Takes evidence off its recommendation; the evidence itself stays."""
    require(by, Verb.TAG, tag.inquiry)
    tag.delete()


@transaction.atomic
def answer_contrary_evidence(
    *,
    recommendation: Recommendation,
    text: str,
    by: User | Console,
    up_to: int | None = None,
    seen: str | None = None,
) -> Recommendation:
    """Writes what the inquiry says to the evidence that challenges a recommendation, or takes it back with no text.

    Answered is what the person can see and what stood there when they looked: links up to the id ``up_to``. Evidence
    that comes later is not answered by it. ``seen`` is the answer that the person had before them.
    """
    require(by, Verb.WRITE_RECOMMENDATIONS, recommendation.inquiry)
    recommendation = locked(recommendation, "inquiry")
    refuse_if_changed(recommendation, seen, sign(recommendation.answer))
    contrary = Tag.objects.filter(recommendation=recommendation, stance=Stance.CHALLENGES)
    if text.strip():
        now = timezone.now()
        change(recommendation, answer=text, answered_at=now, answered_by=recorded(by))
        met = contrary if up_to is None else contrary.filter(pk__lte=up_to)
        met.filter(pk__in=Tag.objects.visible_to(by).order_by().values("pk")).update(answered_at=now)
    else:
        change(recommendation, answer="", answered_at=None, answered_by=None)
        contrary.update(answered_at=None)
    return recommendation


@transaction.atomic
def set_tags(
    *,
    evidence: Evidence,
    themes: Iterable[Theme],
    stances: Mapping[Recommendation, str],
    by: User | Console,
    seen: Seen | None = None,
) -> None:
    """Makes these the tags of the evidence: adds what is missing, takes off what is not named, leaves the rest.

    With what the person has ``seen``, only what they changed of it is changed: what somebody else tagged, or took off,
    while they were choosing stays so.
    """
    set_themes(evidence=evidence, themes=themes, by=by, seen=seen.themes if seen else None)
    unnamed = tags_on(evidence).filter(recommendation__isnull=False).exclude(recommendation__in=list(stances))
    (unnamed.filter(recommendation__in=list(seen.stances)) if seen else unnamed).delete()
    for recommendation, stance in stances.items():
        if not seen or seen.stances.get(recommendation.pk) != stance:
            tag_recommendation(evidence=evidence, recommendation=recommendation, stance=stance, by=by)


@transaction.atomic
def set_themes(
    *, evidence: Evidence, themes: Iterable[Theme], by: User | Console, seen: Collection[int] | None = None
) -> None:
    """Makes these the themes of the evidence. A tag to a theme that has been retired since stays.

    ``seen`` are the ids of the themes that the person saw it tagged to; they are changed alone.
    """
    require(by, Verb.TAG, evidence.inquiry)
    themes = list(themes)
    unnamed = tags_on(evidence).filter(theme__retired_on=None, theme__isnull=False).exclude(theme__in=themes)
    (unnamed if seen is None else unnamed.filter(theme__in=list(seen))).delete()
    for theme in themes:
        if seen is None or theme.pk not in seen:
            tag_theme(evidence=evidence, theme=theme, by=by)


def _tag(evidence: Evidence, to: dict[str, Any], details: dict[str, Any], by: User | Console) -> Tag:
    with refusals_of_the_database():
        tag, _ = Tag.objects.get_or_create(
            **{kind_of(evidence): evidence},
            **to,
            defaults={"inquiry": evidence.inquiry, "tagged_by": recorded(by), **details},
        )
    return tag
