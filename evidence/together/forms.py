"""What many pieces of evidence are tagged to."""

from __future__ import annotations

from typing import Any

from django import forms

from evidence.tags.forms import TagsForm


class TogetherForm(TagsForm):
    """Themes and recommendations that are added to all that is chosen."""

    def clean(self) -> dict[str, Any]:
        chosen = any(value for name, value in self.cleaned_data.items() if name in ("themes", *self.asked))
        if not self.errors and not chosen:
            raise forms.ValidationError("Choose at least one theme, or a stance on a recommendation.")
        return self.cleaned_data
