"""What came, went and changed between two appendices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from report.structure import Appendix, Evidence, listed, named

CAME, WENT, CHANGED = "came", "went", "changed"


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same in both; `part` is the heading that it stands under."""

    kind: str
    part: str
    before: str = ""
    after: str = ""

    def to_dict(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class _Entry:
    part: str
    printed: str


def compare(before: Appendix, after: Appendix) -> list[Difference]:
    """The differences in the order of print, those of the older one first where something went.

    A thing is the same by its key, wherever it stands and whatever is printed of it now; a quote under a theme and the
    same quote under a recommendation are two things.
    """
    old, new = dict(_entries(before)), dict(_entries(after))
    found = [Difference(WENT, one.part, before=one.printed) for key, one in old.items() if key not in new]
    for key, one in new.items():
        if key not in old:
            found.append(Difference(CAME, one.part, after=one.printed))
        elif old[key].printed != one.printed:
            found.append(Difference(CHANGED, one.part, old[key].printed, one.printed))
    return found


def _entries(appendix: Appendix) -> Iterator[tuple[str, _Entry]]:
    """Everything that is printed, by what it stays the same by."""
    seen: dict[str, int] = {}
    for key, part, printed in _printed(appendix):
        seen[key] = seen.get(key, 0) + 1
        yield (key if seen[key] == 1 else f"{key} ({seen[key]})"), _Entry(part, printed)


def _printed(appendix: Appendix) -> Iterator[tuple[str, str, str]]:
    head = {"title": appendix.title, "report": appendix.report_title, "inquiry": appendix.inquiry_title}
    head |= {"body": appendix.body, "rubric": "\n".join(appendix.rubric)}
    for name, text in head.items():
        if text:
            yield f"head/{name}", appendix.title, text
    for part in appendix.parts:
        slot = SLOTS[part.kind]
        yield f"{slot}/heading", part.heading, part.heading
        for key, text, *where in LISTED[part.kind](part):
            yield f"{slot}/{key}", " · ".join((part.heading, *where)), text


# Parts that say the same in another layout are compared with each other.
SLOTS = {
    "sessions": "heard",
    "witnesses": "heard",
    "written": "written",
    "published": "written",
    "alphabetical": "alphabetical",
    "events": "events",
    "themes": "themes",
    "recommendations": "recommendations",
    "references": "references",
}
# The key of a thing, what is printed of it, and, where the heading does not tell, where it stands.
Listed = Iterator[tuple[str, ...]]


def _sessions(part: Any) -> Listed:
    for one in part.items:
        said = (named(one.number, one.title), one.circumstances, one.date, one.heard, one.focus)
        yield one.key or one.title, "\n".join(text for text in said if text)


def _sittings(part: Any) -> Listed:
    for one in part.items:
        panels = [" ".join(filter(None, (panel.printed, panel.questions))) for panel in one.panels]
        yield one.key or one.named, "\n".join([one.named, *(panels or [one.nobody])])


def _events(part: Any) -> Listed:
    for one in part.items:
        yield one.key or one.title, listed(one.title, one.circumstances)


def _written(part: Any) -> Listed:
    for one in part.items:
        yield one.reference, f"{one.submitters} ({one.reference})"


def _givers(part: Any) -> Listed:
    for one in part.items:
        yield one.key or one.name, "\n".join(filter(None, (one.name, one.beside, one.evidence)))


def _themes(part: Any) -> Listed:
    for group in part.items:
        for theme in group.themes:
            key = theme.key or f"{group.named}/{theme.title}"
            yield key, named(theme.number, theme.title)
            yield from _evidence(key, named(theme.number, theme.title), theme.evidence)


def _recommendations(part: Any) -> Listed:
    for addressee in part.items:
        yield addressee.key or addressee.title, addressee.named
        for one in addressee.recommendations:
            key = one.key or one.number
            yield key, "\n".join(filter(None, (named(one.number, one.title), one.text, one.meta)))
            for stance, name, evidence in one.stances:
                yield from _evidence(f"{key}/{stance}", f"{name} {one.number}", evidence)
            if one.answer:
                yield f"{key}/answer", one.answer, f"{part.answer_heading} · {one.number}"


def _evidence(key: str, where: str, evidence: tuple[Evidence, ...]) -> Listed:
    for one in evidence:
        words = f"“{one.text}”" if one.text else ""
        source = " ".join(filter(None, (one.citation, f"({one.mark})" if one.mark else "", one.note)))
        yield f"{key}/{one.key or one.citation}", "\n".join(filter(None, (words, source))), where


def _references(part: Any) -> Listed:
    for one in part.items:
        said = (one.author, one.year, one.title, one.publication, one.url)
        yield one.key or f"{one.author} {one.year}", listed(*said)


LISTED: dict[str, Callable[[Any], Listed]] = {
    "sessions": _sessions,
    "witnesses": _sittings,
    "events": _events,
    "written": _written,
    "published": _written,
    "alphabetical": _givers,
    "themes": _themes,
    "recommendations": _recommendations,
    "references": _references,
}
