"""Double coding: rounds, a coder's own passages, and what comes out once neither codes any more."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import inquiry_view, sent_with
from accounts.refusals import Refused
from accounts.roles import Verb
from evidence.coding import actions
from evidence.coding.comparing import Comparison, Disagreement, choices, compare, is_over, named, own_progress
from evidence.coding.forms import CodeForm, GiveUpForm, RoundForm, SettleForm
from evidence.coding.models import Coder, Coding, Round, Unit
from evidence.documents.models import Passage
from evidence.quotes.standing import placed
from inquiry.lists import page_of
from inquiry.numbers import whole_number

LAST_PLACE = 2**15 - 1


@inquiry_view(Verb.TAG)
def rounds(request: Any) -> HttpResponse:
    """The rounds of the inquiry, the newest first."""
    at_work = Coder.objects.at_work().filter(round=OuterRef("pk"))
    seen = Round.objects.visible_to(request.user).filter(inquiry=request.inquiry).select_related("framework")
    page = page_of(seen.annotate(at_work=Exists(at_work)).prefetch_related("coders__person"), request)
    return render(request, "coding/rounds.html", {"page": page})


@inquiry_view(Verb.TAG)
def open_(request: Any) -> HttpResponse:
    """A round is opened for two people."""
    sent = sent_with(request)
    form = RoundForm(sent, inquiry=request.inquiry, user=request.user)
    if form.is_valid():
        try:
            round = actions.open_round(inquiry=request.inquiry, by=request.user, **form.details)
        except Refused as refused:
            form.add_error(refused.about or None, str(refused))
        else:
            messages.success(request, "The round is open. Each of the two finds their passages on this page.")
            return redirect("coding:detail", request.inquiry.code, round.pk)
    return render(request, "coding/open.html", {"form": form, "frameworks": form.frameworks})


@inquiry_view(Verb.TAG)
def detail(request: Any, pk: int) -> HttpResponse:
    """Where a round stands: while somebody is at work, one's own progress; then how far the two agree."""
    round = _round(request, pk)
    found = compare(round, request.user)
    mine = _own(found, request)
    context: dict[str, Any] = {"round": round, "coders": found.coders, "mine": mine}
    if mine:
        context["coded"], context["total"] = own_progress(round, request.user)
    else:
        context["total"] = _units(request, round).count()
    if found.over:
        context["found"] = found
    else:
        context["may_give_up"] = actions.may_give_up(round, request.user)
    return render(request, "coding/detail.html", context)


@inquiry_view(Verb.TAG)
def code(request: Any, pk: int) -> HttpResponse:
    """A coder's next passage, or the one that the address names; they see their own work alone."""
    round = _round(request, pk)
    coder = round.coders.filter(person=request.user.pk).first()
    if coder is None or coder.finished_at or round.given_up_at:
        return render(request, "coding/over.html", {"round": round, "coder": coder})
    unit = _unit(request, round, coder)
    if unit is None:
        return redirect("coding:detail", request.inquiry.code, round.pk)
    own = Coding.objects.visible_to(request.user).filter(unit=unit, coder=coder).first()
    initial = {"themes": [str(theme) for theme in own.codes.values_list("theme", flat=True)] if own else []}
    sent = sent_with(request)
    form = CodeForm(sent, round=round, user=request.user, initial=initial)
    if form.is_valid():
        try:
            actions.code_passage(unit=unit, themes=form.tags["themes"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("coding:code", request.inquiry.code, round.pk)
    coded, total = own_progress(round, request.user)
    context = {"round": round, "unit": unit, "passage": _placed(request, [unit])[unit.passage_id], "form": form}
    return render(request, "coding/code.html", context | {"own": own, "coded": coded, "total": total})


@require_POST
@inquiry_view(Verb.TAG)
def finish(request: Any, pk: int) -> HttpResponse:
    """A coder says that they have coded all of it."""
    round = _round(request, pk)
    try:
        actions.finish(round=round, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "You have finished. Once the other has too, you both see how far you agree.")
    return redirect("coding:detail", request.inquiry.code, round.pk)


@inquiry_view(Verb.TAG)
def settle(request: Any, pk: int) -> HttpResponse:
    """The disagreements of a round, one by one; below, those that are settled, by whom and when."""
    round = _round(request, pk)
    found = compare(round, request.user)
    called = {row.theme.pk: row.label for row in found.themes if row.theme}
    over: Any = [each for each in found.disagreements if each.settled]
    page = page_of(over, request, count=len(over))
    differ = _asked(request, found)
    shown = [*page, *([differ] if differ else [])]
    units = {each.pk: each for each in _units(request, round).filter(pk__in=[one.unit for one in shown])}
    form = None
    if differ:
        sent = sent_with(request)
        form = SettleForm(sent, differ=differ, coders=found.coders, called=called)
        if _is_settled(request, units[differ.unit], form):
            return redirect("coding:settle", request.inquiry.code, round.pk)
    passages = _placed(request, units.values())
    context = {
        "round": round,
        "found": found,
        "done": found.over,
        "differ": differ,
        "form": form,
        "passage": passages[units[differ.unit].passage_id] if differ else None,
        "page": page,
        "settled": [_told(each, passages[units[each.unit].passage_id], called) for each in page],
    }
    return render(request, "coding/settle.html", context)


@inquiry_view(Verb.TAG)
def coded(request: Any, pk: int) -> HttpResponse:
    """What each of the two chose, passage by passage, once neither codes any more."""
    round = _round(request, pk)
    coders = list(round.coders.select_related("person"))
    chosen = choices(round, request.user) if is_over(round, coders) else {}
    page = page_of(_units(request, round).filter(pk__in=chosen), request, count=len(chosen))
    passages = _placed(request, page)
    called = {theme.pk: f"{theme.number} {theme.title}" for theme in round.themes()}
    told = [
        {
            "passage": passages[unit.passage_id],
            # No theme is an answer too, and another than not having said anything.
            "chosen": [
                (coder, named(chosen[unit.pk][coder.pk], called) if coder.pk in chosen[unit.pk] else None)
                for coder in coders
            ],
        }
        for unit in page
    ]
    return render(request, "coding/coded.html", {"round": round, "page": page, "told": told, "coders": coders})


@inquiry_view(Verb.TAG)
def give_up(request: Any, pk: int) -> HttpResponse:
    """Whoever opened a round gives it up, and says why, where they like."""
    round = _round(request, pk)
    form = GiveUpForm(sent_with(request))

    if form.is_valid():
        try:
            actions.give_up(round=round, by=request.user, **form.cleaned_data)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The round was given up. What was coded stays, to be read.")
        return redirect("coding:detail", request.inquiry.code, round.pk)
    context = {"round": round, "form": form, "over": is_over(round, round.coders.all())}
    if not actions.may_give_up(round, request.user):
        context["whose"] = actions.whose_it_is(round)
    return render(request, "coding/give_up.html", context)


def _is_settled(request: Any, unit: Unit, form: SettleForm) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.settle(unit=unit, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, "It is settled. Quote the passage to tag it so.")
    return True


def _told(each: Disagreement, passage: Any, called: dict[int, str]) -> dict[str, Any]:
    """A disagreement that was settled, with the themes that a quote of the passage would be tagged to."""
    agreed = each.themes(each.settled.outcome) if each.settled else frozenset()
    themes = [pk for pk in called if pk in agreed]
    return {"settled": each.settled, "passage": passage, "themes": themes, "named": named(agreed, called)}


def _asked(request: Any, found: Comparison) -> Disagreement | None:
    """The disagreement that the address names, or the first that waits."""
    pk = whole_number(request.GET.get("unit", ""))
    named = next((each for each in found.disagreements if each.unit == pk), None)
    return named or next(iter(found.waiting), None)


def _round(request: Any, pk: int) -> Round:
    seen = Round.objects.visible_to(request.user).select_related("framework", "inquiry", "opened_by", "given_up_by")
    found: Round = get_object_or_404(seen, inquiry=request.inquiry, pk=pk)
    return found


def _own(found: Comparison, request: Any) -> Coder | None:
    return next((each for each in found.coders if each.person_id == request.user.pk), None)


def _unit(request: Any, round: Round, coder: Coder) -> Unit | None:
    """The passage at the place that the address names, or the first that the coder has not coded."""
    units = _units(request, round)
    at = whole_number(request.GET.get("at", ""))
    if at is not None and (found := units.filter(position=min(at, LAST_PLACE)).first()):
        return found
    return units.exclude(codings__coder=coder).first()


def _units(request: Any, round: Round) -> Any:
    seen = Unit.objects.visible_to(request.user).filter(round=round)
    return seen.select_related("inquiry", "round__inquiry", "round__framework").order_by("position")


def _placed(request: Any, units: Any) -> dict[int, Any]:
    seen = Passage.objects.visible_to(request.user).filter(pk__in=[each.passage_id for each in units])
    return {each.pk: each for each in placed(seen, user=request.user, inquiry=request.inquiry)}
