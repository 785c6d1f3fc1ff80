"""A database comes to this version from nothing, or from the one before; what is half way is told where to go."""

import psycopg
import pytest


@pytest.fixture
def migrate(manage, address):
    def run(*arguments):
        ended = manage("migrate", *arguments, DATABASE_URL=address)
        return ended.returncode, ended.stdout, ended.stderr

    return run


@pytest.fixture
def ask(address):
    def ask(statement):
        with psycopg.connect(address) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else None

    return ask


NEW = "name IN ('0001_beginning', '0002_roles')"
RULES = "SELECT count(*) FROM pg_trigger WHERE tgrelid = to_regclass('readiness_acceptance') AND NOT tgisinternal"
THERE = f"SELECT to_regclass('readiness_acceptance') IS NOT NULL, ({RULES})"


def test_one_with_every_step_of_the_version_before_goes_on_as_it_is(migrate, ask):
    ask(f"DELETE FROM django_migrations WHERE {NEW}")
    status, said, complained = migrate()
    assert (status, "No migrations to apply." in said, complained) == (0, True, "")
    assert ask(f"SELECT count(*) FROM django_migrations WHERE {NEW}") == [(21,)]


@pytest.mark.parametrize("missing", ["0005_first_versions", "0002_given_up"])
def test_one_without_the_last_of_them_is_told_to_go_there_first(migrate, ask, missing):
    ask(f"DELETE FROM django_migrations WHERE {NEW} OR name = '{missing}'")
    status, said, complained = migrate()
    assert (status, said) == (2, "")
    assert complained.startswith("Nothing was changed: the database is of an earlier version of Attest")
    assert complained.count("\n") == 1
    assert ask(f"SELECT count(*) FROM django_migrations WHERE {NEW}") == [(0,)]


def test_tables_come_with_their_rules_and_only_if_it_is_written_down_that_they_are_there(migrate, ask):
    before = ask(THERE)
    assert before == [(True, 5)]
    assert migrate("readiness", "zero")[0] == 0
    ask("CREATE FUNCTION cut_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'Cut off.'; END $$")
    ask("CREATE TRIGGER cut_off BEFORE INSERT ON django_migrations FOR EACH ROW EXECUTE FUNCTION cut_off()")
    assert migrate()[0] == 2
    assert ask(THERE) == [(False, 0)]
    ask("DROP FUNCTION cut_off CASCADE")
    assert migrate()[0] == 0
    assert ask(THERE) == before
