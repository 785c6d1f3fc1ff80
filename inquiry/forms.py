"""Forms about the inquiry itself, its themes and the research that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from accounts.refusals import Refused
from inquiry.actions import check_framework
from inquiry.date_fields import DayField
from inquiry.editing import EditForm
from inquiry.framework_files import read_framework
from inquiry.models import CitationStyle, Inquiry, ReferenceWork, Theme


def rows_of(form: type[forms.Form], *, base: type[forms.BaseFormSet], most: int, **kwargs: Any) -> Any:
    """A form set of at most so many rows, whatever number is sent with it; each row sent costs work."""
    return forms.formset_factory(
        form, formset=base, max_num=most, absolute_max=most, validate_max=True, can_delete=True, **kwargs
    )


_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]\s+|[-–•]\s+)")

LARGEST_FILE = 500 * 1024

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("The inquiry", ("title", "body", "secretariat", "opened_on", "closes_on", "evidence_until")),
    ("What it asks", ("question", "terms")),
    ("Its report", ("report_title", "citation_style", "rubric", "funding")),
    ("Data protection", ("data_controller", "lawful_basis", "privacy_notice")),
    (
        "How long things are kept",
        ("keep_contact_details_months", "keep_unpublished_months", "keep_published_months", "keep_log_months"),
    ),
)


class InquiryForm(forms.ModelForm, EditForm):
    """The inquiry's particulars. Its code stands in every reference and is not among them."""

    terms = forms.CharField(
        label="Terms of reference",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="One question a line. They are numbered as they stand.",
    )

    class Meta:
        model = Inquiry
        fields = tuple(name for _, names in GROUPS for name in names if name != "terms")
        widgets = {
            "citation_style": forms.RadioSelect(choices=CitationStyle.choices),
        }
        error_messages = {months: {"required": "Say for how many months."} for months in GROUPS[-1][1]}
        field_classes = dict.fromkeys(("opened_on", "closes_on", "evidence_until"), DayField)
        labels = {"opened_on": "Opened on", "report_title": "Title of the report", "lawful_basis": "Lawful basis"}
        help_texts = {
            "evidence_until": "The last day for written evidence, if it is another. What comes after it is late.",
            "question": "In a sentence, as it was announced.",
            "citation_style": "How quotes are cited on every page and in the appendix.",
            "data_controller": "Who answers for the personal data in the evidence.",
            "lawful_basis": "Such as: public task; consent.",
            "privacy_notice": "What those who give evidence are told.",
        }

    def __init__(self, *args: Any, terms: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terms"].initial = "\n".join(terms)
        self.fields["citation_style"].choices = CitationStyle.choices  # type: ignore[attr-defined]

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The fields, in groups with a legend each."""
        for legend, names in GROUPS:
            yield legend, [self[name] for name in names]

    def clean_terms(self) -> list[str]:
        lines = (_NUMBERED.sub("", line).strip() for line in self.cleaned_data["terms"].splitlines())
        return [line for line in lines if line]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opened, closes = cleaned.get("opened_on"), cleaned.get("closes_on")
        if opened and closes and closes < opened:
            self.add_error("closes_on", "It closes to evidence after it has opened.")
        until = cleaned.get("evidence_until")
        if opened and until and until < opened:
            self.add_error("evidence_until", "Written evidence is sent in after it has opened.")
        return cleaned


class ReferenceForm(forms.ModelForm):
    """A work of research, cited by author and year."""

    url = forms.URLField(label="Address", required=False, assume_scheme="https")

    class Meta:
        model = ReferenceWork
        fields = ("key", "author", "year", "title", "publication", "url", "used_for")
        labels = {"key": "Key", "used_for": "What it is used for"}
        help_texts = {
            "author": "As it is listed: a body’s name, or Surname, Initial.",
            "publication": "The series, journal or publisher.",
        }


class EditReferenceForm(ReferenceForm, EditForm):
    """The same, corrected."""


class FrameworkForm(forms.Form):
    """A framework as a file; once it has been looked at, its content is sent back to be entered."""

    file = forms.FileField(
        label="File",
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={"required": "Choose the file."},
    )
    content = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, inquiry: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inquiry = inquiry
        self.fields["file"].required = not self.data.get("content")
        self.fields["file"].help_text = f"JSON, up to {LARGEST_FILE // 1024} kB."

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        file, content = given["file"], given["content"].encode()
        try:
            if max(file.size if file else 0, len(content)) > LARGEST_FILE:
                raise Refused("This file is too large for a framework.")
            read = file.read() if file else content
            self.framework = read_framework(read)
            names = ("name", "version", "themes")
            check_framework(inquiry=self.inquiry, **{name: self.framework[name] for name in names})
        except Refused as refused:
            self.add_error("file", str(refused))
        else:
            self.content_read = read.decode("utf-8-sig")
        return given


class ThemeForm(forms.ModelForm, EditForm):
    """The wording of a theme."""

    class Meta:
        model = Theme
        fields = ("title", "aim", "definition", "exclusion")
        labels = {"definition": "What belongs here", "exclusion": "What does not"}
        help_texts = {"definition": "Shown to whoever tags to it.", "exclusion": "And where it belongs instead."}
