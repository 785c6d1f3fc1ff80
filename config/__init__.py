"""How Attest runs: settings, addresses, the web server, the worker, and PostgreSQL when no other is named."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
