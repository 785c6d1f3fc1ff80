"""The Celery application; its settings are the CELERY_ ones in config/settings.py."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

from config import folder_broker

folder_broker.register()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("attest")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def keep_the_database_while_working(**kwargs: Any) -> None:
    """The worker's parent holds the embedded server, since its children end without saying goodbye."""
    from django.db import connection

    connection.ensure_connection()
    connection.close()
