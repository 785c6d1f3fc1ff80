"""Forms about written evidence."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from accounts.models import LONGEST_EMAIL
from accounts.refusals import Refused
from evidence.documents.actions import AlreadyKept, check_file
from evidence.submissions.actions import ConsentEntry, Contact, SubmitterEntry
from evidence.submissions.life import Request, Treatment
from evidence.submissions.models import Channel, Consent
from evidence.witnesses.models import SECTOR_CHOICES
from inquiry.date_fields import DayField, KnownDate, KnownDateField
from inquiry.dates import Precision
from inquiry.editing import EditForm
from inquiry.forms import rows_of
from inquiry.models import Inquiry

PASTED = "Pasted text.txt"
# What computers leave in folders, which nobody means to send.
LEFT_BY_COMPUTERS = {".ds_store", "thumbs.db", "desktop.ini"}
FILES_HINT = (
    "PDF, Word (.docx), OpenDocument (.odt), RTF, web page, Markdown, plain text or e-mail (.eml), whose attachments "
    "are taken out of it. Several at once if you like."
)
Files = Iterable[tuple[str, bytes]]


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


class ReasonForm(forms.Form):
    """Why a step is taken."""

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), help_text="For the record of the inquiry.")


TREATMENTS = (
    (Treatment.FULL, "In full, with the names"),
    (Treatment.ANONYMISED, "Anonymised: without the names"),
    (Treatment.REDACTED, "Redacted: with the names, without the words that are blacked out"),
    (Treatment.CONFIDENTIAL, "Confidential: accepted as evidence, not published"),
)


class DecisionForm(forms.Form):
    """What is decided on publication, when, at which meeting, and why."""

    treatment = forms.ChoiceField(label="Decision", choices=TREATMENTS, widget=forms.RadioSelect)
    decided_on = PastDayField(error_messages={"required": "Say when it was decided."})
    meeting = forms.CharField(required=False, max_length=200, help_text="At which it was decided.")
    reason = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed where the decision tells more than they asked for.",
    )


class EditDecisionForm(DecisionForm, EditForm):
    """The same, for one submission that somebody else may be deciding on too."""


class ClearForm(forms.Form):
    """That anonymised evidence was searched for names."""

    because = forms.CharField(
        label="Why a name may stay",
        required=False,
        max_length=300,
        help_text="Only where the text names a submitter and that may be read: a street of the same name, say.",
    )


class PublishForm(forms.Form):
    """When a submission was published."""

    published_on = PastDayField(error_messages={"required": "Say when it was published."})


class WithdrawConsentForm(forms.Form):
    """When a consent was taken back."""

    withdrawn_on = PastDayField(error_messages={"required": "Say when it was withdrawn."})
