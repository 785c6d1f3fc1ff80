"""Forms about acknowledgements."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from evidence.acknowledgements.wording import PLACES, one_line, unknown_places
from inquiry.editing import EditForm


class WordingForm(EditForm):
    """What the acknowledgements of an inquiry say."""

    subject = forms.CharField(max_length=200)
    text = forms.CharField(
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="What stands in curly brackets is filled in for each submission.",
    )

    def clean_subject(self) -> str:
        return self._with_known_places(one_line(self.cleaned_data["subject"]))

    def clean_text(self) -> str:
        return self._with_known_places(self.cleaned_data["text"].replace("\r\n", "\n"))

    def _with_known_places(self, text: str) -> str:
        if unknown := unknown_places(text):
            known = ", ".join(f"{{{name}}}" for name in PLACES)
            raise ValidationError(f"Nothing is known for {{{unknown[0][:40]}}}. These can be filled in: {known}.")
        return text
