"""What can be chosen of an export."""

from __future__ import annotations

from django import forms

from report.models import Format


class ExportForm(forms.Form):
    """An export to be made."""

    format = forms.ChoiceField(choices=Format.choices, widget=forms.RadioSelect, initial=Format.DOCX)
    include_unchecked = forms.BooleanField(
        label="With quotes that nobody has checked",
        required=False,
        help_text="Each is marked as unchecked where it is printed.",
    )
