"""What is done with a framework in use: themes are added, merged, split and retired, and no tag is lost by it.

A theme that another takes the place of keeps its tags, and they stay readable. Where one theme takes its place, each
piece of evidence is tagged to that too; where several do, a person says to which of them each piece belongs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refused, refusals_of_the_database
from accounts.roles import Console, Verb, recorded, require
from evidence.tags.models import EVIDENCE, Tag
from inquiry.changes import change, enter, locked
from inquiry.models import Framework, Succession, Theme

AT_ONCE = 2_000


@transaction.atomic
def add_theme(
    *,
    framework: Framework,
    number: str,
    title: str,
    by: User | Console,
    parent: Theme | None = None,
    aim: str = "",
    definition: str = "",
    exclusion: str = "",
) -> Theme:
    """Adds a theme to a framework in use, last of those that stand under its heading; the others keep their numbers."""
    require(by, Verb.EDIT_INQUIRY, framework.inquiry)
    framework = locked(framework, "inquiry")
    depth = parent.depth + 1 if parent else 0
    if depth >= len(framework.levels):
        raise Refused(f"Below a {framework.leaf_name.lower()} there is no level in this framework.")
    if framework.themes.filter(number=number).exists():
        raise Refused(f"There is a theme with the number {number} in this framework already.", about="number")
    after = _last_place(framework, parent)
    framework.themes.filter(position__gt=after).update(position=F("position") + 1)
    return enter(
        Theme,
        inquiry=framework.inquiry,
        framework=framework,
        parent=parent,
        depth=depth,
        position=after + 1,
        number=number,
        title=title,
        aim=aim,
        definition=definition,
        exclusion=exclusion,
    )


def _last_place(framework: Framework, parent: Theme | None) -> int:
    """The place of the last theme below the parent, however deep; of the parent itself where there is none."""
    if parent is None:
        return int(framework.themes.aggregate(last=Max("position"))["last"] or 0)
    later = framework.themes.filter(position__gt=parent.position, depth__lte=parent.depth).order_by("position").first()
    behind = framework.themes.filter(position__lt=later.position) if later else framework.themes.all()
    return int(behind.aggregate(last=Max("position"))["last"])


@transaction.atomic
def retire_theme(*, theme: Theme, by: User | Console) -> Theme:
    """Nothing new is tagged to the theme from today; what is tagged to it stays, and stays readable."""
    require(by, Verb.EDIT_INQUIRY, theme.inquiry)
    theme = locked(theme, "inquiry", "framework")
    return theme if theme.retired_on else change(theme, retired_on=timezone.localdate())


@transaction.atomic
def bring_back_theme(*, theme: Theme, by: User | Console) -> Theme:
    """A retired theme can be tagged again."""
    require(by, Verb.EDIT_INQUIRY, theme.inquiry)
    return change(locked(theme, "inquiry", "framework"), retired_on=None)


@transaction.atomic
def carry_over(*, theme: Theme, newer: Sequence[Theme], by: User | Console, retire: bool = True) -> int:
    """Lets other themes take the place of one: a merging into one theme, a split into several, a newer version.

    Into one, all evidence is tagged to it as well. Into several, each piece waits until somebody says to which of them
    it belongs. Done again, it carries over what was tagged since. Gives the number of tags that were made.
    """
    require(by, Verb.EDIT_INQUIRY, theme.inquiry)
    # In the order of their keys, so that of two who do this at once neither waits for the other.
    rows = Theme.objects.select_for_update(of=("self",)).select_related("inquiry", "framework").order_by("pk")
    now = {each.pk: each for each in rows.filter(pk__in=[theme.pk, *(each.pk for each in newer)])}
    theme, newer = now[theme.pk], [now[each.pk] for each in newer]
    _refuse_what_cannot_follow(theme, newer)
    retires = retire and theme.retired_on is None
    if not theme.succeeded.exists():
        for each in newer:
            enter(Succession, inquiry=theme.inquiry, older=theme, newer=each, retired_it=retires)
    made = _tag_as_before(theme, newer[0], by) if len(newer) == 1 else 0
    if retires:
        change(theme, retired_on=timezone.localdate())
    return made


def _refuse_what_cannot_follow(theme: Theme, newer: Sequence[Theme]) -> None:
    if not newer:
        raise Refused("Choose the theme that takes its place.")
    before = set(theme.succeeded.values_list("newer", flat=True))
    if before and before != {each.pk for each in newer}:
        raise Refused(f"“{theme}” has been carried over to others already. Take that back first.")
    for each in (theme, *newer):
        if each.depth != len(each.framework.levels) - 1:
            raise Refused(f"“{each}” groups other themes: no evidence is tagged to it.")
    for each in newer:
        if each == theme:
            raise Refused("A theme cannot take its own place.")
        if each.retired_on:
            raise Refused(f"“{each}” is retired: nothing new is tagged to it.")
        if each.succeeded.filter(newer=theme).exists():
            raise Refused(f"“{theme}” took the place of “{each}”. Take that back first.")


def _tag_as_before(theme: Theme, newer: Theme, by: User | Console) -> int:
    """Tags to the newer theme everything that is tagged to the older one and not to the newer."""
    names = [f"{name}_id" for name in EVIDENCE]
    there = set(Tag.objects.filter(theme=newer).values_list(*names))
    new = [
        Tag(
            inquiry=theme.inquiry,
            theme=newer,
            carried_from=theme,
            tagged_by=recorded(by),
            **dict(zip(names, evidence, strict=True)),
        )
        for evidence in Tag.objects.filter(theme=theme).order_by("pk").values_list(*names)
        if evidence not in there
    ]
    with refusals_of_the_database():
        Tag.objects.bulk_create(new, batch_size=AT_ONCE)
    return len(new)


@transaction.atomic
def carry_framework_over(
    *, framework: Framework, successors: Mapping[Theme, Sequence[Theme]], by: User | Console, retire: bool = False
) -> int:
    """Carries the evidence from one version of a framework to the next, theme by theme, as a crosswalk says.

    A theme without a successor stays as it is, and is retired where the whole framework is. Gives the number of tags
    that were made.
    """
    require(by, Verb.EDIT_INQUIRY, framework.inquiry)
    made = 0
    for theme, newer in successors.items():
        if newer:
            made += carry_over(theme=theme, newer=newer, by=by, retire=retire)
    if retire:
        for theme in framework.themes.leaves().in_use().select_related("inquiry", "framework"):
            retire_theme(theme=theme, by=by)
    return made


@transaction.atomic
def take_back(*, theme: Theme, by: User | Console) -> int:
    """Undoes that other themes took the place of one: what was tagged by it is so no more, and the theme is in use.

    Tags that people made to the newer themes stay. Gives the number of tags that are gone.
    """
    require(by, Verb.EDIT_INQUIRY, theme.inquiry)
    theme = locked(theme, "inquiry", "framework")
    successions = Succession.objects.filter(older=theme)
    if not successions.exists():
        raise Refused(f"No other theme has taken the place of “{theme}”.")
    gone, _ = Tag.objects.filter(carried_from=theme).delete()
    Tag.objects.filter(theme=theme).exclude(settled_at=None).update(settled_at=None, settled_by=None)
    if successions.filter(retired_it=True).exists():
        change(theme, retired_on=None)
    successions.delete()
    return gone


@transaction.atomic
def settle(*, tag: Tag, newer: Iterable[Theme], by: User | Console) -> None:
    """Says to which of the themes that took an older one's place a piece of evidence belongs; it may be to none.

    Said anew, it holds instead of what was said before.
    """
    require(by, Verb.TAG, tag.inquiry)
    tag = locked(tag, "inquiry", "theme")
    chosen = {each.pk: each for each in newer}
    offered: Collection[int] = set(Succession.objects.filter(older=tag.theme).values_list("newer", flat=True))
    if tag.theme is None or not offered or chosen.keys() - offered:
        raise Refused("Which themes take this one’s place has changed meanwhile. Look again.")
    evidence = {name: getattr(tag, f"{name}_id") for name in EVIDENCE}
    on_it = Tag.objects.filter(**{f"{name}_id": pk for name, pk in evidence.items() if pk})
    on_it.filter(carried_from=tag.theme).exclude(theme__in=chosen).delete()
    there = set(on_it.filter(theme__in=chosen).values_list("theme", flat=True))
    details = {f"{name}_id": pk for name, pk in evidence.items()}
    with refusals_of_the_database():
        for pk in chosen.keys() - there:
            Tag.objects.create(
                inquiry=tag.inquiry, theme_id=pk, carried_from=tag.theme, tagged_by=recorded(by), **details
            )
        change(tag, settled_at=timezone.now(), settled_by=recorded(by))
