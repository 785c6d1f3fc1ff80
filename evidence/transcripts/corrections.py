"""What a corrected transcript changed: its passages held against those of the version before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

_WORDS = re.compile(r"\S+\s*")
# Beyond this many words two passages are shown beside each other as a whole.
COMPARED_WORDS = 4_000


@dataclass(frozen=True)
class Stretch:
    """Passages of the version before and the passages that stand in their place; ``same`` where nothing changed."""

    before: range
    after: range
    same: bool


@dataclass(frozen=True)
class Correction:
    """A passage that was changed, taken out (``after`` is None) or put in (``before`` is None)."""

    before: Any
    after: Any
    pieces: tuple[tuple[str, str], ...]

    @property
    def speaker_changed(self) -> bool:
        return bool(self.before and self.after and self.before.speaker != self.after.speaker)


def align(before: Sequence[Any], after: Sequence[Any]) -> list[Stretch]:
    """Which passages of the new version stand where which of the old one stood."""
    was, now = ([(each.speaker, each.received_text) for each in passages] for passages in (before, after))
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    return [Stretch(range(i1, i2), range(j1, j2), kind == "equal") for kind, i1, i2, j1, j2 in matcher.get_opcodes()]


def corrections(before: Sequence[Any], after: Sequence[Any]) -> Iterator[Correction]:
    """Each passage that differs, in the order of the new version."""
    for stretch in align(before, after):
        if stretch.same:
            continue
        for n in range(max(len(stretch.before), len(stretch.after))):
            old = before[stretch.before[n]] if n < len(stretch.before) else None
            new = after[stretch.after[n]] if n < len(stretch.after) else None
            yield Correction(old, new, word_pieces(old.received_text if old else "", new.received_text if new else ""))


def word_pieces(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """The words as ``("same", …)``, ``("out", …)`` and ``("in", …)``, in order."""
    was, now = _WORDS.findall(old), _WORDS.findall(new)
    if len(was) > COMPARED_WORDS or len(now) > COMPARED_WORDS:
        return tuple((kind, text) for kind, text in (("out", old), ("in", new)) if text)
    pieces: list[tuple[str, str]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", "".join(now[j1:j2])))
            continue
        pieces += [(name, text) for name, text in (("out", "".join(was[i1:i2])), ("in", "".join(now[j1:j2]))) if text]
    return tuple(pieces)
