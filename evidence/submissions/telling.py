"""What is told of a submission, whether it was read as a record or as one row of thousands."""

from __future__ import annotations

from typing import Any

from evidence.submissions.life import Treatment
from inquiry.dates import say_date

ANONYMOUS = "Anonymous"
BY_NAME = frozenset((Treatment.FULL, Treatment.REDACTED))


class Told:
    """The rules of what is said of a submission, told from its columns and the names of its submitters."""

    __slots__ = ()

    @property
    def reference(self: Any) -> str:
        return str(self.inquiry.reference(self.number))

    @property
    def said_received(self: Any) -> str:
        return say_date(self.received_on, self.received_precision)

    @property
    def treatment(self: Any) -> str:
        """How it is to be treated: as decided, or, until then, as its submitters asked."""
        return str(self.decision or self.requested)

    @property
    def names_may_be_printed(self) -> bool:
        return self.treatment in BY_NAME

    @property
    def waits_for_clearing(self: Any) -> bool:
        """Whether others can't read it until somebody has looked for names in it."""
        return self.treatment == Treatment.ANONYMISED and not self.cleared_at

    @property
    def submitted_by(self: Any) -> str:
        """Who submitted it, for the person whom it was read for; "Anonymous" for those who may not know."""
        return str(self._names) if getattr(self, "names_open", self.names_may_be_printed) else ANONYMOUS

    @property
    def printed_submitters(self: Any) -> str:
        """Who submitted it, as a report may print it, whoever asks."""
        return str(self._names) if self.names_may_be_printed else ANONYMOUS


def described(person: str | None, body: str | None) -> str:
    """A submitter as written on the evidence: the body's name, the person's, or "Person, Body"."""
    return f"{person}, {body}" if person and body else person or body or ""


def together(submitters: list[str]) -> str:
    """All who submitted it, as written on it."""
    return "; ".join(submitters) or "Submitter not recorded"
