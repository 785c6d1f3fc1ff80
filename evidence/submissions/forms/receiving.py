"""How a submission is logged, with whatever came with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import LONGEST_EMAIL
from evidence.submissions.actions import ConsentEntry, Contact, SubmitterEntry
from evidence.submissions.forms.files import EvidenceForm
from evidence.submissions.life import Request
from evidence.submissions.models import Channel, Consent
from evidence.witnesses.models import SECTOR_CHOICES
from inquiry.date_fields import DayField, KnownDate, KnownDateField
from inquiry.dates import Precision
from inquiry.editing import EditForm
from inquiry.forms import rows_of


def today() -> dt.date:
    return timezone.localdate()


class PastDayField(DayField):
    """A day that has come; today unless told otherwise."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"initial": today, **kwargs})

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and day > today():
            raise ValidationError("That day has not come yet.")
        return day


class SubmissionForm(forms.Form):
    """How a submission is logged."""

    received = KnownDateField(
        label="Received",
        help_text="Leave the day empty where only the month is known.",
        error_messages={"required": "Say when it was received, or in which month."},
    )
    channel = forms.ChoiceField(label="How it came", choices=Channel.choices, initial=Channel.EMAIL)
    requested = forms.ChoiceField(
        label="What they ask for",
        choices=Request.choices,
        initial=Request.FULL,
        widget=forms.RadioSelect,
        help_text="It binds until the inquiry has decided on publication.",
    )
    title = forms.CharField(
        max_length=300, required=False, help_text="As it stands on the evidence. It is kept back where names are."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("received", (today(), Precision.DAY))

    def clean_received(self) -> KnownDate:
        date, precision = self.cleaned_data["received"]
        if date and date > today():
            raise ValidationError("That day has not come yet.")
        return date, precision

    def details(self) -> dict[str, Any]:
        """What ``receive_submission`` and ``change_submission`` take."""
        date, precision = self.cleaned_data["received"]
        rest = {name: self.cleaned_data[name] for name in ("channel", "requested", "title")}
        return {"received_on": date, "received_precision": precision, **rest}


class ChangeForm(SubmissionForm, EditForm):
    """The same, corrected."""


class SubmitterForm(forms.Form):
    """Someone who submitted the evidence: a person, a body, or a person for a body."""

    person = forms.CharField(
        required=False,
        max_length=200,
        help_text="As it is to be printed.",
        widget=forms.TextInput(attrs={"list": "known-people", "autocomplete": "off"}),
    )
    organisation = forms.CharField(
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"list": "known-organisations", "autocomplete": "off"}),
    )
    sector = forms.ChoiceField(
        required=False,
        choices=SECTOR_CHOICES,
        help_text="Of an organisation new to the inquiry; known ones keep theirs.",
    )
    lived_experience = forms.BooleanField(
        required=False, label="Speaks from lived experience", help_text="Lives, or has lived, what this is about."
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in ("person", "organisation"):
            given[name] = " ".join(given.get(name, "").split())
        if self.has_changed() and not (given["person"] or given["organisation"] or self.errors):
            self.add_error("person", "Name a person, an organisation, or both.")
        return given

    @property
    def entry(self) -> SubmitterEntry | None:
        """The submitter, unless the row was left empty or is to be removed."""
        given = {name: self.cleaned_data.get(name) or "" for name in ("person", "organisation", "sector")}
        if self.cleaned_data.get("DELETE") or not (given["person"] or given["organisation"]):
            return None
        return SubmitterEntry(**given, lived_experience=self.cleaned_data["lived_experience"])


MOST_SUBMITTERS = 50


class BaseSubmitters(forms.BaseFormSet):
    default_error_messages = {"too_many_forms": "A submission has at most %(num)d submitters."}

    def clean(self) -> None:
        if any(self.errors):
            return
        if not self.entries:
            raise ValidationError("Say who submitted it: a person, an organisation, or both.")
        names = [(entry.person.lower(), entry.organisation.lower()) for entry in self.entries]
        if len(set(names)) < len(names):
            raise ValidationError("The same submitter stands here twice.")

    @property
    def entries(self) -> list[SubmitterEntry]:
        return [entry for form in self.forms if (entry := form.entry)]


Submitters = cast(
    type[BaseSubmitters],
    rows_of(SubmitterForm, base=BaseSubmitters, most=MOST_SUBMITTERS, extra=1),
)


class ContactForm(forms.Form):
    """How to reach whoever submitted."""

    email = forms.EmailField(label="E-mail address", required=False, max_length=LONGEST_EMAIL)
    phone = forms.CharField(label="Telephone", required=False, max_length=50)
    address = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))

    @property
    def contact(self) -> Contact:
        return Contact(**{name: self.cleaned_data[name] for name in ("email", "phone", "address")})


class EditContactForm(ContactForm, EditForm):
    """The same, corrected."""


class ConsentsForm(forms.Form):
    """What the submitters agreed to, in which words."""

    agreed_to = forms.MultipleChoiceField(
        label="They agree to",
        choices=Consent.To.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Say what they agree to."},
    )
    wording = forms.CharField(
        label="In which words",
        required=False,
        error_messages={"required": "Write down the words that they agreed to."},
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed once you tick a consent: the sentence that they agreed to, or their own.",
    )
    given_on = PastDayField(label="When", required=False, error_messages={"required": "Say when they agreed."})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("agreed_to"):
            if not given.get("wording") and "wording" not in self.errors:
                self.add_error("wording", "Write down the words that they agreed to.")
            if not given.get("given_on") and "given_on" not in self.errors:
                self.add_error("given_on", "Say when they agreed.")
        elif given.get("wording") and "agreed_to" not in self.errors:
            self.add_error("agreed_to", "Say what these words agree to.")
        return given

    @property
    def consents(self) -> Sequence[ConsentEntry]:
        given = self.cleaned_data
        return [ConsentEntry(to, given["wording"], given["given_on"]) for to in given["agreed_to"]]


class ConsentForm(ConsentsForm):
    """A consent that came later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True


class LogForm(SubmissionForm, EvidenceForm, ContactForm, ConsentsForm):
    """A submission as it comes in, on one page."""

    field_order = (
        *("attached", "leave_out", "text", "title", "received", "channel", "requested"),
        *("email", "phone", "address", "agreed_to", "wording", "given_on", "accept"),
    )
    accept = forms.BooleanField(
        label="Accept it as evidence now",
        required=False,
        initial=True,
        help_text="Members can read it from then on, as its submitters ask. Otherwise it waits as received.",
    )
