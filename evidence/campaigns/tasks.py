"""Comparing submissions in the background."""

from __future__ import annotations

from celery import shared_task

from evidence.campaigns import actions


@shared_task
def compare(document: int) -> None:
    """Compares the submission that a file came with, which has just been read; once for all its files."""
    for submission in actions.not_compared().filter(files__document=document).values_list("pk", flat=True):
        actions.compare_with_others(submission)


@shared_task
def sweep() -> None:
    actions.compare_what_was_missed()
