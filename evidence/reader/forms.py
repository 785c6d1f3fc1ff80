"""Words to be quoted or redacted: where they stand, and what they are evidence of."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.refusals import Refused
from evidence.documents.models import Passage
from evidence.reader.finding import find
from evidence.tags.models import Stance
from inquiry.models import Inquiry, Recommendation, Theme

KEYS = "1234567890-="
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

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), required=False, label="Words as quoted")

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class TagsForm(forms.Form):
    """The themes that words are evidence on, and the recommendations that they support, challenge or qualify."""

    themes = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, inquiry: Inquiry, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = Theme.objects.visible_to(user).filter(inquiry=inquiry).leaves().in_use().in_order()
        recommendations = Recommendation.objects.visible_to(user).filter(inquiry=inquiry).in_order()
        self.offered = {str(theme.pk): theme for theme in themes}
        self.asked = {f"rec_{each.pk}": each for each in recommendations}
        self.fields["themes"].choices = list(self.offered.items())  # type: ignore[attr-defined]
        for name in self.asked:
            self.fields[name] = forms.ChoiceField(choices=[("", "no stance"), *Stance.choices], required=False)

    @property
    def tags(self) -> dict[str, Any]:
        """What was chosen, as an action takes it."""
        stances = {each: self.cleaned_data[name] for name, each in self.asked.items() if self.cleaned_data[name]}
        return {"themes": [self.offered[pk] for pk in self.cleaned_data["themes"]], "stances": stances}

    @property
    def legend(self) -> str:
        """What the themes are called: "Missions", where there is one framework."""
        frameworks = {theme.framework for theme in self.offered.values()}
        return f"{frameworks.pop().leaf_name}s" if len(frameworks) == 1 else "Themes"

    def theme_groups(self) -> list[dict[str, Any]]:
        """Themes under their objectives, for the picker; the first twelve have a key each."""
        chosen = {str(each) for each in self["themes"].value() or ()}
        several = len({theme.framework_id for theme in self.offered.values()}) > 1
        groups: list[dict[str, Any]] = []
        for n, (pk, theme) in enumerate(self.offered.items()):
            label = theme.parent.title if theme.parent else theme.framework.name
            if several and theme.parent:
                label = f"{theme.framework.name}: {label}"
            if not groups or groups[-1]["label"] != label:
                groups.append({"label": label, "options": []})
            groups[-1]["options"].append(
                {
                    "value": pk,
                    "label": f"{theme.number} {theme.title}",
                    "key": KEYS[n] if n < len(KEYS) else "",
                    "checked": pk in chosen,
                }
            )
        return groups

    def recommendation_rows(self) -> list[dict[str, Any]]:
        """Recommendations with the stance chosen so far, for the picker."""
        return [{"name": name, "label": str(each), "stance": self[name].value()} for name, each in self.asked.items()]

    def has_stances(self) -> bool:
        return any(row["stance"] for row in self.recommendation_rows())


class QuoteForm(TagsForm, WordsForm):
    """A quote as it is taken: words where they stand, and its tags."""


class CopiedForm(forms.Form):
    """Words copied from one passage, whose place is found by comparing them."""

    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 8}),
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

    reason = forms.CharField(max_length=300, error_messages={"required": "Say why the words are redacted."})


class RedactionForm(PlaceForm, ReasonForm):
    """Words to redact, selected where they stand."""


class CopiedRedactionForm(CopiedForm, ReasonForm):
    """Words to redact, copied from a passage."""
