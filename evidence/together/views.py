"""The page on which many pieces of evidence are tagged at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from accounts.access import inquiry_view, way_back
from accounts.refusals import Refused
from accounts.roles import Verb
from evidence.quotes.citations import place, speaker
from evidence.quotes.models import Quote
from evidence.submissions.models import Submission
from evidence.tags.models import EVIDENCE, model_of
from evidence.together import actions
from evidence.together.forms import TogetherForm
from evidence.together.models import Together
from inquiry.lists import AT_ONCE
from inquiry.numbers import whole_number

NAMED = 50
# Of what is sent, no more is looked at; what is too many for one go is refused in a sentence.
LOOKED_AT = 4 * AT_ONCE
WORDS = 160


@require_POST
@inquiry_view(Verb.TAG)
def many(request: Any) -> HttpResponse:
    """Names what was ticked in a list, and tags all of it to what is chosen. Nothing is taken off."""
    back = way_back(request, reverse("review:quotes", args=[request.inquiry.code]))
    chosen = _chosen(request)
    pieces = [piece for some in chosen.values() for piece in some]
    if not pieces:
        messages.error(request, "Tick what you want to tag first.")
        return redirect(back)
    form = TogetherForm(request.POST if "tagging" in request.POST else None, inquiry=request.inquiry, user=request.user)
    if form.is_valid():
        try:
            outcome = actions.tag_together(inquiry=request.inquiry, evidence=pieces, by=request.user, **form.tags)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            _tell(request, outcome, len(pieces), back)
            return redirect(back)
    context = {
        "form": form,
        "back": back,
        "said": _said(len(pieces), chosen),
        "chosen": {kind: ",".join(str(piece.pk) for piece in some) for kind, some in chosen.items()},
        "named": [_named(piece) for piece in pieces[:NAMED]],
        "more": max(0, len(pieces) - NAMED),
    }
    return render(request, "together/many.html", context)


def _chosen(request: Any) -> dict[str, list[Any]]:
    """What was ticked, by kind, as far as the person may see it; a submission by its key, or by its number."""
    found: dict[str, list[Any]] = {}
    for kind in EVIDENCE:
        rows = model_of(kind)._default_manager.visible_to(request.user).filter(inquiry=request.inquiry)
        by = {"pk__in": _numbers(request, kind)}
        if kind == "submission" and (numbers := _numbers(request, "number")):
            by = {"number__in": numbers}
        if not next(iter(by.values())):
            continue
        if kind == "quote":
            rows = rows.standing().with_source()
        if kind == "submission":
            rows = rows.with_submitters()
        found[kind] = list(rows.filter(**by).order_by("pk"))
    return {kind: some for kind, some in found.items() if some}


def _numbers(request: Any, name: str) -> list[int]:
    # One box for each, or all of them in one field.
    asked = (whole_number(each) for each in ",".join(request.POST.getlist(name)).split(",")[:LOOKED_AT])
    return [number for number in asked if number is not None]


def _named(piece: Any) -> dict[str, str]:
    if isinstance(piece, Quote):
        return {"title": speaker(piece), "place": place(piece), "words": Truncator(piece.text).chars(WORDS)}
    if isinstance(piece, Submission):
        return {"title": piece.reference, "place": piece.submitted_by, "words": ""}
    return {"title": str(piece), "place": "", "words": ""}


def _said(count: int, chosen: dict[str, list[Any]]) -> str:
    """How many of what: "3 quotes"."""
    word = next(iter(chosen)) if len(chosen) == 1 else "piece"
    return f"{count:,} {word}{'' if count == 1 else 's'}" + ("" if len(chosen) == 1 else " of evidence")


def _tell(request: Any, outcome: actions.Outcome, count: int, back: str) -> None:
    """What was added, with the way to take it back; what was there before; what says something else."""
    on = f"{count:,} pieces of evidence" if count > 1 else "one piece of evidence"
    said = [f"{_tags(outcome.added)} added on {on}." if outcome.done else "Nothing was added."]
    if outcome.there:
        said.append(f"{_tags(outcome.there)} {'was' if outcome.there == 1 else 'were'} there before.")
    if outcome.otherwise:
        said.append(f"{_tags(outcome.otherwise)} of another stance stayed so.")
    if outcome.done is None:
        messages.info(request, " ".join(said))
        return
    undo = reverse("together:undo", args=[request.inquiry.code, outcome.done.pk], query={"next": back})
    messages.success(request, " ".join(said), extra_tags=f"undo:{undo}")


def _tags(count: int) -> str:
    return "1 tag" if count == 1 else f"{count:,} tags"


@require_POST
@inquiry_view(Verb.TAG)
def undo(request: Any, pk: int) -> HttpResponse:
    """Takes off what the person tagged at once."""
    together = get_object_or_404(Together.objects.visible_to(request.user), inquiry=request.inquiry, pk=pk)
    try:
        taken = actions.take_back(together=together, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{_tags(taken)} taken off again.")
    return redirect(way_back(request, reverse("review:quotes", args=[request.inquiry.code])))
