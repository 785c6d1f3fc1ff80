"""Forms that correct how a person or a body is recorded."""

from __future__ import annotations

from django import forms

from evidence.witnesses.models import Sector
from inquiry.editing import EditForm


class WitnessForm(EditForm):
    """A person's name, and whether they live what the inquiry is about."""

    name = forms.CharField(max_length=200, help_text="As it is printed, with any honorific: Dr Jane Example.")
    lived_experience = forms.BooleanField(
        required=False,
        label="Speaks from lived experience",
        help_text="Lives, or has lived, what the inquiry is about.",
    )


class OrganisationForm(EditForm):
    """A body's name and sector."""

    name = forms.CharField(max_length=300, help_text="As it is printed.")
    sector = forms.ChoiceField(choices=Sector.choices, help_text="Whose voice it is, where voices are counted.")
