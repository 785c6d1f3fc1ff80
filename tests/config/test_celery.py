"""The names under which work is asked for are names of tasks."""

from django.conf import settings

from config.celery import app
from evidence.documents.actions import READ
from report.actions import MAKE


def test_what_is_scheduled_and_what_is_sent_are_tasks():
    app.loader.import_default_modules()
    scheduled = {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled
    assert scheduled | {READ, MAKE} <= set(app.tasks)
