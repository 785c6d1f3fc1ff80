"""How every command ends: with status 0, with 2 and a sentence on standard error, or, where it was asked whether
something is so, with 1 for a no.
"""

import signal
import sys
import traceback
from collections.abc import Callable
from types import FrameType

from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, execute_from_command_line
from django.db import OperationalError, ProgrammingError, connection
from psycopg.errors import UndefinedColumn, UndefinedTable

from config.embedded.refusals import Unavailable


def run(arguments: list[str]) -> int:
    """Runs one of Django's or our own commands."""
    return ending_in_a_sentence(lambda: _on_tables_that_are_there(arguments))


def ending_in_a_sentence(work: Callable[[], None]) -> int:
    """Does the work; what its user can mend is told in a sentence, a fault of ours with its traceback."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    try:
        work()
    except SystemExit as ending:
        # A command that answers says so itself; Django's own ends with 1 for a mistake in how it was called.
        return getattr(ending, "answer", 0) or _status(ending.code)
    except KeyboardInterrupt:
        return _refuse("Stopped.")
    except (Unavailable, ImproperlyConfigured) as reason:
        return _refuse(str(reason))
    except OperationalError as reason:
        return _refuse(f"The database refused: {str(reason).strip()}")
    except BrokenPipeError:
        return 2
    except OSError as reason:
        return _refuse(f"{reason.strerror}: {reason.filename}" if reason.filename else reason.strerror or str(reason))
    except Exception:  # whatever it is, a script must see a status that it knows
        traceback.print_exc()
        return 2
    return 0


def _on_tables_that_are_there(arguments: list[str]) -> None:
    """The embedded database is made when it is first asked for, and so are its tables; no other is changed unasked."""
    try:
        execute_from_command_line(arguments)
    except ProgrammingError as reason:
        if not isinstance(reason.__cause__, UndefinedTable | UndefinedColumn):
            raise
        if connection.settings_dict["ENGINE"] != "config.embedded" or connection.introspection.table_names():
            raise Unavailable("The database is not that of this version of Attest; run: manage.py migrate") from None
        call_command("migrate", interactive=False, verbosity=0)
        execute_from_command_line(arguments)


def _leave(number: int, frame: FrameType | None) -> None:
    """Ends in order, so that a database server started by this command is stopped with it."""
    raise SystemExit(128 + number)


def _status(code: object) -> int:
    if isinstance(code, str):
        return _refuse(code)
    return 2 if code else 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
