"""The secret key of an installation that was given none: made once, kept where only its owner reads it."""

import os
import secrets
from pathlib import Path

from config.folders import make_data_folder


def kept_secret(path: Path) -> str:
    """The key kept in this file; made when there is none, by one of the commands that start at the same moment."""
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        pass
    make_data_folder(path.parent)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        # A link appears whole or not at all, and fails where another command was first.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii")
