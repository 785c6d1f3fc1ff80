"""The steps of a submission's life: what is decided, when, and why."""

from __future__ import annotations

from django import forms

from evidence.submissions.forms.receiving import PastDayField
from evidence.submissions.life import Treatment
from inquiry.editing import EditForm


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
