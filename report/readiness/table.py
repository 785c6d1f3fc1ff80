"""What blocks a report and what is only warned of, as one table.

What blocks would make the report wrong, or unfair to somebody, and can only be mended. What is warned of would make it
weaker, and may be accepted with a reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from accounts.roles import Verb
from report.readiness.checks import quotes, recommendations, references, sessions, submissions
from report.readiness.findings import Asked, Found


class Weight(StrEnum):
    BLOCKS = "blocks"
    WARNS = "warns"


BLOCKS, WARNS = Weight.BLOCKS, Weight.WARNS


@dataclass(frozen=True)
class Check:
    """One thing that is looked for: its weight, what is found, how it is mended, and who may know of it."""

    code: str
    weight: Weight
    title: str
    mend: str
    find: Callable[[Asked], Found]
    needs: Verb = Verb.SEE_READINESS


SECRET = Verb.SEE_UNPUBLISHED

CHECKS: tuple[Check, ...] = (
    Check(
        "mismatch",
        BLOCKS,
        "Quotes that differ from their source",
        "Mend the words, or mark the edits in square brackets.",
        quotes.mismatched,
    ),
    Check(
        "waiting",
        BLOCKS,
        "Quotes of a transcript that was corrected since",
        "Compare each with the new version, and settle it.",
        quotes.waiting,
    ),
    Check(
        "people_under_the_rule",
        BLOCKS,
        "People named where the Chatham House Rule names nobody",
        "Take the name out of the words.",
        sessions.people_under_the_rule,
    ),
    Check(
        "evidence_not_there",
        BLOCKS,
        "Written evidence that a recommendation names and the report cannot print",
        "Correct the reference in the text, or decide on the publication of the evidence.",
        references.evidence_not_there,
    ),
    Check(
        "no_evidence",
        BLOCKS,
        "Recommendations without evidence",
        "Link evidence to it, or withdraw it.",
        recommendations.lacking("evidence"),
    ),
    Check(
        "undecided_in_use",
        BLOCKS,
        "Evidence that is used, and on which nothing is decided",
        "Decide on its publication.",
        submissions.undecided_in_use,
        SECRET,
    ),
    Check(
        "consent_taken_back",
        BLOCKS,
        "Evidence to which a consent was withdrawn",
        "Decide again on its publication.",
        submissions.consent_taken_back,
        SECRET,
    ),
    Check(
        "witness_took_back",
        BLOCKS,
        "Witnesses who are quoted, and have withdrawn a consent",
        "Remove the quotes, or record that the consent was given again.",
        submissions.witness_took_back,
        SECRET,
    ),
    Check(
        "with_names",
        BLOCKS,
        "Anonymised evidence in which nobody has looked for names",
        "Look for names in the text, and say so on its page.",
        submissions.with_names,
        SECRET,
    ),
    Check(
        "unchecked",
        WARNS,
        "Quotes that nobody has checked",
        "Check them against the recording or a published source. Exports leave them out unless told otherwise.",
        quotes.unchecked,
    ),
    Check(
        "undecided",
        WARNS,
        "Evidence that nothing uses, and on which nothing is decided",
        "Accept or return it, and decide on its publication. Exports leave it out until then.",
        submissions.undecided,
        SECRET,
    ),
    Check(
        "no_consent",
        WARNS,
        "Evidence to be published, with no consent on record",
        "Record the consent to publish on its page.",
        submissions.no_consent,
        SECRET,
    ),
    Check(
        "no_consent_to_quote",
        WARNS,
        "Witnesses who are quoted, with no consent on record",
        "Record the consent on the page of the session.",
        submissions.no_consent_to_quote,
        SECRET,
    ),
    Check(
        "drafts",
        WARNS,
        "Recommendations that are drafts",
        "Mark the words agreed.",
        recommendations.drafts,
    ),
    Check(
        "no_support",
        WARNS,
        "Recommendations that nothing supports",
        "Link evidence that supports it.",
        recommendations.lacking("support"),
    ),
    Check(
        "one_source",
        WARNS,
        "Recommendations with one source only",
        "Link evidence from somebody else.",
        recommendations.lacking("source"),
    ),
    Check(
        "no_neighbourhood",
        WARNS,
        "Recommendations without a voice from the neighbourhoods",
        "Link what residents, neighbourhood groups or people with lived experience say.",
        recommendations.lacking("neighbourhood"),
    ),
    Check(
        "unanswered",
        WARNS,
        "Recommendations with contrary evidence that is not answered",
        "Write the answer on the recommendation’s page.",
        recommendations.lacking("unanswered"),
    ),
    Check(
        "unprintable",
        WARNS,
        "Recommendations on evidence that may not be printed",
        "See on its page which, and mend that evidence or link other.",
        recommendations.lacking("unprintable"),
    ),
    Check(
        "no_witnesses",
        WARNS,
        "Evidence sessions without witnesses",
        "Record who was heard.",
        sessions.without_witnesses,
    ),
    Check(
        "bodies_under_the_rule",
        WARNS,
        "Organisations named in words about a meeting under the Rule",
        "Take the name out if it tells who took part; if it does not, accept it.",
        sessions.bodies_under_the_rule,
    ),
    Check(
        "cited_not_listed",
        WARNS,
        "Research that is cited and not listed",
        "Add it to the references.",
        references.cited_not_listed,
    ),
    Check(
        "listed_not_cited",
        WARNS,
        "References that are listed and not cited",
        "Note what it is used for, or take it off the list.",
        references.listed_not_cited,
    ),
)
BY_CODE = {check.code: check for check in CHECKS}
