"""Whether PostgreSQL is at work: all its processes stand in the folder of their data."""

import subprocess
from pathlib import Path

PROC = Path("/proc")


def work_in(folder: Path) -> bool:
    """Whether it is at work in this folder, be it a server or what a killed one has left behind for a moment."""
    if not (PROC / "self").exists():
        return _named_in_the_list(folder)
    wanted = str(folder.resolve())
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                # One that is dead, though nobody has asked after it yet, has no folder any more.
                if str((entry / "cwd").readlink()) == wanted and (entry / "comm").read_text().strip() == "postgres":
                    return True
            except OSError:
                continue
    return False


def _named_in_the_list(folder: Path) -> bool:
    """Where there is no /proc: the server is started with its folder as an argument."""
    listed = subprocess.run(["/bin/ps", "-axo", "command="], check=False, capture_output=True, text=True)
    return any("postgres" in line and str(folder) in line for line in listed.stdout.splitlines())
