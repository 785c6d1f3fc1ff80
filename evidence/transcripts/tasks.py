"""Reading transcripts in the background."""

from __future__ import annotations

from celery import shared_task

from evidence.transcripts import actions
from evidence.transcripts.models import Draft
from inquiry import jobs


@shared_task
def read_draft(pk: int) -> None:
    actions.read_draft(pk)


@shared_task
def sweep() -> None:
    jobs.sweep(Draft.objects.all(), actions.READ)
