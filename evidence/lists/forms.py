"""The name under which a list is kept."""

from __future__ import annotations

from django import forms

from evidence.lists.models import ListPage, SavedList


class KeepForm(forms.Form):
    name = forms.CharField(
        max_length=SavedList._meta.get_field("name").max_length,
        error_messages={"required": "Say under which name to keep it.", "max_length": "Keep it under a shorter name."},
    )
    page = forms.ChoiceField(choices=ListPage.choices)
    query = forms.CharField(required=False)
