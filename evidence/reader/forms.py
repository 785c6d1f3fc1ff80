"""Words to be quoted or redacted: where they stand, and what they are evidence of."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.refusals import Refused
from evidence.documents.models import Passage
from evidence.quotes.finding import find
from evidence.quotes.models import LONGEST_QUOTE
from evidence.tags.forms import TagsForm

LAST_PLACE = 2**31 - 1
SELECT_WORDS = "Select the words in the document again: their place was not sent with them."


class PlaceForm(forms.Form):
    """Where words stand: from a place in one passage to a place in the same or a later one."""

    first_passage = forms.ModelChoiceField(Passage.objects.none(), widget=forms.HiddenInput)
    start = forms.IntegerField(min_value=0, max_value=LAST_PLACE, widget=forms.HiddenInput)
    last_passage = forms.ModelChoiceField(Passage.objects.none(), widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=0, max_value=LAST_PLACE, widget=forms.HiddenInput)

    def __init__(self, *args: Any, passages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_passage", "last_passage"):
            self.fields[name].queryset = passages  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        if any(name in self.errors for name in PlaceForm.base_fields):
            for name in PlaceForm.base_fields:
                self.errors.pop(name, None)
            raise forms.ValidationError(SELECT_WORDS)
        return self.cleaned_data

    @property
    def place(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PlaceForm.base_fields}


class WordsForm(PlaceForm):
    """Words, maybe with marked edits, and where they stand."""

    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}), required=False, max_length=LONGEST_QUOTE, label="Words as quoted"
    )

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class QuoteForm(TagsForm, WordsForm):
    """A quote as it is taken: words where they stand, and its tags."""


class CopiedForm(forms.Form):
    """Words copied from one passage, whose place is found by comparing them."""

    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST_QUOTE,
        label="Words",
        help_text="Cut away what you do not want. Mark an omission as […] and put any change in [square brackets].",
        error_messages={"required": "Give the words, as they stand in the passage."},
    )

    def __init__(self, *args: Any, passage: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.passage = passage
        self.fields["text"].initial = passage.words

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        try:
            self.found = find(text, self.passage.words)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return text

    @property
    def place(self) -> dict[str, Any]:
        start, end = self.found
        return {"first_passage": self.passage, "start": start, "last_passage": self.passage, "end": end}


class CopiedQuoteForm(TagsForm, CopiedForm):
    """A quote of words copied from a passage, with its tags."""


class ReasonForm(forms.Form):
    """Why words are redacted."""

    reason = forms.CharField(
        max_length=300,
        help_text="For the secretariat alone. Others will see that words are missing, and nothing else.",
        error_messages={"required": "Say why the words are redacted."},
    )


class RedactionForm(PlaceForm, ReasonForm):
    """Words to redact, selected where they stand."""


class CopiedRedactionForm(CopiedForm, ReasonForm):
    """Words to redact, copied from a passage."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = "Words to redact"
        self.fields["text"].help_text = "Cut away what may stay."
