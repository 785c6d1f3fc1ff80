"""What is accepted of a check's warnings, and why."""

from __future__ import annotations

from typing import Any

from django import forms

# Between the key of a finding and its sign, in the value of a check box. No sign has it.
SEPARATOR = "|"


class FindingsField(forms.Field):
    """The check boxes that are ticked: the key of each finding, and its sign as the person saw it."""

    widget = forms.MultipleHiddenInput
    one = forms.CharField(strip=False)

    def clean(self, value: Any) -> dict[str, str]:
        """Keys and signs; what no database could hold is refused."""
        pairs = [self.one.clean(line).rpartition(SEPARATOR) for line in value or ()]
        return {key: sign for key, _, sign in pairs}


class AcceptForm(forms.Form):
    """What of which check is accepted, and why. The action says what is missing, in its own words."""

    check = forms.CharField(required=False)
    line = FindingsField(required=False)
    reason = forms.CharField(required=False, strip=False)
