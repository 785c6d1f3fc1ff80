"""The memory of a process that answers people."""

import gc

# New objects between two looks for what is no longer used; a page makes some thousands.
NEW_OBJECTS = 20_000


def settle() -> None:
    """What was loaded to begin with stays until the end, so the search for what is no longer used passes over it.

    It would otherwise go through hundreds of thousands of objects in the middle of somebody's page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 50, 50)
