"""What could have been printed and is not, and why, in a sentence for the secretariat."""

from __future__ import annotations

from evidence.quotes.citations import place
from evidence.quotes.models import Verdict
from evidence.quotes.rows import QuoteRow
from evidence.submissions.life import DECIDED, State, Treatment
from evidence.submissions.rows import SubmissionRow
from inquiry.models import Rule
from report.structure import LeftOut


def quote_left_out(quote: QuoteRow, *, may_be_printed: bool) -> LeftOut:
    """A quote that the person may see and the report does not print."""
    words = quote.text if len(quote.text) < 80 else f"{quote.text[:77]}…"
    return LeftOut(what=f"“{words}” ({place(quote)})", why=_why(quote, may_be_printed))


def submission_left_out(submission: SubmissionRow) -> LeftOut:
    """Evidence that was taken and the report does not name."""
    return LeftOut(what=f"{submission.reference}, {submission.submitted_by}", why=_why_not(submission))


def _why(quote: QuoteRow, may_be_printed: bool) -> str:
    if may_be_printed:
        if quote.verdict == Verdict.UNCHECKED:
            return "Nobody has checked it against a recording or a published source."
        return "It does not say what its source says."
    if quote.submission is None:
        if quote.replaced_at:
            return "The corrected transcript has other words. Settle it on the session’s page."
        private = quote.panel is not None and quote.panel.effective_rule == Rule.PRIVATE
        return "It was said in private." if private else "The witness has withdrawn a consent."
    return _why_not(quote.submission) or "Words in it are redacted."


def _why_not(submission: SubmissionRow) -> str:
    """Why none of its words may be printed; nothing where they may."""
    if submission.state == State.WITHDRAWN:
        return f"{submission.reference} was withdrawn."
    if submission.treatment == Treatment.CONFIDENTIAL:
        return f"{submission.reference} is confidential."
    if submission.waits_for_clearing:
        return f"Nobody has looked for names in {submission.reference}, which is anonymised."
    if submission.consent_withdrawn:
        return f"A consent to {submission.reference} was withdrawn, and nothing has been decided since."
    if submission.state not in DECIDED:
        return f"There is no decision on the publication of {submission.reference} yet."
    return ""
