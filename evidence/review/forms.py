"""Forms about quotes and recommendations."""

from __future__ import annotations

from typing import Any

from django import forms

from evidence.quotes.forms import TimeCodeField
from evidence.quotes.models import LONGEST_QUOTE
from inquiry.editing import EditForm
from inquiry.models import Addressee, Inquiry, Principle, Recommendation, RecommendationVersion


class RewordForm(EditForm):
    """The words of a quote."""

    text = forms.CharField(
        label="Words",
        max_length=LONGEST_QUOTE,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Mark an omission as […] and put any change in [square brackets]. Everything else must stand in the "
        "source, in that order.",
    )


class CheckForm(EditForm):
    """Against what a quote without a transcript was checked."""

    time_code = TimeCodeField(
        required=False, label="Time code in the recording", help_text="Where the words begin: 0:42:10."
    )
    checked_against = forms.CharField(
        required=False,
        label="Published source",
        max_length=300,
        help_text="Where there is no recording: the report or record in which the words stand, by name.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("time_code") and not cleaned.get("checked_against"):
            raise forms.ValidationError("Name the published source, or give the time code in the recording.")
        return cleaned


class RecommendationForm(forms.ModelForm):
    """A recommendation. Its number follows from its addressee, and stays."""

    class Meta:
        model = Recommendation
        fields = ("addressee", "title", "text", "principles")
        widgets = {"principles": forms.CheckboxSelectMultiple}
        help_texts = {"text": "As the report will print it."}
        labels = {"principles": "Principles that it delivers"}

    def __init__(self, *args: Any, inquiry: Inquiry, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = {"addressee": Addressee, "principles": Principle}
        for name, model in choices.items():
            field: Any = self.fields[name]
            field.queryset = model.objects.visible_to(user).filter(inquiry=inquiry)
        self.fields["principles"].required = False
        if not self.fields["principles"].queryset.exists():  # type: ignore[attr-defined]
            del self.fields["principles"]
        if self.instance.pk:
            del self.fields["addressee"]


LONGEST_WHY = RecommendationVersion._meta.get_field("why").max_length


class AgreeForm(forms.Form):
    """Where, or why, a recommendation was agreed."""

    why = forms.CharField(required=False, max_length=LONGEST_WHY)


class EditRecommendationForm(RecommendationForm, EditForm):
    """The same, rewritten."""

    why = forms.CharField(
        label="Why it is changed",
        required=False,
        max_length=LONGEST_WHY,
        help_text="Kept with this version: “agreed with the Chair on 4 March”.",
    )


class AddresseeForm(forms.ModelForm):
    """Whom recommendations are put to."""

    class Meta:
        model = Addressee
        fields = ("name",)
        help_texts = {"name": "Such as: Central government."}


class EditAddresseeForm(AddresseeForm, EditForm):
    """The same, corrected."""


class PrincipleForm(forms.ModelForm):
    """A principle that recommendations deliver."""

    class Meta:
        model = Principle
        fields = ("title", "text")


class EditPrincipleForm(PrincipleForm, EditForm):
    """The same, reworded."""
