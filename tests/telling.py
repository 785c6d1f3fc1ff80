"""What a page tells its reader, but for what it made up, and for what they typed themselves."""

from __future__ import annotations

import re


def without_tokens(body: str) -> str:
    """Without the tokens of forms, which are new each time: now and then one spells a short name."""
    return re.sub(r"\b\w{64}\b", "", body)


def without_the_box(body: str) -> str:
    """Without the search box, and the addresses made of what stands in it."""
    body = "".join(line for line in body.splitlines(keepends=True) if 'name="q"' not in line)
    return re.sub(r"\bq=[^&\"]*", "", body)
