"""What a meeting pack is about, and which evidence it holds."""

from __future__ import annotations

from typing import Any

from django import forms

from inquiry.models import Inquiry, Recommendation, Theme
from report.pack.assembly import ALL, RAISED, STARRED, Choice

ONLY = ((ALL, "All of it"), (STARRED, "What I have starred"), (RAISED, "What is raised for the meeting"))


class PackForm(forms.Form):
    """A pack to be put together."""

    theme = forms.ModelChoiceField(Theme.objects.none(), required=False, empty_label="Any theme")
    recommendation = forms.ModelChoiceField(
        Recommendation.objects.none(), required=False, empty_label="Any recommendation"
    )
    only = forms.ChoiceField(
        label="Which evidence",
        choices=ONLY,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose all of it, what is starred, or what is raised."},
    )

    def __init__(self, asked: Any, *, inquiry: Inquiry, user: Any) -> None:
        asked = asked.copy()
        asked.setdefault("only", ALL if asked.get("theme") or asked.get("recommendation") else RAISED)
        super().__init__(asked)
        themes = Theme.objects.visible_to(user).filter(inquiry=inquiry).leaves().in_order()
        asked = Recommendation.objects.visible_to(user).filter(inquiry=inquiry).in_order()
        self.fields["theme"].queryset = themes.select_related("framework")  # type: ignore[attr-defined]
        self.fields["recommendation"].queryset = asked.select_related("addressee")  # type: ignore[attr-defined]
        for name in ("theme", "recommendation"):
            gone = f"This {name} is not there any more. Choose another."
            self.fields[name].error_messages["invalid_choice"] = gone

    @property
    def choice(self) -> Choice:
        return Choice(**self.cleaned_data)
