"""Telling people, in the background, of the notes that name them."""

from __future__ import annotations

from celery import shared_task

from evidence.notes import digests


@shared_task
def tell() -> None:
    digests.plan()
    digests.pick_up()


@shared_task
def send(pk: int) -> None:
    digests.send(pk)
