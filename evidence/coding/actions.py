"""What is done in double coding: a round is opened, coded and finished, or given up, and disagreements are settled."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db import transaction
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import MD5, Cast, Concat
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused, refusals_of_the_database
from accounts.roles import Console, Verb, may, recorded, require
from evidence.coding.comparing import compare
from evidence.coding.models import Code, Coder, Coding, Round, Settlement, Unit
from evidence.documents.models import Passage
from evidence.quotes.standing import quotable
from evidence.submissions.models import Submission
from inquiry.changes import change, enter, locked
from inquiry.models import Framework, Inquiry, Session, Theme

MOST = 200
SEEDS = 2**31


@transaction.atomic
def open_round(
    *,
    inquiry: Inquiry,
    title: str,
    framework: Framework,
    coders: tuple[User, User],
    by: User | Console,
    source: Submission | Session | None = None,
    count: int | None = None,
    seed: int | None = None,
) -> Round:
    """Opens a round for two people: all passages of a source, or so many drawn at random, with a seed that is kept.

    Only passages that could be quoted, and that both of the two and whoever opens it may see.

    :raises Refused: where the two are one, may not tag, or there is nothing, or too much, to code.
    """
    require(by, Verb.TAG, inquiry)
    first, second = coders
    if first.pk == second.pk:
        raise Refused("Name two different people: one alone cannot agree with themselves.", "second")
    for name, person in (("first", first), ("second", second)):
        if not may(person, Verb.TAG, inquiry):
            raise Refused(f"{person} may not tag evidence in this inquiry. Name somebody who may.", name)
    if count is None and source is None:
        raise Refused("Say how many passages are drawn.", "count")
    seen = _passages(inquiry, by, coders, source)
    if count is not None:
        seed = secrets.randbelow(SEEDS) if seed is None else seed
    chosen = _chosen(seen, count, seed)
    made = enter(
        Round,
        inquiry=inquiry,
        title=title,
        framework=framework,
        drawn_from=str(source.name if isinstance(source, Session) else source or "all of the evidence"),
        seed=seed if count is not None else None,
        opened_by=recorded(by),
    )
    with refusals_of_the_database():
        Coder.objects.bulk_create([Coder(inquiry=inquiry, round=made, person=person) for person in coders])
        Unit.objects.bulk_create(
            [Unit(inquiry=inquiry, round=made, passage_id=pk, position=n) for n, pk in enumerate(chosen, 1)]
        )
    return made


def _passages(
    inquiry: Inquiry, by: User | Console, coders: Iterable[User], source: Submission | Session | None
) -> QuerySet[Passage]:
    seen = quotable(by, inquiry.pk)
    for person in coders:
        seen = seen.filter(pk__in=Passage.objects.visible_to(person).filter(inquiry=inquiry).order_by().values("pk"))
    if isinstance(source, Submission):
        return seen.filter(document__submission_file__submission=source)
    if isinstance(source, Session):
        return seen.filter(document__transcript__session=source)
    return seen


def _chosen(seen: QuerySet[Passage], count: int | None, seed: int | None) -> list[int]:
    """The keys of the passages, as they stand; where some are drawn, those that the seed puts first."""
    if count is None:
        chosen = list(seen.order_by("document", "position").values_list("pk", flat=True)[: MOST + 1])
        if len(chosen) > MOST:
            raise Refused(f"It has more than {MOST} passages. Say how many are drawn of them.", "count")
    else:
        shuffled = MD5(Concat(Value(f"{seed}:"), Cast("pk", CharField())))
        drawn = list(seen.order_by(shuffled, "pk").values_list("pk", flat=True)[: min(count, MOST)])
        chosen = list(
            Passage.objects.filter(pk__in=drawn).order_by("document", "position").values_list("pk", flat=True)
        )
    if not chosen:
        raise Refused("There is no passage that both may see and that could be quoted.")
    return chosen


@transaction.atomic
def code_passage(*, unit: Unit, themes: Iterable[Theme], by: User) -> Coding:
    """Says on which themes a passage bears, be it on none. Until they have finished, a coder can say it anew.

    :raises Refused: where the person is no coder of the round, or has finished it.
    """
    require(by, Verb.TAG, unit.inquiry)
    coder = _coder(unit.round, by)
    wanted = {theme.pk for theme in themes}
    if wanted - set(unit.round.themes().values_list("pk", flat=True)):
        raise Refused("That theme is not one of this round.")
    with refusals_of_the_database():
        coding, _ = Coding.objects.get_or_create(unit=unit, coder=coder, defaults={"inquiry": unit.inquiry})
        coding.codes.exclude(theme__in=wanted).delete()
        there = set(coding.codes.values_list("theme", flat=True))
        Code.objects.bulk_create(
            [Code(inquiry=unit.inquiry, coding=coding, theme_id=pk) for pk in sorted(wanted - there)]
        )
    return coding


@transaction.atomic
def finish(*, round: Round, by: User) -> None:
    """Says that all of it is coded. From then on the coder changes nothing; once both have, each sees the other's.

    :raises Refused: where a passage is not coded yet.
    """
    require(by, Verb.TAG, round.inquiry)
    coder = _coder(round, by)
    left = Unit.objects.visible_to(by).filter(round=round).exclude(codings__coder=coder).count()
    if left:
        raise Refused(f"{left} passage{' is' if left == 1 else 's are'} not coded yet.")
    change(coder, finished_at=timezone.now())


def may_give_up(round: Round, user: User | Console) -> bool:
    """Whoever opened a round, and administrators."""
    opened = round.opened_by_id is not None and round.opened_by_id == user.pk
    return opened or may(user, Verb.MANAGE_PEOPLE, round.inquiry)


def whose_it_is(round: Round) -> str:
    opener = f"{round.opened_by}, who opened it, or an" if round.opened_by else "An"
    return f"{opener} administrator of the inquiry can give this round up."


@transaction.atomic
def give_up(*, round: Round, by: User | Console, why: str = "") -> Round:
    """Gives up a round that is not finished, for good: what was coded stays, is changed no more, and can be read.

    :raises Refused: where somebody else opened it, or both have finished, or it was given up before.
    """
    require(by, Verb.TAG, round.inquiry)
    round = locked(round, "inquiry", "opened_by")
    if not may_give_up(round, by):
        raise Refused(whose_it_is(round))
    if round.given_up_at:
        raise Refused("This round was given up before.")
    return change(round, given_up_at=timezone.now(), given_up_by=recorded(by), given_up_why=why)


def _coder(round: Round, by: User) -> Coder:
    found = round.coders.filter(person=by.pk).first()
    if found is None:
        raise Refused("Only the two people who were named for it code this round.")
    coder = locked(found, "round")
    if coder.round.given_up_at:
        raise Refused("This round was given up: nothing in it is coded any more.")
    if coder.finished_at:
        raise Refused("You have finished this round, and change nothing in it any more.")
    return coder


@transaction.atomic
def settle(*, unit: Unit, outcome: str, by: User | Console, reason: str = "") -> Settlement:
    """Writes down what was agreed on about a passage that the two had read otherwise. It can be settled anew.

    :raises Refused: before both have finished, or where they do not disagree.
    """
    require(by, Verb.TAG, unit.inquiry)
    details = {"outcome": outcome, "reason": reason, "settled_by": recorded(by)}
    there = Settlement.objects.filter(unit=unit).first()
    if there:
        return change(there, **details)
    if unit.round.given_up_at:
        raise Refused("This round was given up: nothing in it is settled.")
    if unit.round.coders.at_work().exists():
        raise Refused("Nothing is settled before both coders have finished.")
    if unit.pk not in {each.unit for each in compare(unit.round, by).disagreements}:
        raise Refused("Both coders said the same of this passage: there is nothing to settle.")
    return enter(Settlement, inquiry=unit.inquiry, unit=unit, **details)
