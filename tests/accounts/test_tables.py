"""What a later migration does to tables that were created at once."""

import pgtrigger
import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from evidence.together.models import Together


@pytest.fixture
def applied(db):
    """Does to the database what a migration of the room ``together`` would do; gives the state it comes to."""
    states = [MigrationExecutor(connection).loader.project_state()]

    def apply(operation):
        before, after = states[-1], states[-1].clone()
        operation.state_forwards("together", after)
        with connection.schema_editor() as editor:
            operation.database_forwards("together", editor, before, after)
        states.append(after)
        return after.models["together", "together"]

    return apply


def rules():
    """The names of the rules that the table has, without what makes them unique in the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substring(tgname FROM 'pgtrigger_(.*)_') FROM pg_trigger "
            "WHERE tgrelid = 'together_together'::regclass AND tgname LIKE 'pgtrigger%'"
        )
        return {name for (name,) in cursor.fetchall()}


def test_a_rule_is_added_and_one_that_came_with_the_table_taken_away(applied):
    before = rules()
    stands = pgtrigger.Protect(name="stands", operation=pgtrigger.Delete).compile(Together)
    applied(AddTrigger(model_name="together", trigger=stands))
    assert rules() == before | {"stands"}
    state = applied(RemoveTrigger(model_name="together", name="same_inquiry"))
    assert rules() == before - {"same_inquiry"} | {"stands"}
    assert {trigger.name for trigger in state.options["triggers"]} == rules()
