"""What forms about quotes share."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms


class TimeCodeField(forms.CharField):
    """A place in a recording: hours, minutes and seconds, or minutes and seconds."""

    def to_python(self, value: Any) -> Any:
        said = super().to_python(value)
        if not said:
            return None
        parts = re.fullmatch(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)", said)
        if not parts or (parts[1] and int(parts[2]) > 59):
            raise forms.ValidationError("Write the time code as 0:42:10, or as 42:10.")
        hours, minutes, seconds = (int(part or 0) for part in parts.groups())
        return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
