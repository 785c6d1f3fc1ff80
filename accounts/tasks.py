"""What is done about accounts in the background."""

from __future__ import annotations

from celery import shared_task

from accounts import actions


@shared_task
def forget_changes() -> None:
    actions.forget_changes()
