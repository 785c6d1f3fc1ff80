"""Comparing submissions in the background."""

from __future__ import annotations

from celery import shared_task

from evidence.campaigns import actions
from evidence.submissions.models import SubmissionFile


@shared_task
def compare(document: int) -> None:
    """Compares the submission that a file came with; the file has just been read."""
    for submission in SubmissionFile.objects.filter(document=document).values_list("submission", flat=True):
        actions.compare_with_others(submission)


@shared_task
def sweep() -> None:
    actions.compare_what_was_missed()
