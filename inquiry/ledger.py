"""The ledger of recommendations: in which order they stand, which were withdrawn, and every wording there was."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused
from accounts.roles import Console, Verb, recorded, require
from inquiry.changes import change, enter, locked
from inquiry.models import Addressee, Recommendation, RecommendationVersion

MOVED_MEANWHILE = "Somebody else moved these recommendations meanwhile. Look at the list again."


def keep_version(*, recommendation: Recommendation, by: User | Console, why: str = "") -> RecommendationVersion:
    """Keeps the words and the status as they were saved just now; part of the action that saved them."""
    last = recommendation.versions.order_by("-number").first()
    return enter(
        RecommendationVersion,
        inquiry=recommendation.inquiry,
        recommendation=recommendation,
        number=last.number + 1 if last else 1,
        label=recommendation.label,
        title=recommendation.title,
        text=recommendation.text,
        status=recommendation.status,
        why=why,
        saved_by=recorded(by),
    )


@transaction.atomic
def place_recommendation(
    *,
    recommendation: Recommendation,
    by: User | Console,
    addressee: Addressee | None = None,
    after: Recommendation | None = None,
) -> Recommendation:
    """Puts a recommendation after another one, or first; with another addressee, if one is named.

    The numbers within both addressees follow. Nothing else of it changes: its links, its evidence, its versions.
    """
    require(by, Verb.WRITE_RECOMMENDATIONS, recommendation.inquiry)
    to = addressee or recommendation.addressee
    # The addressees are locked before their recommendations, by everyone.
    groups = _locked_groups({recommendation.addressee_id, to.pk})
    here = _standing(recommendation)
    if here.addressee_id not in groups:
        raise Refused(MOVED_MEANWHILE)
    was_with = here.addressee
    left = [each for each in groups[here.addressee_id] if each.pk != here.pk]
    into = left if to.pk == here.addressee_id else groups[to.pk]
    places = {each.pk: n for n, each in enumerate(into, start=1)}
    if after is not None and after.pk not in places:
        raise Refused(MOVED_MEANWHILE)
    into.insert(places[after.pk] if after else 0, here)
    _number(into, to)
    if left is not into:
        _number(left, was_with)
    return here


@transaction.atomic
def withdraw_recommendation(*, recommendation: Recommendation, by: User | Console) -> Recommendation:
    """Takes a recommendation out of every list, count and export; its evidence and its versions stay with it.

    Those after it move up. It can be brought back to where it was.
    """
    require(by, Verb.WRITE_RECOMMENDATIONS, recommendation.inquiry)
    groups = _locked_groups({recommendation.addressee_id})
    here = _standing(recommendation)
    if here.addressee_id not in groups:
        raise Refused(MOVED_MEANWHILE)
    others = [each for each in groups[here.addressee_id] if each.pk != here.pk]
    change(here, number=None, withdrawn_from=here.number, withdrawn_at=timezone.now(), withdrawn_by=recorded(by))
    _number(others, here.addressee)
    return here


@transaction.atomic
def restore_recommendation(*, recommendation: Recommendation, by: User | Console) -> Recommendation:
    """Brings a withdrawn recommendation back to its place, with its evidence; those after it move down."""
    require(by, Verb.WRITE_RECOMMENDATIONS, recommendation.inquiry)
    group = _locked_groups({recommendation.addressee_id})
    here = locked(recommendation, "inquiry", "addressee")
    if here.withdrawn_at is None:
        return here
    standing = group[here.addressee_id]
    place = min((here.withdrawn_from or 1) - 1, len(standing))
    change(here, number=place + 1, withdrawn_from=None, withdrawn_at=None, withdrawn_by=None)
    _number([*standing[:place], here, *standing[place:]], here.addressee)
    return here


def _standing(recommendation: Recommendation) -> Recommendation:
    here = locked(recommendation, "inquiry", "addressee")
    if here.withdrawn_at:
        raise Refused("This recommendation was withdrawn meanwhile. Bring it back first.")
    return here


def _locked_groups(addressees: set[int]) -> dict[int, list[Recommendation]]:
    """The standing recommendations of each of the addressees, in order, which nobody else renumbers until the end."""
    them = Addressee.objects.select_for_update().filter(pk__in=addressees).order_by("pk")
    groups: dict[int, list[Recommendation]] = {each.pk: [] for each in them}
    for each in Recommendation.objects.filter(addressee__in=groups, withdrawn_at=None).order_by("number"):
        groups[each.addressee_id].append(each)
    return groups


def _number(recommendations: Sequence[Recommendation], addressee: Addressee) -> None:
    """Numbers them from 1, under this addressee. The database looks whether a number stands twice at the end."""
    for number, each in enumerate(recommendations, start=1):
        if (each.number, each.addressee_id) != (number, addressee.pk):
            change(each, number=number, addressee=addressee)
