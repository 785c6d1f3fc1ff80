"""What two coders said of the same passages, side by side: agreement, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from evidence.coding.agreement import Agreement, agreement
from evidence.coding.models import Coder, Coding, Outcome, Round, Settlement, Unit
from inquiry.models import Theme


@dataclass(frozen=True)
class Disagreement:
    """A passage of which the two coders said something else: the keys of the themes that each gave it."""

    unit: int
    first: frozenset[int]
    second: frozenset[int]
    settled: Settlement | None

    def themes(self, outcome: str) -> frozenset[int]:
        """On what it bears, settled so."""
        return {
            Outcome.FIRST.value: self.first,
            Outcome.SECOND.value: self.second,
            Outcome.BOTH.value: self.first | self.second,
            Outcome.NEITHER.value: self.first & self.second,
        }[outcome]


@dataclass(frozen=True)
class Row:
    """A theme, or all together: to how many passages each coder gave it, and how far they agree."""

    label: str
    of: Agreement
    given: tuple[int, ...]
    theme: Theme | None = None


@dataclass(frozen=True)
class Comparison:
    """How far two coders agree on each theme and on all together, and what is to be settled."""

    coders: list[Coder]
    over: bool
    themes: list[Row]
    together: Row
    disagreements: list[Disagreement]

    @property
    def rows(self) -> list[Row]:
        return [*self.themes, self.together]

    @property
    def waiting(self) -> list[Disagreement]:
        return [each for each in self.disagreements if not each.settled]


def is_over(round: Round, coders: Iterable[Coder]) -> bool:
    """Whether both have finished, or it was given up: from then on all can be read, and nothing is coded."""
    return bool(round.given_up_at) or all(each.finished_at for each in coders)


def compare(round: Round, user: Any) -> Comparison:
    """What the person may see of both; as long as one is at work, of neither is anything compared."""
    coders = list(round.coders.select_related("person"))
    over = is_over(round, coders)
    chosen = choices(round, user) if over else {}
    keys = [each.pk for each in coders]
    pairs = [(chosen[unit][keys[0]], chosen[unit][keys[1]]) for unit in chosen if len(chosen[unit]) == len(keys)]
    by_theme = [
        _row(f"{theme.number} {theme.title}", [(theme.pk in one, theme.pk in other) for one, other in pairs], theme)
        for theme in round.themes()
    ]
    together = _row("All of what each chose", pairs)
    settled = {each.unit_id: each for each in _settlements(round, user)}
    differ = [
        Disagreement(unit, of[keys[0]], of[keys[1]], settled.get(unit))
        for unit, of in chosen.items()
        if len(of) == len(keys) and of[keys[0]] != of[keys[1]]
    ]
    return Comparison(coders, over, by_theme, together, differ)


def named(themes: frozenset[int], called: dict[int, str]) -> list[str]:
    """What the themes are called, in their order."""
    return [label for pk, label in called.items() if pk in themes]


def _row(label: str, pairs: list[tuple[Any, Any]], theme: Theme | None = None) -> Row:
    given = tuple(sum(bool(pair[n]) for pair in pairs) for n in (0, 1))
    return Row(label, agreement(pairs, given=sum(any(pair) for pair in pairs)), given, theme)


def choices(round: Round, user: Any) -> dict[int, dict[int, frozenset[int]]]:
    """What each coder chose for each passage that was coded, in the order of the passages."""
    rows = Coding.objects.visible_to(user).filter(coder__round=round).order_by("unit__position", "coder")
    found: dict[int, dict[int, frozenset[int]]] = {}
    for unit, coder, theme in rows.values_list("unit", "coder", "codes__theme"):
        before = found.setdefault(unit, {}).get(coder, frozenset())
        found[unit][coder] = before | ({theme} if theme else frozenset())
    return found


def _settlements(round: Round, user: Any) -> Any:
    return Settlement.objects.visible_to(user).filter(unit__round=round).select_related("settled_by")


def own_progress(round: Round, user: Any) -> tuple[int, int]:
    """How many passages a coder has coded, and how many there are for them."""
    units = Unit.objects.visible_to(user).filter(round=round)
    coded = Q(codings__coder__person=user.pk)
    return units.filter(coded).count(), units.count()
