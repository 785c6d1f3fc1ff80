"""A port that can’t be had is told in a sentence that helps."""

import errno
import subprocess
import sys

import pytest

from config.run import _why_not
from tests.config.conftest import ROOT


@pytest.mark.parametrize("port", ["80000", "0", "-1"])
def test_what_is_no_port_is_told_in_a_sentence(environment, port):
    told = subprocess.run(
        [sys.executable, "-m", "config.run"],
        cwd=ROOT,
        env={**environment, "ATTEST_PORT": port},
        capture_output=True,
        text=True,
        timeout=180,
    )
    sentence = f"Nothing was started: ATTEST_PORT is {port}, and a port is a number from 1 to 65535.\n"
    assert (told.returncode, told.stderr) == (2, sentence)


@pytest.mark.parametrize(
    ("port", "reason", "advice"),
    [
        (80, PermissionError(errno.EACCES, "Permission denied"), "from 1024 on: ATTEST_PORT=8000 make run"),
        (8000, OSError(errno.EADDRINUSE, "Address already in use"), "another port: ATTEST_PORT=8001 make run"),
        (65535, OSError(errno.EADDRINUSE, "Address already in use"), "another port: ATTEST_PORT=8000 make run"),
        (8000, OSError(errno.EADDRNOTAVAIL, "Cannot assign requested address"), "an address of this machine."),
    ],
)
def test_the_advice_is_one_that_can_be_followed(port, reason, advice):
    said = _why_not("127.0.0.1", port, reason)
    assert said.startswith(f"Nothing was started, because 127.0.0.1:{port} can’t be had ({reason.strerror}).")
    assert said.endswith(advice)
