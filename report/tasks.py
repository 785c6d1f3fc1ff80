"""Making exports in the background."""

from __future__ import annotations

from celery import shared_task

from inquiry import jobs
from report import actions
from report.models import Export


@shared_task
def make_export(pk: int) -> None:
    actions.make_export(pk)


@shared_task
def sweep() -> None:
    jobs.sweep(Export.objects.all(), actions.MAKE)


@shared_task
def let_files_expire() -> None:
    actions.let_files_expire()
