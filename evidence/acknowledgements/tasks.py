"""Sending acknowledgements in the background."""

from __future__ import annotations

from celery import shared_task

from evidence.acknowledgements import actions


@shared_task
def send(pk: int) -> None:
    actions.send(pk)


@shared_task
def sweep() -> None:
    actions.pick_up()
