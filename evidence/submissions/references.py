"""References as people write them."""

import re

_REFERENCE = re.compile(r"([A-Za-z]{2,6})?[\s\-/]*(\d{1,6})")


def read_reference(text: str) -> tuple[str, int] | None:
    """The code (or nothing) and the number of a reference in any of its forms: LUI0012, LUI 12, lui012, 12."""
    written = _REFERENCE.fullmatch(text.strip())
    return ((written[1] or "").upper(), int(written[2])) if written else None
