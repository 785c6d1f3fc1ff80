"""What a document is: written evidence, or a version of a session's transcript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidence.quotes.citations import letters_of
from evidence.quotes.models import WAITING, Quote
from evidence.submissions.models import Submission
from evidence.transcripts.models import Transcript


@dataclass(frozen=True)
class Source:
    """The submission that a document came with, or the transcript that it is."""

    submission: Submission | None = None
    transcript: Transcript | None = None

    @property
    def recording(self) -> str:
        return self.transcript.session.recording if self.transcript else ""

    @property
    def replaced(self) -> bool:
        return bool(self.transcript and self.transcript.replaced_at)

    def says_of(self, quote: Quote) -> str:
        """What is said of a quote just taken from it."""
        return WAITING if self.replaced else quote.verdict

    def letter(self, user: Any) -> str:
        """What tells a submission apart in print from others of its author and year."""
        return letters_of([self.submission], user).get(self.submission.pk, "") if self.submission else ""
