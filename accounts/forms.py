"""Forms about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password

from accounts.models import LONGEST_EMAIL, User
from accounts.roles import Role

ROLE_HINT = (
    "Clerks log and decide. Members read. Advisers read, quote, tag and draft. "
    "Administrators do what clerks do, and look after people."
)


class PersonForm(forms.Form):
    """A person to be given a role."""

    name = forms.CharField(max_length=200)
    email = forms.EmailField(label="E-mail address", max_length=LONGEST_EMAIL)
    role = forms.ChoiceField(choices=Role.choices, widget=forms.RadioSelect, help_text=ROLE_HINT)


class RoleForm(forms.Form):
    """Another role for a person."""

    role = forms.ChoiceField(choices=Role.choices, widget=forms.RadioSelect, help_text=ROLE_HINT)


class FirstPasswordForm(forms.Form):
    """The first password of an invited person."""

    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=" ".join(password_validators_help_texts()),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]


class JoinForm(forms.Form):
    """How somebody who can sign in already is known in the inquiry that they join."""

    name = forms.CharField(
        label="Your name", max_length=200, help_text="As colleagues see it, in every inquiry that you work on."
    )


class DigestForm(forms.ModelForm):
    """Whether a person is told by e-mail of the notes that name them."""

    class Meta:
        model = User
        fields = ("wants_digest",)
        labels = {"wants_digest": "Tell me once a day of notes that name me"}
