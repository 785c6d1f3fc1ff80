"""The data folder and the folders in it."""

import os
from pathlib import Path


def make_data_folder(path: Path) -> None:
    """Makes the data folder for its owner alone; one that exists is left as it is.

    As root it may be passed through, not listed, because PostgreSQL runs as another account inside it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700)
    except FileExistsError:
        return
