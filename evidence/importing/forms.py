"""Forms about submissions in bulk."""

from __future__ import annotations

from typing import IO, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from evidence.importing.models import Batch
from evidence.importing.reading.columns import COLUMNS, columns_of
from evidence.submissions.forms import FilesField, FilesInput

MEANINGS = {
    "": "Not used",
    "reference": "Reference",
    "submitter": "Submitter",
    "organisation": "Organisation",
    "sector": "Sector",
    "received": "Received on",
    "decision": "Decision on publication",
    "file": "File name",
    "text": "The evidence’s text",
}


class FolderInput(FilesInput):
    """Sends all files of a folder."""

    def __init__(self) -> None:
        super().__init__()
        self.attrs["webkitdirectory"] = True


class ChooseForm(forms.Form):
    """What is to be imported."""

    chosen = FilesField(
        label="Files",
        required=False,
        help_text=(
            "A list (CSV, XLSX, ODS) with the files that it names, if any; a ZIP; documents named by reference; "
            "or JSON saved from the Committees API with its documents."
        ),
    )
    folder = FilesField(label="Or a whole folder", required=False, widget=FolderInput)
    accept = forms.BooleanField(
        label="Accept them as evidence at once",
        required=False,
        help_text="Those that the list gives no decision for. Otherwise they wait as received.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not (given["chosen"] or given["folder"]):
            self.add_error("chosen", "Choose a list, an archive, or the files themselves.")
        return given

    @property
    def opened(self) -> list[tuple[str, IO[bytes]]]:
        """The files by their names, open."""
        return [(each.name or "", each.file) for each in (*self.cleaned_data["chosen"], *self.cleaned_data["folder"])]


class ColumnsForm(forms.Form):
    """What each column of a list means."""

    def __init__(self, *args: Any, batch: Batch, remembered: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.batch = batch
        meant = {place: column for column, place in columns_of(batch.headings, remembered).items()}
        for place, heading in enumerate(batch.headings):
            if heading.strip():
                self.fields[f"column_{place}"] = forms.ChoiceField(
                    label=heading[:100],
                    choices=MEANINGS.items(),
                    required=False,
                    initial=meant.get(place, ""),
                    help_text=self._sample(place),
                )

    def _sample(self, place: int) -> SafeString:
        """What stands below the heading in the first rows; shown as it is, never as markup."""
        cells = [row[place][:60] for row in self.batch.sample if place < len(row) and row[place].strip()]
        return format_html("Such as: {}", " · ".join(cells)) if cells else mark_safe("Empty in the first rows.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        used = [column for column in given.values() if column]
        if not {"submitter", "organisation"} & set(used):
            raise ValidationError("Say which column tells who submitted: it is needed.")
        twice = next((MEANINGS[column] for column in COLUMNS if used.count(column) > 1), None)
        if twice:
            raise ValidationError(f"Two columns cannot both be “{twice}”.")
        return given

    @property
    def meanings(self) -> dict[str, str]:
        return {
            heading: self.cleaned_data.get(f"column_{place}", "")
            for place, heading in enumerate(self.batch.headings)
            if heading.strip()
        }
