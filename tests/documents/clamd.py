"""A virus scanner that speaks clamd's protocol on this machine. It knows one virus, which is fictional."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VIRUS = b"FICTIONAL-VIRUS-FOR-TESTS"
CALLED = "Fictional.Test-1"


class Talk(socketserver.BaseRequestHandler):
    """One conversation: a command, chunks with their length before them, and a verdict."""

    def handle(self) -> None:
        command = b""
        while command[-1:] not in (b"\0", b"\n"):
            command += self.request.recv(1)
        end = command[-1:]
        if command not in (b"zINSTREAM\0", b"nINSTREAM\n"):
            self.request.sendall(b"UNKNOWN COMMAND" + end)
            return
        heard = b""
        while size := struct.unpack("!L", self._exactly(4))[0]:
            heard += self._exactly(size)
            if len(heard) > self.server.longest:
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR" + end)
                return
        self.server.heard.append(heard)
        verdict = f"stream: {CALLED} FOUND" if VIRUS in heard else "stream: OK"
        self.request.sendall(verdict.encode() + end)

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            data += self.request.recv(size - len(data)) or self._gone()
        return data

    def _gone(self) -> bytes:
        raise EOFError


class Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@contextmanager
def listening(at: Path | None = None, *, longest: int = 1 << 26) -> Iterator[tuple[str, list[bytes]]]:
    """Its address, and what it has been asked about."""
    server: socketserver.BaseServer = Unix(str(at), Talk) if at else Tcp(("127.0.0.1", 0), Talk)
    heard: list[bytes] = []
    server.longest, server.heard = longest, heard
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield (str(at) if at else f"127.0.0.1:{server.server_address[1]}"), heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
