from evidence.submissions.models.consents import Consent
from evidence.submissions.models.contacts import ContactDetails
from evidence.submissions.models.decisions import PublicationDecision, StateChange
from evidence.submissions.models.submissions import (
    AllottedReference,
    Channel,
    Submission,
    SubmissionFile,
    SubmissionQuerySet,
    Submitter,
    treated,
)
from evidence.submissions.telling import ANONYMOUS

__all__ = [
    "ANONYMOUS",
    "AllottedReference",
    "Channel",
    "Consent",
    "ContactDetails",
    "PublicationDecision",
    "StateChange",
    "Submission",
    "SubmissionFile",
    "SubmissionQuerySet",
    "Submitter",
    "treated",
]
