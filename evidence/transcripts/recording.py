"""Time codes, as they are said and as they lead into a recording."""

from __future__ import annotations

import datetime as dt
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit


def clock(time: dt.timedelta) -> str:
    """``1:02:45``, or ``42:10`` within the first hour."""
    seconds = int(time.total_seconds())
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def at_time(recording: str, time: dt.timedelta) -> str:
    """The recording's address at this time, as its site understands it; nothing without a recording.

    parliamentlive.tv and YouTube have ways of their own; other sites are given a media fragment (W3C).
    """
    if not recording:
        return ""
    seconds, parts = int(time.total_seconds()), urlsplit(recording)
    host = (parts.hostname or "").removeprefix("www.")
    if host in ("youtube.com", "youtu.be"):
        return _asked(parts, {"t": f"{seconds}s"})
    if host == "parliamentlive.tv":
        return _asked(parts, {"in": str(dt.timedelta(seconds=seconds)).rjust(8, "0")})
    return parts._replace(fragment=f"t={seconds}").geturl()


def _asked(parts: SplitResult, more: dict[str, str]) -> str:
    return parts._replace(query=urlencode(dict(parse_qsl(parts.query)) | more)).geturl()
