"""Gathering words in the background."""

from __future__ import annotations

from celery import shared_task

from evidence.search import actions


@shared_task
def gather() -> None:
    actions.gather_words()
