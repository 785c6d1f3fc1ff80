from evidence.submissions.models.consents import Consent
from evidence.submissions.models.contacts import ContactDetails
from evidence.submissions.models.decisions import PublicationDecision, StateChange
from evidence.submissions.models.submissions import (
    ANONYMOUS,
    AllottedReference,
    Channel,
    Submission,
    SubmissionFile,
    Submitter,
    treated,
)

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
    "Submitter",
    "treated",
]
