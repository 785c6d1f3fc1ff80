"""Forms about campaigns."""

from __future__ import annotations

from typing import Any

from django import forms

from evidence.campaigns.models import Campaign


class CampaignForm(forms.Form):
    """The name of a campaign, a new one or one that is known."""

    name = forms.CharField(
        label="Name of the campaign",
        max_length=200,
        help_text="By which the secretariat finds it again. Members do not see it.",
        widget=forms.TextInput(attrs={"list": "known-campaigns", "autocomplete": "off"}),
    )


class RenameForm(forms.ModelForm):
    """Another name for a campaign."""

    class Meta:
        model = Campaign
        fields = ("name",)

    def validate_constraints(self) -> None:
        """A name that is taken is refused by the action, in a sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "Members do not see it."
