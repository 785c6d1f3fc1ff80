"""People and bodies, corrected."""

from __future__ import annotations

from django import forms

from evidence.witnesses.models import Organisation, Witness


class WitnessForm(forms.ModelForm):
    """A person's name, and whether they speak from lived experience."""

    class Meta:
        model = Witness
        fields = ("name", "lived_experience")


class OrganisationForm(forms.ModelForm):
    """A body's name and sector."""

    class Meta:
        model = Organisation
        fields = ("name", "sector")
