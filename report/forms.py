"""What can be chosen of the appendix and its exports."""

from __future__ import annotations

from typing import Any

from django import forms

from inquiry.models import CitationStyle, Inquiry
from report.layouts import USUAL, PartName
from report.models import Format


class ChoiceForm(forms.Form):
    """What is printed, and in whose manner."""

    layout = forms.ChoiceField(choices=CitationStyle.choices, widget=forms.RadioSelect, required=False)
    parts = forms.MultipleChoiceField(choices=PartName.choices, widget=forms.CheckboxSelectMultiple, required=False)
    include_unchecked = forms.BooleanField(
        label="With quotes that nobody has checked",
        required=False,
        help_text="Each is marked as unchecked where it is printed.",
    )

    def __init__(self, data: Any, *, inquiry: Inquiry) -> None:
        self.inquiry = inquiry
        super().__init__(data)

    @property
    def chosen(self) -> dict[str, Any]:
        """What the address asks for; of what it does not name, or names wrongly, what is usual."""
        self.is_valid()
        layout = self.cleaned_data.get("layout") or self.inquiry.citation_style
        return {
            "layout": layout,
            "parts": self.cleaned_data.get("parts") or list(USUAL[layout]),
            "include_unchecked": bool(self.cleaned_data.get("include_unchecked")),
        }

    def shown(self) -> ChoiceForm:
        """The form with what is shown ticked, whatever the address names."""
        return ChoiceForm(self.chosen, inquiry=self.inquiry)


class ExportForm(forms.Form):
    """An export to be made, of what the preview shows."""

    format = forms.ChoiceField(choices=Format.choices, initial=Format.DOCX)
    layout = forms.ChoiceField(choices=CitationStyle.choices, widget=forms.HiddenInput, required=False)
    parts = forms.MultipleChoiceField(choices=PartName.choices, widget=forms.MultipleHiddenInput, required=False)
    include_unchecked = forms.BooleanField(widget=forms.HiddenInput, required=False)
    previewed = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput, required=False)


class FormatForm(forms.Form):
    """A format in which a snapshot is to be made."""

    format = forms.ChoiceField(choices=Format.choices, initial=Format.DOCX)


class SnapshotField(forms.ModelChoiceField):
    """A snapshot to be chosen by when it was taken."""

    default_error_messages = {"invalid_choice": "This snapshot is not there any more. Choose another."}

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class CompareForm(forms.Form):
    """Two snapshots to be compared."""

    def __init__(self, data: Any, *, snapshots: Any) -> None:
        super().__init__(data)
        self.fields["before"] = SnapshotField(snapshots, empty_label=None, label="From")
        self.fields["after"] = SnapshotField(snapshots, empty_label=None, label="To")


class HouseStyleForm(forms.Form):
    """A Word document with the house style."""

    document = forms.FileField(
        label="Word document",
        help_text="Its styles, page and footer are taken; its text is not.",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        error_messages={"required": "Choose a Word document."},
    )
