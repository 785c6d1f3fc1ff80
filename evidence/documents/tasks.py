"""Reading files in the background."""

from __future__ import annotations

from celery import shared_task

from evidence.documents import actions
from evidence.documents.models import Document
from inquiry import jobs


@shared_task
def read_document(pk: int) -> None:
    actions.read_document(pk)


@shared_task
def sweep() -> None:
    jobs.sweep(Document.objects.all(), actions.READ)
