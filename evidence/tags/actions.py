"""What is done with tags: evidence is tagged to themes and recommendations, and untagged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.refusals import refusals_of_the_database
from accounts.roles import Console, Verb, recorded, require
from evidence.quotes.models import Quote
from evidence.submissions.models import Submission
from evidence.tags.models import Tag, kind_of, tags_on
from evidence.witnesses.models import Witness
from inquiry.changes import change
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
    if tag.stance != stance or (note and tag.note != note):
        change(tag, stance=stance, note=note or tag.note, tagged_by=recorded(by))
    return tag


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
