"""Asking ClamAV's daemon about a file, in the few words of its protocol that this takes (INSTREAM).

The libraries for it are not kept any more, or under a licence that this product cannot take on.
"""

from __future__ import annotations

import socket
import struct
from contextlib import suppress
from typing import IO

SECONDS = 120
CHUNK = 1 << 16
LONGEST_ANSWER = 4096

AWAY = (
    "The virus scanner could not be asked, so this file was not read. Have it read again later; "
    "if that fails too, tell your administrator."
)
TOO_LARGE = (
    "This file is larger than the virus scanner takes, so it was not read. "
    "Split it, or have your administrator raise StreamMaxLength in ClamAV."
)


class NotScanned(Exception):
    """The scanner gave no verdict; the message is a sentence that says what to do."""


def scan(file: IO[bytes], address: str) -> str:
    """What the scanner calls the virus that it finds in the file, or nothing.

    :raises NotScanned: when it does not say.
    """
    try:
        with _connected(address) as daemon:
            daemon.sendall(b"zINSTREAM\0")
            # It closes the door on what is too long for it, and says why.
            with suppress(BrokenPipeError, ConnectionResetError):
                while chunk := file.read(CHUNK):
                    daemon.sendall(struct.pack("!L", len(chunk)) + chunk)
                daemon.sendall(struct.pack("!L", 0))
            answer = _answer(daemon)
    except OSError as error:
        raise NotScanned(AWAY) from error
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")[:200]
    raise NotScanned(TOO_LARGE if "size limit exceeded" in answer else AWAY)


def _answer(daemon: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        more = daemon.recv(LONGEST_ANSWER)
        if not more:
            break
        answer += more
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            daemon.settimeout(SECONDS)
            daemon.connect(address)
        except OSError:
            daemon.close()
            raise
        return daemon
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
