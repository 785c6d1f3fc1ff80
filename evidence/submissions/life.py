"""The life of a submission: its states, and which may follow which. Feeds the forms and the database's guard."""

from django.db import models


class State(models.TextChoices):
    RECEIVED = "received", "Received"
    ACCEPTED = "accepted", "Accepted"
    RETURNED = "returned", "Returned"
    DECIDED = "decided", "Decided"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Treatment(models.TextChoices):
    """What is decided on publication."""

    FULL = "full", "In full"
    ANONYMISED = "anonymised", "Anonymised"
    REDACTED = "redacted", "Redacted"
    CONFIDENTIAL = "confidential", "Confidential"


class Request(models.TextChoices):
    """What a submitter asks for; it binds until there is a decision."""

    FULL = "full", "To be published in full"
    ANONYMISED = "anonymised", "Not to be named"
    CONFIDENTIAL = "confidential", "Not to be published"


class Reading(models.TextChoices):
    """How far the files of a submission are read into passages; of several, the first in this order counts."""

    FAILED = "failed", "Could not be read"
    NOT_READ = "not_read", "Not read yet"
    READ = "read", "Read"
    NONE = "none", "No file"


TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.RECEIVED: (State.ACCEPTED, State.RETURNED, State.WITHDRAWN),
    State.RETURNED: (State.RECEIVED, State.WITHDRAWN),
    State.ACCEPTED: (State.DECIDED, State.RETURNED, State.WITHDRAWN),
    State.DECIDED: (State.PUBLISHED, State.WITHDRAWN),
    State.PUBLISHED: (State.DECIDED, State.WITHDRAWN),
    State.WITHDRAWN: (),
}

FIRST = (State.RECEIVED,)
TAKEN = (State.ACCEPTED, State.DECIDED, State.PUBLISHED)
DECIDED = (State.DECIDED, State.PUBLISHED)
NEEDS_A_REASON = (State.RETURNED, State.WITHDRAWN)

# From the most open to the most closed; what a submitter asks for stands in the same order.
OPENNESS = (Treatment.FULL, Treatment.REDACTED, Treatment.ANONYMISED, Treatment.CONFIDENTIAL)


def more_open(treatment: str, than: str) -> bool:
    """Whether a treatment tells more than another would."""
    return OPENNESS.index(Treatment(treatment)) < OPENNESS.index(Treatment(than))
