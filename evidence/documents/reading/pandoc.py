"""Pandoc, kept away from files and the network, with a limit on its time and its memory."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypandoc

SECONDS = 60
MEGABYTES = 512


class PandocFailed(Exception):
    """Pandoc gave up, ran out of memory or took too long; the message is what it said."""


def run_pandoc(
    arguments: Sequence[str],
    data: bytes,
    *,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    environment: dict[str, str] | None = None,
) -> bytes:
    """What pandoc makes of the bytes on its standard input.

    The memory limit is that of pandoc's own runtime: it reserves a terabyte of addresses that it never uses,
    so a limit on the address space would stop it before it began.
    """
    binary = Path(pypandoc.__file__).parent / "files" / "pandoc"
    command = [str(binary), "+RTS", f"-M{megabytes}m", "-RTS", "--sandbox", *arguments]
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={"LANG": "C.UTF-8", **(environment or {})},
        )
    except subprocess.TimeoutExpired as error:
        raise PandocFailed(f"It took longer than {seconds:.0f} seconds.") from error
    if done.returncode:
        raise PandocFailed(done.stderr.decode("utf-8", "replace").strip()[-500:] or f"exit status {done.returncode}")
    return done.stdout
