"""Editing what somebody else may be editing too: whoever saves second is told, and shown both versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from accounts.refusals import ChangedMeanwhile, Refused
from inquiry.date_fields import KnownDateField
from inquiry.dates import say_date

NOTHING = "–"


@dataclass(frozen=True)
class Difference:
    """What the record says now, and what was written, of one thing."""

    label: str
    now: str
    yours: str


class EditForm(forms.Form):
    """A form with a sign of what stood there when it was opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    differences: list[Difference] | None = None

    def show_both(self, changed: ChangedMeanwhile, now: EditForm, more: Iterable[Difference] = ()) -> None:
        """Says that somebody was first; shows what ``now``, the form opened anew, holds beside what was written."""
        self.add_error(None, f"{changed} Both are shown below. Save again to keep what you wrote.")
        told = [
            Difference(
                str(self[name].label),
                say(field, now.get_initial_for_field(now.fields[name], name)),
                say(field, self.cleaned_data.get(name)),
            )
            for name, field in self.fields.items()
            if name != "seen"
        ]
        self.differences = [each for each in [*told, *more] if each.now != each.yours]
        data: Any = self.data
        data = data.copy()
        data[self.add_prefix("seen")] = now.get_initial_for_field(now.fields["seen"], "seen")
        self.data = data


def saved(
    form: Any,
    write: Callable[[], Any],
    opened_anew: Callable[[], EditForm],
    more: Callable[[], Iterable[Difference]] = tuple,
) -> bool:
    """Whether what was typed was saved. Where it was not, the form keeps it and says why."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        write()
    except ChangedMeanwhile as changed:
        form.show_both(changed, opened_anew(), more())
    except Refused as refused:
        form.add_error(refused.about or None, str(refused))
    except ValidationError as error:
        form.add_error(None, error.messages)
    else:
        return True
    return False


def say(field: forms.Field, value: Any) -> str:
    """A field's value in words."""
    if value in (None, "", [], ()):
        return NOTHING
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.date):
        return date_format(value, "j F Y")
    if isinstance(field, KnownDateField):
        return say_date(*value) or NOTHING
    if isinstance(field, forms.ModelChoiceField):
        return _named(value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value).replace("\r\n", "\n").strip()


def _named(value: Any) -> str:
    return "; ".join(sorted(str(each) for each in value)) or NOTHING if hasattr(value, "__iter__") else str(value)
