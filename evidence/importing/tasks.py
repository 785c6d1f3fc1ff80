"""Checking, importing and undoing in the background."""

from __future__ import annotations

from celery import shared_task

from evidence.importing import actions
from evidence.importing.models import Batch
from inquiry import jobs

HOUR = 60 * 60


@shared_task(soft_time_limit=HOUR, time_limit=HOUR + 60)
def work_on(pk: int) -> None:
    actions.work_on(pk)


@shared_task
def sweep() -> None:
    jobs.sweep(Batch.objects.all(), actions.WORK)
    actions.let_go_of_forgotten()
