"""Anonymised evidence is read by others only once a clerk has looked for names in it; in SQL, whoever writes.

Whatever may bring a name in takes that back: another file or submitter, a file read again, a redaction lifted.
"""

from __future__ import annotations

import pgtrigger

_TAKE_BACK = """
    UPDATE submissions_submission SET cleared_at = NULL, cleared_by_id = NULL, cleared_because = ''
    WHERE cleared_at IS NOT NULL AND id = {submission};
    RETURN NULL;
"""
_OF_THE_ROW = "CASE WHEN TG_OP = 'DELETE' THEN OLD.submission_id ELSE NEW.submission_id END"


def a_name_may_have_come_in() -> pgtrigger.Trigger:
    """For records that belong to a submission."""
    return pgtrigger.Trigger(
        name="a_name_may_have_come_in",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_TAKE_BACK.format(submission=_OF_THE_ROW),
    )
