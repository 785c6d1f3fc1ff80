"""Commands end with status 0, or with 2 and a sentence; settings keep no secret and are fit for real use."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evidence.loading.trial import LEVELLING_UP
from tests.config.conftest import ROOT


def real_use() -> dict[str, str]:
    lines = (ROOT / "docs" / "attest.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_environment_for_real_use_passes_the_check_for_deployment(manage, data):
    ended = manage("check", "--deploy", "--fail-level", "WARNING", **{**real_use(), "ATTEST_DATA": str(data)})
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "no issues" in ended.stdout


def test_the_readme_names_every_setting_and_no_other():
    read = set(re.findall(r'env\.\w+\("([A-Z_]+)"', (ROOT / "config" / "settings.py").read_text()))
    rows = [line.split("|")[1] for line in (ROOT / "README.md").read_text().splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)} == read
    assert set(real_use()) <= read


def test_redis_can_be_the_broker(manage):
    ended = manage(
        "shell",
        "-v0",
        "-c",
        "from config import celery_app; print(celery_app.connection().transport)",
        CELERY_BROKER_URL="redis://localhost/1",
    )
    assert (ended.returncode, "redis" in ended.stdout) == (0, True)


def test_the_secret_key_is_made_once_and_read_by_its_owner_alone(manage, data):
    assert manage("version").returncode == 0
    kept = data / "secret-key"
    first = kept.read_text()
    assert len(first) > 60
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    manage("version")
    assert kept.read_text() == first


def test_a_given_secret_key_is_not_written_down(manage, data):
    assert manage("version", ATTEST_SECRET_KEY="given").returncode == 0
    assert not data.exists()


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        (["no_such_command"], {}, "Unknown command: 'no_such_command'"),
        (["migrate", "--no-such-option"], {}, "unrecognized arguments"),
        (["migrate", "no_such_app"], {"DATABASE_URL": "postgres:///x?host=/nowhere"}, "The database refused: "),
        (["check"], {"ATTEST_PORT": "many"}, "ATTEST_PORT"),
        (["check"], {"CLAMD_ADDRESS": "localhost"}, "CLAMD_ADDRESS must be host:port, or the path of a socket."),
        (["check"], {"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
    ],
)
def test_what_its_user_can_mend_is_told_in_a_sentence(manage, arguments, environment, sentence):
    ended = manage(*arguments, **environment)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr


def test_what_an_address_of_a_database_asks_for_is_kept_beside_what_attest_asks_for(manage):
    told = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS'])"
    address = "postgres:///x?sslmode=require&options=-c%20statement_timeout%3D9s"
    ended = manage("shell", "--verbosity=0", "--command", told, DATABASE_URL=address)
    asked = "-c statement_timeout=9s -c pgtrigger.ignore={}"
    assert (ended.stdout.strip(), ended.stderr) == (str({"sslmode": "require", "options": asked}), "")


def test_a_command_makes_the_tables_of_an_empty_folder_and_leaves_no_server_behind(manage, data):
    new = manage("create_inquiry", "--code", "EXA", "--title", "An example", "--body", "A panel", "--style", "appg")
    assert (new.returncode, new.stderr) == (0, "")
    again = manage("create_inquiry", "--code", "EXA", "--title", "An example", "--body", "A panel", "--style", "appg")
    assert again.returncode == 2
    assert "EXA" in again.stderr
    assert not ((data / "postgres").resolve() / "data" / "postmaster.pid").exists()


def test_an_inquiry_is_loaded_and_its_appendix_written_with_status_0_or_2(manage, address, tmp_path):
    def run(*arguments: object) -> tuple[int, str, str]:
        ended = manage(*map(str, arguments), DATABASE_URL=address)
        return ended.returncode, ended.stdout, ended.stderr

    export = ("export_appendix", "--layout", "appg", "--format", "csv", "-o", tmp_path / "appendix.csv", "--inquiry")
    assert run("load_inquiry", LEVELLING_UP) == (0, "LUI: Inquiry into levelling up\n", "")
    assert run("load_inquiry", LEVELLING_UP) == (
        2,
        "",
        "CommandError: There is an inquiry with the code LUI already.\n",
    )
    assert run("load_inquiry", tmp_path) == (2, "", f"CommandError: There is no inquiry.json in “{tmp_path}”.\n")
    status, said, complained = run(*export, "LUI")
    assert (status, said.split()[0], complained) == (0, "Snapshot", "")
    assert (tmp_path / "appendix.csv").stat().st_size > 1000
    assert run(*export, "NIX") == (2, "", "CommandError: There is no inquiry with the code NIX.\n")


def test_a_database_elsewhere_is_not_changed_unasked(manage, empty_database):
    ended = manage("create_inquiry", "--code", "EXA", "--title", "x", "--body", "y", DATABASE_URL=empty_database)
    assert ended.returncode == 2
    assert ended.stderr == "The database is not that of this version of Attest; run: manage.py migrate\n"


def test_a_command_told_to_end_leaves_no_server_behind(environment, data):
    with subprocess.Popen(
        [
            sys.executable,
            "manage.py",
            "shell",
            "-v0",
            "-c",
            "from django.db import connection as c; import time\n"
            "c.ensure_connection(); print('connected', flush=True); time.sleep(60)",
        ],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as command:
        assert command.stdout.readline() == "connected\n"
        command.send_signal(signal.SIGTERM)
        assert command.wait(120) == 2
    assert not ((data / "postgres").resolve() / "data" / "postmaster.pid").exists()


def test_a_port_in_use_is_told_before_anything_is_started(environment, data):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, "-m", "config.run"],
            cwd=ROOT,
            env={**environment, "ATTEST_PORT": str(port)},
            capture_output=True,
            text=True,
            timeout=180,
        )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        f"Nothing was started, because 127.0.0.1:{port} can’t be had (Address already in use). "
        f"Choose another port: ATTEST_PORT={port + 1} make run\n"
    )
    assert not (data / "postgres").exists()


KEEPER = """
import sys
import time
from config.children import Child
sys.path.insert(0, sys.argv[1])
Child("sleeper", ["sleeper"])
print("started", flush=True)
time.sleep(60)
"""


def test_what_runs_for_attest_ends_when_attest_is_killed(tmp_path):
    (tmp_path / "sleeper.py").write_text(
        "import os, pathlib, time\npathlib.Path(__file__).with_suffix('.pid').write_text(str(os.getpid()))\n"
        "time.sleep(60)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", KEEPER, str(tmp_path)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as keeper:
        keeper.stdout.readline()
        note = tmp_path / "sleeper.pid"
        _wait_until(lambda: note.exists() and note.read_text())
        pid = note.read_text()
        keeper.kill()
        keeper.wait()
    _wait_until(lambda: not _lives(pid))


def _lives(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except FileNotFoundError:
        return False


def _wait_until(is_so, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)
