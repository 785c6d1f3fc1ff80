"""The evidence itself: files as received, one or many, or pasted text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.html import format_html

from accounts.refusals import Refused
from evidence.documents.actions import AlreadyKept, check_file
from inquiry.models import Inquiry

PASTED = "Pasted text.txt"
# What computers leave in folders, which nobody means to send.
LEFT_BY_COMPUTERS = {".ds_store", "thumbs.db", "desktop.ini"}
FILES_HINT = (
    "PDF, Word (.docx), OpenDocument (.odt), RTF, web page, Markdown, plain text or e-mail (.eml), whose attachments "
    "are taken out of it. Several at once if you like."
)
Files = Iterable[tuple[str, bytes]]


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True

    def __init__(self) -> None:
        # With script, what is wrong comes back round the files that were chosen, which stay.
        super().__init__(attrs={"hx-preserve": "true"})


class FilesField(forms.FileField):
    """One file or several."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(each, initial) for each in given if each or self.required]


class Sent:
    """Files as they were sent, each read when its turn comes: a whole folder has no place in memory at once."""

    def __init__(self, files: Iterable[UploadedFile]) -> None:
        self.files = [each for each in files if (each.name or "").lower() not in LEFT_BY_COMPUTERS]

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        for each in self.files:
            each.seek(0)
            yield each.name or "", each.read()

    def __bool__(self) -> bool:
        return bool(self.files)


class EvidenceForm(forms.Form):
    """The evidence itself: files as received, or pasted text.

    Of many files some may not be files that can be taken. Nobody is made to look through a thousand for twelve: once
    they have been named, they can be left out.
    """

    attached = FilesField(label="Files", required=False, help_text=FILES_HINT)
    leave_out = forms.BooleanField(label="Leave these files out, and take the rest", required=False)
    text = forms.CharField(
        label="Or its text",
        required=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Pasted from an e-mail, say. It is kept as a text file.",
    )

    def __init__(self, *args: Any, inquiry: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inquiry = inquiry
        self.fields["leave_out"].widget = forms.HiddenInput()

    def clean_leave_out(self) -> bool:
        """Names each file that can't be taken, unless it is to be left out."""
        leave_out: bool = self.cleaned_data["leave_out"]
        sent = self.cleaned_data.get("attached", Sent([]))
        problems = self._problems_of(sent)
        if problems and len(problems) < len(sent.files):
            self.fields["leave_out"].widget = forms.CheckboxInput()
            if leave_out:
                sent.files = [file for place, file in enumerate(sent.files) if place not in problems]
                return leave_out
        if problems:
            self.add_error("attached", list(problems.values()))
        return leave_out

    def _problems_of(self, sent: Sent) -> dict[int, Any]:
        """Why a file can't be taken, by its place."""
        problems: dict[int, Any] = {}
        seen: set[bytes] = set()
        for place, (name, data) in enumerate(sent):
            digest = hashlib.sha256(data).digest()
            try:
                if digest in seen:
                    raise Refused(f"“{name}” is in your choice twice.")
                check_file(inquiry=self.inquiry, name=name, data=data)
            except Refused as refused:
                problems[place] = self.say(refused)
            seen.add(digest)
        return problems

    def clean_attached(self) -> Sent:
        return Sent(self.cleaned_data["attached"])

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        try:
            if text:
                check_file(inquiry=self.inquiry, name=PASTED, data=text.encode())
        except Refused as refused:
            raise ValidationError(self.say(refused)) from refused
        return text

    def say_what_is_lost(self) -> None:
        """A browser does not keep chosen files when a whole page is loaded, so they have to be chosen once more."""
        names = [f"“{each.name}”" for each in self.files.getlist("attached")] if self.files else []
        if names:
            last = f"{', '.join(names[:-1])} and {names[-1]}" if names[1:] else names[0]
            self.add_error("attached", f"Choose {last} again: files do not come back with the page.")

    @property
    def chosen(self) -> Files:
        """Every file to keep, the pasted text among them."""
        text = self.cleaned_data["text"]
        return chain(self.cleaned_data["attached"], [(PASTED, text.encode())] if text else [])

    def say(self, refused: Refused) -> Any:
        """The refusal; with a link to the submission that has the same file."""
        kept = getattr(refused.document, "submission_file", None) if isinstance(refused, AlreadyKept) else None
        if not kept:
            return str(refused)
        reference = self.inquiry.reference(kept.submission.number)
        url = reverse("submissions:detail", args=[self.inquiry.code, kept.submission.number])
        return format_html('{} It came with <a href="{}">{}</a>.', str(refused), url, reference)


class FilesForm(EvidenceForm):
    """More evidence for a submission that is there already."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not (given["attached"] or given["text"]):
            raise ValidationError("Choose a file, or paste its text.")
        return given
