"""Frameworks in use: their themes are added, merged, split and retired, and each page says first what it changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import inquiry_view, sent_with
from accounts.refusals import Refused
from accounts.roles import Verb
from evidence.frameworks import actions
from evidence.frameworks.effects import NOTHING, already_there, tagged_to, waiting_on
from evidence.frameworks.forms import AddThemeForm, CrosswalkForm, SettleForm, SuccessorForm
from evidence.tags.models import EVIDENCE, Tag
from inquiry.lists import page_of
from inquiry.models import Framework, Theme
from inquiry.numbers import whole_number

SETTLED_AT_ONCE = 20


@inquiry_view(Verb.READ)
def framework(request: Any, pk: int) -> HttpResponse:
    """A framework's themes: what belongs to each, what is tagged to it, and what took the place of what."""
    found = get_object_or_404(_frameworks(request), pk=pk)
    themes = list(_themes(request).filter(framework=found).prefetch_related("successors__framework"))
    counts = tagged_to(request.user, themes)
    for theme in themes:
        theme.tagged = counts.get(theme.pk, NOTHING)
        theme.groups = theme.depth < len(found.levels) - 1
        theme.waits = theme.tagged.waiting if len(theme.successors.all()) > 1 else 0
    others = list(_frameworks(request).exclude(pk=pk))
    return render(request, "frameworks/detail.html", {"framework": found, "themes": themes, "others": others})


@inquiry_view(Verb.EDIT_INQUIRY)
def theme_add(request: Any, pk: int) -> HttpResponse:
    """A theme is added to a framework in use."""
    found = get_object_or_404(_frameworks(request).select_related("inquiry"), pk=pk)
    form = AddThemeForm(sent_with(request), framework=found, initial={"parent": request.GET.get("under")})
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_theme(framework=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.about or None, str(refused))
        else:
            messages.success(request, f"“{added}” is added. Evidence can be tagged to it.")
            return redirect("frameworks:detail", request.inquiry.code, pk)
    return render(request, "frameworks/theme_add.html", {"framework": found, "form": form})


@inquiry_view(Verb.EDIT_INQUIRY)
def merge(request: Any, pk: int) -> HttpResponse:
    """A theme is merged into another of its framework, once it was shown what becomes of its evidence."""
    return _succession(request, pk, several=False)


@inquiry_view(Verb.EDIT_INQUIRY)
def split(request: Any, pk: int) -> HttpResponse:
    """A theme is split into others of its framework; its evidence is settled among them afterwards."""
    return _succession(request, pk, several=True)


def _succession(request: Any, pk: int, *, several: bool) -> HttpResponse:
    theme = _leaf(request, pk)
    beside = _themes(request).filter(framework=theme.framework).leaves().in_use().exclude(pk=pk)
    form = SuccessorForm(sent_with(request), offered=list(beside), several=several)
    context: dict[str, Any] = {"theme": theme, "form": form, "several": several}
    if request.method == "POST" and form.is_valid():
        newer = form.cleaned_data["into"]
        if request.POST.get("step") == "do":
            try:
                made = actions.carry_over(theme=theme, newer=newer, by=request.user)
            except Refused as refused:
                form.add_error("into", str(refused))
            else:
                return _carried_over(request, theme, newer, made)
        else:
            tagged = tagged_to(request.user, [theme]).get(pk, NOTHING)
            context |= {"newer": newer, "tagged": tagged}
            if not several:
                context["there"] = already_there(request.user, theme, newer[0])
    return render(request, "frameworks/succession.html", context)


def _carried_over(request: Any, theme: Theme, newer: list[Theme], made: int) -> HttpResponse:
    if len(newer) == 1:
        said = f"“{theme}” is merged into “{newer[0]}”, which has {made:,} more piece{'' if made == 1 else 's'}."
        messages.success(request, said)
        return redirect("review:theme", request.inquiry.code, newer[0].pk)
    messages.success(request, f"“{theme}” is split. Say of each piece to which theme it belongs now.")
    return redirect("frameworks:settle", request.inquiry.code, theme.pk)


@inquiry_view(Verb.EDIT_INQUIRY)
def retire(request: Any, pk: int) -> HttpResponse:
    """A theme is retired, once it was shown what stays tagged to it; or brought back."""
    theme = _leaf(request, pk)
    if request.method == "POST":
        if theme.retired_on:
            actions.bring_back_theme(theme=theme, by=request.user)
            messages.success(request, f"“{theme}” can be tagged again.")
        else:
            actions.retire_theme(theme=theme, by=request.user)
            messages.success(request, f"“{theme}” is retired. Its evidence stays readable.")
        return redirect("frameworks:detail", request.inquiry.code, theme.framework_id)
    tagged = tagged_to(request.user, [theme]).get(pk, NOTHING)
    return render(request, "frameworks/retire.html", {"theme": theme, "tagged": tagged})


@require_POST
@inquiry_view(Verb.EDIT_INQUIRY)
def take_back(request: Any, pk: int) -> HttpResponse:
    """A merging, a split or a carrying over is undone."""
    theme = _leaf(request, pk)
    try:
        gone = actions.take_back(theme=theme, by=request.user)
        messages.success(
            request, f"“{theme}” is as it was. {gone:,} tag{'' if gone == 1 else 's'} made by it went with it."
        )
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("frameworks:detail", request.inquiry.code, theme.framework_id)


@inquiry_view(Verb.TAG)
def settle(request: Any, pk: int) -> HttpResponse:
    """The evidence on a theme that was split, a piece at a time: to which of the newer themes does it belong?"""
    theme = _leaf(request, pk)
    newer = list(theme.successors.select_related("framework").order_by("position"))
    if len(newer) < 2:
        raise Http404("This theme was not split.")
    forms = _said(request, theme, newer)
    if forms and all(form.is_valid() for form in forms.values()):
        settled = _settle(request, forms)
        if settled is not None:
            messages.success(request, f"{settled} piece{'' if settled == 1 else 's'} settled.")
            return redirect("frameworks:settle", request.inquiry.code, pk)
    waiting = waiting_on(request.user, theme).select_related("submission__inquiry", *EVIDENCE).order_by("pk")
    page = page_of(waiting, request, size=SETTLED_AT_ONCE)
    typed = {tag.pk: form for tag, form in forms.items()}
    for tag in page:
        tag.kind = next(kind for kind in EVIDENCE if getattr(tag, f"{kind}_id"))
        tag.piece = getattr(tag, tag.kind)
        tag.form = typed.get(tag.pk) or SettleForm(offered=newer, prefix=f"t{tag.pk}")
    return render(request, "frameworks/settle.html", {"theme": theme, "newer": newer, "page": page})


def _said(request: Any, theme: Theme, newer: list[Theme]) -> dict[Tag, SettleForm]:
    """What was said of each piece that still waits."""
    keys = [key[1:-5] for key in request.POST if key.startswith("t") and key.endswith(("-into", "-none"))]
    numbers = {number for number in map(whole_number, keys) if number is not None}
    tags = waiting_on(request.user, theme).filter(pk__in=sorted(numbers)[:SETTLED_AT_ONCE])
    forms = {
        tag: SettleForm(request.POST, offered=newer, prefix=f"t{tag.pk}") for tag in tags.select_related("inquiry")
    }
    return {tag: form for tag, form in forms.items() if not form.is_valid() or form.is_said}


def _settle(request: Any, forms: dict[Tag, SettleForm]) -> int | None:
    try:
        for tag, form in forms.items():
            actions.settle(tag=tag, newer=form.chosen, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return None
    return len(forms)


@inquiry_view(Verb.EDIT_INQUIRY)
def crosswalk(request: Any, pk: int, to: int) -> HttpResponse:
    """One version of a framework is carried over to the next, once it was shown what becomes of the evidence."""
    older = get_object_or_404(_frameworks(request).select_related("inquiry"), pk=pk)
    newer = get_object_or_404(_frameworks(request).exclude(pk=pk), pk=to)
    from_themes = list(_themes(request).filter(framework=older).leaves().prefetch_related("successors"))
    to_themes = list(_themes(request).filter(framework=newer).leaves().in_use())
    form = CrosswalkForm(sent_with(request), older=from_themes, newer=to_themes)
    counts = tagged_to(request.user, from_themes)
    rows = [(theme, counts.get(theme.pk, NOTHING), field, chosen) for theme, field, chosen in form.rows()]
    context: dict[str, Any] = {"older": older, "newer": newer, "form": form, "rows": rows}
    step = request.POST.get("step")
    if step in ("look", "do") and form.is_valid():
        context["preview"] = step == "look"
        if step == "do":
            carried = _carry_over(request, older, form)
            if carried is not None:
                said = f"{older} is carried over to {newer}: {carried:,} tag{'' if carried == 1 else 's'} made."
                messages.success(request, said)
                return redirect("frameworks:detail", request.inquiry.code, pk)
    return render(request, "frameworks/crosswalk.html", context)


def _carry_over(request: Any, older: Framework, form: CrosswalkForm) -> int | None:
    retire = form.cleaned_data["retire"]
    try:
        return actions.carry_framework_over(framework=older, successors=form.successors, retire=retire, by=request.user)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def _frameworks(request: Any) -> Any:
    return Framework.objects.visible_to(request.user).filter(inquiry=request.inquiry)


def _themes(request: Any) -> Any:
    return Theme.objects.visible_to(request.user).filter(inquiry=request.inquiry).in_order()


def _leaf(request: Any, pk: int) -> Theme:
    """A theme to which evidence is tagged."""
    found: Theme = get_object_or_404(_themes(request).leaves().select_related("inquiry", "framework"), pk=pk)
    return found
