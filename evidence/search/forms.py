"""What is sought, and how it is narrowed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef

from accounts.models import User
from accounts.statements import records_kept_for
from evidence.review.filters import choices_open_to
from evidence.review.voices import SECTORS
from evidence.search.finding import FACETS, Days
from evidence.submissions.life import State
from evidence.tags.models import Stance, Tag
from inquiry.lists import Ticks, asks_in_vain
from inquiry.models import Inquiry
from inquiry.words import LONGEST

KINDS = (
    ("quote", "Quotes"),
    ("passage", "Passages"),
    ("submission", "Submissions"),
    ("witness", "Witnesses"),
    ("session", "Sessions"),
)
STATES = (*State.choices, ("corrected", "Corrected transcript"), ("uncorrected", "Uncorrected transcript"))


class FacetField(forms.MultipleChoiceField):
    """Check boxes for the values of a facet. A value that is gone is passed over: old addresses go on working.

    Which of the values are offered is known only when they are counted (``offer``).
    """

    widget = Ticks

    def __init__(self, *, label: str, values: Iterable[tuple[str, str]]) -> None:
        super().__init__(label=label, required=False)
        self.values = dict(values)

    def clean(self, value: Any) -> list[str]:
        return [each for each in self.to_python(value) if each in self.values]

    def offer(self, counts: Mapping[str, int], chosen: Collection[str]) -> bool:
        """Those that would leave something, with how much, and those that are ticked; whether there are any."""
        self.choices = [
            (value, f"{label} ({counts.get(value, 0):,})")
            for value, label in self.values.items()
            if counts.get(value) or value in chosen
        ]
        return bool(self.choices)


class DayField(forms.DateField):
    """A day as it stands in an address: 2023-04-06."""

    def __init__(self, label: str = "") -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={"invalid": "Write the day as 2023-04-06."},
        )


def in_order(days: Days) -> Days:
    """The first day and the last.

    :raises forms.ValidationError: where the last is before the first.
    """
    first, last = days
    if first and last and last < first:
        raise forms.ValidationError("The last day is before the first.")
    return days


class SearchForm(forms.Form):
    """The words, facets of which those ticked are shown, and the days between which it was heard or received."""

    q = forms.CharField(
        label="Words",
        required=False,
        max_length=LONGEST,
        widget=forms.SearchInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": f"Ask with at most {LONGEST} characters."},
    )

    def __init__(self, data: Any, *, user: Any, inquiry: Inquiry) -> None:
        super().__init__(data)
        facets = _facets(user, inquiry)
        for name, (label, choices) in facets.items():
            if name == "year":
                self.fields["from"] = DayField("Heard or received from")
                self.fields["to"] = DayField("Heard or received up to")
            self.fields[name] = FacetField(label=label, values=choices)
        # Said of all of them, also of a facet that is not drawn because it would leave nothing.
        self.missed = asks_in_vain(data, {name: self.fields[name].values for name in facets})  # type: ignore[attr-defined]

    def clean_to(self) -> dt.date | None:
        return in_order((self.cleaned_data.get("from"), self.cleaned_data["to"]))[1]

    @property
    def asked(self) -> dict[str, Any]:
        """What the address asks for, as far as it can be understood."""
        self.is_valid()
        return self.cleaned_data

    @property
    def chosen(self) -> dict[str, list[str]]:
        return {name: values for name, values in self.asked.items() if name in FACETS}

    @property
    def days(self) -> Days:
        return self.asked.get("from"), self.asked.get("to")

    @property
    def narrows(self) -> bool:
        return any(self.chosen.values()) or any(self.days)

    def write_counts(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Says beside each value how much it would leave. One that would leave nothing goes, unless it is ticked."""
        for name, chosen in self.chosen.items():
            field: Any = self.fields[name]
            if not field.offer(counts[name], chosen):
                del self.fields[name]


def _facets(user: Any, inquiry: Inquiry) -> dict[str, tuple[str, Iterable[tuple[str, str]]]]:
    known = choices_open_to(user, inquiry)

    def tagging() -> Any:
        # Whoever tagged nothing that may be seen has no count, and is not shown.
        tagged = Tag.objects.filter(inquiry=inquiry, tagged_by=OuterRef("pk"))
        return User.objects.filter(Exists(tagged)).order_by("name").only("name", "email")

    taggers = records_kept_for(None, ("who tagged", inquiry.pk), tagging)
    return {
        "kind": ("Kind", KINDS),
        "theme": ("Theme", known["theme"]),
        "recommendation": ("Recommendation", known["recommendation"]),
        "stance": ("Stance", Stance.choices),
        "heard": ("Heard at", known["heard"]),
        "sector": ("Sector", SECTORS),
        "lived": ("Lived experience", (("yes", "Yes"), ("no", "Not recorded"))),
        "year": ("Year", [(str(year), str(year)) for year in range(1900, 2101)]),
        "tagged_by": ("Tagged by", [(str(each.pk), str(each)) for each in taggers]),
        "state": ("State", STATES),
    }
