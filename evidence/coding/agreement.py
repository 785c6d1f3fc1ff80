"""How far two people agree, beyond what chance would bring about; and what such a figure means, in words."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

# Krippendorff's own bounds for what may be built on a coding.
RELIABLE, TENTATIVE = 0.8, 0.667
FEW = 5


@dataclass(frozen=True)
class Agreement:
    """On so many passages (``n``), so many of them read the same (``same``)."""

    n: int
    same: int
    given: int
    kappa: float | None
    alpha: float | None

    @property
    def per_cent(self) -> int:
        return round(100 * self.same / self.n) if self.n else 0

    @property
    def tone(self) -> str:
        if self.alpha is None:
            return ""
        return "good" if self.alpha >= RELIABLE else "warn" if self.alpha >= TENTATIVE else "stop"

    @property
    def said(self) -> str:
        """What the figures mean, for somebody who has never met them."""
        if not self.n:
            return "Nothing was coded by both."
        if self.alpha is None:
            return "Both said the same of every passage, so chance cannot be told from agreement: neither is defined."
        return _meaning(self.alpha) + (" It rests on few passages." if self.given < FEW else "")


def _meaning(alpha: float) -> str:
    if alpha >= RELIABLE:
        return "They read it alike: what is coded so can be relied on."
    if alpha >= TENTATIVE:
        return "They read it alike for the most part: good for tentative conclusions."
    if alpha > 0:
        return "They often read it otherwise. Talk about what belongs here before relying on it."
    return "They agree no more than chance would bring about. What belongs here is not clear yet."


def agreement(pairs: Sequence[tuple[Hashable, Hashable]], *, given: int) -> Agreement:
    """Cohen's kappa and Krippendorff's alpha (nominal) of what the two said of each passage.

    Neither is defined where there was but one answer: nothing could have come about by chance then.

    :param given: to how many of the passages either of them gave what is counted.
    """
    same = sum(one == other for one, other in pairs)
    if len({answer for pair in pairs for answer in pair}) < 2:
        return Agreement(len(pairs), same, given, None, None)
    # Half a second and a few megabytes, which only this page needs.
    from nltk.metrics.agreement import AnnotationTask

    said = [(coder, n, answer) for n, pair in enumerate(pairs) for coder, answer in zip("ab", pair, strict=True)]
    task = AnnotationTask(data=said)
    return Agreement(len(pairs), same, given, task.kappa(), task.alpha())
