"""What is written in a note, and who reads it."""

from __future__ import annotations

from typing import Any

from django import forms

from evidence.notes.models import LONGEST_NOTE, Note, SharedWith
from inquiry.editing import EditForm


class NoteForm(forms.ModelForm):
    """A note to be written."""

    class Meta:
        model = Note
        fields = ("text", "shared_with")
        labels = {"text": "Note", "shared_with": "Who reads it"}
        error_messages = {"text": {"required": "Write the note."}, "shared_with": {"required": "Say who reads it."}}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3, "data-naming": "", "maxlength": LONGEST_NOTE}),
            "shared_with": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"shared_with": SharedWith.PRIVATE} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["shared_with"].choices = SharedWith.choices  # type: ignore[attr-defined]


class EditNoteForm(NoteForm, EditForm):
    """The same, changed by its writer."""
