"""Starting and stopping the embedded PostgreSQL, by as many processes at once as there are."""

import atexit
import re
import shlex
import shutil
import socket
import stat
import tempfile
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from subprocess import CompletedProcess

from config.embedded import processes
from config.embedded.home import Home
from config.embedded.locks import Use, alone
from config.embedded.refusals import Unavailable
from config.folders import make_data_folder

SOCKET = ".s.PGSQL.5432"
# The system takes 107 bytes; a folder with other characters would need quoting in three programs.
SOCKET_PATH_LIMIT = 100
PLAIN_PATH = re.compile(r"[A-Za-z0-9._/-]+")
LOG_LIMIT = 5 * 1024 * 1024
# Seconds: for a server that starts or ends, and for what a killed command has begun.
PATIENCE = 60
A_MOMENT = 5

SETTINGS = """
# Written by Attest when this database was made.
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 128MB
work_mem = 16MB
maintenance_work_mem = 128MB
random_page_cost = 1.1
jit = off
# The log holds no row: an error's text could name a person whose name is kept nowhere.
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
"""


@dataclass(frozen=True)
class Notice:
    """What a running server says about itself in postmaster.pid."""

    pid: int
    folder: str
    ready: bool

    @classmethod
    def read(cls, path: Path) -> "Notice | None":
        try:
            lines = [line.strip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
            return cls(int(lines[0]), lines[4], len(lines) > 7 and lines[7] == "ready")
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def answers(self) -> bool:
        """Whether somebody listens at its socket."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
            try:
                door.connect(f"{self.folder}/{SOCKET}")
            except OSError:
                return False
        return True


class Server:
    """The server of one data folder.

    Each process that uses it holds a shared lock as long as it lives; the last one to end stops the server. A process
    that was killed lets go of its lock too, so its server is stopped by whoever uses it next.
    """

    SUPERUSER = "attest"
    DATABASE = "attest"

    def __init__(self, data: Path, settings: dict[str, str] | None = None) -> None:
        self.data = data
        self.settings = settings or {}
        self._use = Use(data / "postgres.use")
        atexit.register(self.release)

    @cached_property
    def home(self) -> Home:
        return Home.of(self.data)

    @property
    def binaries(self) -> Path:
        return self.home.binaries

    @property
    def cluster(self) -> Path:
        return self.home.folder / "data"

    @property
    def log(self) -> Path:
        return self.home.folder / "postgresql.log"

    def hold(self) -> str:
        """Makes sure that the server runs until this process ends, and gives the folder of its socket."""
        with self._use.thread:
            if self._use.begun and (notice := self._running()):
                return notice.folder
            make_data_folder(self.data)
            with self._alone():
                if not self._use.begun:
                    self._use.begin()
                return (self._running() or self._start()).folder

    def release(self) -> None:
        """Stops the server if no other process uses it."""
        with self._use.thread:
            if not self._use.begun:
                return
            with self._alone():
                try:
                    if self._use.is_the_last():
                        self._stop()
                finally:
                    self._use.end()

    def stop_if_left(self) -> None:
        """Stops a server whose users were all killed."""
        with self._use.thread:
            if self.data.is_dir() and not self._use.begun:
                self._use.begin()
            self.release()

    def _alone(self) -> AbstractContextManager[None]:
        return alone(self.data / "postgres.lock")

    def _notice(self) -> Notice | None:
        return Notice.read(self.cluster / "postmaster.pid")

    def _running(self) -> Notice | None:
        notice = self._notice()
        return notice if notice and notice.ready and notice.answers() else None

    # --- Starting ---------------------------------------------------------------------------------------------------

    def _start(self) -> Notice:
        self._clear_drafts()
        if not (self.cluster / "PG_VERSION").exists():
            self._make_cluster()
        if notice := self._settle_what_is_left():
            return notice
        self._bound_log()
        folder = self._socket_folder()
        options = {"unix_socket_directories": str(folder), **self.settings}
        words = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in options.items())
        ended = self._pg_ctl("start", "--wait", "--timeout=600", f"--log={self.log}", f"--options={words}")
        if notice := self._running():
            return notice
        self._remove_socket_folder(str(folder))
        reason = self._reason(ended.stdout + ended.stderr)
        raise Unavailable(f"PostgreSQL did not start: {reason} (its log is {self.log})")

    def _make_cluster(self) -> None:
        """Makes the database aside and moves it into place when it is whole."""
        draft = Path(tempfile.mkdtemp(prefix="making-", dir=self.home.folder))
        self.home.give(draft)
        made = self.home.run(
            str(self.binaries / "initdb"),
            f"--pgdata={draft}",
            f"--username={self.SUPERUSER}",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
        )
        if made.returncode == 0:
            with (draft / "postgresql.conf").open("a", encoding="ascii") as conf:
                conf.write(SETTINGS)
            made = self.home.run(
                str(self.binaries / "postgres"),
                *("--single", "-D", str(draft), "postgres"),
                said=f"CREATE DATABASE {self.DATABASE};\n",
            )
        if made.returncode != 0:
            shutil.rmtree(draft, ignore_errors=True)
            raise Unavailable(f"The database could not be made in {self.home.folder}: {_last_line(made.stderr)}")
        draft.rename(self.cluster)

    def _clear_drafts(self) -> None:
        """Clears what a killed maker has left; its initdb may write on for a moment, until it misses what is gone."""
        until = time.monotonic() + A_MOMENT
        while (left := list(self.home.folder.glob("making-*"))) and time.monotonic() < until:
            for draft in left:
                shutil.rmtree(draft, ignore_errors=True)
            time.sleep(0.1)

    def _settle_what_is_left(self) -> Notice | None:
        """A notice of a server that doesn't answer: waits for one that starts or stops, and clears a stale one."""
        until = time.monotonic() + PATIENCE
        while (notice := self._notice()) and processes.work_in(self.cluster):
            if self._running():
                return notice
            if time.monotonic() > until:
                raise Unavailable(f"PostgreSQL (process {notice.pid}) neither answers nor ends; its log is {self.log}")
            time.sleep(0.1)
        # PostgreSQL would take any program that has the number meanwhile for a server.
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        shutil.rmtree(self.home.folder / "socket", ignore_errors=True)
        if notice:
            self._remove_socket_folder(notice.folder)
        return None

    def _bound_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".old.log"))

    def _socket_folder(self) -> Path:
        folder = self.home.folder / "socket"
        path = str(folder / SOCKET)
        if len(path.encode()) <= SOCKET_PATH_LIMIT and PLAIN_PATH.fullmatch(path):
            folder.mkdir(mode=0o700, exist_ok=True)
        else:
            mine = Path(f"/run/user/{self.home.uid}")
            short = str(mine) if mine.is_dir() else "/tmp"  # noqa: S108
            folder = Path(tempfile.mkdtemp(prefix="attest-", dir=short))
        self.home.give(folder)
        return folder

    # --- Stopping ---------------------------------------------------------------------------------------------------

    def _stop(self) -> None:
        notice = self._notice()
        if notice is None:
            return
        for mode in ("fast", "immediate"):
            if processes.work_in(self.cluster):
                self._pg_ctl("stop", f"--mode={mode}", "--wait", f"--timeout={PATIENCE}")
        self._remove_socket_folder(notice.folder)

    def _remove_socket_folder(self, name: str) -> None:
        """Removes a folder that was made for the socket outside the data, if it is that indeed."""
        folder = Path(name)
        if folder == self.home.folder / "socket" or not folder.name.startswith("attest-"):
            return
        try:
            found = folder.lstat()
        except FileNotFoundError:
            return
        if stat.S_ISDIR(found.st_mode) and found.st_uid == self.home.uid:
            shutil.rmtree(folder, ignore_errors=True)

    # --- What both need ---------------------------------------------------------------------------------------------

    def _pg_ctl(self, *arguments: str) -> CompletedProcess[str]:
        return self.home.run(str(self.binaries / "pg_ctl"), f"--pgdata={self.cluster}", "--silent", *arguments)

    def _reason(self, said: str) -> str:
        """Why the server didn't start: the last grave line of its log, or what pg_ctl said."""
        try:
            lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-50:]
        except FileNotFoundError:
            return _last_line(said)
        grave = [line for line in lines if re.search(r"(FATAL|PANIC|could not|No space left)", line)]
        return re.sub(r"^.*?(FATAL|PANIC|LOG|ERROR): +", "", grave[-1]) if grave else _last_line(said)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason was given"


_servers: dict[Path, Server] = {}


def server_in(data: Path, settings: dict[str, str] | None = None) -> Server:
    """The one object of this process for the server of a data folder."""
    if data not in _servers:
        _servers[data] = Server(data, settings)
    return _servers[data]
