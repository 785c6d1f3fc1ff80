"""The themes of the frameworks in force as a tree of codes, for programs of qualitative research."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from inquiry.models import Theme
from report import structure as printed
from report.material import Material


def codes(material: Material) -> tuple[printed.Code, ...]:
    """Every theme that can still be tagged, whether it has evidence or not; by framework, where there are several."""
    below: dict[int | None, list[Theme]] = defaultdict(list)
    tops: dict[int, list[Theme]] = defaultdict(list)
    for theme in material.themes:
        if theme.retired_on is None:
            below[theme.parent_id].append(theme)
            if theme.parent_id is None:
                tops[theme.framework_id].append(theme)

    def tree(themes: Iterable[Theme]) -> tuple[printed.Code, ...]:
        return tuple(
            printed.Code(f"theme-{one.pk}", printed.named(one.number, one.title), _about(one), tree(below[one.pk]))
            for one in themes
        )

    if len(tops) < 2:
        return tuple(code for themes in tops.values() for code in tree(themes))
    return tuple(
        printed.Code(f"framework-{key}", str(themes[0].framework), themes[0].framework.citation, tree(themes))
        for key, themes in tops.items()
    )


def _about(theme: Theme) -> str:
    said = (("", theme.aim), ("What belongs here: ", theme.definition), ("What does not: ", theme.exclusion))
    return "\n\n".join(f"{name}{text}" for name, text in said if text)
