"""`manage.py migrate`, as Django has it, with a look beforehand at what the database has been through."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from config.embedded.refusals import Unavailable

HALF_WAY = (
    "Nothing was changed: the database is of an earlier version of Attest than this one goes on from. docs/running.md "
    "tells, under “From before the migrations began anew”, by which version it is brought up to that."
)


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        _refuse_half_way(options["database"])
        super().handle(*args, **options)


def _refuse_half_way(database: str) -> None:
    """Refuses a database with some of the steps that one migration now stands for, and not all.

    Django finds neither the steps nor, to its mind, a use for what came in their place: it leaves those tables as they
    are and says that all is done, or stops at whatever needs them.
    """
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    done = MigrationRecorder(connections[database]).applied_migrations()
    for migration in loader.disk_migrations.values():
        steps = [step in done for step in migration.replaces if step not in loader.disk_migrations]
        if any(steps) and not all(steps):
            raise Unavailable(HALF_WAY)
