"""Where the text of a submission still tells the names that it is to be published without."""

from __future__ import annotations

import re

from django.db.models import Q

from evidence.documents.models import Passage
from evidence.submissions.models import Submission

# The database reads it too.
HONORIFIC = r"^((?:Dr|Prof(?:essor)?|Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Lord|Lady|Baroness|Cllr|Rev(?:d|erend)?)\.?\s+)+"
_HONORIFIC = re.compile(HONORIFIC, re.IGNORECASE)
SHOWN = 10


def named_in_text(submission: Submission) -> list[Passage]:
    """The first passages in which others than the secretariat can read the name of a submitter."""
    names = {
        _HONORIFIC.sub("", part.name) or part.name
        for submitter in submission.authors
        for part in (submitter.witness, submitter.organisation)
        if part
    }
    said = Q()
    for name in names:
        said |= Q(open_text__icontains=name)
    passages = Passage.objects.filter(said, document__submission_file__submission=submission)
    return list(passages.defer("received_text", "open_text")[:SHOWN]) if names else []
