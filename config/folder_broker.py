"""A folder as the broker: messages of one machine without a server for them.

Kombu has one too, but it shows a message before it is written whole and takes it through the system's folder for
temporary files; here a message appears whole, and whoever removes it has it.
"""

import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps, loads

SCHEME = "folder"


def register() -> None:
    """Makes `folder://` an address of a broker."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:Transport"


class Channel(filesystem.Channel):
    """Messages as files, in the order of their names."""

    @property
    def folder(self) -> Path:
        return Path(self.data_folder_in)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        name = f"{time.time_ns():020}_{uuid.uuid4()}"
        draft = self.folder / f"{name}.draft"
        draft.write_text(dumps(payload), encoding="utf-8")
        draft.rename(self.folder / f"{name}.{queue}.msg")

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for path in sorted(self.folder.glob(f"*.{queue}.msg")):
            try:
                text = path.read_text(encoding="utf-8")
                path.unlink()
            except FileNotFoundError:
                continue
            return loads(text)
        raise Empty


class Transport(filesystem.Transport):
    """What Celery asks for by the name `folder`."""

    Channel = Channel
    driver_type = driver_name = SCHEME
