"""Forms about the themes of a framework in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from inquiry.models import Framework, Theme


class AddThemeForm(forms.ModelForm):
    """A theme that is added to a framework."""

    class Meta:
        model = Theme
        fields = ("parent", "number", "title", "aim", "definition", "exclusion")
        labels = {"parent": "Under", "definition": "What belongs here", "exclusion": "What does not"}
        help_texts = {"definition": "", "exclusion": "And where it belongs instead."}

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = framework.themes.filter(depth__lt=len(framework.levels) - 1).order_by("position")
        parents: Any = self.fields["parent"]
        parents.queryset = above.select_related("framework")
        parents.empty_label = f"The top, as {framework.levels[0]}"
        if len(framework.levels) == 1:
            del self.fields["parent"]


class SuccessorForm(forms.Form):
    """The themes that take another's place."""

    def __init__(self, *args: Any, offered: Sequence[Theme], several: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.several, self.offered = several, {str(theme.pk): theme for theme in offered}
        choices = [(pk, str(theme)) for pk, theme in self.offered.items()]
        kind, widget = (
            (forms.MultipleChoiceField, forms.CheckboxSelectMultiple)
            if several
            else (forms.ChoiceField, forms.RadioSelect)
        )
        self.fields["into"] = kind(
            label="Into",
            choices=choices,
            widget=widget,
            error_messages={
                "required": "Choose the theme that takes its place.",
                "invalid_choice": "That theme is in use no more.",
            },
        )

    def clean_into(self) -> list[Theme]:
        asked = self.cleaned_data["into"]
        chosen = [self.offered[pk] for pk in (asked if self.several else [asked])]
        if self.several and len(chosen) < 2:
            raise forms.ValidationError("Choose two themes or more. Into one theme it is merged, not split.")
        return chosen


class SettleForm(forms.Form):
    """To which of the themes that took another's place a piece of evidence belongs."""

    into = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    none = forms.BooleanField(required=False, label="None of these")

    def __init__(self, *args: Any, offered: Sequence[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(theme.pk): theme for theme in offered}
        self.fields["into"].choices = [(pk, str(theme)) for pk, theme in self.offered.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("into") and given.get("none"):
            raise forms.ValidationError("It belongs to a theme, or to none of these.")
        return given

    @property
    def is_said(self) -> bool:
        """Whether anything was ticked: what is left open stays in the queue."""
        return bool(self.cleaned_data["into"] or self.cleaned_data["none"])

    @property
    def chosen(self) -> list[Theme]:
        return [self.offered[pk] for pk in self.cleaned_data["into"]]


class CrosswalkForm(forms.Form):
    """For each theme of one framework, the themes of another that take its place."""

    retire = forms.BooleanField(
        required=False,
        label="Retire the older framework’s themes",
        help_text="Nothing new can be tagged to them. What is tagged to them stays, and stays readable.",
    )

    def __init__(self, *args: Any, older: Sequence[Theme], newer: Sequence[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.older, self.newer = older, {str(theme.pk): theme for theme in newer}
        same = {theme.title.casefold(): pk for pk, theme in self.newer.items()}
        for theme in older:
            before = [str(each.pk) for each in theme.successors.all() if str(each.pk) in self.newer]
            alike = same.get(theme.title.casefold())
            self.fields[f"of_{theme.pk}"] = forms.MultipleChoiceField(
                label=str(theme),
                required=False,
                choices=[(pk, str(each)) for pk, each in self.newer.items()],
                widget=forms.CheckboxSelectMultiple,
                initial=before or ([alike] if alike else []),
                error_messages={"invalid_choice": "One of these themes is in use no more. Choose again."},
            )

    def rows(self) -> Iterator[tuple[Theme, Any, list[Theme]]]:
        """Each theme, its field, and what is chosen for it."""
        for theme in self.older:
            field = self[f"of_{theme.pk}"]
            chosen = [self.newer[pk] for pk in map(str, field.value() or ()) if pk in self.newer]
            yield theme, field, chosen

    @property
    def successors(self) -> dict[Theme, list[Theme]]:
        """What was chosen, as an action takes it."""
        return {theme: [self.newer[pk] for pk in self.cleaned_data[f"of_{theme.pk}"]] for theme in self.older}
